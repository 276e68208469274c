import { InferenceSession, Tensor } from 'onnxruntime-node';
import { historyTensors, VISIT_SLOTS, visitWidth } from '../belief/tensors.ts';
import { digestOf } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import type { Belief, ModelIdentity, PatientHistory } from '../domain/belief.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../ports/world-model.ts';
import { dosesOf } from '../systems/doses.ts';
import { parseCalibration, widenSamples, type ModelCalibration } from './model-calibration.ts';
import { readRegisteredModel, type RegistryEntry } from './model-registry.ts';
import { drawRollOutNoise } from './model-noise.ts';
import { modelSchema } from './model-schema.ts';

/** What `encode.onnx` answers: one diagonal Gaussian and one context a member. */
interface LatentState {
  /** Shapes [1, members, latent], [1, members, latent], [1, members, context]. */
  readonly mean: Tensor;
  readonly log_std: Tensor;
  readonly context: Tensor;
}

interface Engine {
  readonly system: System;
  readonly entry: RegistryEntry;
  readonly identity: ModelIdentity;
  readonly calibration: ModelCalibration;
  readonly encoder: InferenceSession;
  readonly dynamics: InferenceSession;
}

const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 2,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
};

/**
 * Opens the learned world model of a system from the models folder (the one that holds `registry.json`).
 *
 * @throws AppError `model.unavailable` when files are missing or changed, or the model was built for another schema.
 */
export async function openOnnxWorldModel(options: {
  readonly folder: string;
  readonly system: System;
}): Promise<WorldModel> {
  const engine = await startEngine(options.folder, options.system);
  return {
    encode: (history) => encode(engine, history),
    rollOut: (belief, regimens, rollOut) => rollOutAll(engine, belief, regimens, rollOut),
    describe: () => engine.identity,
  };
}

async function startEngine(folder: string, system: System): Promise<Engine> {
  const { entry, files } = readRegisteredModel(folder, system.id);
  const { digest } = modelSchema(system);
  if (entry.schemaDigest !== digest) {
    const detail = `${entry.id} ${entry.version} was built for schema ${entry.schemaDigest}, not for ${digest}.`;
    throw new AppError('model.unavailable', [detail]);
  }
  return {
    system,
    entry,
    identity: identityOf(entry),
    calibration: parseCalibration(files['calibration.json'], system.variables),
    encoder: await openSession(files['encode.onnx'], 'encode.onnx'),
    dynamics: await openSession(files['roll-out.onnx'], 'roll-out.onnx'),
  };
}

function identityOf(entry: RegistryEntry): ModelIdentity {
  const { id, kind, version, system, schemaDigest } = entry;
  const weights = ['encode.onnx', 'roll-out.onnx', 'calibration.json'].map((name) => entry.files[name]?.sha256 ?? '');
  return { id, kind, version, system, schemaDigest, weightsDigest: digestOf(weights) };
}

async function openSession(bytes: Uint8Array, name: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, SESSION);
  } catch (cause) {
    throw new AppError('model.unavailable', [`${name} cannot be loaded.`], { cause });
  }
}

async function encode(engine: Engine, history: PatientHistory): Promise<Belief> {
  const { system } = engine;
  const { covariates, visits, doses } = historyTensors(system, history);
  const state = await run(engine.encoder, {
    covariates: new Tensor('float32', covariates, [1, covariates.length]),
    visits: new Tensor('float32', visits, [1, VISIT_SLOTS, visitWidth(system)]),
    doses: new Tensor('float32', doses, [1, doses.length]),
  });
  return { model: engine.identity, history, state };
}

async function rollOutAll(
  engine: Engine,
  belief: Belief,
  regimens: readonly Regimen[],
  options: RollOutOptions,
): Promise<readonly Trajectory[]> {
  assertAnswerable(engine, belief, options);
  if (regimens.length === 0) return [];
  const feeds = {
    ...(belief.state as LatentState),
    ...regimenFeeds(engine.system, regimens, options.days),
    ...noiseFeeds(engine, options),
  };
  const { samples, levels } = await run(engine.dynamics, feeds);
  if (samples === undefined || levels === undefined) {
    throw new AppError('model.unavailable', ['roll-out.onnx gave no samples, or no levels.']);
  }
  const drawn = { samples: samples.data as Float32Array, levels: levels.data as Float32Array };
  return trajectories(engine, regimens, options, drawn);
}

function assertAnswerable(engine: Engine, belief: Belief, { days, samples }: RollOutOptions): void {
  if (belief.model.weightsDigest !== engine.identity.weightsDigest) throw new TypeError('a belief of another model');
  const ascending = days.every((day, index) => day > (days[index - 1] ?? 0));
  if (days.length === 0 || !ascending) throw new TypeError('days ahead must be positive and ascending');
  if (!Number.isInteger(samples) || samples < 1) throw new TypeError('samples must be a positive integer');
  const longest = engine.entry.longestHorizonDays;
  if ((days.at(-1) ?? 0) <= longest) return;
  throw new AppError('model.unavailable', [`The model was trained up to ${longest} days ahead.`]);
}

/** Shapes: regimens [1, R, T, C], days [1, T]. A regimen is the same at every step. */
function regimenFeeds(system: System, regimens: readonly Regimen[], days: readonly number[]): Record<string, Tensor> {
  const doses = regimens.flatMap((regimen) => {
    const each = dosesOf(system, regimen);
    return days.flatMap(() => each);
  });
  const dims = [1, regimens.length, days.length, system.channels.length];
  return {
    regimens: new Tensor('float32', Float32Array.from(doses), dims),
    days: new Tensor('float32', Float32Array.from(days), [1, days.length]),
  };
}

/** Shapes: control [1, D] zero, start_noise [1, M, S, D], process_noise [1, M, S, T, X], measurement_noise [1, M, S, T, V]. */
function noiseFeeds(engine: Engine, options: RollOutOptions): Record<string, Tensor> {
  const { members, latent } = engine.entry;
  const [width, steps, observables] = [
    latent.traits + latent.state,
    options.days.length,
    engine.system.variables.length,
  ];
  const samples = samplesPerMember(engine, options);
  const sizes = { members, samples, steps, latent: width, state: latent.state, observables };
  const noise = drawRollOutNoise(sizes, options.seed);
  return {
    control: new Tensor('float32', new Float32Array(width), [1, width]),
    start_noise: new Tensor('float32', noise.start, [1, members, samples, width]),
    process_noise: new Tensor('float32', noise.process, [1, members, samples, steps, latent.state]),
    measurement_noise: new Tensor('float32', noise.measurement, [1, members, samples, steps, observables]),
  };
}

/** Every member draws equally many futures: at least as many in all as were asked for. */
function samplesPerMember(engine: Engine, options: RollOutOptions): number {
  return Math.ceil(options.samples / engine.entry.members);
}

/** Cuts samples and levels, each [1, R, M, S, T, V], into one calibrated trajectory a regimen. */
function trajectories(
  engine: Engine,
  regimens: readonly Regimen[],
  options: RollOutOptions,
  drawn: Pick<Trajectory, 'samples' | 'levels'>,
): readonly Trajectory[] {
  const { variables } = engine.system;
  const ofRegimen = (all: Float32Array, index: number): Float32Array => {
    const size = all.length / regimens.length;
    const own = all.slice(index * size, (index + 1) * size);
    widenSamples(own, engine.calibration, { days: options.days, variables });
    return own;
  };
  return regimens.map((regimen, index) => ({
    regimenId: regimen.id,
    days: options.days,
    variables: variables.map((variable) => variable.id),
    members: engine.entry.members,
    samplesPerMember: samplesPerMember(engine, options),
    samples: ofRegimen(drawn.samples, index),
    levels: ofRegimen(drawn.levels, index),
  }));
}

async function run(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  try {
    return await session.run(feeds);
  } catch (cause) {
    throw new AppError('model.unavailable', ['Inference failed.'], { cause });
  }
}
