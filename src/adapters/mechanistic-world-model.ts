import { at } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { seededRandom } from '../core/random.ts';
import type { Belief, ModelIdentity, PatientHistory } from '../domain/belief.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../ports/world-model.ts';
import { futureNoise, liveOn } from '../systems/cardio-renal-metabolic/counterfactual.ts';
import type { FutureNoise, Living } from '../systems/cardio-renal-metabolic/counterfactual.ts';
import { PATIENT_NOISE, drawPatient } from '../systems/cardio-renal-metabolic/draw-patient.ts';
import { instrumentsOf } from '../systems/cardio-renal-metabolic/measurement.ts';
import type { Instruments } from '../systems/cardio-renal-metabolic/measurement.ts';
import { parameterDigest, publishedParameters } from '../systems/cardio-renal-metabolic/parameters.ts';
import { resample } from '../systems/cardio-renal-metabolic/importance.ts';
import { drawNeighbours } from '../systems/cardio-renal-metabolic/neighbours.ts';
import { drawLibrary } from '../systems/cardio-renal-metabolic/particle-library.ts';
import { weighParticles } from '../systems/cardio-renal-metabolic/particles.ts';
import type { Imaginable, ParticleCloud } from '../systems/cardio-renal-metabolic/particles.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';
import { worldOf } from '../systems/cardio-renal-metabolic/worlds.ts';
import { dosesOf } from '../systems/doses.ts';
import { modelSchema } from './model-schema.ts';

/** Enough that a record of a few years leaves dozens of them in weight, few enough for a hook's deadline. */
const PARTICLES = 512;

/** People of the population among whom a patient finds neighbours: enough that a rare combination of conditions has dozens. */
const NEIGHBOURS = 4096;

/** A future that is to be lived by one patient, with noise that every regimen shares. */
interface Draw {
  readonly patient: Living;
  readonly noise: FutureNoise;
}

/**
 * Opens the mechanistic world model: a library of virtual patients, weighed by how well each explains the record.
 *
 * The honest fallback beside the learned model, and its oracle. The same history and seed give the same bytes.
 *
 * @throws TypeError when the system has no virtual patient.
 */
export function openMechanisticWorldModel(system: System, options: { readonly particles?: number } = {}): WorldModel {
  if (system.id !== cardioRenalMetabolic.id) throw new TypeError(`no virtual patient is known for ${system.id}`);
  const parameters = publishedParameters();
  const instruments = instrumentsOf(parameters);
  const imaginable: Imaginable = {
    parameters,
    library: drawLibrary(parameters, options.particles ?? PARTICLES),
    neighbours: drawNeighbours(worldOf('none'), NEIGHBOURS),
  };
  const identity: ModelIdentity = {
    id: `mechanistic-${system.id}`,
    kind: 'mechanistic',
    version: system.version,
    system: system.id,
    weightsDigest: parameterDigest(),
    schemaDigest: modelSchema(system).digest,
  };
  return {
    describe: () => identity,
    encode: (history) => answer(() => ({ model: identity, history, state: weighParticles(imaginable, history) })),
    rollOut: (belief, regimens, rollOut) =>
      answer(() => {
        checkOptions(rollOut);
        const draws = drawFutures(imaginable, { ...belief, cloud: cloudOf(belief, identity) }, rollOut);
        return regimens.map((regimen) => trajectoryOf(system, instruments, { regimen, draws, days: rollOut.days }));
      }),
  };
}

/** Computes now and answers later; a caller's bug stays one, anything else means that the model is broken. */
function answer<T>(compute: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(compute());
    } catch (cause) {
      reject(cause instanceof TypeError ? cause : new AppError('model.unavailable', [], { cause }));
    }
  });
}

function cloudOf({ model, state }: Belief, identity: ModelIdentity): ParticleCloud {
  if (model.id !== identity.id) throw new TypeError(`a belief of ${model.id} means nothing to ${identity.id}`);
  return state as ParticleCloud;
}

/** @throws TypeError when days are not ascending and ahead, or samples not a whole number above 0. */
function checkOptions({ days, samples }: RollOutOptions): void {
  const ascend = days.every((day, index) => day > (days[index - 1] ?? 0));
  if (days.length === 0 || !ascend) throw new TypeError('days ahead must be given in ascending order above 0');
  if (!Number.isInteger(samples) || samples < 1) throw new TypeError('samples must be a whole number above 0');
}

function drawFutures(
  { parameters }: Imaginable,
  { cloud: { particles }, history }: { readonly cloud: ParticleCloud; readonly history: PatientHistory },
  { days, samples, seed }: RollOutOptions,
): readonly Draw[] {
  const random = seededRandom(`roll-out/${seed}`);
  const weights = particles.map(({ weight }) => weight);
  return resample(weights, samples, random.uniform()).map((index) => {
    const noise = Array.from({ length: PATIENT_NOISE }, () => random.normal());
    const patient = drawPatient(parameters, at(particles, index), history, noise);
    return { patient, noise: futureNoise(days, random) };
  });
}

function trajectoryOf(
  system: System,
  instruments: Instruments,
  future: { readonly regimen: Regimen; readonly draws: readonly Draw[]; readonly days: readonly number[] },
): Trajectory {
  const { regimen, draws, days } = future;
  const held = dosesOf(system, regimen);
  const doses = days.map(() => held);
  const variables = system.variables.map(({ id }) => id);
  const width = days.length * variables.length;
  const samples = new Float32Array(draws.length * width);
  const levels = new Float32Array(draws.length * width);
  draws.forEach(({ patient, noise }, index) => {
    const { observed, truth } = liveOn(patient, instruments, { days, doses, noise });
    samples.set(observed.flat(), index * width);
    levels.set(truth.flat(), index * width);
  });
  return { regimenId: regimen.id, days, variables, members: 1, samplesPerMember: draws.length, samples, levels };
}
