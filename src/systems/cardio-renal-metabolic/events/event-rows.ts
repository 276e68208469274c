import { isConditionId } from './conditions.ts';
import { directNameOf } from './direct-effects.ts';
import type { EventRow } from './direct-effects.ts';
import { isEventId } from './event-table.ts';
import { MODIFIERS } from './risk-modifiers.ts';

/** The rows that stand alone, with their units. */
const SINGLE_ROWS = {
  'mortality.male_60': '/a',
  'mortality.female_60': '/a',
  'mortality.male_slope': '/a',
  'mortality.female_slope': '/a',
  'mortality.cv_share': '1',
  'mortality.cv_other_share': '1',
  'mortality.cv_average_risk': '1',
  'mortality.non_cv_average_risk': '1',
  'mi.case_fatality': '1',
  'stroke.case_fatality': '1',
  'cv_death_other.sudden_share': '1',
  'cv_death_other.rate_reduced_ef': '/a',
  'cv_death_other.rate_preserved_ef': '/a',
  'hf_hospitalisation.rate_reduced_ef': '/a',
  'hf_hospitalisation.rate_preserved_ef': '/a',
  'hf_hospitalisation.uptake_acei': '1',
  'hf_hospitalisation.uptake_bb': '1',
  'hf_hospitalisation.uptake_mra': '1',
  'mi.ldl_lag': 'a',
  'mi.hba1c_lag': 'a',
  'gout.flare_lag': 'a',
  'gout.flare_rate': '/a',
  'gout.flare_per_urate': '1',
  'gout.female': '1',
  'gout.male': '1',
  'gout.urate_sd': 'mg/dL',
  'urate.female': 'mg/dL',
  'urate.male': 'mg/dL',
  'gout_flare.per_urate': '1',
  'kidney_failure.dialysis_gfr': 'mL/min/{1.73_m2}',
  'kidney_failure.dialysis_gfr_sd': 'mL/min/{1.73_m2}',
  'kidney_failure.dialysis_gfr_fall': 'mL/min/{1.73_m2}/a',
} as const;

/** Names one row that stands alone. */
export type SingleRow = keyof typeof SINGLE_ROWS;

/** Units of every row that events need, by id. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SINGLE_ROWS),
  ...MODIFIERS.map(({ row, unit = '1' }) => [row, unit] as const),
]);

/** Every missing and unknown id, foreign unit and impossible value among the rows that the hazards take. */
export function eventRowFaults(rows: readonly EventRow[]): readonly string[] {
  return [...missingRows(rows), ...rows.flatMap(faultsOf)];
}

function missingRows(rows: readonly EventRow[]): readonly string[] {
  const present = new Set(rows.map(({ id }) => id));
  return [...NEEDED.keys()].filter((id) => !present.has(id)).map((id) => `parameter ${id} is missing`);
}

function faultsOf(row: EventRow): readonly string[] {
  const expected = unitOf(row.id);
  if (expected === 'unknown') return [`parameter ${row.id} names no event, class or condition that the hazards know`];
  if (expected === 'foreign') return [];
  if (row.unit !== expected) return [`parameter ${row.id} is in ${row.unit}, the hazards take ${expected}`];
  return row.value > 0 && Number.isFinite(row.value) ? [] : [`parameter ${row.id} is ${row.value}, not above 0`];
}

/** The unit that a row must have, `foreign` where it is none of an event's rows, `unknown` where it tries to be one. */
function unitOf(id: string): string {
  const needed = NEEDED.get(id);
  if (needed !== undefined) return needed;
  if (directNameOf(id) !== undefined) return '1';
  const [prefix = '', suffix = '', condition] = id.split('.');
  if (prefix === 'background' && isEventId(suffix) && condition === undefined) return '/a';
  const tries = prefix === 'background' || prefix === 'mortality' || isEventId(prefix) || isEventId(suffix);
  return tries || (condition !== undefined && isConditionId(condition)) ? 'unknown' : 'foreign';
}
