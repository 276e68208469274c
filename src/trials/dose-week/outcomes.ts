import type { BaselineItem, TrialPopulation } from '../trial-file.ts';
import populations from './populations.json' with { type: 'json' };

/** What a unit of the tables measures, as an endpoint of a trial file. */
export interface Outcome {
  readonly endpoint: string;
  readonly unit: string;
  /** Who is enrolled where nothing is said of a study's people. */
  readonly population: TrialPopulation;
}

const ENDPOINTS: Readonly<Record<string, { readonly endpoint: string; readonly unit: string }>> = {
  '%-points HbA1c': { endpoint: 'hba1c_change', unit: '%-points' },
  kg: { endpoint: 'body_weight_change', unit: 'kg' },
  'mg/dL urate': { endpoint: 'urate_change', unit: 'mg/dL' },
};

/** The outcome of a unit of the tables; undefined for a unit that no table had. */
export function outcomeOf(unit: string): Outcome | undefined {
  const endpoint = ENDPOINTS[unit];
  const population = populations.find((row) => row.unit === unit);
  return endpoint === undefined || population === undefined
    ? undefined
    : { ...endpoint, population: populationFrom(population.rows) };
}

/** A mean with its spread, or a share: as populations.json writes them. */
type PopulationRow =
  | { readonly item: string; readonly value: number; readonly sd?: number; readonly unit: string }
  | { readonly item: string; readonly share: number };

function populationFrom(rows: readonly PopulationRow[]): TrialPopulation {
  const baseline = rows.flatMap((row) => ('value' in row ? [[row.item, itemOf(row)] as const] : []));
  const proportion = rows.flatMap((row) => ('share' in row ? [[row.item, row.share] as const] : []));
  return {
    baseline: Object.fromEntries(baseline),
    proportion: Object.fromEntries(proportion),
    background: {},
    eligibility: [],
  };
}

function itemOf({ value, sd, unit }: Extract<PopulationRow, { value: number }>): BaselineItem {
  return { form: 'mean', mean: value, unit, ...(sd !== undefined && { sd }) };
}
