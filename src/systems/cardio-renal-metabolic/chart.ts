import { at } from '../../core/array.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import { evidenceOf } from './evidence.ts';
import type { Readings } from './evidence.ts';
import { stayBegan } from './hospital-stay.ts';
import type { Person, Setpoints } from './individual.ts';
import { SETPOINT_OF } from './informed-levels.ts';
import { instrumentsOf } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import type { Parameters } from './parameters.ts';

/** Visits that are lived through at most: of a longer record the latest. */
const MOST_VISITS = 96;

/** A record made ready to be lived through and compared with. */
export interface Chart {
  readonly parameters: Parameters;
  readonly history: PatientHistory;
  readonly instruments: Instruments;
  readonly evidence: readonly Readings[];
  /** The visit (index) with which the present hospital stay began. */
  readonly stay: number | undefined;
}

/** Opens a record. */
export function chartOf(parameters: Parameters, whole: PatientHistory): Chart {
  const history = latest(whole);
  const instruments = instrumentsOf(parameters);
  const stay = stayBegan(history.visits);
  return { parameters, history, instruments, evidence: evidenceOf(instruments, history), stay };
}

/** The part of a record that is lived through. */
export function latest(history: PatientHistory): PatientHistory {
  return { ...history, visits: history.visits.slice(-MOST_VISITS) };
}

/** Who a patient was when the record begins: people are their age at the start of a course (`Person.age`). */
export function whoAtStart({ covariates, visits }: PatientHistory): Pick<Person, 'age' | 'female'> {
  const years = (visits[0]?.daysBeforeNow ?? 0) / DAYS_A_YEAR;
  return { age: covariates.age - years, female: covariates.female };
}

/** Whether a record holds any value of a variable (by index). */
export function isMeasured({ evidence }: Pick<Chart, 'evidence'>, variable: number): boolean {
  return at(evidence, variable).readings.length > 0;
}

/** Whether any value of the record tells of a setpoint. */
export function isTold(record: Chart, name: keyof Setpoints): boolean {
  return SETPOINT_OF.some((told, variable) => told === name && isMeasured(record, variable));
}
