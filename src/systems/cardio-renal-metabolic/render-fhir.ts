import { uuidOf } from '../../core/digest.ts';
import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { addDays, toIso } from '../../core/time.ts';
import type { Instant } from '../../core/time.ts';
import { creatinineOfEgfr } from '../ckd-epi.ts';
import { drugCourses } from './drug-courses.ts';
import type { DrugCourse } from './drug-courses.ts';
import { PROBLEMS } from './fhir-conditions.ts';
import { condition, loincConcept, loincOf, medicationRequest, ucumQuantity } from './fhir-resource.ts';
import type { Concept, FhirResource } from './fhir-resource.ts';
import type { LivedVisit, VirtualPatient } from './life.ts';

/** How a virtual patient is written down. */
export interface RenderOptions {
  readonly patientId: string;
  /** The record's "now"; nothing in it is later. */
  readonly asOf: Instant;
  readonly name: { readonly family: string; readonly given: string };
  /** Problems beside those that the virtual patient has by itself. */
  readonly problems?: readonly Concept[];
  /** Allergies as written by `allergyIntolerance`. */
  readonly allergies?: readonly FhirResource[];
}

interface Page extends RenderOptions {
  readonly patient: VirtualPatient;
  readonly random: Random;
  /** The unit in which this patient's laboratory reports creatinine. */
  readonly creatinineUnit: 'mg/dL' | 'umol/L';
}

/** 1 mg/dL creatinine = 88.42 µmol/L, from the molar mass 113.12 g/mol (PubChem CID 588). */
const MICROMOLAR_A_MG_PER_DL = 88.42;
const DAYS_A_YEAR = 365.2425;

/** A course that was there before the record is written down as begun this long before it; unit: d. */
const BEFORE_RECORD = 180;

/** The moment of a visit's values lies a little before `asOf`, as results do; unit: d. */
const RESULT_DELAY = 0.1;

/** Chance that a prescription carries no code, and that a laboratory reports in SI units. */
const INCOMPLETE = { uncodedDrug: 0.15, micromolar: 0.25 } as const;

/**
 * Writes a virtual patient as a plausible, incomplete FHIR R4 record: what was measured and prescribed, as hospitals
 * send it (creatinine instead of eGFR, pressure as a panel, some drugs by name only). The same patient and options give
 * the same resources and ids.
 */
export function renderFhirRecord(patient: VirtualPatient, options: RenderOptions): readonly FhirResource[] {
  const random = seededRandom(`render/${options.patientId}`);
  const creatinineUnit = random.uniform() < INCOMPLETE.micromolar ? 'umol/L' : 'mg/dL';
  const page: Page = { ...options, patient, random, creatinineUnit };
  return [
    patientResource(page),
    ...patient.visits.flatMap((visit, index) => observationsOf(page, visit, index)),
    ...drugCourses(patient).map((course, index) => requestOf(page, course, index)),
    ...problemsOf(page).map((problem, index) =>
      condition(problem, { id: idOf(page, 'problem', index), patientId: page.patientId, onset: dateOf(page, 0) }),
    ),
    ...(options.allergies ?? []),
  ];
}

/** An allergy or intolerance to a drug. */
export function allergyIntolerance(
  substance: Concept,
  reaction: Concept,
  details: { readonly id: string; readonly patientId: string },
): FhirResource {
  return {
    resourceType: 'AllergyIntolerance',
    id: details.id,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
    },
    code: substance,
    patient: { reference: `Patient/${details.patientId}` },
    reaction: [{ manifestation: [reaction] }],
  };
}

function patientResource({ patient, patientId, asOf, name }: Page): FhirResource {
  const { age, female } = patient.individual.person;
  return {
    resourceType: 'Patient',
    id: patientId,
    active: true,
    name: [{ use: 'official', family: name.family, given: [name.given] }],
    gender: female ? 'female' : 'male',
    birthDate: toIso(addDays(asOf, -age * DAYS_A_YEAR)).slice(0, 10),
  };
}

function problemsOf({ patient, problems = [] }: Page): readonly Concept[] {
  const { person, setpoints } = patient.individual;
  const own = [
    person.reducedEjectionFraction ? PROBLEMS.heartFailureReduced : undefined,
    person.heartFailure && !person.reducedEjectionFraction ? PROBLEMS.heartFailure : undefined,
    person.type2Diabetes ? PROBLEMS.type2Diabetes : undefined,
    // Stages by GFR category: G4 below 30, G3 below 60 (KDIGO 2024, doi 10.1016/j.kint.2023.10.018).
    setpoints.gfr < 30 ? PROBLEMS.kidneyDisease4 : setpoints.gfr < 60 ? PROBLEMS.kidneyDisease3 : undefined,
  ];
  return [...own.filter((problem) => problem !== undefined), ...problems];
}

function requestOf(page: Page, { drug, start, end }: DrugCourse, index: number): FhirResource {
  return medicationRequest(drug, {
    id: idOf(page, 'drug', index),
    patientId: page.patientId,
    status: end === undefined ? 'active' : 'stopped',
    authoredOn: momentOf(page, start ?? -BEFORE_RECORD),
    isCoded: page.random.uniform() >= INCOMPLETE.uncodedDrug,
    ...(end === undefined ? {} : { ended: momentOf(page, end) }),
  });
}

function observationsOf(page: Page, visit: LivedVisit, index: number): readonly FhirResource[] {
  const [potassium, egfr, sbp, heartRate, weight, hba1c] = visit.values;
  const at = { page, day: visit.day, index };
  return [
    potassium === undefined ? undefined : numeric(at, 'potassium', { value: rounded(potassium, 1), unit: 'mmol/L' }),
    egfr === undefined ? undefined : creatinine(at, egfr),
    sbp === undefined ? undefined : pressurePanel(at, sbp),
    heartRate === undefined ? undefined : numeric(at, 'heart_rate', { value: rounded(heartRate, 0), unit: '/min' }),
    weight === undefined ? undefined : numeric(at, 'body_weight', { value: rounded(weight, 1), unit: 'kg' }),
    hba1c === undefined ? undefined : numeric(at, 'hba1c', { value: rounded(hba1c, 1), unit: '%' }),
  ].filter((observation) => observation !== undefined);
}

interface Place {
  readonly page: Page;
  readonly day: number;
  readonly index: number;
}

const TITLES: Readonly<Record<string, string>> = {
  potassium: 'Potassium [Moles/volume] in Serum or Plasma',
  heart_rate: 'Heart rate',
  body_weight: 'Body weight',
  hba1c: 'Hemoglobin A1c/Hemoglobin.total in Blood',
};

const VITALS: ReadonlySet<string> = new Set(['heart_rate', 'body_weight', 'pressure']);

function numeric(
  place: Place,
  variable: string,
  measured: { readonly value: number; readonly unit: string },
): FhirResource {
  return {
    ...observation(place, variable, loincConcept(loincOf(variable), TITLES[variable] ?? variable)),
    valueQuantity: ucumQuantity(measured.value, measured.unit),
  };
}

function creatinine(place: Place, egfr: number): FhirResource {
  const { patient, creatinineUnit } = place.page;
  const age = patient.individual.person.age - (patient.today - place.day) / DAYS_A_YEAR;
  const value = creatinineOfEgfr(egfr, { age, female: patient.individual.person.female });
  const reported = creatinineUnit === 'mg/dL' ? rounded(value, 2) : rounded(value * MICROMOLAR_A_MG_PER_DL, 0);
  const code =
    creatinineUnit === 'mg/dL'
      ? loincConcept('2160-0', 'Creatinine [Mass/volume] in Serum or Plasma')
      : loincConcept('14682-9', 'Creatinine [Moles/volume] in Serum or Plasma');
  return { ...observation(place, 'creatinine', code), valueQuantity: ucumQuantity(reported, creatinineUnit) };
}

function pressurePanel(place: Place, sbp: number): FhirResource {
  return {
    ...observation(place, 'pressure', loincConcept('85354-9', 'Blood pressure panel')),
    component: [
      {
        code: loincConcept(loincOf('sbp'), 'Systolic blood pressure'),
        valueQuantity: ucumQuantity(rounded(sbp, 0), 'mm[Hg]'),
      },
    ],
  };
}

function observation({ page, day, index }: Place, kind: string, code: Concept): FhirResource {
  const category = VITALS.has(kind) ? 'vital-signs' : 'laboratory';
  return {
    resourceType: 'Observation',
    id: idOf(page, kind, index),
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code,
    subject: { reference: `Patient/${page.patientId}` },
    effectiveDateTime: momentOf(page, day - RESULT_DELAY),
  };
}

function idOf({ patientId }: Page, kind: string, index: number): string {
  return uuidOf(patientId, kind, String(index));
}

function momentOf({ asOf, patient }: Page, day: number): string {
  return toIso(addDays(asOf, day - patient.today));
}

function dateOf(page: Page, day: number): string {
  return momentOf(page, day).slice(0, 10);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
