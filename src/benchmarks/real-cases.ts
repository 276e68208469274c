import { assessApplicability } from '../belief/applicability.ts';
import { historyOf } from '../belief/history.ts';
import { seededRandom } from '../core/random.ts';
import { addDays, daysBetween, instant, type Instant } from '../core/time.ts';
import type { Applicability, PatientHistory } from '../domain/belief.ts';
import type { DosedDrug } from '../domain/intervention.ts';
import type { Measurement, PatientRecord } from '../domain/record.ts';
import { currentDrugs } from '../belief/current-drugs.ts';
import { latestValue } from '../domain/readings.ts';
import type { System } from '../domain/system.ts';
import { buildRecord } from '../record/build-record.ts';
import { elementOf, momentOf, type Element } from '../record/read-fhir.ts';
import { asKnownAt, isStay } from './medication-truth.ts';
import { gatheredFrom, lastMoment, type PatientBundle } from './read-bundles.ts';

/** The quantities that are forecast: both are measured daily in hospital. Creatinine is the measured face of eGFR. */
export const FORECAST_QUANTITIES = ['potassium', 'creatinine'] as const;

export type ForecastQuantity = (typeof FORECAST_QUANTITIES)[number];

/** Days ahead (unit: d). */
export const DAYS_AHEAD = [1, 2, 3] as const;

/** A decision is taken at 12:00 UTC, which is 07:00 or 08:00 in the hospital of these records. Unit: h. */
const DECISION_HOUR = 12;
/** A value counts as the last one up to this age. Unit: d. */
const RECENT_DAYS = 2;
/** What was measured counts as the truth of a day up to this distance. Unit: d. */
const TRUTH_WINDOW_DAYS = 0.25;

/** What came true: one measured value, and the last one before the decision. */
export interface Outcome {
  readonly quantity: ForecastQuantity;
  readonly day: number;
  readonly truth: number;
  readonly last: number;
}

/** One morning of one patient: what was known, and what was measured afterwards. */
export interface RealCase {
  readonly patientId: string;
  readonly history: PatientHistory;
  readonly drugs: readonly DosedDrug[];
  readonly applicability: Applicability;
  readonly outcomes: readonly Outcome[];
}

/**
 * The mornings of a patient's hospital stays on which potassium and creatinine of the last two days were known and at
 * least one of the next three days was measured; a seeded sample when there are more than `atMost`.
 *
 * The record of each morning holds what was known by then: later orders, doses and results, the stop dates of running
 * orders and the diagnoses of the stay, which are coded at discharge, are hidden.
 */
export function realCases(
  system: System,
  bundle: PatientBundle,
  { atMost, seed }: { readonly atMost: number; readonly seed: string },
): readonly RealCase[] {
  const last = lastMoment(bundle);
  if (last === undefined) return [];
  const whole = buildRecord(gatheredFrom(bundle), { system, asOf: last });
  const measured = whole.measurements.filter(({ comparator }) => comparator === undefined);
  const usable = mornings(bundle.resources)
    .map((morning) => ({ morning, outcomes: outcomesOf(measured, morning) }))
    .filter(({ outcomes }) => outcomes.length > 0);
  return sampled(usable, atMost, `${seed}/${bundle.patientId}`).flatMap(({ morning, outcomes }) =>
    caseAt(system, onlyMeasured(bundle, whole), morning, outcomes),
  );
}

function mornings(resources: readonly Element[]): readonly Instant[] {
  const all = resources.filter(isStay).flatMap((stay) => {
    const period = elementOf(stay.period);
    const [start, end] = [momentOf(period?.start)?.earliest, momentOf(period?.end)?.earliest];
    if (start === undefined || end === undefined) return [];
    const first = firstMorningAfter(start);
    const count = Math.max(0, Math.ceil(daysBetween(first, end)));
    return Array.from({ length: count }, (_, day) => addDays(first, day));
  });
  return [...new Set(all)].toSorted((a, b) => a - b);
}

function firstMorningAfter(start: Instant): Instant {
  const date = new Date(start);
  const morning = instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), DECISION_HOUR));
  return morning > start ? morning : addDays(morning, 1);
}

function outcomesOf(measured: readonly Measurement[], morning: Instant): readonly Outcome[] {
  const lasts = FORECAST_QUANTITIES.map((quantity) => lastBefore(measured, quantity, morning));
  if (lasts.some((last) => last === undefined)) return [];
  return FORECAST_QUANTITIES.flatMap((quantity, index) =>
    DAYS_AHEAD.flatMap((day) => {
      const [last, truth] = [lasts[index], nearest(measured, quantity, addDays(morning, day))];
      return last === undefined || truth === undefined ? [] : [{ quantity, day, truth: truth.value, last: last.value }];
    }),
  );
}

function lastBefore(measured: readonly Measurement[], quantity: string, morning: Instant): Measurement | undefined {
  return measured.findLast(
    ({ variable, at }) => variable === quantity && at <= morning && daysBetween(at, morning) <= RECENT_DAYS,
  );
}

function nearest(measured: readonly Measurement[], quantity: string, moment: Instant): Measurement | undefined {
  return measured
    .filter(({ variable, at }) => variable === quantity && Math.abs(daysBetween(at, moment)) <= TRUTH_WINDOW_DAYS)
    .toSorted((a, b) => Math.abs(a.at - moment) - Math.abs(b.at - moment))[0];
}

/** Draws without replacement, in the order of time (Fisher–Yates, the first of the shuffle). */
function sampled<T>(items: readonly T[], atMost: number, seed: string): readonly T[] {
  if (items.length <= atMost) return items;
  const random = seededRandom(seed);
  const keys = items.map((item, index) => ({ item, index, key: random.uniform() }));
  const drawn = keys.toSorted((a, b) => a.key - b.key).slice(0, atMost);
  return drawn.toSorted((a, b) => a.index - b.index).map(({ item }) => item);
}

/** Leaves out the observations that no variable is read from: they change nothing and are nine of ten. */
function onlyMeasured({ resources, ...bundle }: PatientBundle, whole: PatientRecord): PatientBundle {
  const sources = new Set(whole.measurements.map(({ source }) => source.split('#')[0]));
  return {
    ...bundle,
    resources: resources.filter(
      ({ resourceType, id }) => resourceType !== 'Observation' || sources.has(`Observation/${String(id)}`),
    ),
  };
}

const HIDDEN_BY_DATE: ReadonlySet<unknown> = new Set(['Observation', 'Condition', 'Encounter']);

function caseAt(
  system: System,
  bundle: PatientBundle,
  morning: Instant,
  outcomes: readonly Outcome[],
): readonly RealCase[] {
  const { resources } = bundle;
  const known = [
    ...asKnownAt(resources, morning).filter(({ resourceType }) => !HIDDEN_BY_DATE.has(resourceType)),
    ...resources.filter(({ resourceType }) => HIDDEN_BY_DATE.has(resourceType)),
  ];
  const built = buildRecord(gatheredFrom({ ...bundle, resources: known }), { system, asOf: morning });
  const record = withoutEmptyProblemList(built);
  const history = historyOf(system, record);
  if (history === undefined || latestValue(record, 'egfr') === undefined) return [];
  return [
    {
      patientId: bundle.patientId,
      history,
      drugs: currentDrugs(system, record),
      applicability: assessApplicability(system, record, history),
      outcomes,
    },
  ];
}

/** Before the first discharge nothing is coded: such a list is unknown, not empty. */
function withoutEmptyProblemList(record: PatientRecord): PatientRecord {
  if (record.conditions.length > 0) return record;
  return { ...record, availability: { ...record.availability, conditions: 'absent' } };
}
