import { at } from '../../core/array.ts';
import type { Scores } from '../../systems/cardio-renal-metabolic/draws.ts';
import { individualFrom } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Individual, Person, Setpoints } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import type { VariableId } from '../../systems/cardio-renal-metabolic/seen.ts';
import type { Structure } from '../../systems/cardio-renal-metabolic/structure.ts';
import { levelsAt, restingState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';

/** A person as drawn: everything that an individual is built from. */
export interface Candidate {
  readonly parameters: Parameters;
  readonly scores: Scores;
  readonly person: Person;
  readonly setpoints: Setpoints;
  readonly structure: Structure;
}

/** A person settled under constant doses. */
export interface Settled {
  readonly individual: Individual;
  readonly resting: PatientState;
  /** By `System.variables`. */
  readonly levels: readonly number[];
}

/** What a table asks of one person, by variable. */
export type AskedLevels = Readonly<Partial<Record<VariableId, number>>>;

type Solved = Exclude<VariableId, 'fasting_glucose'>;

/** The setpoint that moves each variable, and whether it does so in proportion. Fasting glucose follows HbA1c. */
const SETPOINT_OF: Readonly<Record<Solved, { readonly setpoint: keyof Setpoints; readonly isRatio: boolean }>> = {
  potassium: { setpoint: 'potassium', isRatio: false },
  egfr: { setpoint: 'gfr', isRatio: true },
  sbp: { setpoint: 'sbp', isRatio: false },
  heart_rate: { setpoint: 'heartRate', isRatio: false },
  body_weight: { setpoint: 'weight', isRatio: true },
  hba1c: { setpoint: 'hba1c', isRatio: false },
  dbp: { setpoint: 'dbp', isRatio: false },
  ldl: { setpoint: 'ldl', isRatio: true },
  hdl: { setpoint: 'hdl', isRatio: true },
  triglycerides: { setpoint: 'triglycerides', isRatio: true },
  uacr: { setpoint: 'uacr', isRatio: true },
  nt_probnp: { setpoint: 'ntProbnp', isRatio: true },
  lvef: { setpoint: 'lvef', isRatio: false },
  urate: { setpoint: 'urate', isRatio: true },
};

const ASKABLE = Object.keys(SETPOINT_OF) as readonly Solved[];

/** Passes after which the worst gap is a small fraction of what instruments show. */
const PASSES = 8;

/** A gap this small against the variable's usual spread is none. */
const CLOSE = 0.002;

/** A treated setpoint moves its level by no less than this a unit: a guard for the first steps of the secant. */
const LEAST_SLOPE = 0.25;

const NO_NOISE: readonly number[] = VARIABLES.map(() => 0);

/** Settles a person under constant doses. */
export function settle(candidate: Candidate, doses: readonly number[]): Settled {
  const { parameters, scores, ...start } = candidate;
  const individual = individualFrom(parameters, scores, start);
  const resting = restingState(individual, doses, NO_NOISE);
  return { individual, resting, levels: levelsAt(individual, resting) };
}

/**
 * Finds the untreated setpoints with which a person, settled under the background, shows what the table says: a baseline
 * table is measured in people who take their drugs.
 */
export function settleAt(candidate: Candidate, doses: readonly number[], asked: AskedLevels): Settled {
  let now = candidate;
  let settled = settle(now, doses);
  const slopes: Partial<Record<Solved, number>> = {};
  for (let pass = 0; pass < PASSES && gapOf(settled.levels, asked) > CLOSE; pass += 1) {
    const setpoints = corrected(now.setpoints, settled.levels, asked, slopes);
    const next = settle({ ...now, setpoints }, doses);
    learnSlopes(slopes, { from: now.setpoints, to: setpoints }, { from: settled.levels, to: next.levels });
    now = { ...now, setpoints };
    settled = next;
  }
  return settled;
}

function gapOf(levels: readonly number[], asked: AskedLevels): number {
  return ASKABLE.reduce((worst, id) => {
    const target = asked[id];
    if (target === undefined) return worst;
    const level = at(levels, VARIABLE_INDEX[id]);
    const { transform, spread } = at(VARIABLES, VARIABLE_INDEX[id]).scale;
    const gap = transform === 'log' ? Math.log(target / level) : target - level;
    return Math.max(worst, Math.abs(gap) / spread);
  }, 0);
}

function corrected(
  setpoints: Setpoints,
  levels: readonly number[],
  asked: AskedLevels,
  slopes: Readonly<Partial<Record<Solved, number>>>,
): Setpoints {
  const moved: Partial<Record<keyof Setpoints, number>> = {};
  for (const id of ASKABLE) {
    const target = asked[id];
    if (target === undefined) continue;
    const { setpoint, isRatio } = SETPOINT_OF[id];
    const level = at(levels, VARIABLE_INDEX[id]);
    const slope = Math.max(LEAST_SLOPE, slopes[id] ?? 1);
    moved[setpoint] = isRatio
      ? setpoints[setpoint] * (target / Math.max(level, 1e-6))
      : setpoints[setpoint] + (target - level) / slope;
  }
  return { ...setpoints, ...moved };
}

/** How far a level went for a step of its setpoint, where the step was large enough to tell. */
function learnSlopes(
  slopes: Partial<Record<Solved, number>>,
  setpoints: { readonly from: Setpoints; readonly to: Setpoints },
  levels: { readonly from: readonly number[]; readonly to: readonly number[] },
): void {
  for (const id of ASKABLE) {
    const { setpoint, isRatio } = SETPOINT_OF[id];
    const step = setpoints.to[setpoint] - setpoints.from[setpoint];
    if (isRatio || Math.abs(step) < 1e-3) continue;
    slopes[id] = (at(levels.to, VARIABLE_INDEX[id]) - at(levels.from, VARIABLE_INDEX[id])) / step;
  }
}
