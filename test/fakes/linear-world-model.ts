import { at } from '../../src/core/array.ts';
import { AppError } from '../../src/core/errors.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { Belief, ModelIdentity, PatientHistory } from '../../src/domain/belief.ts';
import type { Regimen } from '../../src/domain/intervention.ts';
import type { System } from '../../src/domain/system.ts';
import type { Trajectory } from '../../src/domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../../src/ports/world-model.ts';
import { dosesOf } from '../../src/systems/doses.ts';

/** What the linear model is to believe. Effects are per reference dose, reached in full on the first day. */
export interface LinearDynamics {
  /** Variable → channel → change in the variable's unit. */
  readonly effects: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Standard deviation of a future about its mean, by variable. */
  readonly noise: Readonly<Record<string, number>>;
  /** Standard deviation of a measurement about the level, by variable; instruments do not err where none stands. */
  readonly measurement?: Readonly<Record<string, number>>;
  readonly members: number;
  /** How far members lie apart: member m adds (m − middle) × spread, by variable. */
  readonly memberSpread: Readonly<Record<string, number>>;
}

/** Potassium rises on an MRA, eGFR and pressure fall on ACE inhibitors: simple enough to check by hand. */
export const SIMPLE_DYNAMICS: LinearDynamics = {
  effects: {
    potassium: { mra: 0.4, acei: 0.2, arb: 0.2, arni: 0.15, sglt2i: -0.1 },
    egfr: { acei: -3, arb: -3, mra: -2, sglt2i: -3 },
    sbp: { acei: -8, arb: -8, arni: -12, mra: -6 },
    heart_rate: { bb: -10 },
  },
  noise: { potassium: 0.3, egfr: 4, sbp: 8, heart_rate: 5, body_weight: 1, hba1c: 0.2 },
  members: 2,
  memberSpread: {},
};

const USUAL: Readonly<Record<string, number>> = {
  potassium: 4.3,
  egfr: 65,
  sbp: 130,
  heart_rate: 72,
  body_weight: 80,
  hba1c: 6,
};

/** A world model whose every level is last value + effect × change of dose + noise; measurements add their own. */
export function linearWorldModel(system: System, dynamics: LinearDynamics = SIMPLE_DYNAMICS): WorldModel {
  const identity: ModelIdentity = {
    id: 'linear',
    kind: 'mechanistic',
    version: '1',
    system: system.id,
    weightsDigest: '0'.repeat(64),
    schemaDigest: '0'.repeat(64),
  };
  return {
    describe: () => identity,
    encode: (history) => Promise.resolve({ model: identity, history, state: {} }),
    rollOut: (belief, regimens, options) =>
      Promise.resolve(regimens.map((regimen) => trajectoryOf(system, dynamics, belief, regimen, options))),
  };
}

/** A world model that never answers. */
export function lostWorldModel(system: System, cause: Error = new AppError('model.unavailable')): WorldModel {
  return {
    describe: () => linearWorldModel(system).describe(),
    encode: () => Promise.reject(cause),
    rollOut: () => Promise.reject(cause),
  };
}

/** A world model that encodes and then never comes back. */
export function stuckWorldModel(system: System): WorldModel {
  return {
    ...linearWorldModel(system),
    rollOut: () => new Promise(() => undefined),
  };
}

function trajectoryOf(
  system: System,
  dynamics: LinearDynamics,
  { history }: Belief,
  regimen: Regimen,
  { days, samples, seed }: RollOutOptions,
): Trajectory {
  const samplesPerMember = Math.ceil(samples / dynamics.members);
  const doses = dosesOf(system, regimen);
  const random = seededRandom(seed);
  const errors = random.split('measurement');
  const levels: number[] = [];
  const values: number[] = [];
  for (let sample = 0; sample < samplesPerMember * dynamics.members; sample += 1) {
    const offset = Math.floor(sample / samplesPerMember) - (dynamics.members - 1) / 2;
    const drawn = days.flatMap(() =>
      system.variables.map(({ id }) => {
        const noise = (dynamics.noise[id] ?? 0) * random.normal() + (dynamics.memberSpread[id] ?? 0) * offset;
        return lastValue(system, history, id) + effectOf(system, dynamics, history, doses, id) + noise;
      }),
    );
    levels.push(...drawn);
    values.push(
      ...drawn.map((level, index) => {
        const { id } = at(system.variables, index % system.variables.length);
        return level + (dynamics.measurement?.[id] ?? 0) * errors.normal();
      }),
    );
  }
  return {
    regimenId: regimen.id,
    days,
    variables: system.variables.map(({ id }) => id),
    members: dynamics.members,
    samplesPerMember,
    samples: Float32Array.from(values),
    levels: Float32Array.from(levels),
  };
}

function lastValue(system: System, { visits }: PatientHistory, id: string): number {
  const index = system.variables.findIndex((variable) => variable.id === id);
  return visits.map(({ values }) => values[index]).findLast((value) => value !== undefined) ?? USUAL[id] ?? 0;
}

function effectOf(
  system: System,
  { effects }: LinearDynamics,
  history: PatientHistory,
  doses: readonly number[],
  id: string,
): number {
  return system.channels.reduce((sum, channel, index) => {
    const change = at(doses, index) - at(history.doses, index);
    return sum + (effects[id]?.[channel.id] ?? 0) * change;
  }, 0);
}
