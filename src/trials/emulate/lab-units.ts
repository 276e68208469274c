import type { Variable } from '../../domain/system.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';

/** How a value in some unit becomes one in the unit of the system: slope times value, plus intercept. */
export interface Conversion {
  readonly slope: number;
  readonly intercept: number;
}

const SAME: Conversion = { slope: 1, intercept: 0 };

/** 1 mmol/L in mg/dL: glucose (molar mass 180.16 g/mol, PubChem CID 5793), cholesterol (386.65, CID 5997), triglycerides (885.4, CID 5497163), uric acid (168.11, CID 1175). */
const MG_PER_MMOL = { fasting_glucose: 18.016, ldl: 38.67, hdl: 38.67, triglycerides: 88.57, urate: 16.811 } as const;

/** What stands in mass per volume and is also counted in moles. */
const MOLAR_UNITS: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = Object.fromEntries(
  Object.entries(MG_PER_MMOL).map(([item, milligrams]) => [
    item,
    {
      'mg/dl': SAME,
      'mmol/l': { slope: milligrams, intercept: 0 },
    },
  ]),
);

const PRESSURE: Readonly<Record<string, Conversion>> = { mmhg: SAME };
const YEARS: Readonly<Record<string, Conversion>> = { a: SAME, y: SAME, yr: SAME, year: SAME };

/**
 * The units in which each item may be written, as `plainUnit` spells them. HbA1c: the master equation of IFCC and NGSP,
 * % = 0.0915 mmol/mol + 2.15 (doi 10.1373/clinchem.2003.024802). Albumin/creatinine: creatinine 113.12 g/mol, PubChem
 * CID 588. The pound: 0.45359237 kg by definition (international yard and pound agreement of 1959).
 */
const UNITS: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  ...MOLAR_UNITS,
  urate: { ...MOLAR_UNITS.urate, 'umol/l': { slope: MG_PER_MMOL.urate / 1000, intercept: 0 } },
  potassium: { 'mmol/l': SAME, 'meq/l': SAME },
  egfr: { 'ml/min/1.73m2': SAME },
  sbp: PRESSURE,
  dbp: PRESSURE,
  heart_rate: { '/min': SAME, '1/min': SAME, bpm: SAME, 'beats/min': SAME },
  body_weight: { kg: SAME, lb: { slope: 0.45359237, intercept: 0 }, lbs: { slope: 0.45359237, intercept: 0 } },
  hba1c: { '%': SAME, 'mmol/mol': { slope: 0.0915, intercept: 2.15 } },
  uacr: { 'mg/g': SAME, 'ug/mg': SAME, 'mg/mmol': { slope: 1 / 0.11312, intercept: 0 } },
  nt_probnp: { 'pg/ml': SAME, 'ng/l': SAME },
  lvef: { '%': SAME },
  age: YEARS,
  bmi: { 'kg/m2': SAME },
};

/** A unit without what spellings differ in: letter case, spaces, brackets, the sign for micro, "per". */
export function plainUnit(unit: string): string {
  return unit
    .toLowerCase()
    .replaceAll(/[µμ]/g, 'u')
    .replaceAll('²', '2')
    .replaceAll(/\bper\b/g, '/')
    .replaceAll(/[\s_[\]{}()^]/g, '')
    .replaceAll('//', '/')
    .replace(/s$/, (s) => (unit.length > 3 ? '' : s));
}

/** How values of an item become those of the system; undefined for a unit that the item is not known to be written in. */
export function conversionOf(item: string, unit: string): Conversion | undefined {
  const known = Object.hasOwn(UNITS, item) ? UNITS[item] : undefined;
  const plain = plainUnit(unit);
  return known !== undefined && Object.hasOwn(known, plain) ? known[plain] : undefined;
}

/** Whether an item has a unit at all: everything that is neither a share nor unknown. */
export function hasUnits(item: string): boolean {
  return Object.hasOwn(UNITS, item);
}

/** The unit in which the system counts a variable. */
export function systemUnitOf(item: string): string | undefined {
  return VARIABLES.find(({ id }) => id === item)?.unit;
}

/** From so many spreads of the generator on, a value is looked at as one in another unit. */
const FAR = 3.4;

/**
 * Why a value that should be in the unit of the system cannot be; undefined where nothing speaks against it.
 *
 * It is none where it lies outside of what a living adult has, or where it lies far from everybody and would not in another
 * unit in which the item is often written: an LDL cholesterol of 4.1 is one in mmol/L. A bound of 0 leaves nobody out.
 */
export function strangeness(item: string, value: number): string | undefined {
  const variable = VARIABLES.find(({ id }) => id === item);
  if (variable === undefined || value === 0) return undefined;
  const { plausible, unit } = variable;
  if (value < plausible.low || value > plausible.high) return `${item} of ${value} ${unit} is none that people have`;
  if (!isFar(variable, value)) return undefined;
  const others = Object.entries(UNITS[item] ?? {}).filter(
    ([, { slope, intercept }]) => slope !== 1 && !isFar(variable, slope * value + intercept),
  );
  const [other] = others;
  return other === undefined ? undefined : `${item} of ${value} can be no ${unit}: it looks like ${other[0]}`;
}

/** Whether an item could have this value, in the unit of the system, in some people that are enrolled in trials. */
export function isUsual(item: string, value: number): boolean {
  const variable = VARIABLES.find(({ id }) => id === item);
  return variable === undefined || !isFar(variable, value);
}

function isFar({ scale }: Variable, value: number): boolean {
  const own = scale.transform === 'log' ? Math.log(value) : value;
  return Math.abs(own - scale.centre) > FAR * scale.spread;
}
