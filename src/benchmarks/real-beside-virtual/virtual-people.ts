import { at } from '../../core/array.ts';
import { seededRandom, type Random } from '../../core/random.ts';
import { creatinineOfEgfr } from '../../systems/ckd-epi.ts';
import { drawVirtualPatient } from '../../systems/cohort.ts';
import { COHORT_DESIGN } from '../../systems/cardio-renal-metabolic/cohort-design.ts';
import type { VirtualPatient } from '../../systems/cardio-renal-metabolic/life.ts';
import { liveFor } from '../../systems/cardio-renal-metabolic/live-for.ts';
import { observePatient } from '../../systems/cardio-renal-metabolic/measurement.ts';
import { measurementNoise, stepNoise } from '../../systems/cardio-renal-metabolic/noise.ts';
import { dosesOfPrescription } from '../../systems/cardio-renal-metabolic/prescription.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { ageOf } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf, type World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { gatherReadings, type Person, type Phase, type Reading, type ReadingsOf } from './person.ts';

/** Whose people are drawn: those of all clinics in the cohort's own shares, or of one clinic alone. */
export type VirtualCohort = 'all clinics' | 'general adults';

/** Days of a protocol that measures every panel under unchanged treatment. Unit: d. */
const PROTOCOL_DAYS = [0, 7, 14, 28, 42, 56, 84, 112, 140, 168, 182] as const;

/** On a ward no two visits lie further apart, not even when one went unwritten. Unit: d. */
const WARD_PAUSE = 2.1;

interface Moment {
  readonly day: number;
  readonly values: readonly (number | undefined)[];
}

/**
 * Draws virtual people as a comparison sees them: each comes once a phase of life that they have (ward or home as their
 * record shows it, the whole record, and a protocol lived through under unchanged treatment after it).
 *
 * People whose start the cohort's design draws evenly over what a model should know are left out: they are there to be
 * learned from and claim nothing about patients.
 */
export function* drawVirtualPeople(cohort: VirtualCohort, draw: { people: number; seed: string }): Generator<Person> {
  const world = worldFor(cohort);
  for (let person = 0; person < draw.people; person += 1) {
    const random = seededRandom(`${draw.seed}/${cohort}/person-${person}`);
    if (isDrawnEvenly(random)) continue;
    const patient = drawVirtualPatient(world, random);
    yield* phasesOf(world, patient, { id: `${cohort} ${person}`, random: random.split('protocol') });
  }
}

/** The first number of the stream by which `enrol` decides. */
function isDrawnEvenly(random: Random): boolean {
  return random.split('person').split('broad').uniform() < COHORT_DESIGN.broadShare;
}

function worldFor(cohort: VirtualCohort): World {
  const world = worldOf('none');
  if (cohort === 'all clinics') return world;
  const clinics = world.clinics.filter(({ id }) => id === 'general-adults').map((clinic) => ({ ...clinic, share: 1 }));
  return { ...world, clinics };
}

function phasesOf(
  world: World,
  patient: VirtualPatient,
  { id, random }: { readonly id: string; readonly random: Random },
): readonly Person[] {
  const { person } = patient.individual;
  const traits = {
    heart_failure: person.heartFailure,
    type_2_diabetes: person.type2Diabetes,
    chronic_kidney_disease: patient.chronicKidneyDisease,
  };
  const as = (phase: Phase, moments: readonly Moment[]): Person => ({
    ...{ id, phase, age: ageOf(patient.individual, patient.state), female: person.female, traits },
    readings: readingsOf(person, moments),
  });
  const whole = as('record', patient.visits);
  if (patient.setting === 'inpatient') return [as('ward', wardVisits(patient)), whole];
  return [as('home', patient.visits), as('protocol', followProtocol(world, patient, random)), whole];
}

/** The visits of the last stay: from the end back to the first longer pause. */
function wardVisits({ visits }: VirtualPatient): readonly Moment[] {
  const pause = visits.findLastIndex(
    ({ day }, index) => index + 1 < visits.length && at(visits, index + 1).day - day > WARD_PAUSE,
  );
  return visits.slice(pause + 1);
}

function followProtocol({ instruments }: World, patient: VirtualPatient, random: Random): readonly Moment[] {
  const { individual } = patient;
  const doses = dosesOfPrescription(patient.prescription);
  let state = patient.state;
  let today = 0;
  return PROTOCOL_DAYS.map((day) => {
    state = liveFor(individual, state, { doses, days: day - today, noise: () => stepNoise(random) });
    today = day;
    return { day, values: observePatient(instruments, individual, state, measurementNoise(random)) };
  });
}

function readingsOf(
  subject: { readonly age: number; readonly female: boolean },
  moments: readonly Moment[],
): ReadonlyMap<string, readonly Reading[]> {
  const gathered = gatherReadings();
  for (const { day, values } of moments) {
    VARIABLES.forEach(({ id }, index) => {
      const value = values[index];
      if (value !== undefined) add(gathered, id, { day, value }, subject);
    });
  }
  return gathered.inOrder();
}

function add(
  gathered: ReadingsOf,
  id: string,
  { day, value }: Reading,
  subject: { readonly age: number; readonly female: boolean },
): void {
  gathered.add(id, { day, value });
  if (id === 'egfr') gathered.add('creatinine', { day, value: creatinineOfEgfr(value, subject) });
}
