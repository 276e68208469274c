import type { Amounts, OutcomeId } from './outcomes.ts';
import { OUTCOME_IDS } from './outcomes.ts';

/** How much reward a unit of each outcome takes; what is not named takes none. */
export type Weights = Readonly<Partial<Record<OutcomeId, number>>>;

/** A lost year costs more than any lived one can under the objectives below. */
const LIFE_LOST = 10;

/**
 * The objectives by name. Their weights are designs for learning, neither utilities nor anybody's preferences: whoever
 * has those passes weights of their own.
 */
export const OBJECTIVES = {
  glucose: { life_lost: LIFE_LOST, glucose: 1 },
  weight: { life_lost: LIFE_LOST, weight: 0.05 },
  kidney: { life_lost: LIFE_LOST, kidney: 0.2, kidney_failure: 5 },
  heart: { life_lost: LIFE_LOST, heart: 2 },
  hypoglycaemia: { life_lost: LIFE_LOST, hypoglycaemia_severe: 2, hypoglycaemia_mild: 0.1 },
  burden: { life_lost: LIFE_LOST, burden: 0.1, side_effects: 0.2 },
  balanced: {
    life_lost: LIFE_LOST,
    glucose: 0.5,
    weight: 0.02,
    kidney: 0.2,
    kidney_failure: 5,
    heart: 2,
    hypoglycaemia_severe: 1,
    hypoglycaemia_mild: 0.05,
    side_effects: 0.2,
    burden: 0.05,
  },
} as const satisfies Readonly<Record<string, Weights>>;

export type ObjectiveName = keyof typeof OBJECTIVES;

export const OBJECTIVE_NAMES = Object.keys(OBJECTIVES) as readonly ObjectiveName[];

/** The weights that an objective stands for. */
export function weightsOf(objective: ObjectiveName | Weights): Weights {
  return typeof objective === 'string' ? OBJECTIVES[objective] : objective;
}

/** The reward of what a step cost: never above 0 unless kidney function was gained. */
export function rewardOf(weights: Weights, amounts: Amounts): number {
  return OUTCOME_IDS.reduce((reward, id) => reward - (weights[id] ?? 0) * amounts[id], 0);
}
