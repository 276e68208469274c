import type { Intervention } from '../../domain/system.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import { doseRateOf } from './dose-units.ts';
import { classOfName, rowOfName } from './treatment-names.ts';

/** Codes of arms that get nothing beyond the background. */
const INERT: ReadonlySet<string> = new Set([
  'placebo',
  'usual-care',
  'standard-care',
  'standard-of-care',
  'no-treatment',
]);

/** Whether a code stands for nothing that acts. */
export function isInert(code: string): boolean {
  return INERT.has(code.toLowerCase().replace(/[\s_]+/g, '-'));
}

const CLASS_PREFIX = 'class:';

/**
 * The intervention that a code of a trial file means: an ingredient or a programme by name, a class by the first ingredient
 * whose reference dose is one that people take; undefined for what the system has no row for.
 */
export function interventionOfCode(code: string): Intervention | undefined {
  const isClass = code.startsWith(CLASS_PREFIX);
  const own = isClass ? undefined : rowOfName(code);
  if (own !== undefined) return own;
  const drugClass = classOfName(isClass ? code.slice(CLASS_PREFIX.length) : code);
  return cardioRenalMetabolic.interventions.find(
    ({ channel, referenceDose, maximumDose }) => channel === drugClass && referenceDose <= maximumDose,
  );
}

/** A usual dose: the reference dose, or the highest where the reference is one that nobody takes. */
export function usualDoseOf({ referenceDose, maximumDose }: Intervention): number {
  return Math.min(referenceDose, maximumDose);
}

/** How near a dose has to be to a usual one to be that one: weekly doses are rounded when they are written a day. */
const ON_LADDER = 0.02;

/** Days from one dose to the next of what is injected monthly as well as every other week. */
const MONTH = 30.4375;

/**
 * A dose of a trial file as a daily dose in the unit of the intervention; unit "1" counts multiples of the reference dose,
 * and an amount without a period is one dose of what is taken weekly or more rarely, a day's of anything else. Of what is
 * taken every other week or once a month it is one of the interval with which it is nearest to a usual dose. Undefined when
 * the units do not fit.
 */
export function dailyDoseOf(intervention: Intervention, dose: number, unit: string | undefined): number | undefined {
  if (unit === '1' || (unit === undefined && intervention.unit === '1')) return dose * intervention.referenceDose;
  const rate = unit === undefined ? undefined : doseRateOf(unit);
  if (rate?.unit !== intervention.unit) return undefined;
  const amount = dose * rate.factor;
  if (rate.everyDays !== undefined) return amount * (1 / rate.everyDays);
  const usual = amount * Math.min(1, intervention.dosesPerDay);
  const monthly = amount * (1 / MONTH);
  const isRare = intervention.dosesPerDay < 1 / 7 - 0.01 && intervention.dosesPerDay > 1 / MONTH;
  return isRare && farFromLadder(intervention, monthly) < farFromLadder(intervention, usual) ? monthly : usual;
}

/** The logarithm of how many times a daily dose is from the nearest usual one. */
function farFromLadder({ ladder }: Intervention, daily: number): number {
  return daily > 0 ? Math.min(...ladder.map((rung) => Math.abs(Math.log(rung / daily)))) : Infinity;
}

function isOnLadder(intervention: Intervention, daily: number): boolean {
  return farFromLadder(intervention, daily) < ON_LADDER;
}

/**
 * What one milligram of the part that a product is named first by stands for, in milligrams of all of its parts, which is
 * how its row counts: phentermine/topiramate 15/92 mg and naltrexone/bupropion 8/90 mg (interventions-obesity-gout.json);
 * undefined where no single figure holds for all strengths (sacubitril/valsartan).
 */
const PRODUCTS: ReadonlyMap<string, number | undefined> = new Map([
  ['phentermine-topiramate', 107 / 15],
  ['naltrexone-bupropion', 98 / 8],
  ['sacubitril-valsartan', undefined],
]);

/**
 * Times the highest or below the lowest usual dose from which on nobody takes a dose. Dose-finding trials go to a quarter of
 * the lowest (atorvastatin 2.5 mg) and trials of titration to three and a half times the highest of the label
 * (semaglutide 7.2 mg a week, 50 mg a day swallowed), while grams taken for milligrams are a thousand times away.
 */
const BEYOND = 4;

/** A daily dose that somebody takes, or why it is none. */
export type ReadDose = { readonly ok: true; readonly daily: number } | { readonly ok: false; readonly reason: string };

/**
 * Reads a dose, and refuses what nobody takes: beyond four times the highest usual dose or below a quarter of the lowest; a
 * weekly dose of a daily drug and the other way round unless it is a usual dose so written; and of a product what is no
 * usual dose in milligrams of all of its parts or of the first.
 */
export function readDose(intervention: Intervention, dose: number, unit: string | undefined): ReadDose {
  const { ingredient, ladder, maximumDose } = intervention;
  const said = `${ingredient} ${dose} ${unit ?? 'without a unit'}`;
  const daily = dailyDoseOf(intervention, dose, unit);
  if (daily === undefined) return { ok: false, reason: `${said} cannot be read as ${intervention.unit}` };
  if (daily === 0 || isOnLadder(intervention, daily)) return { ok: true, daily };
  if (PRODUCTS.has(ingredient)) {
    const whole = daily * (PRODUCTS.get(ingredient) ?? Number.NaN);
    return isOnLadder(intervention, whole)
      ? { ok: true, daily: whole }
      : { ok: false, reason: `${said} is no usual dose of the product: ${ladder.join(', ')} mg of both parts` };
  }
  const [lowest, highest] = [Math.min(...ladder, maximumDose), Math.max(...ladder, maximumDose)];
  if (daily < lowest / BEYOND || daily > highest * BEYOND)
    return { ok: false, reason: `${said} is a dose that nobody takes` };
  return isInOwnPeriod(intervention, unit)
    ? { ok: true, daily }
    : { ok: false, reason: `${said} is no usual dose, and not written in the interval at which the drug is taken` };
}

/** Whether a dose is written a day for a daily drug, and a week or longer for one taken weekly or more rarely. */
function isInOwnPeriod({ dosesPerDay }: Intervention, unit: string | undefined): boolean {
  const days = unit === undefined || unit === '1' ? undefined : doseRateOf(unit)?.everyDays;
  return days === undefined || days > 1 === dosesPerDay < 1;
}

/**
 * The formulation that a dose belongs to, of a drug that has several (exenatide weekly or twice daily, semaglutide injected
 * or swallowed): another than the one named only where the dose is a usual one of it and none of the one named. A dose a
 * week or longer is none of a daily drug.
 */
export function formulationOf(own: Intervention, dose: number | undefined, unit: string | undefined): Intervention {
  if (dose === undefined || unit === undefined || unit === '1') return own;
  const isUsual = (row: Intervention): boolean => {
    const daily = dailyDoseOf(row, dose, unit);
    return daily !== undefined && isInOwnPeriod(row, unit) && isOnLadder(row, daily);
  };
  if (isUsual(own)) return own;
  const others = cardioRenalMetabolic.interventions.filter(({ ingredient }) =>
    ingredient.startsWith(`${own.ingredient}-`),
  );
  return others.find(isUsual) ?? own;
}
