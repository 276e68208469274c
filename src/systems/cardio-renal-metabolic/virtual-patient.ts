import { at } from '../../core/array.ts';
import { fluctuate, normalProbability, relax, relaxAfter } from '../integrate.ts';
import { doseEffect } from './drug-response.ts';
import type { DrugResponse } from './drug-response.ts';
import type { Individual } from './individual.ts';
import { VARIABLES } from './schema.ts';

/** One virtual patient at one moment. */
export interface PatientState {
  /** GFR without any drug or illness; unit: mL/min/{1.73_m2}. */
  readonly structuralGfr: number;
  /** How far each channel acts on kidney, pressure, rate and weight: multiples of the reference effect, by channel. */
  readonly effects: readonly number[];
  /** The same for potassium, which follows its own time course. */
  readonly potassiumEffects: readonly number[];
  /** Deviation of potassium because GFR is not 60; unit: mmol/L. */
  readonly potassiumOfKidney: number;
  /** Without its fluctuation; unit: %. */
  readonly hba1c: number;
  /** What HbA1c has drifted up since the start; unit: %. */
  readonly glycaemicDrift: number;
  /** Acute fall of the logarithm of GFR, ≤ 0. */
  readonly acuteInjury: number;
  /** By variable; of eGFR on the logarithm, of the others in the variable's unit. */
  readonly fluctuations: readonly number[];
}

/** Standard-normal numbers that one step takes: a fluctuation a variable, then whether and when a volume event strikes. */
export const STEP_NOISE = VARIABLES.length + 2;

/** Noise without fluctuation and, its last scores lying far out, without a volume event: what is foreseen of a step. */
export const QUIET_NOISE: readonly number[] = [...VARIABLES.map(() => 0), 9, 9];

/** eGFR (mL/min/{1.73_m2}) at which potassium.setpoint stands and below which effects on potassium and HbA1c change (rows' notes). */
const REFERENCE_GFR = 60;

/** A patient's kidneys do not fall below what a living adult shows (schema, eGFR). */
const LEAST_GFR = VARIABLES.find(({ id }) => id === 'egfr')?.plausible.low ?? 0;

/** An acute injury smaller than this (logarithm of GFR) no longer asks for daily steps. */
const NEGLIGIBLE_INJURY = 0.02;

/** The state in which a patient has settled under constant doses. `noise`: [variables]. */
export function restingState(individual: Individual, doses: readonly number[], noise: readonly number[]): PatientState {
  const effects = targetEffects(individual, doses);
  const state: PatientState = {
    structuralGfr: individual.setpoints.gfr,
    effects,
    potassiumEffects: effects,
    potassiumOfKidney: 0,
    hba1c: individual.setpoints.hba1c,
    glycaemicDrift: 0,
    acuteInjury: 0,
    fluctuations: individual.fluctuations.map(({ sd }, index) => sd * at(noise, index)),
  };
  const gfr = gfrOf(individual, state);
  return {
    ...state,
    potassiumOfKidney: potassiumTarget(individual, gfr),
    hba1c: hba1cTarget(individual, effects, { gfr, drift: 0 }),
  };
}

/**
 * Moves a patient under constant doses by a step of any length up to a month.
 *
 * `doses`: fraction of the reference dose, [channels]. `days` > 0, unit: d. `noise`: standard normal, [STEP_NOISE]; the
 * same noise for two regimens gives a counterfactual pair. Each quantity relaxes exactly, so the length of the steps
 * does not matter; only while an acute injury bends GFR quickly are they cut to a day.
 */
export function stepPatient(
  individual: Individual,
  state: PatientState,
  doses: readonly number[],
  days: number,
  noise: readonly number[],
): PatientState {
  const target = targetEffects(individual, doses);
  const struck = strike(individual, days, noise);
  let next = state;
  let left = days;
  while (left > 0) {
    const acute = next.acuteInjury < -NEGLIGIBLE_INJURY || struck !== undefined;
    const length = acute ? Math.min(left, 1) : left;
    const elapsed = days - left;
    const strikesNow = struck !== undefined && struck >= elapsed && (struck < elapsed + length || length === left);
    next = relaxState(individual, strikesNow ? injured(individual, next) : next, target, length);
    left -= length;
  }
  return {
    ...next,
    fluctuations: individual.fluctuations.map((process, index) =>
      fluctuate(at(state.fluctuations, index), process, days, at(noise, index)),
    ),
  };
}

/** The physiological values of a state, without any error of measurement, by `System.variables`. */
export function truthOf(individual: Individual, state: PatientState): readonly number[] {
  const { setpoints, responses } = individual;
  const { effects, fluctuations } = state;
  const gfr = gfrOf(individual, state);
  const values = [
    setpoints.potassium + state.potassiumOfKidney + potassiumOfDrugs(individual, state, gfr),
    gfr,
    setpoints.sbp + sumOf(responses, effects, 'sbp'),
    setpoints.heartRate + sumOf(responses, effects, 'heartRate'),
    setpoints.weight + sumOf(responses, effects, 'weight'),
    state.hba1c,
  ];
  return VARIABLES.map(({ id, plausible }, index) => {
    const fluctuation = at(fluctuations, index);
    const value = id === 'egfr' ? gfr * Math.exp(fluctuation) : at(values, index) + fluctuation;
    return Math.min(plausible.high, Math.max(plausible.low, value));
  });
}

/** GFR with the drugs' haemodynamic effects and acute injury, without fluctuation; unit: mL/min/{1.73_m2}. */
export function gfrOf(individual: Individual, state: PatientState): number {
  const logChange = state.acuteInjury + sumOf(individual.responses, state.effects, 'logGfr');
  return Math.max(LEAST_GFR, state.structuralGfr * Math.exp(logChange));
}

/** A state struck by a volume event: GFR falls at once and recovers over the event's duration. */
export function injured(individual: Individual, state: PatientState): PatientState {
  return { ...state, acuteInjury: Math.min(state.acuteInjury, individual.volumeEvent.logDrop) };
}

function relaxState(
  individual: Individual,
  state: PatientState,
  target: readonly number[],
  days: number,
): PatientState {
  const { responses, potassium, glucose, volumeEvent } = individual;
  const moved = {
    ...state,
    structuralGfr: Math.max(LEAST_GFR, state.structuralGfr - declinePerDay(individual, target) * days),
    effects: relaxEach(state.effects, target, (index) => days / at(responses, index).onset),
    potassiumEffects: relaxEach(state.potassiumEffects, target, (index) => days / at(responses, index).potassiumOnset),
    glycaemicDrift: state.glycaemicDrift + glucose.driftPerDay * days,
    acuteInjury: relax(state.acuteInjury, 0, days, volumeEvent.duration),
  };
  const before = gfrOf(individual, state);
  const after = gfrOf(individual, moved);
  const kidney = { from: potassiumTarget(individual, before), to: potassiumTarget(individual, after) };
  const sugar = {
    from: hba1cTarget(individual, target, { gfr: before, drift: state.glycaemicDrift }),
    to: hba1cTarget(individual, target, { gfr: after, drift: moved.glycaemicDrift }),
  };
  return {
    ...moved,
    potassiumOfKidney: relaxAfter(state.potassiumOfKidney, kidney, days, potassium.relaxation),
    hba1c: relaxAfter(state.hba1c, sugar, days, glucose.relaxation),
  };
}

function targetEffects({ responses, adherence }: Individual, doses: readonly number[]): readonly number[] {
  return responses.map(({ ed50 }, index) => doseEffect(at(doses, index) * adherence, ed50));
}

function relaxEach(
  values: readonly number[],
  targets: readonly number[],
  timesPassed: (index: number) => number,
): readonly number[] {
  return values.map((value, index) => relax(value, at(targets, index), timesPassed(index), 1));
}

function sumOf(
  responses: readonly DrugResponse[],
  effects: readonly number[],
  quantity: 'logGfr' | 'sbp' | 'heartRate' | 'weight',
): number {
  return responses.reduce((sum, response, index) => sum + response[quantity] * at(effects, index), 0);
}

/**
 * The drugs' effects on potassium add up: the pooled effect of an MRA (row mra.potassium) was itself measured on top of
 * an ACE inhibitor or ARB, so adding the two reproduces what was seen.
 */
function potassiumOfDrugs(individual: Individual, state: PatientState, gfr: number): number {
  const growth = 1 + individual.potassium.amplificationPerGfr * Math.max(0, REFERENCE_GFR - gfr);
  return individual.responses.reduce(
    (sum, response, index) =>
      sum + response.potassium * at(state.potassiumEffects, index) * (response.growsWithLowGfr ? growth : 1),
    0,
  );
}

function potassiumTarget(individual: Individual, gfr: number): number {
  return individual.potassium.risePerGfr * (REFERENCE_GFR - gfr);
}

function hba1cTarget(
  { setpoints, responses, glucose }: Individual,
  target: readonly number[],
  now: { readonly gfr: number; readonly drift: number },
): number {
  const kept = Math.max(0, 1 - glucose.lossPerGfr * Math.max(0, REFERENCE_GFR - now.gfr));
  const ofDrugs = responses.reduce((sum, response, index) => sum + response.hba1c * at(target, index), 0);
  return setpoints.hba1c + now.drift + ofDrugs * kept;
}

/** Drugs slow the loss of GFR independently of each other; they do not slow a gain. */
function declinePerDay({ responses, declinePerDay: own }: Individual, target: readonly number[]): number {
  if (own <= 0) return own;
  return responses.reduce((rest, { slope }, index) => rest * Math.max(0, 1 + slope * at(target, index)), own);
}

/** The day within the step on which a volume event strikes, if one does: a Poisson process seen through the noise. */
function strike(individual: Individual, days: number, noise: readonly number[]): number | undefined {
  const chance = 1 - Math.exp(-individual.volumeEvent.ratePerDay * days);
  const strikes = normalProbability(at(noise, VARIABLES.length)) < chance;
  return strikes ? normalProbability(at(noise, VARIABLES.length + 1)) * days : undefined;
}
