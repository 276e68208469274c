import { at, groupBy } from '../core/array.ts';
import { DAYS_A_CALENDAR_YEAR, daysBetween } from '../core/time.ts';
import type { Covariates, PatientHistory, Visit } from '../domain/belief.ts';
import type { Measurement, PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';
import { dosesOf } from '../systems/doses.ts';
import { currentDrugs, drugsAt } from './current-drugs.ts';
import { traitsOf } from './traits.ts';

/**
 * The age at the record's `asOf`, counted from the middle of what the birth date leaves open. Unit: a.
 */
export function ageOf(record: PatientRecord): number | undefined {
  if (record.birthDate === undefined) return undefined;
  const { earliest, latest } = record.birthDate;
  return (daysBetween(earliest, record.asOf) + daysBetween(latest, record.asOf)) / 2 / DAYS_A_CALENDAR_YEAR;
}

/**
 * A record as the irregular history that a world model encodes, oldest visit first.
 *
 * A visit is a day counted back from `asOf`; of several values in it the last one counts. A result that is only a bound
 * ("> 60") is never used as a value. Undefined when age or sex is unknown: no model may guess them.
 */
export function historyOf(system: System, record: PatientRecord): PatientHistory | undefined {
  const covariates = covariatesOf(system, record);
  if (covariates === undefined) return undefined;
  return {
    asOf: record.asOf,
    covariates,
    visits: visitsOf(system, record),
    doses: dosesOf(system, { id: 'current', drugs: currentDrugs(system, record) }),
  };
}

function covariatesOf(system: System, record: PatientRecord): Covariates | undefined {
  const age = ageOf(record);
  if (age === undefined || record.sex === 'unknown') return undefined;
  return { age, female: record.sex === 'female', traits: traitsOf(system, record) };
}

function visitsOf(system: System, record: PatientRecord): readonly Visit[] {
  const known = new Set(system.variables.map(({ id }) => id));
  const usable = record.measurements
    .filter(
      ({ variable, comparator, at: when }) => known.has(variable) && comparator === undefined && when <= record.asOf,
    )
    .toSorted((a, b) => a.at - b.at);
  const days = groupBy(usable, (measurement) => Math.floor(daysBetween(measurement.at, record.asOf)));
  return [...days.values()].map((measurements) => visitOf(system, record, measurements));
}

function visitOf(system: System, record: PatientRecord, measurements: readonly Measurement[]): Visit {
  const moment = at(measurements, measurements.length - 1).at;
  const regimen = { id: 'past', drugs: drugsAt(system, record, moment) };
  return {
    daysBeforeNow: daysBetween(moment, record.asOf),
    values: system.variables.map(({ id }) => measurements.findLast(({ variable }) => variable === id)?.value),
    doses: dosesOf(system, regimen),
  };
}
