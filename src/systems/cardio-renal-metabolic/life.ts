import type { Random } from '../../core/random.ts';
import { fullyMeasured } from './case.ts';
import { illnessOf, isAlarming } from './illness.ts';
import { COHORT_DESIGN as DESIGN } from './cohort-design.ts';
import type { Enrolment } from './enrol.ts';
import type { Individual } from './individual.ts';
import type { Instruments } from './measurement.ts';
import { restingNoise } from './noise.ts';
import { NEVER_MEASURED, chancesAtHome, chancesOnWard } from './panels.ts';
import { NOTHING, dosesOfPrescription } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { VARIABLES } from './schema.ts';
import { seenBy } from './seen.ts';
import { prescribe } from './treatment-policy.ts';
import { injured, restingState, truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';
import { advanced, caseAt, visit } from './visit.ts';
import type { Course, LivedVisit, Moment } from './visit.ts';
import type { World } from './worlds.ts';

export type { LivedVisit } from './visit.ts';

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

/** Lets one person live until now: visits, measurements, prescriptions and illness. */
export function liveUntilNow(
  {
    world,
    instruments,
    enrolment,
  }: {
    readonly world: World;
    readonly instruments: Instruments;
    readonly enrolment: Enrolment;
  },
  random: Random,
): VirtualPatient {
  const { individual, frailty } = enrolment;
  const inpatient = random.split('setting').uniform() < DESIGN.inpatientShare;
  const missing = random.split('never-measured');
  const course: Course = {
    world,
    instruments,
    individual,
    frailty,
    ill: illVersion(individual),
    recorded: VARIABLES.map(() => missing.uniform() >= DESIGN.neverMeasured),
    random: random.split('life'),
  };
  const home = liveAtHome(course, beginning(course), inpatient);
  const end = inpatient ? stayInHospital(course, home) : home;
  const waited = inpatient ? 0 : sinceLastVisit(random.split('now'));
  return {
    individual,
    ill: course.ill,
    setting: inpatient ? 'inpatient' : 'outpatient',
    chronicKidneyDisease: caseAt(course, end).chronicKidneyDisease,
    visits: end.visits,
    today: end.day + waited,
    prescription: end.prescription,
    state: waited > 0 ? advanced(course, individual, end, waited) : end.state,
  };
}

function illVersion(individual: Individual): Individual {
  const fluctuations = individual.fluctuations.map(({ sd, time }) => ({ sd: sd * DESIGN.illnessVariability, time }));
  return { ...individual, fluctuations };
}

/** A person enters with what earlier clinics, who saw them settled a few times, came to prescribe. */
function beginning(course: Course): Moment {
  const { individual, world, frailty, random } = course;
  const resting = (taken: Prescription): PatientState =>
    restingState(individual, dosesOfPrescription(taken), restingNoise(random));
  const visiting = { habits: world.habits, tempo: DESIGN.earlierTempo, random };
  let prescription = NOTHING;
  let state = resting(prescription);
  for (let left = Math.floor(random.uniform() * DESIGN.earlierVisits); left > 0; left -= 1) {
    const patient = fullyMeasured(individual, truthOf(individual, state), frailty);
    prescription = prescribe(patient, prescription, visiting);
    state = resting(prescription);
  }
  return {
    day: 0,
    state,
    prescription,
    visits: [],
    seen: VARIABLES.map(() => undefined),
    measuredOn: NEVER_MEASURED,
  };
}

function liveAtHome(course: Course, start: Moment, beforeHospital: boolean): Moment {
  const { random } = course;
  // Skewed to short records; people in hospital are often strangers there.
  const length = DESIGN.longestHistory * random.uniform() ** 2 * (beforeHospital && random.uniform() < 0.5 ? 0 : 1);
  let moment = beforeHospital && length === 0 ? start : visitAtHome(course, start);
  while (moment.visits.length < DESIGN.mostVisits) {
    const pause = untilNextVisit(course, moment);
    if (moment.day + pause > length) return moment;
    const state = advanced(course, course.individual, moment, pause);
    moment = visitAtHome(course, { ...moment, day: moment.day + pause, state });
  }
  return moment;
}

function visitAtHome(course: Course, moment: Moment): Moment {
  const patient = caseAt(course, moment);
  const { well, ill } = course.world.habits.attention;
  const chances = (truth: readonly number[]): readonly number[] => {
    const illness = illnessOf(patient, moment.state, seenBy(truth));
    return chancesAtHome(patient, moment, well + (ill - well) * illness);
  };
  return visit(course, course.individual, moment, { chances, tempo: 1 });
}

function stayInHospital(course: Course, home: Moment): Moment {
  const { ill, individual, random } = course;
  const pause = home.visits.length === 0 ? 0 : 90 * random.uniform();
  const state = pause > 0 ? advanced(course, individual, home, pause) : home.state;
  const struck = random.uniform() < DESIGN.acuteShare ? injured(ill, state) : state;
  const rhythm = random.uniform() < 0.5 ? 1 : 0.5;
  const likely = chancesOnWard(caseAt(course, home), rhythm);
  const ward = { chances: () => likely, tempo: DESIGN.wardTempo * rhythm };
  const [shortest, longest] = DESIGN.stay;
  const days = shortest + (longest - shortest) * random.uniform() ** 2;
  let moment = visit(course, ill, { ...home, day: home.day + pause, state: struck }, ward);
  const end = moment.day + days;
  while (moment.day + rhythm <= end) {
    const next = advanced(course, ill, moment, rhythm);
    moment = visit(course, ill, { ...moment, day: moment.day + rhythm, state: next }, ward);
  }
  return moment;
}

function untilNextVisit(course: Course, moment: Moment): number {
  const { world, individual, random } = course;
  const { value, spread } = world.parameters['visit.interval'];
  const usual = value * Math.exp(spread.sd * random.normal());
  const [first, last] = DESIGN.checkAfterChange;
  const check = first + (last - first) * random.uniform();
  const hasChanged = moment.visits.at(-1)?.prescription !== moment.prescription;
  const isChecked = random.uniform() < DESIGN.checkShare && hasChanged;
  const illness = illnessOf(caseAt(course, moment), moment.state, seenBy(truthOf(individual, moment.state)));
  const skips = random.uniform() < DESIGN.skippedWhenWell * (1 - illness);
  const sooner =
    (isAlarming(seenBy(moment.seen)) ? DESIGN.soonerWhenAlarming : 1) *
    (individual.person.heartFailure ? DESIGN.soonerInHeartFailure : 1) *
    (skips ? 2 : 1);
  return Math.max(1, isChecked ? check : usual * sooner);
}

/** Most decisions fall on the day of the measurements, some weeks later. */
function sinceLastVisit(random: Random): number {
  const share = random.uniform();
  if (share < 0.5) return 0;
  return share < 0.7 ? random.uniform() * 3 : -20 * Math.log(1 - random.uniform());
}
