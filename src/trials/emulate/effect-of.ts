import { at, entry } from '../../core/array.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import { DAYS_A_MONTH } from './course.ts';
import type { Course } from './course.ts';
import type { EndpointKind, EventSummary } from './endpoint-kind.ts';
import { expectEvents, expectGlycaemicFailure } from './event-course.ts';
import type { ExpectedEvents } from './event-course.ts';
import { addTo, emptyTally, estimateFrom } from './tally.ts';
import type { Estimate, Tally } from './tally.ts';
import type { TrialPerson } from './trial-cohort.ts';

/** Month from which a chronic slope of eGFR is read: after the acute change. */
const CHRONIC_FROM = 2;
const MONTHS_A_YEAR = 12;

/** When an endpoint is read: at its month; slopes up to the end of the trial. */
export interface Reading {
  readonly kind: EndpointKind;
  readonly month: number;
}

/** An empty tally for one arm of one endpoint, over a number of visits. */
export function tallyFor({ kind }: EndpointKind, visits: number): Tally {
  return emptyTally(kind === 'change' || kind === 'slope' ? 2 : 2 * (visits - 1) + 1);
}

/** Adds one person's course to the tally of an arm. */
export function tallyCourse(
  tally: Tally,
  index: number,
  seen: { readonly person: TrialPerson; readonly course: Course; readonly constants: EventConstants },
  { kind, month }: Reading,
): void {
  switch (kind.kind) {
    case 'change':
      addTo(tally, index, 0, 1);
      addTo(tally, index, 1, changeOf(seen.course, kind, month));
      return;
    case 'slope':
      addTo(tally, index, 0, 1);
      addTo(tally, index, 1, slopeOf(seen.course, month));
      return;
    case 'event':
      addEvents(tally, index, expectEvents(seen.person, upTo(seen.course, month), kind.parts, seen.constants));
      return;
    case 'glycaemic-failure':
      addEvents(tally, index, expectGlycaemicFailure(seen.person, upTo(seen.course, month)));
  }
}

function addEvents(tally: Tally, index: number, { events, time }: ExpectedEvents): void {
  addTo(tally, index, 0, 1);
  events.forEach((expected, interval) => {
    addTo(tally, index, 1 + 2 * interval, expected);
    addTo(tally, index, 2 + 2 * interval, entry(time, interval));
  });
}

/** The part of a course up to a month. */
function upTo({ days, levels, hazards }: Course, month: number): Course {
  const count = visitAt(days, month) + 1;
  return { days: days.slice(0, count), levels: levels.slice(0, count), hazards: hazards.slice(0, count) };
}

function visitAt(days: readonly number[], month: number): number {
  const day = month * DAYS_A_MONTH;
  return days.reduce((best, each, index) => (Math.abs(each - day) < Math.abs(at(days, best) - day) ? index : best), 0);
}

function changeOf(
  { days, levels }: Course,
  { variable, isRelative, factor, isLogarithmic }: Extract<EndpointKind, { kind: 'change' }>,
  month: number,
): number {
  const before = at(at(levels, 0), VARIABLE_INDEX[variable]);
  const after = at(at(levels, visitAt(days, month)), VARIABLE_INDEX[variable]);
  if (isLogarithmic === true) return Math.log(after / before);
  return isRelative ? (100 * (after - before)) / before : (after - before) * factor;
}

/** Change of eGFR a year from month two to the end of follow-up. */
function slopeOf({ days, levels }: Course, month: number): number {
  const [from, to] = [visitAt(days, Math.min(CHRONIC_FROM, month / 2)), visitAt(days, month)];
  const months = (at(days, to) - at(days, from)) / DAYS_A_MONTH;
  const change = at(at(levels, to), VARIABLE_INDEX.egfr) - at(at(levels, from), VARIABLE_INDEX.egfr);
  return (change / months) * MONTHS_A_YEAR;
}

/**
 * The effect that tallies of arm and comparator make, in the unit of the row; of a ratio its logarithm.
 *
 * `comparator` is absent for changes within an arm and for rates of one arm.
 */
export function effectFrom(kind: EndpointKind, arm: Tally, comparator: Tally | undefined): Estimate {
  const tallies = comparator === undefined ? [arm] : [arm, comparator];
  return estimateFrom(tallies, (sums) => figureOf(kind, at(sums, 0), sums[1]));
}

function figureOf(kind: EndpointKind, arm: Float64Array, comparator: Float64Array | undefined): number {
  switch (kind.kind) {
    case 'change':
      return meanOf(arm) - (comparator === undefined ? 0 : meanOf(comparator));
    case 'slope':
      return slopeFigure(kind.isRelative, meanOf(arm), comparator === undefined ? undefined : meanOf(comparator));
    case 'event':
      return eventFigure(kind.summary, arm, comparator);
    case 'glycaemic-failure':
      return eventFigure('rate', arm, comparator);
  }
}

function meanOf(sums: Float64Array): number {
  return entry(sums, 1) / entry(sums, 0);
}

/** Difference of slopes, or by how many percent the loss is slower. */
function slopeFigure(isRelative: boolean, arm: number, comparator: number | undefined): number {
  if (comparator === undefined) return arm;
  return isRelative ? 100 * (1 - arm / comparator) : arm - comparator;
}

function eventFigure(summary: EventSummary, arm: Float64Array, comparator: Float64Array | undefined): number {
  switch (summary) {
    case 'hazard-ratio':
      return comparator === undefined ? Number.NaN : logRateRatio(arm, comparator);
    case 'risk-ratio':
      return comparator === undefined ? Number.NaN : Math.log(incidence(arm) / incidence(comparator));
    case 'rate':
      return 100 * rateOf(arm) - (comparator === undefined ? 0 : 100 * rateOf(comparator));
    case 'percent':
      return 100 * incidence(arm) - (comparator === undefined ? 0 : 100 * incidence(comparator));
  }
}

/** Share of people with an event. */
function incidence(sums: Float64Array): number {
  return sumOf(sums, 1) / entry(sums, 0);
}

/** Events a person-year. */
function rateOf(sums: Float64Array): number {
  return sumOf(sums, 1) / sumOf(sums, 2);
}

function sumOf(sums: Float64Array, first: number): number {
  let sum = 0;
  for (let cell = first; cell < sums.length; cell += 2) sum += entry(sums, cell);
  return sum;
}

/**
 * Logarithm of the ratio of rates, interval by interval weighted as Mantel and Haenszel do (Rothman, Modern Epidemiology):
 * near to what a proportional-hazards model reports, since people who leave the risk set are compared with those still in it.
 */
function logRateRatio(arm: Float64Array, comparator: Float64Array): number {
  let [above, below] = [0, 0];
  for (let cell = 1; cell < arm.length; cell += 2) {
    const [ours, theirs] = [entry(arm, cell + 1), entry(comparator, cell + 1)];
    if (ours + theirs <= 0) continue;
    above += (entry(arm, cell) * theirs) / (ours + theirs);
    below += (entry(comparator, cell) * ours) / (ours + theirs);
  }
  return Math.log(above / below);
}
