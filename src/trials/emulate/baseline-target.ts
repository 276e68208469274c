import { at } from '../../core/array.ts';
import { mean, quantileOfSorted, sortedCopy, variance } from '../../core/statistics.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { normalHalfWidth, normalQuantile } from '../normal.ts';
import type { Criterion } from '../eligibility.ts';
import type { BaselineItem } from '../trial-file.ts';
import { normalProbability } from '../../systems/integrate.ts';

/** Between which values eligibility lets an item lie. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The bounds that conditions set on an item. */
export function boundsOf(criteria: readonly Criterion[], item: string): Bounds {
  const limits = criteria.filter((criterion) => criterion.item === item);
  const of = (signs: string): readonly number[] =>
    limits.flatMap(({ comparison, value }) => (signs.includes(comparison.slice(0, 1)) ? [value] : []));
  return { low: Math.max(-Infinity, ...of('>=')), high: Math.min(Infinity, ...of('<=')) };
}

/** Baseline items that are skewed to the right: matched on the logarithm. */
const SKEWED: ReadonlySet<string> = new Set(['uacr', 'nt_probnp', 'triglycerides']);

/** Quartiles of a normal distribution lie so many standard deviations apart. */
const QUARTILES_APART = normalHalfWidth(0.5) * 2;

/** Whether an item is matched on the logarithm. */
export function isSkewed(item: string): boolean {
  return SKEWED.has(item);
}

interface Moments {
  readonly centre: number;
  readonly sd: number;
  /** Whether centre and spread are read off as median and quartiles instead of mean and standard deviation. */
  readonly byQuartiles: boolean;
}

/**
 * Values for a cohort whose distribution has the centre and spread of a table's item and lies within eligibility.
 *
 * Each person keeps the own rank among `drawn` (affine on the normal scores, within bounds a truncated normal), so that
 * what goes together in the generator still does. A spread that the table does not give stays the one of `drawn`.
 */
export function matchedValues(
  item: string,
  target: BaselineItem,
  drawn: readonly number[],
  bounds: Bounds,
): readonly number[] {
  const onLog = isSkewed(item);
  const wanted = onLog ? logMoments(target, drawn) : moments(target, drawn);
  const limits = onLog ? { low: Math.log(Math.max(bounds.low, 1e-9)), high: Math.log(bounds.high) } : bounds;
  const places = placesOf(drawn);
  const values = truncatedNormal(wanted, limits, places);
  return onLog ? values.map(Math.exp) : values;
}

/** The mean and standard deviation that a table asks for; what it leaves out is that of the people drawn. */
function moments(target: BaselineItem, drawn: readonly number[]): Moments {
  const own = Math.sqrt(variance(drawn));
  if (target.form === 'mean') return { centre: target.mean, sd: target.sd ?? own, byQuartiles: false };
  const { median, q1, q3 } = target;
  const sd = q1 === undefined || q3 === undefined ? own : (q3 - q1) / QUARTILES_APART;
  return { centre: median, sd, byQuartiles: true };
}

function logMoments(target: BaselineItem, drawn: readonly number[]): Moments {
  const own = Math.sqrt(variance(drawn.map(Math.log)));
  if (target.form === 'median') {
    const { median, q1, q3 } = target;
    const sd = q1 === undefined || q3 === undefined ? own : Math.log(q3 / q1) / QUARTILES_APART;
    return { centre: Math.log(median), sd, byQuartiles: true };
  }
  const sd = target.sd === undefined ? own : Math.sqrt(Math.log(1 + (target.sd / target.mean) ** 2));
  return { centre: Math.log(target.mean) - sd ** 2 / 2, sd, byQuartiles: false };
}

/** Where each value stands among all, from 0 to 1. */
function placesOf(drawn: readonly number[]): readonly number[] {
  const order = drawn.map((_, index) => index).sort((a, b) => at(drawn, a) - at(drawn, b));
  const places = new Array<number>(drawn.length).fill(0);
  order.forEach((person, rank) => {
    places[person] = (rank + 0.5) / drawn.length;
  });
  return places;
}

const ROUNDS = 60;
/** A distribution that is cut off is widened no further than this many times what was asked: the centre comes first. */
const WIDEST = 2;
/** Rounds at the end that leave the spread alone. */
const CENTRING = 30;

/**
 * Values at the given places of a normal distribution cut off at bounds, whose centre and spread after the cut are those
 * asked for, as far as the bounds allow.
 */
function truncatedNormal(wanted: Moments, bounds: Bounds, places: readonly number[]): readonly number[] {
  let { centre, sd } = wanted;
  let values = cutNormal({ centre, sd }, bounds, places);
  for (let round = 0; round < ROUNDS + CENTRING; round += 1) {
    const reached = reachedBy(values, wanted.byQuartiles);
    const gap = wanted.centre - reached.centre;
    if (Math.abs(gap) < 1e-4 * wanted.sd && Math.abs(reached.sd - wanted.sd) < 1e-3 * wanted.sd) break;
    // The mean of a cut normal moves by its variance over that of the whole one: Newton's step, held within reason.
    centre += gap * Math.min(4, (sd / Math.max(1e-9, reached.sd)) ** 2);
    if (round < ROUNDS && reached.sd > 0) sd = Math.min(WIDEST * wanted.sd, sd * Math.sqrt(wanted.sd / reached.sd));
    values = cutNormal({ centre, sd }, bounds, places);
  }
  return values;
}

function cutNormal(
  { centre, sd }: Pick<Moments, 'centre' | 'sd'>,
  { low, high }: Bounds,
  places: readonly number[],
): readonly number[] {
  const slack = 1e-6 * Math.max(1, Math.abs(centre));
  const from = cumulative((low - centre) / sd);
  const to = cumulative((high - centre) / sd);
  return places.map((place) => {
    const whole = Math.min(1 - 1e-9, Math.max(1e-9, from + (to - from) * place));
    return Math.min(high - slack, Math.max(low + slack, centre + sd * normalQuantile(whole)));
  });
}

function reachedBy(values: readonly number[], byQuartiles: boolean): Pick<Moments, 'centre' | 'sd'> {
  if (!byQuartiles) return { centre: mean(values), sd: Math.sqrt(variance(values)) };
  const sorted = sortedCopy(values);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((place) => quantileOfSorted(sorted, place));
  return { centre: middle ?? 0, sd: ((high ?? 0) - (low ?? 0)) / QUARTILES_APART };
}

function cumulative(z: number): number {
  if (z === Infinity) return 1;
  return z === -Infinity ? 0 : normalProbability(z);
}

/** How far a cohort's values are from a table's item: what was asked and what was reached. */
export interface BaselineCheck {
  readonly item: string;
  readonly asked: BaselineItem | number;
  /** Median and quartiles where the table gives those, else mean and standard deviation; of a share the share. */
  readonly reached: readonly number[];
}

/** The same numbers of a cohort as its table gives. */
export function checkItem(item: string, asked: BaselineItem, values: readonly number[]): BaselineCheck {
  const sorted = sortedCopy(values);
  const reached =
    asked.form === 'median'
      ? [0.5, 0.25, 0.75].map((place) => quantileOfSorted(sorted, place))
      : [mean(values), Math.sqrt(variance(values))];
  return { item, asked, reached };
}

/** Standard deviations between the centre asked and the one reached from which on a cohort is not the table's. */
const FAR = 0.5;
/** The share of the spread asked below which a cohort has collapsed onto a bound. */
const COLLAPSED = 0.2;
/** The share of people who may lie outside of what living adults have: the tails of a wide distribution. */
const OUTLYING = 0.05;
/** In fewer people centre and spread say nothing. */
const FEWEST = 10;

/**
 * Why a cohort is not the one that a table's item describes; undefined where it is.
 *
 * The limits tell tables that contradict their eligibility (HbA1c 8.0 ± 0.5 with HbA1c >= 15) from tables that were met as
 * well as a cut-off distribution can: of the 63 trials in models/cardio-renal-metabolic/trials, all of which could be run,
 * the worst centre is 0.15 standard deviations off and the narrowest spread 0.55 of what was asked (systolic pressure of
 * SPRINT, enrolled from 130 mm[Hg] on). Fasting glucose is not looked at: it follows from HbA1c.
 */
export function whyForced({ item, asked, reached }: BaselineCheck, values: readonly number[]): string | undefined {
  if (typeof asked === 'number' || item === 'fasting_glucose' || values.length < FEWEST) return undefined;
  const plausible = VARIABLES.find(({ id }) => id === item)?.plausible;
  const outside = values.filter(
    (value) => plausible !== undefined && (value < plausible.low || value > plausible.high),
  );
  if (outside.length > OUTLYING * values.length) return `the table needs values of ${item} that nobody has`;
  const centre = asked.form === 'mean' ? asked.mean : asked.median;
  const own = spreadReached(asked, reached);
  const wanted = spreadAsked(asked);
  const isFar = Math.abs(at(reached, 0) - centre) > FAR * (wanted ?? own);
  const isCollapsed = wanted !== undefined && own < COLLAPSED * wanted;
  return isFar || isCollapsed
    ? `the table's ${item} (${centre}) cannot be met together with the rest of the population: ${at(reached, 0).toFixed(1)} was reached`
    : undefined;
}

function spreadAsked(asked: BaselineItem): number | undefined {
  if (asked.form === 'mean') return asked.sd;
  return asked.q1 === undefined || asked.q3 === undefined ? undefined : (asked.q3 - asked.q1) / QUARTILES_APART;
}

function spreadReached({ form }: BaselineItem, reached: readonly number[]): number {
  return form === 'mean' ? at(reached, 1) : (at(reached, 2) - at(reached, 1)) / QUARTILES_APART;
}
