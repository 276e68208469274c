import { at } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { seededRandom } from '../core/random.ts';
import type { Belief, ModelIdentity } from '../domain/belief.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../ports/world-model.ts';
import { futureNoise, liveOn } from '../systems/cardio-renal-metabolic/counterfactual.ts';
import type { FutureNoise } from '../systems/cardio-renal-metabolic/counterfactual.ts';
import { instrumentsOf } from '../systems/cardio-renal-metabolic/measurement.ts';
import type { Instruments } from '../systems/cardio-renal-metabolic/measurement.ts';
import { parameterDigest, publishedParameters } from '../systems/cardio-renal-metabolic/parameters.ts';
import { drawLibrary } from '../systems/cardio-renal-metabolic/particle-library.ts';
import { weighParticles } from '../systems/cardio-renal-metabolic/particles.ts';
import type { Particle, ParticleCloud } from '../systems/cardio-renal-metabolic/particles.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';
import { dosesOf } from '../systems/doses.ts';
import { modelSchema } from './model-schema.ts';

/** Enough that a record of a few years leaves dozens of them in weight, few enough for a hook's deadline. */
const PARTICLES = 512;

/** A future that is to be lived by one particle, with noise that every regimen shares. */
interface Draw {
  readonly particle: Particle;
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
  const library = drawLibrary(options.particles ?? PARTICLES);
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
    encode: (history) =>
      answer(() => ({ model: identity, history, state: weighParticles(parameters, library, history) })),
    rollOut: (belief, regimens, rollOut) =>
      answer(() => {
        checkOptions(rollOut);
        const draws = drawFutures(cloudOf(belief, identity), rollOut);
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

function drawFutures({ particles }: ParticleCloud, { days, samples, seed }: RollOutOptions): readonly Draw[] {
  const random = seededRandom(`roll-out/${seed}`);
  return resample(particles, samples, random.uniform()).map((particle) => ({
    particle,
    noise: futureNoise(days, random),
  }));
}

/** Systematic resampling (Kitagawa 1996, doi 10.1080/10618600.1996.10474692): `offset` in [0, 1) is its only chance. */
function resample(particles: readonly Particle[], count: number, offset: number): readonly Particle[] {
  let index = 0;
  let reached = at(particles, 0).weight;
  return Array.from({ length: count }, (_, drawn) => {
    const position = (drawn + offset) / count;
    while (reached < position && index < particles.length - 1) {
      index += 1;
      reached += at(particles, index).weight;
    }
    return at(particles, index);
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
  draws.forEach(({ particle: { individual, state }, noise }, index) => {
    const patient = { individual, ill: individual, setting: 'outpatient', state } as const;
    const { observed, truth } = liveOn(patient, instruments, { days, doses, noise });
    samples.set(observed.flat(), index * width);
    levels.set(truth.flat(), index * width);
  });
  return { regimenId: regimen.id, days, variables, members: 1, samplesPerMember: draws.length, samples, levels };
}
