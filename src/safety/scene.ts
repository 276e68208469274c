import type { Measured } from '../core/quantity.ts';
import { isRunningAt, takingProbability } from '../domain/courses.ts';
import type { DraftOrder } from '../domain/intervention.ts';
import type { MedicationCourse, PatientRecord } from '../domain/record.ts';
import { SCREENING_POLICY } from './policy.ts';
import type { Change, OtherDrug, Scene, ScreenedDrug } from './rule.ts';

/** What surrounds a drug that is screened, besides the record. */
export interface Surroundings {
  /** Ingredients that the order takes the place of. */
  readonly replaces?: readonly string[];
  /** Other orders that are about to be signed with it. */
  readonly alsoOrdered?: readonly DraftOrder[];
  /** How old a reading may be (unit: d); the policy's `readingCounts` unless given. */
  readonly readingCounts?: number;
}

/** Sets the scene for one drug: what it changes, and what else the patient takes. */
export function sceneOf(drug: ScreenedDrug, record: PatientRecord, around: Surroundings): Omit<Scene, 'fact'> {
  const replaced = new Set([drug.ingredient, ...(around.replaces ?? [])]);
  const ordered = (around.alsoOrdered ?? [])
    .filter(({ ingredient }) => ingredient !== drug.ingredient)
    .map(orderedDrug);
  const counted = runningCourses(record, SCREENING_POLICY.mayBeTaken.value);
  const others = [...counted.filter((course) => !replaced.has(course.ingredient)).map(recordedDrug), ...ordered];
  const ended = record.medications.filter((course) => course.end !== undefined && course.end <= record.asOf);
  return {
    drug,
    change: changeOf(drug, record),
    record,
    others,
    readingCounts: around.readingCounts ?? SCREENING_POLICY.readingCounts.value,
    lately: [...counted.map(recordedDrug), ...ended.map(recordedDrug), ...ordered],
  };
}

/** The courses that run at the record's `asOf` with at least this probability of being taken. */
export function runningCourses(record: PatientRecord, probability: number): readonly MedicationCourse[] {
  return record.medications.filter(
    (course) => isRunningAt(course, record.asOf) && takingProbability(course) >= probability,
  );
}

/** An unknown dose of a running drug is judged as a higher one: the careful reading. */
function changeOf(drug: ScreenedDrug, record: PatientRecord): Change {
  const running = runningCourses(record, SCREENING_POLICY.isTaken.value).filter(
    ({ ingredient }) => ingredient === drug.ingredient,
  );
  if (running.length === 0) return 'start';
  const [before, after] = [
    running.reduce((sum, { dailyDose }) => sum + milligrams(dailyDose), 0),
    milligrams(drug.dailyDose),
  ];
  if (Number.isNaN(before) || Number.isNaN(after) || after > before) return 'increase';
  return after < before ? 'decrease' : 'continue';
}

function milligrams(dose: Measured | undefined): number {
  return dose?.unit === 'mg/d' ? dose.value : Number.NaN;
}

function recordedDrug(course: MedicationCourse): OtherDrug {
  const { ingredient, drugClass, end, sources } = course;
  const state = end === undefined ? 'running' : 'with an end date';
  const evidence = `${ingredient}, ${state} (${sources.join(', ')})`;
  return { ingredient, drugClass, evidence, ...(end === undefined ? {} : { ended: end }) };
}

function orderedDrug({ ingredient, drugClass, reference }: DraftOrder): OtherDrug {
  return { ingredient, drugClass, evidence: `${ingredient}, about to be signed (${reference})` };
}
