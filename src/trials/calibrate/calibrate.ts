import { at, groupBy } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import type { FreeParameter } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { Replacement } from '../../systems/cardio-renal-metabolic/replace-values.ts';
import { designRows } from '../contrast.ts';
import type { DesignedRow, DrugMap } from '../contrast.ts';
import { classesOfCode } from '../emulate/classes-given.ts';
import { emulateTrial } from '../emulate/emulate-trial.ts';
import type { EmulationOptions } from '../emulate/emulate-trial.ts';
import type { Prediction } from '../prediction.ts';
import { LEAVE_CLASS_OUT } from '../rivals/rival.ts';
import { trainingEffects } from '../rivals/training-effect.ts';
import { rowsOf } from '../row.ts';
import type { CalibrationFold } from '../stored-calibration.ts';
import type { TrialFile } from '../trial-file.ts';
import { changedRows, replacementsOf, withheldRows } from './changed-rows.ts';
import type { FreeValue } from './changed-rows.ts';
import { fitFactors } from './fit.ts';
import { effectAt, effectsAt, matters, surfaceOf } from './effect-surface.ts';
import type { Surface, Viewpoint } from './effect-surface.ts';
import { heldOutWith } from './held-out.ts';

/** What is calibrated, on what. */
export interface CalibrationTask {
  readonly trials: readonly TrialFile[];
  readonly drugs: DrugMap;
  /** Rows as their sources give them. */
  readonly published: readonly ParameterRow[];
  readonly free: readonly FreeParameter[];
  /** Of the predictions out of fold; surfaces are taken with half as many people. */
  readonly options: EmulationOptions;
  /** Hears what is being done, for whoever waits. */
  readonly tell: (doing: string) => void;
}

/** How far the surfaces lie from the simulator where the fit of all trials ends, of one kind of endpoint. */
export interface SurfaceError {
  /** Root mean squares over the rows of the kind, on their scale. */
  readonly error: number;
  readonly effect: number;
}

/** A calibration with its check by folds. */
export interface Calibration {
  /** In the order of the free parameters: after the fit of all trials. */
  readonly values: readonly FreeValue[];
  /** Their rows' values: what the simulator takes from now on. */
  readonly calibrated: readonly Replacement[];
  /** By kind of endpoint. */
  readonly surfaces: Readonly<Record<string, SurfaceError>>;
  readonly folds: readonly CalibrationFold[];
  readonly predictions: readonly Prediction[];
  readonly classOut: readonly Prediction[];
}

/**
 * Fits the free parameters to the trials and predicts each trial from a fit without it.
 *
 * What is fitted are surfaces of a simulator in which free parameters stand at priors and every other row that rests on a
 * calibration trial at its value without it. A fold then sees its training trials only through the fit. When a trial is
 * predicted, the rows that rest on it are withheld, and on pools that share people with it.
 */
export function calibrate(task: CalibrationTask): Calibration {
  const data = observe(task);
  const values = fitWithout(task, data, () => false);
  return {
    values,
    calibrated: replacementsOf(task.published, task.free, values),
    surfaces: surfaceErrors(task, data, values),
    ...predictTrialsOut(task, data),
    classOut: predictClassesOut(task, data),
  };
}

/** Rates of one arm and shares of people say how ill people are, not what a drug does: they are graded, not fitted. */
function isEffect({ row }: DesignedRow): boolean {
  return row.observed !== undefined && row.family !== 'rate';
}

/** What the simulator makes of each row that can be fitted. */
type Data = ReadonlyMap<DesignedRow, Surface>;

function observe(task: CalibrationTask): Data {
  const surfaces = new Map(
    task.trials.flatMap((trial) => {
      task.tell(`surface of ${trial.id}`);
      return [...surfaceOf(trial, viewOf(task))];
    }),
  );
  return new Map(
    designRows(task.trials, task.drugs)
      .filter(isEffect)
      .flatMap((row) => {
        const surface = surfaces.get(row.row.key);
        return surface === undefined ? [] : [[row, surface] as const];
      }),
  );
}

/** The simulator without any trial, at values of the free parameters. */
function viewOf({ free, published, options }: CalibrationTask): Viewpoint {
  const everyTrial = (): boolean => true;
  return {
    free,
    people: Math.ceil(options.people / 2),
    seed: options.seed,
    rowsAt: (factors) =>
      changedRows(
        published,
        free,
        factors.map((logFactor) => ({ logFactor, sd: 0 })),
        everyTrial,
      ),
  };
}

function surfaceErrors(
  task: CalibrationTask,
  data: Data,
  values: readonly FreeValue[],
): Readonly<Record<string, SurfaceError>> {
  const logFactors = values.map(({ logFactor }) => logFactor);
  const emulated = new Map(
    task.trials.flatMap((trial) => {
      const { choice } = effectsAt(
        trial,
        viewOf(task),
        logFactors.map(() => 0),
      );
      return [...effectsAt(trial, viewOf(task), logFactors, choice).effects];
    }),
  );
  const rows = [...data].map(([{ row }, surface]) => {
    const effect = emulated.get(row.key) ?? Number.NaN;
    return { kind: row.kind, effect, error: effectAt(surface, logFactors) - effect };
  });
  const rootMeanSquare = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => value ** 2)));
  return Object.fromEntries(
    [...groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      {
        error: rootMeanSquare(own.map(({ error }) => error)),
        effect: rootMeanSquare(own.map(({ effect }) => effect)),
      },
    ]),
  );
}

/** A fit without what a row's fold hides. A row without an interval takes its variance from the others that are fitted. */
function fitWithout(task: CalibrationTask, data: Data, isHidden: (row: DesignedRow) => boolean): readonly FreeValue[] {
  const training = [...data.keys()].filter((row) => !isHidden(row));
  const effects = [...groupBy(training, ({ row }) => row.kind).values()].flatMap(trainingEffects);
  const fitted = effects.flatMap(({ from, value: observed, variance }) => {
    const surface = data.get(from);
    const { cluster: trial, kind } = from.row;
    return surface === undefined ? [] : [{ trial, kind, sampled: from.row, observed, variance, surface }];
  });
  const { logFactors, sds } = fitFactors(
    fitted,
    task.free.map(({ sd }) => sd),
  );
  return Array.from(logFactors, (logFactor, index) => ({ logFactor, sd: at(sds, index) }));
}

function predictTrialsOut(task: CalibrationTask, data: Data): Pick<Calibration, 'folds' | 'predictions'> {
  const { published, free, options } = task;
  const predicted = task.trials.map((trial) => {
    task.tell(`${trial.id}, held out`);
    const heldOut = heldOutWith(trial.id);
    const isHeldOut = (id: string): boolean => heldOut.has(id);
    const values = fitWithout(task, data, ({ row }) => isHeldOut(row.cluster));
    const { predictions } = emulateTrial(trial, options, changedRows(published, free, values, isHeldOut));
    const fold = { trial: trial.id, heldOut: [...heldOut].sort(), free: values };
    return { fold: { ...fold, withheld: withheldRows(published, free, isHeldOut) }, predictions };
  });
  return { folds: predicted.map(({ fold }) => fold), predictions: predicted.flatMap(({ predictions }) => predictions) };
}

/** Each row predicted by a fit that nothing has told about the classes which the row compares. */
function predictClassesOut(task: CalibrationTask, data: Data): readonly Prediction[] {
  const designed = designRows(task.trials, task.drugs);
  return [...groupBy(designed, (row) => LEAVE_CLASS_OUT.of(row)).values()].flatMap((targets) => {
    const target = at(targets, 0);
    task.tell(`${target.row.trial} without trials of ${target.contrast.involved.join(' and ')}`);
    const isHidden = hiddenWithClass(task, data, target);
    const hidden = new Set([...designed.filter(isHidden)].map(({ row }) => row.cluster));
    const values = fitWithout(task, data, isHidden);
    const rows = changedRows(task.published, task.free, values, (id) => hidden.has(id));
    return emulateTrial(only(task.trials, targets), task.options, rows).predictions;
  });
}

/**
 * What is hidden with the classes of a row: rows that compare one of them, rows of trials that share people with its own,
 * and rows on which a free parameter of such a class has any bearing, as background or to reach a pressure.
 */
function hiddenWithClass({ free }: CalibrationTask, data: Data, target: DesignedRow): (row: DesignedRow) => boolean {
  const compared = new Set(Object.keys(target.contrast.ingredients).flatMap(classesOfCode));
  const own = free.flatMap(({ rows }, index) => (rows.some((id) => namesClass(id, compared)) ? [index] : []));
  const heldOut = heldOutWith(target.row.cluster);
  return (row) => {
    const surface = data.get(row);
    return (
      heldOut.has(row.row.cluster) ||
      LEAVE_CLASS_OUT.isHidden(row, target) ||
      (surface !== undefined && own.some((index) => matters(surface, index)))
    );
  };
}

function namesClass(id: string, classes: ReadonlySet<string>): boolean {
  return classes.has(id.slice(0, id.indexOf('.')));
}

/** The trial of rows, with these rows alone. */
function only(trials: readonly TrialFile[], targets: readonly DesignedRow[]): TrialFile {
  const [id] = targets.map(({ row }) => row.trial);
  const trial = trials.find((one) => one.id === id);
  if (trial === undefined) throw new TypeError(`no trial is called ${String(id)}`);
  const kept = new Set(targets.map(({ row }) => row.key));
  const keys = rowsOf(trial).map(({ key }) => key);
  return { ...trial, endpoints: trial.endpoints.filter((_, index) => kept.has(at(keys, index))) };
}
