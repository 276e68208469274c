import type {
  AllergyIntolerance,
  CodeableConcept,
  Condition,
  MedicationRequest,
  Observation,
  Patient,
} from 'fhir/r4.js';
import type { FhirStore, StoredResource } from './fhir-store.ts';
import { ageOn, trendsOf, type Trend } from './trends.ts';

/** One line of a list in the chart. */
export interface ChartLine {
  readonly id: string;
  readonly text: string;
  readonly note: string;
}

/** Who the patient is. */
export interface PatientHeader {
  readonly id: string;
  readonly name: string;
  readonly sex: string;
  readonly birthDate: string;
  /** Unit: a. */
  readonly age: number | undefined;
}

/** Everything that the page shows of one patient. */
export interface Chart {
  readonly patient: PatientHeader;
  readonly problems: readonly ChartLine[];
  readonly medications: readonly ChartLine[];
  readonly allergies: readonly ChartLine[];
  readonly trends: readonly Trend[];
}

/** Reads a patient's chart from the store, as it stands on a day (`today`, FHIR date). */
export function chartOf(store: FhirStore, patientId: string, today: string): Chart {
  const { Condition, AllergyIntolerance, MedicationRequest, Observation } = theirs(store, patientId);
  const patient = (store.read('Patient', patientId) ?? {}) as Partial<Patient>;
  return {
    patient: headerOf(patient, today),
    problems: Condition.map(problemLine),
    medications: MedicationRequest.filter(({ status }) => status === 'active').map(medicationLine),
    allergies: AllergyIntolerance.map(allergyLine),
    trends: trendsOf(Observation, patient),
  };
}

interface Theirs {
  readonly Condition: readonly Condition[];
  readonly AllergyIntolerance: readonly AllergyIntolerance[];
  readonly MedicationRequest: readonly MedicationRequest[];
  readonly Observation: readonly Observation[];
}

/** What the chart shows of a patient; the store holds FHIR R4 resources under their type. */
function theirs(store: FhirStore, patientId: string): Theirs {
  const of = (type: keyof Theirs): readonly StoredResource[] =>
    store.all(type).filter((resource) => subjectOf(resource) === `Patient/${patientId}`);
  return {
    Condition: of('Condition'),
    AllergyIntolerance: of('AllergyIntolerance'),
    MedicationRequest: of('MedicationRequest'),
    Observation: of('Observation'),
  } as unknown as Theirs;
}

function subjectOf({ subject, patient }: StoredResource): string | undefined {
  return ((subject ?? patient) as { readonly reference?: string } | undefined)?.reference;
}

/** Reads who a patient is; the age in whole years on a day (FHIR date). */
export function headerOf({ id = '', name, gender, birthDate = '' }: Partial<Patient>, today: string): PatientHeader {
  const [first] = name ?? [];
  return {
    id,
    name: [first?.family, first?.given?.join(' ')].filter((part) => part !== undefined).join(', ') || id,
    sex: gender ?? 'unknown',
    birthDate,
    age: ageOn(birthDate, today),
  };
}

function problemLine({ id = '', code, onsetDateTime, clinicalStatus }: Condition): ChartLine {
  const status = clinicalStatus?.coding?.[0]?.code ?? '';
  const since = onsetDateTime === undefined ? '' : `since ${onsetDateTime.slice(0, 4)}`;
  return { id, text: wordsOf(code), note: [status === 'active' ? '' : status, since].filter(Boolean).join(', ') };
}

function medicationLine({
  id = '',
  medicationCodeableConcept,
  dosageInstruction,
  authoredOn,
}: MedicationRequest): ChartLine {
  const since = authoredOn === undefined ? [] : [`since ${authoredOn.slice(0, 10)}`];
  const dose = dosageInstruction?.[0]?.text;
  return {
    id,
    text: wordsOf(medicationCodeableConcept),
    note: [...(dose === undefined ? [] : [dose]), ...since].join(' · '),
  };
}

function allergyLine({ id = '', code, reaction, criticality }: AllergyIntolerance): ChartLine {
  const manifestation = reaction?.[0]?.manifestation[0];
  const parts = [manifestation === undefined ? '' : wordsOf(manifestation), criticality === 'high' ? 'high risk' : ''];
  return { id, text: wordsOf(code), note: parts.filter(Boolean).join(', ') };
}

/** The words of a coded concept: its text, or the display of its first coding. */
export function wordsOf(concept: CodeableConcept | undefined): string {
  return concept?.text ?? concept?.coding?.[0]?.display ?? concept?.coding?.[0]?.code ?? 'not named';
}
