import { uuidOf } from '../../core/digest.ts';
import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { DAYS_A_CALENDAR_YEAR, addDays, toIso } from '../../core/time.ts';
import type { Instant } from '../../core/time.ts';
import { creatinineOfEgfr } from '../ckd-epi.ts';
import { drugCourses } from './drug-courses.ts';
import type { DrugCourse } from './drug-courses.ts';
import { PROBLEMS } from './fhir-conditions.ts';
import { drawHospital } from './fhir-hospital.ts';
import type { Hospital } from './fhir-hospital.ts';
import { isProgramme, medicationRequest, programmeRequest } from './fhir-medication.ts';
import type { OrderFrame, Writing } from './fhir-medication.ts';
import { pressurePanel, resultObservation } from './fhir-observation.ts';
import type { ResultFrame } from './fhir-observation.ts';
import { condition } from './fhir-resource.ts';
import type { Concept, FhirResource } from './fhir-resource.ts';
import { REPORTED_IDS } from './laboratory-forms.ts';
import type { LivedVisit, VirtualPatient } from './life.ts';
import { seenBy } from './seen.ts';

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
  readonly hospital: Hospital;
}

/** A course that was there before the record is written down as begun this long before it; unit: d. */
const BEFORE_RECORD = 180;

/** The moment of a visit's values lies a little before `asOf`, as results do; unit: d. */
const RESULT_DELAY = 0.1;

/** Chance that an order with a timing carries no code. */
const UNCODED_DRUG = 0.15;

const SINGLE_RESULTS = REPORTED_IDS.filter((id) => id !== 'sbp' && id !== 'dbp');

/**
 * Writes a virtual patient as a plausible, incomplete FHIR R4 record: what was measured and prescribed, as one hospital
 * sends it, which a patient's id draws (codes and units of its laboratory, creatinine instead of eGFR, pressure as a
 * panel, some drugs as free text). The same patient and options give the same resources and ids.
 */
export function renderFhirRecord(patient: VirtualPatient, options: RenderOptions): readonly FhirResource[] {
  const random = seededRandom(`render/${options.patientId}`);
  const page: Page = { ...options, patient, random, hospital: drawHospital(random.split('hospital')) };
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
    birthDate: toIso(addDays(asOf, -patient.today - age * DAYS_A_CALENDAR_YEAR)).slice(0, 10),
  };
}

function problemsOf({ patient, problems = [] }: Page): readonly Concept[] {
  const { person, setpoints } = patient.individual;
  const own = [
    person.reducedEjectionFraction ? PROBLEMS.heartFailureReduced : undefined,
    person.heartFailure && !person.reducedEjectionFraction ? PROBLEMS.heartFailure : undefined,
    person.type2Diabetes ? PROBLEMS.type2Diabetes : undefined,
    person.ascvd ? PROBLEMS.ischaemicHeartDisease : undefined,
    // Stages by GFR category: G4 below 30, G3 below 60 (KDIGO 2024, doi 10.1016/j.kint.2023.10.018).
    setpoints.gfr < 30 ? PROBLEMS.kidneyDisease4 : setpoints.gfr < 60 ? PROBLEMS.kidneyDisease3 : undefined,
  ];
  return [...own.filter((problem) => problem !== undefined), ...problems];
}

function requestOf(page: Page, { drug, start, end }: DrugCourse, index: number): FhirResource {
  const frame: OrderFrame = {
    id: idOf(page, 'drug', index),
    patientId: page.patientId,
    status: end === undefined ? 'active' : 'stopped',
    authoredOn: momentOf(page, start ?? -BEFORE_RECORD),
    writing: writingOf(page),
    ...(end === undefined ? {} : { ended: momentOf(page, end) }),
  };
  return isProgramme(drug) ? programmeRequest(drug, frame) : medicationRequest(drug, frame);
}

function writingOf({ random, hospital }: Page): Writing {
  if (random.uniform() < hospital.freeText) return random.uniform() < 0.5 ? 'sentence' : 'shorthand';
  return random.uniform() < UNCODED_DRUG ? 'name' : 'coded';
}

function observationsOf(page: Page, visit: LivedVisit, index: number): readonly FhirResource[] {
  const seen = seenBy(visit.values);
  const frame = (kind: string): ResultFrame => ({
    id: idOf(page, kind, index),
    patientId: page.patientId,
    effectiveDateTime: momentOf(page, visit.day - RESULT_DELAY),
    hospital: page.hospital,
  });
  const { sbp, dbp, egfr } = seen;
  const results = SINGLE_RESULTS.flatMap((id) => {
    const value = id === 'creatinine' ? creatinineAt(page, visit.day, egfr) : seen[id];
    return value === undefined ? [] : [resultObservation(frame(id), id, value)];
  });
  return sbp === undefined && dbp === undefined
    ? results
    : [...results, pressurePanel(frame('pressure'), { sbp, dbp })];
}

/** What a visit's eGFR was computed from. Unit: mg/dL. */
function creatinineAt({ patient }: Page, day: number, egfr: number | undefined): number | undefined {
  const { person } = patient.individual;
  const age = person.age + day / DAYS_A_CALENDAR_YEAR;
  return egfr === undefined ? undefined : creatinineOfEgfr(egfr, { age, female: person.female });
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
