import { parseTrialFile } from '../../../../src/trials/parse-trial-file.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';

/** A person of an arm. */
export function arm(id: string, ...interventions: readonly object[]) {
  return { id, interventions };
}

export const PLACEBO = arm('placebo', { code: 'placebo' });

/** One row of a trial without an estimate. */
export function row(endpoint: string, more: object = {}) {
  return { endpoint, unit: '%-points', measure: 'mean_difference', arm: 'active', comparator: 'placebo', ...more };
}

export function ratio(endpoint: string, more: object = {}) {
  return row(endpoint, { unit: 'ratio', measure: 'hazard_ratio', ...more });
}

/** An invented trial of the system's own drugs: metformin against placebo in type 2 diabetes unless told otherwise. */
export function aVirtualTrial({
  population = {},
  arms = [arm('active', { code: 'metformin', dose: 2000, unit: 'mg/d' }), PLACEBO],
  endpoints = [row('hba1c_change')],
  followUpMonths = 6,
}: {
  readonly population?: object;
  readonly arms?: readonly object[];
  readonly endpoints?: readonly object[];
  readonly followUpMonths?: number;
} = {}): TrialFile {
  const reading = parseTrialFile({
    id: 'INVENTED',
    population: {
      baseline: { hba1c: { mean: 8.2, sd: 0.8, unit: '%' }, age: { mean: 58, sd: 9, unit: 'a' } },
      proportion: { type_2_diabetes: 1, heart_failure: 0 },
      ...population,
    },
    arms,
    followUpMonths,
    endpoints,
  });
  if (!reading.ok) throw new TypeError(JSON.stringify(reading.problems));
  return reading.value;
}
