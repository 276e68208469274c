import { drugRow } from '../../terminology/drugs.ts';

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

/** The code systems that records name: HL7 terminology (THO), external code systems. */
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** A UCUM quantity. */
export function ucumQuantity(value: number, unit: string): object {
  return { value, unit, system: UCUM, code: unit };
}

/** A LOINC-coded concept. */
export function loincConcept(code: string, text: string): Concept {
  return { text, coding: [{ system: LOINC, code, display: text }] };
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
