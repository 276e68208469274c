import { groupBy } from '../../core/array.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { rowOfName } from '../emulate/treatment-names.ts';
import type { StoredCalibration } from '../stored-calibration.ts';
import { interventionsOfArm } from './arm-interventions.ts';
import type { DoseWeekEffect } from './effect.ts';

/** What else is known of a contest on dose × week. */
interface Knowledge {
  /** Of the simulator; absent where none is stored. */
  readonly calibration?: StoredCalibration;
  /** Effects of further studies, from which pooling may learn. */
  readonly others?: readonly DoseWeekEffect[];
}

/** Classes of which every row of effect is a meta-analysis of trials like those of the tables. */
const POOLED_CLASSES: readonly DrugClass[] = ['antiobesity', 'uricosuric'];

/** What a reader must know before the first figure of a contest on dose × week, a line each. */
export function doseWeekCaveats(
  effects: readonly DoseWeekEffect[],
  { calibration, others = [] }: Knowledge = {},
): readonly string[] {
  return [heldOut(effects, calibration), ...pooledSources(effects), ...withoutRival(effects, others)];
}

function heldOut(effects: readonly DoseWeekEffect[], calibration: StoredCalibration | undefined): string {
  if (calibration === undefined) {
    return '**In sample.** No calibration is stored here: every study is predicted with the shipped parameters, whatever they rest on.';
  }
  const folds = new Set(calibration.folds.map(({ trial }) => trial));
  const studies = [...new Set(effects.map(({ study }) => study))];
  const own = studies.filter((study) => folds.has(study));
  const rest = studies.length - own.length;
  return (
    `**Out of fold:** ${own.length === 0 ? 'no study' : own.join(', ')} (on the list of the calibration; predicted with the ` +
    `rows of the fold that left it out). ${rest} other ${rest === 1 ? 'study' : 'studies'} took part in no calibration ` +
    'under the name that the tables have.'
  );
}

function pooledSources(effects: readonly DoseWeekEffect[]): readonly string[] {
  const given = new Set(
    effects.flatMap((effect) => interventionsOfArm(effect).map(({ code }) => rowOfName(code)?.channel)),
  );
  const classes = POOLED_CLASSES.filter((drugClass) => given.has(drugClass));
  return classes.length === 0
    ? []
    : [`**Not out of fold:** rows come from meta-analyses that may pool graded studies: ${classes.join(', ')}.`];
}

function withoutRival(effects: readonly DoseWeekEffect[], others: readonly DoseWeekEffect[]): readonly string[] {
  const drugs = groupBy([...effects, ...others], ({ agent, unit }) => `${agent} (${unit})`);
  const graded = new Set(effects.map(({ agent, unit }) => `${agent} (${unit})`));
  const alone = [...drugs]
    .filter(([drug, own]) => graded.has(drug) && new Set(own.map(({ study }) => study)).size === 1)
    .map(([drug]) => drug);
  return alone.length === 0
    ? []
    : [`**No rival:** ${alone.join(', ')}: no second study has the drug, so no pooling stands beside its figures.`];
}
