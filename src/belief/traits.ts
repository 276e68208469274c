import { daysBetween } from '../core/time.ts';
import type { Measurement, PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';

/**
 * Chronic kidney disease: eGFR below 60 mL/min/1.73 m² for at least three months (KDIGO 2024, §1.1.1,
 * doi 10.1016/j.kint.2023.10.018). Units: mL/min/{1.73_m2}; d.
 */
const KDIGO_CKD = { egfrBelow: 60, days: 90 } as const;

/**
 * Yes, no or unknown for each trait of a system, in its order.
 *
 * An active condition is a yes. A condition list that was given without the condition is a no; a list that was not
 * given says nothing. Chronic kidney disease also follows from eGFR.
 */
export function traitsOf(system: System, record: PatientRecord): readonly (boolean | undefined)[] {
  return system.traits.map((trait) => {
    if (record.conditions.some((entry) => entry.condition === trait && entry.active)) return true;
    if (trait === 'chronic_kidney_disease' && hasLowEgfrForMonths(record)) return true;
    return wasGiven(record.availability.conditions) ? false : undefined;
  });
}

function wasGiven(availability: PatientRecord['availability']['conditions']): boolean {
  return availability === 'given' || availability === 'empty';
}

function hasLowEgfrForMonths(record: PatientRecord): boolean {
  const values = record.measurements.filter(isEgfrValue).toSorted((a, b) => b.at - a.at);
  const recovered = values.findIndex(({ value }) => value >= KDIGO_CKD.egfrBelow);
  const low = recovered === -1 ? values : values.slice(0, recovered);
  const [last, first] = [low.at(0), low.at(-1)];
  return last !== undefined && first !== undefined && daysBetween(first.at, last.at) >= KDIGO_CKD.days;
}

function isEgfrValue(measurement: Measurement): boolean {
  return measurement.variable === 'egfr' && measurement.comparator === undefined;
}
