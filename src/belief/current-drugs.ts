import { at, groupBy } from '../core/array.ts';
import type { Instant } from '../core/time.ts';
import { isRunningAt, takingProbability } from '../domain/courses.ts';
import type { DosedDrug } from '../domain/intervention.ts';
import type { MedicationCourse, PatientRecord } from '../domain/record.ts';
import type { Intervention, System } from '../domain/system.ts';
import { interventionOf, isForecastClass } from '../systems/doses.ts';
import { APPLICABILITY_POLICY } from './policy.ts';

/** A modelled drug that a patient takes, and whether its dose had to be assumed. */
export interface CurrentDrug extends DosedDrug {
  readonly doseAssumed: boolean;
}

/**
 * The drugs that the dynamics know (of any class, also those that cards do not forecast) and that the patient is likelier
 * than not to take at the record's `asOf`, one entry an ingredient.
 *
 * Running courses of one ingredient add up (40 mg in the morning, 20 mg at noon). A drug without any known dose is taken
 * at the lowest usual one, and flagged.
 */
export function currentDrugs(system: System, record: PatientRecord): readonly CurrentDrug[] {
  return dosedDrugs(
    system,
    record.medications.filter((course) => isRunningAt(course, record.asOf) && counts(takingProbability(course))),
  );
}

/** The modelled drugs under way at a past moment, as far as the record's dates tell. */
export function drugsAt(system: System, record: PatientRecord, moment: Instant): readonly CurrentDrug[] {
  return dosedDrugs(
    system,
    record.medications.filter((course) => isRunningAt(course, moment) && counts(takenProbability(course))),
  );
}

/** `taking` speaks of now; of a course that has ended, only who the drug was can be in doubt. */
function takenProbability(course: MedicationCourse): number {
  return course.end === undefined ? takingProbability(course) : course.identity.probability;
}

function counts(probability: number): boolean {
  return probability >= APPLICABILITY_POLICY.courseCounts.value;
}

function dosedDrugs(system: System, courses: readonly MedicationCourse[]): readonly CurrentDrug[] {
  const byIngredient = groupBy(courses, ({ ingredient }) => ingredient);
  return [...byIngredient].flatMap(([ingredient, own]) => {
    const row = interventionOf(system, ingredient);
    return row === undefined ? [] : [withinUse(system, row, dosedDrug(row, own))];
  });
}

function dosedDrug({ ingredient, ladder, unit }: Intervention, courses: readonly MedicationCourse[]): CurrentDrug {
  const known = courses.flatMap(({ dailyDose }) => (dailyDose?.unit === unit ? dailyDose.value : []));
  const value = known.length === 0 ? at(ladder, 0) : known.reduce((sum, dose) => sum + dose, 0);
  return { ingredient, dailyDose: { value, unit }, doseAssumed: known.length === 0 };
}

/**
 * Of a class that cards forecast, a dose above the highest usual one is named on the card. Of the others nobody would hear
 * of it, and it is likelier a weekly dose charted as a daily one than a treatment: it counts as the highest usual one.
 */
function withinUse(system: System, { channel, maximumDose }: Intervention, drug: CurrentDrug): CurrentDrug {
  if (isForecastClass(system, channel) || drug.dailyDose.value <= maximumDose) return drug;
  return { ...drug, dailyDose: { ...drug.dailyDose, value: maximumDose } };
}
