import { at, entry } from '../../core/array.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import { drawAnchored } from '../anchor.ts';
import { latest } from './chart.ts';
import type { Living } from './counterfactual.ts';
import { stayBegan, unsettled } from './hospital-stay.ts';
import type { Individual, Setpoints } from './individual.ts';
import { LEVELS, movedSetpoints } from './informed-levels.ts';
import { deviationsOf } from './level-anchors.ts';
import { liveThrough } from './lived-record.ts';
import type { Parameters } from './parameters.ts';
import { embody } from './particle-library.ts';
import type { Particle } from './particles.ts';
import { VARIABLES } from './schema.ts';
import { VARIABLE_INDEX } from './seen.ts';
import { FLUCTUATIONS, S } from './state.ts';
import type { PatientState } from './virtual-patient.ts';

const { egfr: EGFR, sbp: SBP, dbp: DBP } = VARIABLE_INDEX;

/** Standard-normal numbers that drawing one patient takes. */
export const PATIENT_NOISE = 3 * VARIABLES.length;

/**
 * Draws a patient as of now from a particle: levels, fluctuations and injury from what the values say, and then the record
 * lived through once more at these levels. `noise`: standard normal, [PATIENT_NOISE].
 */
export function drawPatient(
  parameters: Parameters,
  particle: Particle,
  history: PatientHistory,
  noise: readonly number[],
): Living {
  const drawn = particle.anchors.map((found, variable) => found && drawAnchored(found, noiseOf(noise, variable)));
  const deviations = deviationsOf(particle.anchors, (_, variable) => drawn[variable]?.[0] ?? 0);
  const setpoints = movedSetpoints(particle.setpoints, { ...blurred(particle, noise), ...deviations });
  const individual = embody(parameters, particle.entry, { person: particle.person, setpoints });
  const { visits, doses } = latest(history);
  const { state } = liveThrough(individual, { visits, doses }, particle.struck);
  fluctuate(individual, state, drawn, noise);
  hurt(state, drawn[EGFR]?.[2] ?? 0);
  const isAtHome = stayBegan(visits) === undefined;
  return { individual, ill: unsettled(individual), setting: isAtHome ? 'outpatient' : 'inpatient', state };
}

/** Deviations of the levels that no value tells. */
function blurred({ blur }: Particle, noise: readonly number[]): Readonly<Partial<Record<keyof Setpoints, number>>> {
  return Object.fromEntries(
    LEVELS.map(({ name, variable }) => [name, (blur[name] ?? 0) * noiseOf(noise, variable)[0]] as const),
  );
}

function noiseOf(noise: readonly number[], variable: number): readonly [number, number, number] {
  return [at(noise, 3 * variable), at(noise, 3 * variable + 1), at(noise, 3 * variable + 2)];
}

function fluctuate(
  individual: Individual,
  state: PatientState,
  drawn: readonly (readonly [number, number, number] | undefined)[],
  noise: readonly number[],
): void {
  VARIABLES.forEach((_, variable) => {
    const [, , spare] = noiseOf(noise, variable);
    const whole = drawn[variable]?.[1];
    const own = whole ?? at(individual.fluctuations, variable).sd * spare;
    const shared = variable === DBP && whole !== undefined ? entry(state, FLUCTUATIONS + SBP) : 0;
    state[FLUCTUATIONS + variable] = own - individual.pressure.diastolicFluctuation * shared;
  });
}

/** An acute injury that the last values show; unit: logarithm of GFR. */
function hurt(state: PatientState, injury: number): void {
  const logDrop = Math.min(0, injury);
  state[S.acuteInjury] = entry(state, S.acuteInjury) + logDrop;
  state[S.gfr] = entry(state, S.gfr) * Math.exp(logDrop);
}
