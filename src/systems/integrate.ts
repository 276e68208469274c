/**
 * Moves a quantity towards a constant target by exact exponential relaxation.
 *
 * Exact for every step length, so thirty steps of a day equal one of thirty days. `days` and `timeConstant` in d.
 */
export function relax(value: number, target: number, days: number, timeConstant: number): number {
  return value === target ? value : target + (value - target) * Math.exp(-days / timeConstant);
}

/**
 * Moves a quantity after a target that itself goes evenly from one value to another during the step: the exact solution
 * of x′ = (target(t) − x)/τ. `times`: length of the step in time constants, > 0.
 */
export function relaxAfter(value: number, from: number, to: number, times: number): number {
  const lag = (to - from) / times;
  return to - lag + (value - from + lag) * Math.exp(-times);
}

/** A fluctuation around zero: its stationary standard deviation and its memory (unit: d). */
export interface Fluctuation {
  readonly sd: number;
  readonly time: number;
}

/**
 * Moves an Ornstein–Uhlenbeck fluctuation by its exact transition (Uhlenbeck and Ornstein 1930, doi
 * 10.1103/PhysRev.36.823), so that any step length has the right variance. `noise` is standard normal.
 */
export function fluctuate(value: number, process: Fluctuation, days: number, noise: number): number {
  const memory = Math.exp(-days / process.time);
  return value * memory + process.sd * Math.sqrt(1 - memory * memory) * noise;
}

/**
 * The standard normal distribution function, by Abramowitz and Stegun 26.2.17 (absolute error below 7.5e-8).
 *
 * Turns standard-normal noise into a uniform number where the dynamics need one.
 */
export function normalProbability(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z > 0 ? 1 - tail : tail;
}
