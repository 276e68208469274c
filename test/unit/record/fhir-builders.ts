import { instant, type Instant } from '../../../src/core/time.ts';
import type { PatientRecord } from '../../../src/domain/record.ts';
import type { GatheredRecord } from '../../../src/ports/record-source.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The moment for which the records of these tests are built. */
export const NOW: Instant = instant(Date.parse('2026-03-10T12:00:00Z'));

export const PATIENT_ID = 'ada';
const SUBJECT = { reference: `Patient/${PATIENT_ID}` };

/** A woman of 60. */
export function aPatient(more: Json = {}): Json {
  return { resourceType: 'Patient', id: PATIENT_ID, gender: 'female', birthDate: '1966-03-10', ...more };
}

export function anObservation(loinc: string, value: number, unit: string, more: Json = {}): Json {
  return {
    resourceType: 'Observation',
    id: `obs-${loinc}-${value}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject: SUBJECT,
    effectiveDateTime: '2026-03-09T08:00:00Z',
    valueQuantity: { value, unit, code: unit, system: 'http://unitsofmeasure.org' },
    ...more,
  };
}

export function aPotassium(value: number, more: Json = {}): Json {
  return anObservation('2823-3', value, 'mmol/L', more);
}

export function aPrescription(name: string, more: Json = {}): Json {
  return {
    resourceType: 'MedicationRequest',
    id: `rx-${name.replaceAll(' ', '-')}`,
    status: 'active',
    intent: 'order',
    subject: SUBJECT,
    authoredOn: '2026-01-10',
    medicationCodeableConcept: { text: name },
    ...more,
  };
}

export function aDose(name: string, at: string, more: Json = {}): Json {
  return {
    resourceType: 'MedicationAdministration',
    id: `dose-${name}-${at}`,
    status: 'completed',
    subject: SUBJECT,
    effectiveDateTime: at,
    medicationCodeableConcept: { text: name },
    ...more,
  };
}

export function aDispense(name: string, more: Json = {}): Json {
  return {
    resourceType: 'MedicationDispense',
    id: `dispense-${name}`,
    status: 'completed',
    subject: SUBJECT,
    whenHandedOver: '2026-02-20',
    medicationCodeableConcept: { text: name },
    ...more,
  };
}

export function aStatement(name: string, more: Json = {}): Json {
  return {
    resourceType: 'MedicationStatement',
    id: `statement-${name}`,
    status: 'active',
    subject: SUBJECT,
    dateAsserted: '2026-03-01',
    medicationCodeableConcept: { text: name },
    ...more,
  };
}

export function aDiagnosis(system: string, code: string, more: Json = {}): Json {
  return {
    resourceType: 'Condition',
    id: `dx-${code}`,
    subject: SUBJECT,
    code: { coding: [{ system, code }] },
    clinicalStatus: { coding: [{ code: 'active' }] },
    recordedDate: '2025-01-01',
    ...more,
  };
}

export function anAllergy(text: string, more: Json = {}): Json {
  return {
    resourceType: 'AllergyIntolerance',
    id: `allergy-${text.replaceAll(' ', '-')}`,
    patient: SUBJECT,
    code: { text },
    clinicalStatus: { coding: [{ code: 'active' }] },
    ...more,
  };
}

export function gathered(...resources: readonly unknown[]): GatheredRecord {
  return {
    patientId: PATIENT_ID,
    resources: resources as GatheredRecord['resources'],
    availability: { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' },
    keys: {},
  };
}

/** The record of Ada, who is always there, and of what else is given. */
export function recordOf(...resources: readonly unknown[]): PatientRecord {
  return recordFrom(gathered(aPatient(), ...resources));
}

export function recordFrom(source: GatheredRecord): PatientRecord {
  return buildRecord(source, { system: cardioRenalMetabolic, asOf: NOW });
}

/** The reasons for which something was not used. */
export function reasonsOf(record: PatientRecord): readonly string[] {
  return record.dropped.map(({ reason }) => reason);
}
