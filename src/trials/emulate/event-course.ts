import { at, entry } from '../../core/array.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import type { Part } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { deadlyShare } from '../../systems/cardio-renal-metabolic/events/deadly-share.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import { DERIVED, eventIndex, EVENTS } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import type { EventId, Moment } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import { normalQuantile } from '../normal.ts';
import { ADMISSIONS } from './course.ts';
import type { Course } from './course.ts';
import type { TrialPerson } from './trial-cohort.ts';

/** Expected first events of an endpoint and the time at risk of one person, by interval between visits. */
export interface ExpectedEvents {
  readonly events: Float64Array;
  /** Unit: a. */
  readonly time: Float64Array;
}

/**
 * Integrates the chance of a first event along one person's course, death that is no part of the endpoint competing.
 *
 * Nobody is drawn to have an event: the expectation over chance is exact given the course (Rao–Blackwell). Admissions for
 * heart failure raise later hazards, so the chances of having had none to three of them are carried along.
 */
export function expectEvents(
  person: TrialPerson,
  course: Course,
  parts: readonly Part[],
  constants: EventConstants,
): ExpectedEvents {
  const intervals = course.days.length - 1;
  const events = new Float64Array(intervals);
  const time = new Float64Array(intervals);
  const weights = weightsOf(parts, constants);
  const free = freeOf(person, course, parts);
  const alive = new Float64Array(ADMISSIONS);
  alive[0] = 1;
  for (let interval = 0; interval < intervals; interval += 1) {
    const years = (at(course.days, interval + 1) - at(course.days, interval)) / DAYS_A_YEAR;
    const derived = derivedRate(entry(free, interval), entry(free, interval + 1), years);
    let arriving = 0;
    for (let admissions = 0; admissions < ADMISSIONS; admissions += 1) {
      const rates = ratesBetween(course, interval, admissions, weights);
      const own = rates.own + derived;
      const total = own + rates.competing + (admissions === ADMISSIONS - 1 ? 0 : rates.admission);
      const here = entry(alive, admissions);
      const stay = Math.exp(-total * years);
      const left = here * (1 - stay);
      const share = total > 0 ? left / total : here * years;
      events[interval] = entry(events, interval) + share * own;
      time[interval] = entry(time, interval) + share;
      alive[admissions] = here * stay + arriving;
      arriving = total > 0 ? share * rates.admission : 0;
    }
  }
  return { events, time };
}

/** How each event counts: towards the endpoint, or as a death that ends the time at risk. */
interface Weights {
  readonly own: Float64Array;
  readonly competing: Float64Array;
  /** Whether an admission for heart failure ends the time at risk, being the endpoint itself. */
  readonly isAdmissionOwn: boolean;
}

const ADMISSION = eventIndex('hf_hospitalisation');

function weightsOf(parts: readonly Part[], constants: EventConstants): Weights {
  const own = new Float64Array(EVENTS.length);
  const competing = Float64Array.from(EVENTS, (_, event) => deadlyShare(constants, event));
  for (const part of parts) {
    if (!('event' in part)) continue;
    const index = eventIndex(part.event);
    const deadly = deadlyShare(constants, index);
    const { counted, countedDeadly } = shareOf(part, deadly, constants);
    own[index] = Math.max(entry(own, index), counted);
    competing[index] = Math.min(entry(competing, index), deadly - countedDeadly);
  }
  return { own, competing, isAdmissionOwn: entry(own, ADMISSION) > 0 };
}

/** Share of an event that a part counts, and of that the deadly share. */
function shareOf(part: Extract<Part, { event: EventId }>, deadly: number, { suddenShare }: EventConstants) {
  switch (part.only ?? 'any') {
    case 'any':
      return { counted: 1, countedDeadly: deadly };
    case 'fatal':
      return { counted: deadly, countedDeadly: deadly };
    case 'non-fatal':
      return { counted: 1 - deadly, countedDeadly: 0 };
    case 'sudden':
      return { counted: suddenShare, countedDeadly: suddenShare };
  }
}

/** Mean rates (/a) between two visits after so many admissions. */
function ratesBetween({ hazards }: Course, interval: number, admissions: number, weights: Weights) {
  const [before, after] = [at(hazards, interval), at(hazards, interval + 1)];
  const row = admissions * EVENTS.length;
  let [own, competing] = [0, 0];
  for (let event = 0; event < EVENTS.length; event += 1) {
    const hazard = (entry(before, row + event) + entry(after, row + event)) / 2;
    own += hazard * entry(weights.own, event);
    competing += hazard * entry(weights.competing, event);
  }
  const admission = (entry(before, row + ADMISSION) + entry(after, row + ADMISSION)) / 2;
  return { own, competing, admission: weights.isAdmissionOwn ? 0 : admission };
}

/** Scores over which a fluctuation is averaged. */
const FLUCTUATION = Array.from({ length: 41 }, (_, index) => normalQuantile((index + 0.5) / 41));

/** A derived event counts once two values in a row show it, whose mean fluctuates by so much less. */
const CONFIRMED = Math.SQRT1_2;

/**
 * The chance by each visit that no derived part of an endpoint (a lasting fall of eGFR) has been seen, the person's
 * fluctuation around the foreseen course averaged over; 1 throughout where there is none. Someone in whom a part already
 * holds at the start is not at risk of it.
 */
function freeOf(person: TrialPerson, { levels }: Course, parts: readonly Part[]): Float64Array {
  const derived = DERIVED.filter(({ id }) => parts.some((part) => 'derived' in part && part.derived === id));
  const free = new Float64Array(levels.length).fill(1);
  const start = { egfr: at(person.levels, VARIABLE_INDEX.egfr), type2Diabetes: person.individual.person.type2Diabetes };
  for (const { holds } of derived) {
    const seen = levels.map((level) => chanceOf(person, level, (now) => holds({ start, now })));
    const atRisk = 1 - at(seen, 0);
    if (atRisk < 0.5) continue;
    let most = 0;
    seen.forEach((chance, visit) => {
      most = Math.max(most, (chance - at(seen, 0)) / atRisk);
      free[visit] = Math.min(entry(free, visit), 1 - most);
    });
  }
  return free;
}

function chanceOf({ individual }: TrialPerson, levels: readonly number[], holds: (now: Moment) => boolean): number {
  const sd = (id: 'egfr' | 'potassium' | 'hba1c'): number =>
    at(individual.fluctuations, VARIABLE_INDEX[id]).sd * CONFIRMED;
  const [egfr, potassium, hba1c] = [sd('egfr'), sd('potassium'), sd('hba1c')];
  const hits = FLUCTUATION.filter((score) =>
    holds({
      egfr: at(levels, VARIABLE_INDEX.egfr) * Math.exp(egfr * score),
      potassium: at(levels, VARIABLE_INDEX.potassium) + potassium * score,
      hba1c: at(levels, VARIABLE_INDEX.hba1c) + hba1c * score,
    }),
  );
  return hits.length / FLUCTUATION.length;
}

/** The constant rate (/a) with which a chance of being free falls between two visits. */
function derivedRate(before: number, after: number, years: number): number {
  const least = 1e-6;
  return years > 0 ? Math.max(0, Math.log(Math.max(before, least) / Math.max(after, least))) / years : 0;
}

/** Months between two visits of a glycaemic trial, and HbA1c (%) from which a value counts as failure: GRADE, doi 10.1056/NEJMoa2200433. */
const GLYCAEMIC = { months: 3, limit: 7 } as const;

/** Expected first confirmed failures of glycaemic control: HbA1c of 7 % or more at a visit and again at the next. */
export function expectGlycaemicFailure({ individual }: TrialPerson, { days, levels }: Course): ExpectedEvents {
  const intervals = days.length - 1;
  const events = new Float64Array(intervals);
  const time = new Float64Array(intervals);
  const sd = at(individual.fluctuations, VARIABLE_INDEX.hba1c).sd;
  let free = 1;
  for (let interval = 0; interval < intervals; interval += 1) {
    time[interval] = (free * (at(days, interval + 1) - at(days, interval))) / DAYS_A_YEAR;
    if ((interval + 1) % GLYCAEMIC.months !== 0) continue;
    const level = at(at(levels, interval + 1), VARIABLE_INDEX.hba1c);
    const above = FLUCTUATION.filter((score) => level + sd * score >= GLYCAEMIC.limit).length / FLUCTUATION.length;
    events[interval] = free * above ** 2;
    free -= entry(events, interval);
  }
  return { events, time };
}
