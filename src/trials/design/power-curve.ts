import { normalProbability } from '../../systems/integrate.ts';
import { normalLogDensity, normalQuantile } from '../normal.ts';
import type { Aim } from './textbook.ts';

/** Power at one size, found by simulating whole trials. */
export interface PowerPoint {
  readonly perArm: number;
  readonly power: number;
  readonly trials: number;
}

/** Power as a function of size. */
export interface PowerCurve {
  readonly points: readonly PowerPoint[];
  /** Expected effect over its standard error with one person an arm: the drift at n is this times √n. */
  readonly driftOfOne: number;
  /** People an arm for the power aimed at. */
  readonly perArm: number;
}

/** Sizes at which trials are simulated, around a first guess. */
const AROUND = [0.5, 0.7, 0.85, 1, 1.2, 1.45];
/** Rounds in which the size and its critical value settle. */
const ROUNDS = 20;
/** Fewest people an arm that a test is asked about. */
const FEWEST = 4;

/** The value that a test statistic must exceed, by people an arm: of t it falls with them. */
export type CriticalValue = (perArm: number) => number;

/**
 * Finds the power curve by simulating trials at sizes around a first guess.
 *
 * The drift of a test grows with √n, so probit(power) + critical value is a line through 0 in √n; its slope is fitted to
 * all points by least squares, each weighted by its Monte-Carlo precision, which spares thousands of trials at the answer.
 */
export function findPowerCurve(
  { power }: Aim,
  guess: number,
  critical: CriticalValue,
  simulate: (perArm: number) => PowerPoint,
): PowerCurve {
  const sizes = [...new Set(AROUND.map((factor) => Math.max(FEWEST, Math.round(guess * factor))))];
  const points = sizes.map(simulate);
  const driftOfOne = fittedDrift(points, critical);
  let perArm = guess;
  for (let round = 0; round < ROUNDS; round += 1) {
    perArm = Math.max(FEWEST, ((normalQuantile(power) + critical(perArm)) / driftOfOne) ** 2);
  }
  return { points, driftOfOne, perArm: Math.ceil(perArm) };
}

/** Power to find the effect in its own direction, at a drift. */
export function powerAt(drift: number, alpha: number): number {
  return normalProbability(drift - normalQuantile(1 - alpha / 2));
}

function fittedDrift(points: readonly PowerPoint[], critical: CriticalValue): number {
  let [above, below] = [0, 0];
  for (const { perArm, power, trials } of points) {
    // Half a trial at either end, so that a probit exists.
    const share = Math.min(1 - 0.5 / trials, Math.max(0.5 / trials, power));
    const score = normalQuantile(share);
    const weight = (trials * Math.exp(2 * normalLogDensity(score, 0, 1))) / (share * (1 - share));
    above += weight * Math.sqrt(perArm) * (score + critical(perArm));
    below += weight * perArm;
  }
  return Math.max(1e-6, above / below);
}
