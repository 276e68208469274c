import { parseArgs } from 'node:util';
import { at } from '../core/array.ts';
import { seededRandom } from '../core/random.ts';
import { enrol } from '../systems/cardio-renal-metabolic/enrol.ts';
import type { Individual } from '../systems/cardio-renal-metabolic/individual.ts';
import { measureTruth } from '../systems/cardio-renal-metabolic/measurement.ts';
import { measurementNoise, stepNoise } from '../systems/cardio-renal-metabolic/noise.ts';
import { CHANNELS, VARIABLES } from '../systems/cardio-renal-metabolic/schema.ts';
import {
  advancePatient,
  advancePhysiology,
  restingState,
  truthOf,
} from '../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../systems/cardio-renal-metabolic/worlds.ts';
import type { World } from '../systems/cardio-renal-metabolic/worlds.ts';

type Print = (line: string) => void;

/** A patient on the drugs that people with diabetes and hypertension take together. */
interface Subject {
  readonly individual: Individual;
  readonly rest: PatientState;
  readonly state: PatientState;
}

const PEOPLE = 64;
const STEPS = 400_000;

/** Steps after which a patient starts again, so that drugs are setting in for part of the time: five years of months. */
const COURSE = 60;

const TAKEN = ['biguanide', 'sglt2i', 'acei', 'ccb', 'statin'];
const DOSES = CHANNELS.map(({ id }) => (TAKEN.includes(id) ? 1 : 0));

/**
 * Measures how many patient-steps a second one core makes, and where the time goes: each part is timed by itself on the
 * same patients, in processor time, so that a busy machine shows little. It takes no arguments.
 */
export function runSimulatorSpeed(args: readonly string[], print: Print): void {
  parseArgs({ args: [...args] });
  const world = worldOf('none');
  const subjects = enrolSubjects(world);
  const random = seededRandom('speed/noise');
  const noises = Array.from({ length: PEOPLE }, () => stepNoise(random));
  const errors = Array.from({ length: PEOPLE }, () => measurementNoise(random));
  print('part of a patient-step, five drugs          steps a second');
  for (const days of [1, 7, 30]) {
    const rate = rateOf(subjects, ({ individual, state }) => {
      advancePhysiology(individual, state, DOSES, days);
    });
    print(row(`physiology alone, steps of ${days} d`, rate));
  }
  for (const days of [1, 30]) {
    const rate = rateOf(subjects, ({ individual, state }, index) => {
      advancePatient(individual, state, DOSES, days, at(noises, index));
    });
    print(row(`with fluctuations, steps of ${days} d`, rate));
  }
  print(
    row(
      'chance for one step',
      rateOf(subjects, () => stepNoise(random)),
    ),
  );
  print(
    row(
      'reading the truth',
      rateOf(subjects, ({ individual, state }) => truthOf(individual, state)),
    ),
  );
  const truths = subjects.map(({ individual, rest }) => truthOf(individual, rest));
  print(
    row(
      'measuring it',
      rateOf(subjects, ({ individual: { person } }, index) =>
        measureTruth(world.instruments, person, at(truths, index), at(errors, index)),
      ),
    ),
  );
}

function enrolSubjects(world: World): readonly Subject[] {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const { individual } = enrol(world, seededRandom(`speed/${index}`));
    const nothing = CHANNELS.map(() => 0);
    const rest = restingState(
      individual,
      nothing,
      VARIABLES.map(() => 0),
    );
    return { individual, rest, state: rest.slice() };
  });
}

function rateOf(subjects: readonly Subject[], step: (subject: Subject, index: number) => unknown): number {
  walk(subjects, step, STEPS / 4);
  const before = process.cpuUsage();
  walk(subjects, step, STEPS);
  const { user, system } = process.cpuUsage(before);
  return (STEPS / (user + system)) * 1e6;
}

function walk(subjects: readonly Subject[], step: (subject: Subject, index: number) => unknown, steps: number): void {
  for (let done = 0; done < steps; done += 1) {
    const index = Math.floor(done / COURSE) % PEOPLE;
    const subject = at(subjects, index);
    if (done % COURSE === 0) subject.state.set(subject.rest);
    step(subject, index);
  }
}

function row(part: string, rate: number): string {
  return `${part.padEnd(40)}${Math.round(rate).toLocaleString('en').padStart(15)}`;
}
