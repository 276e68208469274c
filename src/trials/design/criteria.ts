import type { PersonItems, Criterion } from '../eligibility.ts';
import { isEligible } from '../eligibility.ts';
import { withImpliedEligibility } from '../emulate/implied-eligibility.ts';
import type { TrialFile } from '../trial-file.ts';

/** One thing that a trial asks of a person. */
export interface DesignCriterion extends Criterion {
  /** As a protocol would write it: "egfr >= 25", "on metformin". */
  readonly label: string;
  readonly from: 'eligibility' | 'taken for granted' | 'proportion' | 'background';
}

/** Whether a person meets a criterion; `unknown` where the record does not say. */
export type Standing = 'met' | 'failed' | 'unknown';

/** The item under which it is kept whether a person takes a background treatment of a trial file. */
export function takingItem(code: string): string {
  return `on ${code}`;
}

/**
 * All that a trial asks of a person, in the order of screening: traits that everybody or nobody has, the lines of
 * eligibility, then drugs that everybody or nobody takes.
 */
export function designCriteria(trial: TrialFile): readonly DesignCriterion[] {
  const { proportion, background, eligibility } = trial.population;
  const implied = withImpliedEligibility(trial).trial.population.eligibility.slice(eligibility.length);
  return [
    ...certain(proportion).map(([item, value]) => trait(item, value)),
    ...eligibility.map((criterion) => written(criterion, 'eligibility')),
    ...implied.map((criterion) => written(criterion, 'taken for granted')),
    ...certain(background).map(([code, value]) => drug(code, value)),
  ];
}

/** How a person stands to a criterion. */
export function standingOf(criterion: Criterion, person: PersonItems): Standing {
  if (person[criterion.item] === undefined) return 'unknown';
  return isEligible([criterion], person) ? 'met' : 'failed';
}

/** Shares that leave nobody out of doubt. */
function certain(shares: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(shares).filter(([, share]) => share === 0 || share === 1);
}

function written(criterion: Criterion, from: DesignCriterion['from']): DesignCriterion {
  return { ...criterion, from, label: `${criterion.item} ${criterion.comparison} ${criterion.value}` };
}

function trait(item: string, value: number): DesignCriterion {
  const label = `${value === 1 ? '' : 'no '}${item.replaceAll('_', ' ')}`;
  return { item, comparison: '=', value, from: 'proportion', label };
}

function drug(code: string, value: number): DesignCriterion {
  const label = `${value === 1 ? 'on' : 'not on'} ${code.replace('class:', '')}`;
  return { item: takingItem(code), comparison: '=', value, from: 'background', label };
}
