import type { Random } from '../../core/random.ts';
import { enrol } from './enrol.ts';
import type { Individual } from './individual.ts';
import { liveFor } from './live-for.ts';
import { instrumentsOf, observePatient } from './measurement.ts';
import { measurementNoise, restingNoise, stepNoise } from './noise.ts';
import type { Parameters } from './parameters.ts';
import { restingState } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** What an agent gets back: measured values by `System.variables`, and the state that the next step takes. */
export interface Situation {
  readonly individual: Individual;
  readonly state: PatientState;
  readonly observation: readonly number[];
}

/** A virtual patient to act on, in the verbs of Gymnasium (arXiv 2407.17032); state is passed in and out. */
export interface Environment {
  /** A new patient, settled under these doses: fraction of the reference dose, [channels]. */
  reset(random: Random, doses: readonly number[]): Situation;
  /** The same patient after `days` (unit: d) under these doses. */
  step(
    situation: Situation,
    action: { readonly doses: readonly number[]; readonly days: number },
    random: Random,
  ): Situation;
}

/** Opens the cardio-renal-metabolic system as an environment. */
export function openEnvironment(parameters: Parameters): Environment {
  const instruments = instrumentsOf(parameters);
  const situation = (individual: Individual, state: PatientState, random: Random): Situation => ({
    individual,
    state,
    observation: observePatient(instruments, individual, state, measurementNoise(random)),
  });
  return {
    reset: (random, doses) => {
      const individual = enrol(parameters, random);
      return situation(individual, restingState(individual, doses, restingNoise(random)), random);
    },
    step: ({ individual, state }, { doses, days }, random) =>
      situation(individual, liveFor(individual, state, { doses, days, noise: () => stepNoise(random) }), random),
  };
}
