import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { caseOf } from './case.ts';
import type { Case } from './case.ts';
import type { Individual } from './individual.ts';
import { liveFor } from './live-for.ts';
import { instrumentsOn, measureTruth } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import { measurementNoise, stepNoise } from './noise.ts';
import { PANEL_OF } from './panels.ts';
import { dosesOfPrescription } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { prescribe } from './treatment-policy.ts';
import { truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';
import type { World } from './worlds.ts';

/** One lived moment: what was true, what was written down, what was being taken. */
export interface LivedVisit {
  /** Days since the record begins. */
  readonly day: number;
  readonly truth: readonly number[];
  /** By variable; undefined where not measured. */
  readonly values: readonly (number | undefined)[];
  /** Taken up to this visit. */
  readonly prescription: Prescription;
}

/** What stays the same through one person's record. */
export interface Course {
  readonly world: World;
  readonly instruments: Instruments;
  readonly individual: Individual;
  /** The same person while in hospital. */
  readonly ill: Individual;
  readonly frailty: number;
  /** Which variables this record ever holds. */
  readonly recorded: readonly boolean[];
  readonly random: Random;
}

/** Where a record has come to. */
export interface Moment {
  readonly day: number;
  readonly state: PatientState;
  readonly prescription: Prescription;
  readonly visits: readonly LivedVisit[];
  /** The latest measured values, by variable. */
  readonly seen: readonly (number | undefined)[];
  /** Days on which each panel was last measured, by panel. */
  readonly measuredOn: readonly number[];
}

/** The patient as the clinician knows them at a moment; `today`: what was measured just now, by `System.variables`. */
export function caseAt(
  { individual, frailty }: Course,
  { seen }: Moment,
  today: readonly (number | undefined)[] = [],
): Case {
  return caseOf(individual, { latest: seen, today }, frailty);
}

/** The state after a number of days (unit: d) at home or, with `ill`, in hospital. */
export function advanced({ random }: Course, individual: Individual, from: Moment, days: number): PatientState {
  const doses = dosesOfPrescription(from.prescription);
  return liveFor(individual, from.state, { doses, days, noise: () => stepNoise(random) });
}

/** A visit: some panels are measured, by their chances; then the clinician prescribes from what is known. */
export function visit(
  course: Course,
  individual: Individual,
  moment: Moment,
  clinic: { readonly chances: (truth: readonly number[]) => readonly number[]; readonly tempo: number },
): Moment {
  const { random } = course;
  const truth = truthOf(individual, moment.state);
  const isMeasured = clinic.chances(truth).map((chance) => random.uniform() < chance);
  const values = valuesOf(course, { truth, day: moment.day, isMeasured });
  const seen = values.map((value, index) => value ?? moment.seen[index]);
  const isWritten = values.some((value) => value !== undefined);
  const lived = { day: moment.day, truth, values, prescription: moment.prescription };
  const after = {
    ...moment,
    seen,
    measuredOn: isMeasured.map((is, panel) => (is ? moment.day : at(moment.measuredOn, panel))),
    visits: isWritten ? [...moment.visits, lived] : moment.visits,
  };
  const visiting = { habits: course.world.habits, tempo: clinic.tempo, random };
  const prescription = prescribe(caseAt(course, after, values), moment.prescription, visiting);
  return { ...after, prescription };
}

function valuesOf(
  { instruments, individual, recorded, random }: Course,
  {
    truth,
    day,
    isMeasured,
  }: {
    readonly truth: readonly number[];
    readonly day: number;
    readonly isMeasured: readonly boolean[];
  },
): readonly (number | undefined)[] {
  const today = instrumentsOn(instruments, day);
  return measureTruth(today, individual.person, truth, measurementNoise(random)).map((value, index) =>
    at(recorded, index) && at(isMeasured, at(PANEL_OF, index)) ? value : undefined,
  );
}
