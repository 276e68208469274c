import type { Instant } from '../core/time.ts';
import type { MedicationCourse } from './record.ts';

/** How sure the record makes us that the patient takes this very ingredient at `asOf`, 0 to 1. */
export function takingProbability(course: MedicationCourse): number {
  return course.identity.probability * course.taking.probability;
}

/** Whether a course covers a moment. An unknown start means that it has run for long; an unknown end, that it runs. */
export function isRunningAt(course: MedicationCourse, moment: Instant): boolean {
  const begun = course.start === undefined || course.start <= moment;
  return begun && (course.end === undefined || course.end > moment);
}
