import { groupBy } from '../../core/array.ts';
import type { DesignedRow } from '../contrast.ts';
import type { PredictedEffect } from '../prediction.ts';

/**
 * A table or regression that predicts a row from other trials: what a simulator has to beat.
 *
 * `settle` chooses what is chosen once a fold (variance components); `predict` sees the rows it is given and no others.
 */
export interface Rival<Settings> {
  readonly name: string;
  readonly settle: (training: readonly DesignedRow[]) => Settings;
  /** Undefined where the rival has nothing to say, not even the null. */
  readonly predict: (
    training: readonly DesignedRow[],
    settings: Settings,
    target: DesignedRow,
  ) => PredictedEffect | undefined;
}

/** Predicts a row from rows that its own fold leaves out; with `asIfAlsoWithout`, from those that both leave out. */
export type Predictor = (target: DesignedRow, asIfAlsoWithout?: DesignedRow) => PredictedEffect | undefined;

/** Who is held out together with a row. */
export interface Fold {
  readonly name: string;
  /** Rows of one fold name are left out as one. */
  readonly of: (row: DesignedRow) => string;
  /** Whether a row must not be seen when a row of the fold is predicted. */
  readonly isHidden: (candidate: DesignedRow, target: DesignedRow) => boolean;
}

/** Leaves out the whole trial of a row. */
export const LEAVE_TRIAL_OUT: Fold = {
  name: 'leave one trial out',
  of: ({ row }) => row.cluster,
  isHidden: (candidate, target) => candidate.row.cluster === target.row.cluster,
};

/** Leaves out every row that gives a class of the target anywhere, and the target's own trial. */
export const LEAVE_CLASS_OUT: Fold = {
  name: 'leave one class out',
  of: ({ row, contrast }) => `${row.cluster} / ${contrast.involved.join(' + ')}`,
  isHidden: (candidate, target) =>
    candidate.row.cluster === target.row.cluster ||
    target.contrast.involved.some((drugClass) => candidate.contrast.involved.includes(drugClass)),
};

/**
 * Turns a rival into a predictor that cannot see what it is asked for: each fold is built from the rows that are not
 * hidden from the target, before the rival is called. Rows of another kind are no use to it and are left out too.
 */
export function holdOut<Settings>(rival: Rival<Settings>, rows: readonly DesignedRow[], fold: Fold): Predictor {
  const kinds = groupBy(
    rows.filter(({ row }) => row.observed !== undefined),
    ({ row }) => row.kind,
  );
  const settled = new Map<string, Settings>();
  const memory = new Map<string, PredictedEffect | undefined>();

  function trainingFor(...targets: readonly DesignedRow[]): readonly DesignedRow[] {
    const kind = kinds.get(targets[0]?.row.kind ?? '') ?? [];
    return kind.filter((candidate) => targets.every((target) => !fold.isHidden(candidate, target)));
  }

  function settingsFor(target: DesignedRow): Settings {
    const key = `${target.row.kind} / ${fold.of(target)}`;
    const known = settled.get(key);
    if (known !== undefined) return known;
    const settings = rival.settle(trainingFor(target));
    settled.set(key, settings);
    return settings;
  }

  return (target, asIfAlsoWithout) => {
    const other = asIfAlsoWithout ?? target;
    const key = `${target.row.kind} / ${target.row.key} / ${fold.of(target)} / ${fold.of(other)}`;
    if (!memory.has(key)) {
      memory.set(key, rival.predict(trainingFor(target, other), settingsFor(other), target));
    }
    return memory.get(key);
  };
}
