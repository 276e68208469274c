import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { MEASUREMENT_NOISE, measureTruth } from '../../systems/cardio-renal-metabolic/measurement.ts';
import type { Instruments } from '../../systems/cardio-renal-metabolic/measurement.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import { truthAround } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import { fluctuate } from '../../systems/integrate.ts';
import { DAYS_A_MONTH } from '../emulate/course.ts';
import type { Course } from '../emulate/course.ts';
import type { TrialPerson } from '../emulate/trial-cohort.ts';
import type { LivedPerson } from './lived-arms.ts';
import type { DesignKind } from './primary-question.ts';

/** Endpoints that are measured in everybody. */
export type MeasuredKind = Extract<DesignKind, { kind: 'change' | 'slope' }>;

/** What a trial would have measured in one person of either arm, the same chance in both. */
export interface MeasuredPerson {
  /** The endpoint's variable at randomisation; its logarithm where the outcome is one. */
  readonly baseline: number;
  readonly control: number;
  readonly active: number;
  /** What is known before treatment. */
  readonly features: Float64Array;
}

/** Whether an outcome is analysed as it is, or as the logarithm of follow-up over baseline. */
export type OutcomeScale = 'difference' | 'log-ratio';

/** A relative change is analysed as a logarithm: noise multiplies, and its percent are skewed. */
export function outcomeScale(kind: MeasuredKind): OutcomeScale {
  return kind.kind === 'change' && kind.isRelative ? 'log-ratio' : 'difference';
}

/** Days from screening to randomisation. */
const SCREENING_DAYS = 28;
/** Months between two measurements of a slope, and the month from which it counts: after the acute change. */
const SLOPE = { every: 3, from: 3 } as const;

/** How people are measured. */
export interface MeasuredOptions {
  readonly kind: MeasuredKind;
  readonly month: number;
  readonly instruments: Instruments;
  /** Times that each person is measured anew, with other chance. */
  readonly repeats: number;
  /** Spread to add to the outcome, as chance that nothing known before treatment tells; in the unit of the outcome. */
  readonly addedSd: number;
}

/**
 * Measures people as a trial would: at screening, at randomisation and at follow-up, each value with the person's own
 * fluctuation at the time and the error of the assay.
 */
export function measurePeople(
  people: readonly LivedPerson[],
  options: MeasuredOptions,
  random: Random,
): readonly MeasuredPerson[] {
  const days = outcomeDays(options);
  return people.flatMap((lived) =>
    Array.from({ length: options.repeats }, () => measurePerson(lived, options, days, random)),
  );
}

/** Days of follow-up on which an outcome is measured. */
function outcomeDays({ kind, month }: MeasuredOptions): readonly number[] {
  if (kind.kind === 'change') return [month * DAYS_A_MONTH];
  const visits = Array.from({ length: Math.floor((month - SLOPE.from) / SLOPE.every) + 1 }, (_, visit) => visit);
  const months = visits.map((visit) => SLOPE.from + visit * SLOPE.every);
  return (months.length < 2 ? [month / 2, month] : months).map((each) => each * DAYS_A_MONTH);
}

function measurePerson(
  { person, active, control }: LivedPerson,
  { kind, instruments, addedSd }: MeasuredOptions,
  days: readonly number[],
  random: Random,
): MeasuredPerson {
  const look = looker(person, instruments, random);
  const screening = look(-SCREENING_DAYS, [person.levels]);
  const start = look(0, [person.levels]);
  const followed = days.map((day) => look(day, [levelsOn(active, day), levelsOn(control, day)]));
  const added = addedSd * random.normal();
  const [before, known] = [at(start, 0), at(screening, 0)];
  const outcome = (arm: number): number =>
    added + outcomeOf(kind, before, { days, values: followed.map((seen) => at(seen, arm)) });
  const own = at(before, variableOf(kind));
  return {
    baseline: outcomeScale(kind) === 'log-ratio' ? Math.log(own) : own,
    active: outcome(0),
    control: outcome(1),
    features: featuresOf(person, known, before, variableOf(kind)),
  };
}

/** Looks at a person on later and later days: what instruments show of each of several levels, under one chance. */
function looker({ individual }: TrialPerson, instruments: Instruments, random: Random) {
  const fluctuations = Float64Array.from(individual.fluctuations, ({ sd }) => sd * random.normal());
  let last = -SCREENING_DAYS;
  return (day: number, levels: readonly (readonly number[])[]): readonly (readonly number[])[] => {
    individual.fluctuations.forEach((process, index) => {
      const noise = random.normal();
      if (process.sd > 0) fluctuations[index] = fluctuate(at(fluctuations, index), process, day - last, noise);
    });
    last = day;
    const noise = Array.from({ length: MEASUREMENT_NOISE }, () => random.normal());
    return levels.map((level) =>
      measureTruth(instruments, individual.person, truthAround(individual, level, fluctuations), noise),
    );
  };
}

function levelsOn({ days, levels }: Course, day: number): readonly number[] {
  const index = days.findIndex((each) => Math.abs(each - day) < 1);
  return at(levels, index < 0 ? levels.length - 1 : index);
}

function variableOf(kind: MeasuredKind): number {
  return kind.kind === 'change' ? VARIABLE_INDEX[kind.variable] : VARIABLE_INDEX.egfr;
}

interface Followed {
  readonly days: readonly number[];
  readonly values: readonly (readonly number[])[];
}

function outcomeOf(kind: MeasuredKind, before: readonly number[], { days, values }: Followed): number {
  const index = variableOf(kind);
  if (kind.kind === 'slope')
    return yearlySlope(
      days,
      values.map((seen) => at(seen, index)),
    );
  const [start, end] = [at(before, index), at(at(values, values.length - 1), index)];
  return kind.isRelative ? Math.log(end / start) : (end - start) * kind.factor;
}

/** The least-squares slope of values over days, a year. */
function yearlySlope(days: readonly number[], values: readonly number[]): number {
  const [centre, level] = [days, values].map((each) => each.reduce((sum, one) => sum + one, 0) / each.length);
  let [products, squares] = [0, 0];
  days.forEach((day, index) => {
    products += (day - (centre ?? 0)) * (at(values, index) - (level ?? 0));
    squares += (day - (centre ?? 0)) ** 2;
  });
  return (12 * DAYS_A_MONTH * products) / squares;
}

/** Everything known before treatment: both measurements of every variable, who the person is, and background doses. */
function featuresOf(
  { individual: { person }, doses }: TrialPerson,
  screening: readonly number[],
  start: readonly number[],
  variable: number,
): Float64Array {
  const scaled = (seen: readonly number[]): readonly number[] =>
    VARIABLES.map((_, index) => standardised(index, at(seen, index)));
  const [first, second] = [scaled(screening), scaled(start)];
  const own = (at(first, variable) + at(second, variable)) / 2;
  const traits = [person.female, person.type2Diabetes, person.heartFailure, person.ascvd, person.smoker].map(Number);
  return Float64Array.from([...first, ...second, own * own, person.age / 10, ...traits, ...doses]);
}

function standardised(variable: number, value: number): number {
  const { transform, centre, spread } = at(VARIABLES, variable).scale;
  return ((transform === 'log' ? Math.log(value) : value) - centre) / spread;
}
