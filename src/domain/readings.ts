import { daysBetween } from '../core/time.ts';
import type { Measurement, PatientRecord } from './record.ts';

/** The last value of a variable at the record's `asOf`; results that are only a bound are passed over. */
export function latestValue(record: PatientRecord, variable: string): Measurement | undefined {
  return latestReading(record, variable, ({ comparator }) => comparator === undefined);
}

/** The last reading of a variable at the record's `asOf`, by default bounds ("> 8.0") included. */
export function latestReading(
  record: PatientRecord,
  variable: string,
  counts: (reading: Measurement) => boolean = () => true,
): Measurement | undefined {
  let latest: Measurement | undefined;
  for (const reading of record.measurements) {
    if (reading.variable !== variable || reading.at > record.asOf || !counts(reading)) continue;
    if (latest === undefined || reading.at >= latest.at) latest = reading;
  }
  return latest;
}

/** How old a reading is at the record's `asOf`. Unit: d. */
export function ageInDays(record: PatientRecord, reading: Measurement): number {
  return daysBetween(reading.at, record.asOf);
}
