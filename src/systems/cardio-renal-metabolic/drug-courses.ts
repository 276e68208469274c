import type { LivedVisit, VirtualPatient } from './life.ts';
import type { Prescribed, Prescription } from './prescription.ts';

/** A drug on one dose, from one day to another; days since the record begins. */
export interface DrugCourse {
  readonly drug: Prescribed;
  /** Undefined when it was there before the record. */
  readonly start: number | undefined;
  /** Undefined while it runs. */
  readonly end: number | undefined;
}

interface Segment {
  readonly prescription: Prescription;
  readonly start: number | undefined;
}

/** What a virtual patient took when, one entry a drug and dose, oldest first. */
export function drugCourses({ visits, prescription }: VirtualPatient): readonly DrugCourse[] {
  const segments = segmentsOf(visits, prescription);
  return prescription.flatMap((_, channel) => coursesOfChannel(segments, channel));
}

function segmentsOf(visits: readonly LivedVisit[], now: Prescription): readonly Segment[] {
  const past = visits.map((visit, index) => ({ prescription: visit.prescription, start: visits[index - 1]?.day }));
  return [...past, { prescription: now, start: visits.at(-1)?.day }];
}

function coursesOfChannel(segments: readonly Segment[], channel: number): readonly DrugCourse[] {
  const courses: DrugCourse[] = [];
  let running: Omit<DrugCourse, 'end'> | undefined;
  for (const { prescription, start } of segments) {
    const drug = prescription[channel];
    if (isSame(running?.drug, drug)) continue;
    if (running !== undefined) courses.push({ ...running, end: start });
    running = drug === undefined ? undefined : { drug, start };
  }
  return running === undefined ? courses : [...courses, { ...running, end: undefined }];
}

function isSame(one: Prescribed | undefined, other: Prescribed | undefined): boolean {
  return one?.intervention.ingredient === other?.intervention.ingredient && one?.rung === other?.rung;
}
