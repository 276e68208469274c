import { quantity, type Quantity } from '../core/quantity.ts';
import { DAYS_A_CALENDAR_YEAR, daysBetween, type Instant, type Moment } from '../core/time.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { FiledResources } from './file-resources.ts';
import { momentOf, textOf } from './read-fhir.ts';

/** Who the patient is, as far as the models ask. */
export type Demographics = Pick<PatientRecord, 'sex'> & { readonly birthDate?: Moment };

/** Reads sex and birth date; without a Patient resource both are unknown. */
export function readPatient(filed: FiledResources): Demographics {
  const patient = filed.ofType('Patient')[0]?.resource;
  const gender = textOf(patient?.gender)?.toLowerCase();
  const birthDate = momentOf(patient?.birthDate);
  return {
    sex: gender === 'female' || gender === 'male' ? gender : 'unknown',
    ...(birthDate !== undefined && { birthDate }),
  };
}

/** The age at a moment, counted from the middle of what the birth date leaves open. */
export function ageAt(birthDate: Moment, moment: Instant): Quantity<'a'> {
  const days = (daysBetween(birthDate.earliest, moment) + daysBetween(birthDate.latest, moment)) / 2;
  return quantity(days / DAYS_A_CALENDAR_YEAR, 'a');
}
