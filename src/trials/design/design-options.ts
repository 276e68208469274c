import type { Aim } from './textbook.ts';

/** What a trialist decides, and how much is computed. */
export interface DesignOptions {
  readonly aim: Aim;
  /** Share of people without an outcome, or lost by the end of follow-up; 0 to 1. */
  readonly dropout: number;
  /** The spread of the outcome as the trialist knows it, where it is wider than that of the virtual people; of a relative change, of its logarithm. */
  readonly sd?: number;
  /** People recruited a month, where recruitment counts towards the duration. */
  readonly recruitedPerMonth?: number;
  /** Virtual people, each living through both arms. */
  readonly people: number;
  /** Draws of the parameters, and people in each. */
  readonly draws: number;
  readonly peopleOfDraw: number;
  /** Most trials that are simulated for one figure. */
  readonly trials: number;
  readonly seed: string;
}

/** The usual aim, and enough computing for sizes that are right to a few percent. */
export const USUAL_DESIGN: DesignOptions = {
  aim: { alpha: 0.05, power: 0.9 },
  dropout: 0,
  people: 300,
  draws: 12,
  peopleOfDraw: 60,
  trials: 4000,
  seed: 'design',
};

/** People that are drawn for one figure at most: large trials are simulated less often. */
const MOST_DRAWN = 1.2e7;
const FEWEST_TRIALS = 300;

/** How many trials of a size are simulated. */
export function trialsOfSize(perArm: number, { trials }: DesignOptions): number {
  return Math.max(Math.min(FEWEST_TRIALS, trials), Math.min(trials, Math.floor(MOST_DRAWN / (2 * perArm))));
}

/** People an arm above which no trial is designed: the effect is too small for any. */
export const LARGEST_ARM = 50_000;

/** Trials with the same treatment in both arms are simulated more often: their share of findings is small. */
export function nullTrialsOfSize(perArm: number, options: DesignOptions): number {
  return trialsOfSize(perArm, { ...options, trials: 4 * options.trials });
}
