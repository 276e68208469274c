import { mean } from '../core/statistics.ts';

/** One study's effect with the variance of its sampling error. */
export interface StudyEffect {
  readonly value: number;
  readonly variance: number;
}

/** A random-effects pool. */
export interface Pool {
  readonly mean: number;
  /** Of the pooled mean. */
  readonly standardError: number;
  /** Between-study variance. */
  readonly tau2: number;
}

/**
 * Pools studies under random effects (DerSimonian and Laird 1986, doi 10.1016/0197-2456(86)90046-2).
 *
 * @throws RangeError when there is no study, or a variance is not above 0.
 */
export function derSimonianLaird(studies: readonly StudyEffect[]): Pool {
  if (studies.length === 0) throw new RangeError('nothing to pool');
  if (studies.some(({ variance }) => !(variance > 0))) throw new RangeError('a sampling variance must be above 0');
  const fixed = weighted(studies, 0);
  const heterogeneity = studies.reduce((sum, { value, variance }) => sum + (value - fixed.mean) ** 2 / variance, 0);
  const squares = studies.reduce((sum, { variance }) => sum + variance ** -2, 0);
  const scale = fixed.weight - squares / fixed.weight;
  const tau2 = scale > 0 ? Math.max(0, (heterogeneity - (studies.length - 1)) / scale) : 0;
  const random = weighted(studies, tau2);
  return { mean: random.mean, standardError: Math.sqrt(1 / random.weight), tau2 };
}

/** How far one prediction lay from what was observed. */
export interface Residual {
  /** Observed − predicted. */
  readonly value: number;
  /** Sampling variance of the observation plus the variance of the prediction. */
  readonly variance: number;
  /** How much it counts; rows of one trial share the weight 1. */
  readonly weight: number;
}

/**
 * The between-trial variance around predictions: what residuals scatter beyond their own variances.
 *
 * The generalised moment equation Σ w r² / (v + τ²) = Σ w of Paule and Mandel (DerSimonian and Kacker 2007,
 * doi 10.1016/j.cct.2006.04.004, recommended by Veroniki 2016, doi 10.1002/jrsm.1164), about a mean of 0 that is known
 * and not fitted: a prediction that is off on average pays for it here. 0 when the residuals are smaller than expected.
 */
export function varianceAround(residuals: readonly Residual[]): number {
  const total = residuals.reduce((sum, { weight }) => sum + weight, 0);
  const excess = (tau2: number): number =>
    residuals.reduce((sum, { value, variance, weight }) => sum + (weight * value ** 2) / (variance + tau2), -total);
  if (residuals.length === 0) return 0;
  // Every term falls in τ², so that the root lies below the weighted sum of squares and bisection finds it.
  let [low, high] = [0, residuals.reduce((sum, { value, weight }) => sum + weight * value ** 2, 0) / total];
  if (!(excess(Number.MIN_VALUE) > 0)) return 0;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * One study's worth of doubt: a residual of half the root mean square effect that studies observed.
 *
 * With few studies the moment estimate is often 0, and one row would then decide the whole contest (Chung 2013,
 * doi 10.1002/sim.5821, argues for such a weak prior). The same for every contestant, as it comes from observations.
 */
export function studyOfDoubt(observed: readonly number[]): Residual {
  return { value: Math.sqrt(mean(observed.map((value) => value ** 2))) / 2, variance: 0, weight: 1 };
}

/** Halvings of the bracket: 2⁻⁶⁰ of it is below double precision. */
const BISECTIONS = 60;

function weighted(studies: readonly StudyEffect[], tau2: number): { readonly mean: number; readonly weight: number } {
  const weight = studies.reduce((sum, { variance }) => sum + 1 / (variance + tau2), 0);
  const sum = studies.reduce((total, { value, variance }) => total + value / (variance + tau2), 0);
  return { mean: sum / weight, weight };
}
