import { drugRow } from '../../terminology/drugs.ts';
import type { Prescribed } from './prescription.ts';
import { dailyDoseOf } from './prescription.ts';
import { VARIABLES } from './schema.ts';

/** A FHIR R4 resource as the virtual clinic writes it. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** A coded or plain-text idea. */
export interface Concept {
  readonly text: string;
  readonly coding?: readonly { readonly system: string; readonly code: string; readonly display: string }[];
}

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const TIMES_A_DAY = ['never', 'once daily', 'twice daily', 'three times daily', 'four times daily'] as const;

/** A UCUM quantity. */
export function ucumQuantity(value: number, unit: string): object {
  return { value, unit, system: UCUM, code: unit };
}

/** The LOINC code that the schema prefers for a variable. @throws TypeError when it has none. */
export function loincOf(variable: string): string {
  const code = VARIABLES.find(({ id }) => id === variable)?.loinc[0];
  if (code === undefined) throw new TypeError(`the schema has no LOINC code for ${variable}`);
  return code;
}

/** A LOINC-coded concept. */
export function loincConcept(code: string, text: string): Concept {
  return { text, coding: [{ system: LOINC, code, display: text }] };
}

/** An order or prescription of one drug, its daily dose split over its usual number of doses. */
export function medicationRequest(
  drug: Prescribed,
  details: {
    readonly id: string;
    readonly patientId: string;
    readonly status: 'draft' | 'active' | 'stopped';
    readonly authoredOn: string;
    /** Some prescriptions carry only the name. */
    readonly isCoded: boolean;
    readonly ended?: string;
  },
): FhirResource {
  const { ingredient, dosesPerDay } = drug.intervention;
  const dose = dailyDoseOf(drug) / dosesPerDay;
  const { id, patientId, status, authoredOn, isCoded, ended } = details;
  return {
    resourceType: 'MedicationRequest',
    id,
    status,
    intent: 'order',
    medicationCodeableConcept: drugConcept(ingredient, `${ingredient} ${dose} mg oral`, isCoded),
    subject: { reference: `Patient/${patientId}` },
    authoredOn,
    dosageInstruction: [
      {
        text: `${dose} mg ${TIMES_A_DAY[dosesPerDay] ?? `${dosesPerDay} times a day`}`,
        timing: { repeat: { frequency: dosesPerDay, period: 1, periodUnit: 'd' } },
        route: { coding: [{ system: SNOMED, code: '26643006', display: 'Oral route' }], text: 'oral' },
        doseAndRate: [{ doseQuantity: ucumQuantity(dose, 'mg') }],
      },
    ],
    ...(ended === undefined ? {} : { dispenseRequest: { validityPeriod: { start: authoredOn, end: ended } } }),
  };
}

/** A drug by its RxNorm ingredient, where RxNorm has one. */
export function drugConcept(ingredient: string, text: string, isCoded: boolean): Concept {
  const rxcui = drugRow(ingredient)?.rxcui ?? null;
  return isCoded && rxcui !== null
    ? { text, coding: [{ system: RXNORM, code: rxcui, display: ingredient }] }
    : { text };
}

/** A problem of the patient's list. */
export function condition(
  concept: Concept,
  details: { readonly id: string; readonly patientId: string; readonly onset: string },
): FhirResource {
  return {
    resourceType: 'Condition',
    id: details.id,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' }],
      },
    ],
    code: concept,
    subject: { reference: `Patient/${details.patientId}` },
    onsetDateTime: details.onset,
  };
}
