import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { COHORT_DESIGN as DESIGN } from './cohort-design.ts';
import type { Individual } from './individual.ts';
import { liveFor } from './live-for.ts';
import { instrumentsOf, measureTruth } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import { restingNoise, stepNoise, measurementNoise } from './noise.ts';
import type { Parameters } from './parameters.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';
import { NOTHING, dosesOfPrescription } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { VARIABLES } from './schema.ts';
import { inheritedPrescription, prescribe } from './treatment-policy.ts';
import type { Case } from './treatment-policy.ts';
import { injured, restingState, truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

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

/** A virtual patient up to now, with everything that no record shows. */
export interface VirtualPatient {
  readonly individual: Individual;
  /** The same person while in hospital: the fluctuations of illness. */
  readonly ill: Individual;
  readonly setting: 'outpatient' | 'inpatient';
  /** Kidney disease stage 3 or worse at the start: eGFR below 60 (KDIGO 2024, doi 10.1016/j.kint.2023.10.018). */
  readonly chronicKidneyDisease: boolean;
  readonly visits: readonly LivedVisit[];
  /** Days since the record begins. */
  readonly today: number;
  /** Taken from the last visit on. */
  readonly prescription: Prescription;
  readonly state: PatientState;
}

interface Course {
  readonly parameters: Parameters;
  readonly instruments: Instruments;
  readonly individual: Individual;
  readonly ill: Individual;
  readonly patient: Omit<Case, 'seen'>;
  /** Which variables this record ever holds. */
  readonly recorded: readonly boolean[];
  readonly random: Random;
}

interface Moment {
  readonly day: number;
  readonly state: PatientState;
  readonly prescription: Prescription;
  readonly visits: readonly LivedVisit[];
  readonly seen: readonly (number | undefined)[];
}

const [POTASSIUM, EGFR, SBP, HEART_RATE] = [0, 1, 2, 3] as const;
const CKD_GFR = 60;
const HYPERTENSION = 140;

/** Lets one person live until now: visits, measurements, prescriptions and illness. */
export function liveUntilNow(parameters: Parameters, individual: Individual, random: Random): VirtualPatient {
  const inpatient = random.split('setting').uniform() < DESIGN.inpatientShare;
  const course = courseOf(parameters, individual, random);
  const home = liveAtHome(course, beginning(course), inpatient);
  const end = inpatient ? stayInHospital(course, home) : home;
  const waited = inpatient ? 0 : sinceLastVisit(random.split('now'));
  const state = waited > 0 ? advance(course, individual, end, waited) : end.state;
  return {
    individual,
    ill: course.ill,
    setting: inpatient ? 'inpatient' : 'outpatient',
    chronicKidneyDisease: course.patient.chronicKidneyDisease,
    visits: end.visits,
    today: end.day + waited,
    prescription: end.prescription,
    state,
  };
}

function courseOf(parameters: Parameters, individual: Individual, random: Random): Course {
  const { person, setpoints } = individual;
  const missing = random.split('never-measured');
  return {
    parameters,
    instruments: instrumentsOf(parameters),
    individual,
    ill: illVersion(individual),
    patient: {
      person,
      chronicKidneyDisease: setpoints.gfr < CKD_GFR,
      // Grade 1 hypertension begins at 140 mm[Hg] (ESC/ESH 2018, doi 10.1093/eurheartj/ehy339).
      hypertension: setpoints.sbp >= HYPERTENSION,
    },
    recorded: VARIABLES.map(() => missing.uniform() >= DESIGN.neverMeasured),
    random: random.split('life'),
  };
}

function illVersion(individual: Individual): Individual {
  const fluctuations = individual.fluctuations.map(({ sd, time }) => ({ sd: sd * DESIGN.illnessVariability, time }));
  return { ...individual, fluctuations };
}

function beginning({ individual, patient, random }: Course): Moment {
  const unseen = VARIABLES.map(() => undefined);
  const prescription = inheritedPrescription({ ...patient, seen: seenBy(unseen) }, NOTHING, random);
  const state = restingState(individual, dosesOfPrescription(prescription), restingNoise(random));
  return { day: 0, state, prescription, visits: [], seen: unseen };
}

function liveAtHome(course: Course, start: Moment, beforeHospital: boolean): Moment {
  const { individual, random } = course;
  // Skewed to short records; people in hospital are often strangers there.
  const length = DESIGN.longestHistory * random.uniform() ** 2 * (beforeHospital && random.uniform() < 0.5 ? 0 : 1);
  let moment = beforeHospital && length === 0 ? start : visit(course, individual, start, homeChances(course, start));
  while (moment.visits.length < DESIGN.mostVisits) {
    const pause = untilNextVisit(course, moment);
    if (moment.day + pause > length) return moment;
    const state = advance(course, individual, moment, pause);
    const arrived = { ...moment, day: moment.day + pause, state };
    moment = visit(course, individual, arrived, homeChances(course, arrived));
  }
  return moment;
}

function stayInHospital(course: Course, home: Moment): Moment {
  const { ill, individual, random } = course;
  const pause = home.visits.length === 0 ? 0 : 90 * random.uniform();
  const state = pause > 0 ? advance(course, individual, home, pause) : home.state;
  const struck = random.uniform() < DESIGN.acuteShare ? injured(ill, state) : state;
  const rhythm = random.uniform() < 0.5 ? 1 : 0.5;
  const [shortest, longest] = DESIGN.stay;
  const days = shortest + (longest - shortest) * random.uniform() ** 2;
  let moment = visit(course, ill, { ...home, day: home.day + pause, state: struck }, wardChances(random, rhythm));
  const end = moment.day + days;
  while (moment.day + rhythm <= end) {
    const next = advance(course, ill, moment, rhythm);
    moment = visit(course, ill, { ...moment, day: moment.day + rhythm, state: next }, wardChances(random, rhythm));
  }
  return moment;
}

function advance({ random }: Course, individual: Individual, from: Moment, days: number): PatientState {
  const doses = dosesOfPrescription(from.prescription);
  return liveFor(individual, from.state, { doses, days, noise: () => stepNoise(random) });
}

function visit(course: Course, individual: Individual, moment: Moment, chances: readonly number[]): Moment {
  const { instruments, recorded, random, patient } = course;
  const truth = truthOf(individual, moment.state);
  const measured = measureTruth(instruments, individual.person, truth, measurementNoise(random));
  // Potassium and eGFR come from one tube, pressure and rate from one cuff: each pair shares its chance draw.
  const tube = random.uniform();
  const cuff = random.uniform();
  const draws = [tube, tube, cuff, cuff, random.uniform(), random.uniform()];
  const values = measured.map((value, index) =>
    at(recorded, index) && at(draws, index) < at(chances, index) ? value : undefined,
  );
  const seen = values.map((value, index) => value ?? moment.seen[index]);
  const lived = { day: moment.day, truth, values, prescription: moment.prescription };
  return {
    ...moment,
    seen,
    visits: values.some((value) => value !== undefined) ? [...moment.visits, lived] : moment.visits,
    prescription: prescribe({ ...patient, seen: seenBy(seen) }, moment.prescription, random),
  };
}

function homeChances({ patient }: Course, { seen, prescription }: Moment): readonly number[] {
  const { measured, laboratoryWhenWatched } = DESIGN;
  const isWatched = prescription.slice(0, 4).some((drug) => drug !== undefined);
  const laboratory =
    measured.laboratory + (isWatched ? laboratoryWhenWatched : 0) + (isAlarming(seen) ? laboratoryWhenWatched : 0);
  const weight = measured.weight + (patient.person.heartFailure ? laboratoryWhenWatched : 0);
  const hba1c = patient.person.type2Diabetes ? measured.hba1cDiabetes : measured.hba1c;
  return [laboratory, laboratory, measured.pressure, measured.pressure, weight, hba1c];
}

function wardChances(random: Random, rhythm: number): readonly number[] {
  const daily = rhythm * 0.8;
  return [0.95, 0.95, 0.9, 0.9, daily, 0.05 + 0.05 * random.uniform()];
}

function untilNextVisit({ parameters, patient, random }: Course, { seen, visits, prescription }: Moment): number {
  const { value, spread } = parameters['visit.interval'];
  const usual = value * Math.exp(spread.sd * random.normal());
  const sooner =
    (isAlarming(seen) ? DESIGN.soonerWhenAlarming : 1) *
    (patient.person.heartFailure ? DESIGN.soonerInHeartFailure : 1);
  const hasChanged = visits.at(-1)?.prescription !== prescription;
  const [first, last] = DESIGN.checkAfterChange;
  const isChecked = hasChanged && random.uniform() < DESIGN.checkShare;
  return Math.max(1, isChecked ? first + (last - first) * random.uniform() : usual * sooner);
}

/** Most decisions fall on the day of the measurements, some weeks later. */
function sinceLastVisit(random: Random): number {
  const share = random.uniform();
  if (share < 0.5) return 0;
  return share < 0.7 ? random.uniform() * 3 : -20 * Math.log(1 - random.uniform());
}

function seenBy(values: readonly (number | undefined)[]): Case['seen'] {
  return { potassium: values[POTASSIUM], egfr: values[EGFR], sbp: values[SBP], heartRate: values[HEART_RATE] };
}

function isAlarming(seen: readonly (number | undefined)[]): boolean {
  const { potassium, egfr, sbp } = seenBy(seen);
  return (
    (potassium ?? 0) > LIMITS.potassiumReduce.value ||
    (potassium ?? Infinity) < LIMITS.potassiumLow.value ||
    (egfr ?? Infinity) < LIMITS.egfrRaas.value ||
    (sbp ?? Infinity) < LIMITS.sbpLow.value
  );
}
