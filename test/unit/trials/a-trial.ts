import { designRows } from '../../../src/trials/contrast.ts';
import type { DesignedRow, DrugMap } from '../../../src/trials/contrast.ts';
import type { Prediction } from '../../../src/trials/prediction.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { parseTrialFile } from '../../../src/trials/parse-trial-file.ts';
import type { TrialFile } from '../../../src/trials/trial-file.ts';

/** Invented drugs of two invented classes. */
export const DRUGS: DrugMap = {
  classes: { alphastat: 'alpha', alphadine: 'alpha', betapril: 'beta' },
  referenceDoses: { 'alphastat mg/d': 10, 'betapril mg/d': 20 },
};

/** An invented trial file as JSON: one drug against placebo, with an HbA1c difference unless told otherwise. */
export function trialJson({
  id = 'INVENTED-1',
  code = 'alphastat',
  dose = 10,
  endpoints = [hba1c(-1)],
  baseline = 8,
}: {
  readonly id?: string;
  readonly code?: string;
  readonly dose?: number;
  readonly endpoints?: readonly object[];
  readonly baseline?: number;
} = {}) {
  return {
    id,
    population: {
      n: 400,
      baseline: { hba1c: { mean: baseline, sd: 1, unit: '%' } },
      proportion: { female: 0.5 },
      background: { metformin: 1 },
      eligibility: ['hba1c >= 7.0 and hba1c <= 10.5'],
    },
    arms: [
      { id: 'active', interventions: [{ code, dose, unit: 'mg/d' }] },
      { id: 'placebo', interventions: [{ code: 'placebo' }] },
    ],
    followUpMonths: 6,
    endpoints,
  };
}

/** A difference of HbA1c with a standard error of about `halfWidth` / 1.96. */
export function hba1c(estimate: number, halfWidth = 0.2) {
  return {
    endpoint: 'hba1c_change',
    unit: '%-points',
    measure: 'mean_difference',
    arm: 'active',
    comparator: 'placebo',
    estimate,
    ciLow: estimate - halfWidth,
    ciHigh: estimate + halfWidth,
  };
}

/** A hazard ratio of death with limits a factor away. */
export function hazard(estimate: number, factor = 1.2) {
  return {
    endpoint: 'cv_death',
    unit: 'ratio',
    measure: 'hazard_ratio',
    arm: 'active',
    comparator: 'placebo',
    estimate,
    ciLow: estimate / factor,
    ciHigh: estimate * factor,
  };
}

/** An object without some of its fields: what a publication does not say. */
export function withoutFields(whole: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !fields.includes(name)));
}

export function aTrial(parts: Parameters<typeof trialJson>[0] = {}): TrialFile {
  const reading = parseTrialFile(trialJson(parts));
  if (!reading.ok) throw new TypeError(JSON.stringify(reading.problems));
  return reading.value;
}

export function rowsFrom(files: readonly TrialFile[]): readonly DesignedRow[] {
  return designRows(files, DRUGS);
}

/** Twelve invented trials of two classes whose effects scatter, so that who knows each of them beats who knows the mean. */
export function aPanel(): readonly TrialFile[] {
  return Array.from({ length: 12 }, (_, index) =>
    aTrial({
      id: `INVENTED-${index}`,
      code: index % 2 === 0 ? 'alphastat' : 'betapril',
      dose: 20,
      endpoints: [hba1c(-0.2 - 0.15 * ((index * 5) % 12), 0.1), hazard(0.6 + 0.05 * ((index * 7) % 12), 1.1)],
    }),
  );
}

/** Predictions of every row of some files, moved from the truth by `shift` on the scale of the row. */
export function predictionsFor(files: readonly TrialFile[], shift = 0): readonly Prediction[] {
  return files.flatMap((file) =>
    rowsOf(file).map(({ trial, arm, comparator, endpoint, month, observed, scale }) => {
      const value = (observed?.value ?? 0) + shift;
      return {
        trial,
        arm,
        comparator,
        endpoint,
        month,
        evaluable: true as const,
        predicted: scale === 'log' ? Math.exp(value) : value,
        monteCarloSe: 0.01,
        predictiveSd: 0.02,
      };
    }),
  );
}
