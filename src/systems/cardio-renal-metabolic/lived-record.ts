import { entry } from '../../core/array.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import { A } from './actions.ts';
import type { Individual } from './individual.ts';
import { piecesOf } from './live-for.ts';
import { capacityFor, glucoseOfHba1c } from './physiology/glycaemia.ts';
import { VARIABLE_INDEX } from './seen.ts';
import { ACTIONS, S } from './state.ts';
import { QUIET_NOISE, advancePhysiology, injured, levelsAt, restingState } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** What the dynamics foretell at one visit without fluctuation. */
export interface Foretold {
  /** By `System.variables`. */
  readonly levels: readonly number[];
  /** By how much systolic pressure moves with its setpoint under the drugs of the day. */
  readonly pressure: number;
  /** Unit: %-points of HbA1c a %-point of its setpoint; 1 where nothing glycaemic was measured. */
  readonly hba1c: number;
}

/** A record lived through: what was foretold at each visit, and the state now. */
export interface LivedRecord {
  readonly foretold: readonly Foretold[];
  readonly state: PatientState;
}

/**
 * Lets a virtual patient live through the doses of a record, settled at its first visit, without any chance. `struck`: the
 * visit (index) just before which an acute illness strikes.
 */
export function liveThrough(
  individual: Individual,
  { visits, doses }: Pick<PatientHistory, 'visits' | 'doses'>,
  struck?: number,
): LivedRecord {
  const [first] = visits;
  let state = restingState(individual, first?.doses ?? doses, QUIET_NOISE);
  const foretold: Foretold[] = [];
  let daysBeforeNow = first?.daysBeforeNow ?? 0;
  visits.forEach((visit, index) => {
    pass(individual, state, visit.doses, daysBeforeNow - visit.daysBeforeNow);
    daysBeforeNow = visit.daysBeforeNow;
    if (index === struck) state = injured(individual, state);
    foretold.push({
      levels: levelsAt(individual, state),
      pressure: entry(state, ACTIONS + A.pressure),
      hba1c: isGlycaemic(visit.values) ? hba1cSlope(individual, state, visit.doses) : 1,
    });
  });
  pass(individual, state, doses, daysBeforeNow);
  return { foretold, state };
}

function pass(individual: Individual, state: PatientState, doses: readonly number[], days: number): void {
  for (const length of piecesOf(days)) advancePhysiology(individual, state, doses, length);
}

function isGlycaemic(values: readonly (number | undefined)[]): boolean {
  return values[VARIABLE_INDEX.hba1c] !== undefined || values[VARIABLE_INDEX.fasting_glucose] !== undefined;
}

/** A setpoint this much higher (unit: %-points) shows how strongly the treated HbA1c follows it. */
const HIGHER = 0.5;

/** So short a while (unit: d) that glucose settles and nothing else moves. */
const MOMENT = 1e-3;

/** How the treated HbA1c moves with the untreated one: drugs take off more where it is high. */
function hba1cSlope(individual: Individual, state: PatientState, doses: readonly number[]): number {
  const { balance, scale } = individual.glucose;
  const capacityAt = (hba1c: number): number => capacityFor(glucoseOfHba1c(scale, hba1c), balance);
  const { hba1c } = individual.setpoints;
  const twin = state.slice();
  twin[S.betaCell] = (entry(state, S.betaCell) * capacityAt(hba1c + HIGHER)) / capacityAt(hba1c);
  advancePhysiology(individual, twin, doses, MOMENT);
  return (entry(twin, S.glucose) - entry(state, S.glucose)) / (scale.slope * HIGHER);
}
