import { entry } from '../core/array.ts';
import type { Fluctuation } from './integrate.ts';

/** One measured value seen against what the dynamics predict without any fluctuation. */
export interface Residual {
  /** Since the previous residual; unit: d. */
  readonly gap: number;
  /** Measured minus predicted. */
  readonly value: number;
  /** Variance of the measurement's error. */
  readonly errorVariance: number;
  /** By how much the value moves when the level moves by one (less than 1 under a drug that takes off a share); 1 unless given. */
  readonly sensitivity?: number;
  /** By how much the fluctuation in the gap exceeds the usual one (in illness); 1 unless given. */
  readonly unrest?: number;
}

/** Something rare that can explain one value: an acute illness, which fades, or a spoilt sample, which does not last. */
interface Surprise {
  readonly probability: (gap: number) => number;
  readonly shift: number;
  readonly variance: number;
  /** Time constant with which it fades (unit: d); undefined when it touches one measurement only. */
  readonly fading: number | undefined;
}

/** What is assumed of one variable before its values are seen. */
export interface AnchorModel {
  /** The person's own level against the predicted one: expected, and how far persons scatter. */
  readonly level: { readonly mean: number; readonly sd: number };
  readonly fluctuation: Fluctuation;
  readonly surprise?: Surprise;
}

/**
 * What the values say: the person's level, the fluctuation and the fading surprise, jointly Gaussian, after `logLikelihood`.
 */
export interface Anchor {
  readonly logLikelihood: number;
  /** [level, fluctuation, surprise]. */
  readonly mean: Vector;
  /** Lower triangle, row by row. */
  readonly covariance: Triangle;
}

type Vector = readonly [number, number, number];
type Triangle = readonly [number, number, number, number, number, number];

/** Means, then the covariance's lower triangle row by row; shape [9]. */
type Gaussian = Float64Array;

const MEANS = 3;
const SIZE = 9;
const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * Integrates level, fluctuation and measurement error out of a run of values: the exact Kalman filter (Kalman 1960, doi
 * 10.1115/1.3662552) for a constant level plus an Ornstein–Uhlenbeck process, so that importance weights rest on the
 * marginal likelihood and do not collapse. Where a surprise may explain a value, both explanations are kept by their
 * probability and merged into one Gaussian of the same mean and covariance (Harrison and Stevens 1976, doi
 * 10.1111/j.2517-6161.1976.tb01586.x).
 *
 * `untilNow`: days from the last residual to now, over which the fluctuation fades.
 */
export function anchor(model: AnchorModel, residuals: readonly Residual[], untilNow: number): Anchor {
  const belief = before(model);
  let logLikelihood = 0;
  residuals.forEach((residual, index) => {
    // The fluctuation is stationary from the start, so nothing passes before the first value.
    if (index > 0) pass(model, belief, residual.gap, residual.unrest);
    logLikelihood += learn(model, belief, residual);
  });
  pass(model, belief, untilNow);
  const [m0 = 0, m1 = 0, m2 = 0, p00 = 0, p10 = 0, p11 = 0, p20 = 0, p21 = 0, p22 = 0] = belief;
  return { logLikelihood, mean: [m0, m1, m2], covariance: [p00, p10, p11, p20, p21, p22] };
}

/** Draws [level, fluctuation, surprise] from an anchor. `noise`: three standard-normal numbers. */
export function drawAnchored({ mean, covariance }: Anchor, noise: Vector): Vector {
  const [p00, p10, p11, p20, p21, p22] = covariance;
  const l00 = Math.sqrt(Math.max(0, p00));
  const l10 = l00 > 0 ? p10 / l00 : 0;
  const l20 = l00 > 0 ? p20 / l00 : 0;
  const l11 = Math.sqrt(Math.max(0, p11 - l10 * l10));
  const l21 = l11 > 0 ? (p21 - l20 * l10) / l11 : 0;
  const l22 = Math.sqrt(Math.max(0, p22 - l20 * l20 - l21 * l21));
  const [x, y, z] = noise;
  return [mean[0] + l00 * x, mean[1] + l10 * x + l11 * y, mean[2] + l20 * x + l21 * y + l22 * z];
}

function before({ level, fluctuation }: AnchorModel): Gaussian {
  return Float64Array.of(level.mean, 0, 0, level.sd ** 2, 0, fluctuation.sd ** 2, 0, 0, 0);
}

/** Lets days pass: the fluctuation forgets, the surprise fades, the level stays. */
function pass({ fluctuation, surprise }: AnchorModel, belief: Gaussian, days: number, unrest = 1): void {
  const kept = Math.exp(-days / fluctuation.time);
  const faded = surprise?.fading === undefined ? 0 : Math.exp(-days / surprise.fading);
  const [, m1 = 0, m2 = 0, , p10 = 0, p11 = 0, p20 = 0, p21 = 0, p22 = 0] = belief;
  belief[1] = m1 * kept;
  belief[2] = m2 * faded;
  belief[4] = p10 * kept;
  belief[5] = p11 * kept * kept + (unrest * fluctuation.sd) ** 2 * (1 - kept * kept);
  belief[6] = p20 * faded;
  belief[7] = p21 * faded * kept;
  belief[8] = p22 * faded * faded;
}

/** Takes in one value, and gives the logarithm of its density. */
function learn({ surprise }: AnchorModel, belief: Gaussian, residual: Residual): number {
  if (surprise === undefined) return observe(belief, residual, 0, 0);
  const { shift, variance, fading } = surprise;
  const probability = surprise.probability(residual.gap);
  const rare = belief.slice();
  if (fading !== undefined) {
    rare[2] = entry(rare, 2) + shift;
    rare[8] = entry(rare, 8) + variance;
  }
  const usual = Math.log(1 - probability) + observe(belief, residual, 0, 0);
  const isLasting = fading !== undefined;
  const odd = Math.log(probability) + observe(rare, residual, isLasting ? 0 : shift, isLasting ? 0 : variance);
  const largest = Math.max(usual, odd);
  const total = largest + Math.log(Math.exp(usual - largest) + Math.exp(odd - largest));
  merge(belief, rare, Math.exp(odd - total));
  return total;
}

/** The Kalman update; `shift` and `variance`: of an error that this value alone may carry. */
function observe(belief: Gaussian, residual: Residual, shift: number, variance: number): number {
  const { value, errorVariance, sensitivity: by = 1 } = residual;
  const [m0 = 0, m1 = 0, m2 = 0, p00 = 0, p10 = 0, p11 = 0, p20 = 0, p21 = 0, p22 = 0] = belief;
  const h0 = by * p00 + p10 + p20;
  const h1 = by * p10 + p11 + p21;
  const h2 = by * p20 + p21 + p22;
  const total = by * h0 + h1 + h2 + errorVariance + variance;
  const error = value - shift - by * m0 - m1 - m2;
  const gain = error / total;
  belief[0] = m0 + h0 * gain;
  belief[1] = m1 + h1 * gain;
  belief[2] = m2 + h2 * gain;
  belief[3] = p00 - (h0 * h0) / total;
  belief[4] = p10 - (h0 * h1) / total;
  belief[5] = p11 - (h1 * h1) / total;
  belief[6] = p20 - (h0 * h2) / total;
  belief[7] = p21 - (h1 * h2) / total;
  belief[8] = p22 - (h2 * h2) / total;
  return -0.5 * (LOG_TWO_PI + Math.log(total) + error * gain);
}

/** Puts into `one` the Gaussian with the mean and covariance of a mixture. `share`: that of `other`. */
function merge(one: Gaussian, other: Gaussian, share: number): void {
  const apart = [0, 1, 2].map((axis) => entry(other, axis) - entry(one, axis));
  for (let place = 0; place < SIZE; place += 1) {
    one[place] = (1 - share) * entry(one, place) + share * entry(other, place);
  }
  let place = MEANS;
  for (let row = 0; row < MEANS; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      one[place] = entry(one, place) + share * (1 - share) * (apart[row] ?? 0) * (apart[column] ?? 0);
      place += 1;
    }
  }
}
