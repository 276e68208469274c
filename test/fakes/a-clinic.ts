import type { ClinicPatient } from '../../deploy/sandbox/clinic.ts';
import type { StoredResource } from '../../deploy/sandbox/fhir-store.ts';
import type { OrderableDrug } from '../../deploy/sandbox/orders.ts';

const LOINC = 'http://loinc.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** Drugs for tests of the sandbox. */
export const SOME_DRUGS: readonly OrderableDrug[] = [
  { ingredient: 'lisinopril', rxcui: '29046', drugClass: 'ACE inhibitor', doses: [2.5, 5, 10, 20], timesPerDay: 1 },
  { ingredient: 'spironolactone', rxcui: '9997', drugClass: 'MRA', doses: [12.5, 25, 50], timesPerDay: 1 },
];

/** An invented measurement. */
export function anObservation(
  patientId: string,
  { loinc, value, unit, date }: { loinc: string; value: number; unit: string; date: string },
): StoredResource {
  return {
    resourceType: 'Observation',
    id: `${patientId}-${loinc}-${date}`,
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: LOINC, code: loinc }] },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: date,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  };
}

/** An invented prescription. */
export function aPrescription(
  patientId: string,
  { id, rxcui, text, dose, status }: { id: string; rxcui: string; text: string; dose: number; status: string },
): StoredResource {
  return {
    resourceType: 'MedicationRequest',
    id,
    status,
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: RXNORM, code: rxcui }], text },
    subject: { reference: `Patient/${patientId}` },
    authoredOn: '2026-03-02',
    dosageInstruction: [
      {
        text: `${dose} mg once daily`,
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: dose, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
      },
    ],
  };
}

/** Two invented patients: one with spironolactone to sign, one with nothing to do. */
export function aClinic(): readonly ClinicPatient[] {
  return [withSpironolactoneToSign('p1'), healthy('p2')];
}

function withSpironolactoneToSign(patientId: string): ClinicPatient {
  const subject = { reference: `Patient/${patientId}` };
  const course = [
    ['2025-09-10', 4.4, 68, 138],
    ['2025-12-04', 4.6, 64, 134],
    ['2026-03-02', 4.7, 61, 131],
    ['2026-06-11', 4.8, 59, 128],
    ['2026-09-30', 5.1, 54, 126],
  ] as const;
  return {
    patientId,
    story: 'Heart failure on lisinopril; spironolactone 25 mg is about to be signed.',
    draft: aPrescription(patientId, {
      id: 'draft-1',
      rxcui: '9997',
      text: 'spironolactone 25 mg oral tablet',
      dose: 25,
      status: 'draft',
    }),
    resources: [
      {
        resourceType: 'Patient',
        id: patientId,
        gender: 'female',
        birthDate: '1954-12-03',
        name: [{ family: 'Lindqvist', given: ['Ines'] }],
      },
      { resourceType: 'Encounter', id: 'visit-1', status: 'in-progress', class: { code: 'AMB' }, subject },
      {
        resourceType: 'Condition',
        id: 'c1',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007', display: 'Heart failure' }] },
        subject,
        onsetDateTime: '2023-05-01',
      },
      {
        resourceType: 'AllergyIntolerance',
        id: 'a1',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { text: 'Penicillin' },
        patient: subject,
        reaction: [{ manifestation: [{ text: 'rash' }] }],
      },
      aPrescription(patientId, { id: 'm1', rxcui: '29046', text: 'lisinopril 10 mg', dose: 10, status: 'active' }),
      ...course.flatMap(([date, potassium, egfr, sbp]) => [
        anObservation(patientId, { loinc: '2823-3', value: potassium, unit: 'mmol/L', date }),
        anObservation(patientId, { loinc: '98979-8', value: egfr, unit: 'mL/min/{1.73_m2}', date }),
        aPressure(patientId, sbp, date),
      ]),
    ],
  };
}

/** A blood pressure, whose systolic value is a component. */
function aPressure(patientId: string, systolic: number, date: string): StoredResource {
  return {
    resourceType: 'Observation',
    id: `${patientId}-bp-${date}`,
    status: 'final',
    code: { coding: [{ system: LOINC, code: '85354-9' }] },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: date,
    component: [
      { code: { coding: [{ system: LOINC, code: '8480-6' }] }, valueQuantity: { value: systolic, code: 'mm[Hg]' } },
      { code: { coding: [{ system: LOINC, code: '8462-4' }] }, valueQuantity: { value: 74, code: 'mm[Hg]' } },
    ],
  };
}

function healthy(patientId: string): ClinicPatient {
  const name = [{ family: 'Marsh', given: ['Tom'] }];
  return {
    patientId,
    story: 'Routine visit; nothing to sign.',
    resources: [{ resourceType: 'Patient', id: patientId, gender: 'male', birthDate: '1971-02', name }],
  };
}
