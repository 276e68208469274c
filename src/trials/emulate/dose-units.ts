import type { Unit } from '../../core/quantity.ts';

/** What a dose is counted in, as a multiple of the unit that rows count in. */
const AMOUNTS: Readonly<Record<string, { readonly unit: Unit; readonly factor: number }>> = {
  mg: { unit: 'mg/d', factor: 1 },
  g: { unit: 'mg/d', factor: 1000 },
  ug: { unit: 'mg/d', factor: 0.001 },
  µg: { unit: 'mg/d', factor: 0.001 },
  mcg: { unit: 'mg/d', factor: 0.001 },
  U: { unit: 'U/d', factor: 1 },
  IU: { unit: 'U/d', factor: 1 },
};

/** Days in a period; month and year as UCUM defines them (mo_j, a_j). */
const DAYS: Readonly<Record<string, number>> = {
  d: 1,
  day: 1,
  wk: 7,
  week: 7,
  mo: 30.4375,
  month: 30.4375,
  a: 365.25,
  year: 365.25,
};

/** "mg", "mg/wk", "mg/2wk", "mg/(6.mo)". */
const FORM = /^(\p{L}+)(?:\/\(?(?:(\d+)[.\s]?)?(\p{L}+?)s?\)?)?$/u;

/** A unit of doses: what one of it is in the unit of rows, and how often it is taken. */
export interface DoseRate {
  readonly unit: Unit;
  readonly factor: number;
  /** Days from one dose to the next; absent where the unit names the amount alone. */
  readonly everyDays?: number;
}

/** Reads a unit of doses; undefined for what is no amount of a drug, or none over time. */
export function doseRateOf(unit: string): DoseRate | undefined {
  const [, amount = '', count = '1', period] = FORM.exec(unit) ?? [];
  if (!Object.hasOwn(AMOUNTS, amount)) return undefined;
  const known = AMOUNTS[amount];
  if (known === undefined || period === undefined) return known;
  const days = Object.hasOwn(DAYS, period) ? DAYS[period] : undefined;
  return days === undefined ? undefined : { ...known, everyDays: Number(count) * days };
}
