import { VARIABLES, INPUTS } from '../../systems/cardio-renal-metabolic/schema.ts';

/** What is compared: a quantity as a laboratory or a ward reports it. */
export interface ComparedQuantity {
  readonly id: string;
  readonly unit: string;
  /** How a change is told: as a difference in `unit`, or in per cent (100 × the difference of logarithms). */
  readonly change: 'difference' | 'percent';
  /** By how much the medians may differ without being named: absolute in `unit`, or a share of the real one. */
  readonly tolerance: { readonly absolute: number } | { readonly share: number };
  readonly decimals: number;
  /** Values outside are slips of charting and are left out; the limits of the system's own schema, in `unit`. */
  readonly plausible: { readonly low: number; readonly high: number };
}

const TENTH = { share: 0.1 } as const;
/** Unit: mmol/L. */
const POTASSIUM = { absolute: 0.2 } as const;

/** The quantities compared, in the order of the report. Tolerances are choices of this report, not clinical claims. */
export const QUANTITIES: readonly ComparedQuantity[] = [
  quantity('potassium', 'difference', POTASSIUM),
  quantity('creatinine', 'percent', TENTH),
  quantity('egfr', 'percent', TENTH),
  quantity('sbp', 'difference', TENTH),
  quantity('dbp', 'difference', TENTH),
  quantity('heart_rate', 'difference', TENTH),
  quantity('body_weight', 'difference', TENTH),
  quantity('hba1c', 'difference', TENTH),
  quantity('fasting_glucose', 'percent', TENTH),
  quantity('ldl', 'percent', TENTH),
  quantity('hdl', 'percent', TENTH),
  quantity('triglycerides', 'percent', TENTH),
  quantity('urate', 'percent', TENTH),
];

function quantity(
  id: string,
  change: ComparedQuantity['change'],
  tolerance: ComparedQuantity['tolerance'],
): ComparedQuantity {
  const variable = [...VARIABLES, ...INPUTS].find((candidate) => candidate.id === id);
  if (variable === undefined) throw new TypeError(`${id} is no quantity of the system`);
  const { unit, decimals, plausible } = variable;
  return { id, unit, change, tolerance, decimals, plausible };
}

const BY_ID = new Map(QUANTITIES.map((row) => [row.id, row]));

/** Whether a value of a quantity can be one of a living adult. */
export function isPlausible(id: string, value: number): boolean {
  const limits = BY_ID.get(id)?.plausible;
  return limits !== undefined && value >= limits.low && value <= limits.high;
}
