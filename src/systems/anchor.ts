import { at } from '../core/array.ts';
import type { Fluctuation } from './integrate.ts';

/** One measured value seen against what the dynamics predict without any fluctuation. */
export interface Residual {
  /** Since the previous residual; unit: d. */
  readonly gap: number;
  /** Measured minus predicted. */
  readonly value: number;
  /** Variance of the measurement's error. */
  readonly errorVariance: number;
}

/** Something rare that can explain one value: an acute illness, which fades, or a spoilt sample, which does not last. */
export interface Surprise {
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

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * Integrates level, fluctuation and measurement error out of a run of values: the exact Kalman filter (Kalman 1960, doi
 * 10.1115/1.3662552) for a constant level plus an Ornstein–Uhlenbeck process, so that importance weights rest on the
 * marginal likelihood and do not collapse. Each value takes the better of "usual" and "surprise".
 *
 * `untilNow`: days from the last residual to now, over which the fluctuation fades.
 */
export function anchor(model: AnchorModel, residuals: readonly Residual[], untilNow: number): Anchor {
  let state = before(model);
  residuals.forEach((residual, index) => {
    // The fluctuation is stationary from the start, so nothing passes before the first value.
    state = updated(model, index === 0 ? state : passed(model, state, residual.gap), residual);
  });
  return passed(model, state, untilNow);
}

/** Draws [level, fluctuation, surprise] from an anchor. `noise`: three standard-normal numbers. */
export function drawAnchored({ mean, covariance }: Anchor, noise: readonly number[]): Vector {
  const [p00, p10, p11, p20, p21, p22] = covariance;
  const l00 = Math.sqrt(Math.max(0, p00));
  const l10 = l00 > 0 ? p10 / l00 : 0;
  const l20 = l00 > 0 ? p20 / l00 : 0;
  const l11 = Math.sqrt(Math.max(0, p11 - l10 * l10));
  const l21 = l11 > 0 ? (p21 - l20 * l10) / l11 : 0;
  const l22 = Math.sqrt(Math.max(0, p22 - l20 * l20 - l21 * l21));
  const [x, y, z] = [at(noise, 0), at(noise, 1), at(noise, 2)];
  return [mean[0] + l00 * x, mean[1] + l10 * x + l11 * y, mean[2] + l20 * x + l21 * y + l22 * z];
}

function before({ level, fluctuation }: AnchorModel): Anchor {
  return {
    logLikelihood: 0,
    mean: [level.mean, 0, 0],
    covariance: [level.sd ** 2, 0, fluctuation.sd ** 2, 0, 0, 0],
  };
}

function passed({ fluctuation, surprise }: AnchorModel, state: Anchor, days: number): Anchor {
  const { mean, covariance } = state;
  const kept = Math.exp(-days / fluctuation.time);
  const faded = surprise?.fading === undefined ? 0 : Math.exp(-days / surprise.fading);
  const [p00, p10, p11, p20, p21, p22] = covariance;
  const innovation = fluctuation.sd ** 2 * (1 - kept * kept);
  return {
    ...state,
    mean: [mean[0], mean[1] * kept, mean[2] * faded],
    covariance: [p00, p10 * kept, p11 * kept * kept + innovation, p20 * faded, p21 * faded * kept, p22 * faded * faded],
  };
}

function updated(model: AnchorModel, state: Anchor, residual: Residual): Anchor {
  const { surprise } = model;
  if (surprise === undefined) return observed(state, residual, 0);
  const probability = surprise.probability(residual.gap);
  const usual = observed(state, residual, Math.log(1 - probability));
  const rare = observed(...surprised(surprise, state, residual), Math.log(probability));
  return usual.logLikelihood >= rare.logLikelihood ? usual : rare;
}

function surprised({ shift, variance, fading }: Surprise, state: Anchor, residual: Residual): [Anchor, Residual] {
  if (fading === undefined) {
    return [state, { ...residual, value: residual.value - shift, errorVariance: residual.errorVariance + variance }];
  }
  const [p00, p10, p11, p20, p21, p22] = state.covariance;
  const mean: Vector = [state.mean[0], state.mean[1], state.mean[2] + shift];
  return [{ ...state, mean, covariance: [p00, p10, p11, p20, p21, p22 + variance] }, residual];
}

function observed(state: Anchor, { value, errorVariance }: Residual, logPrior: number): Anchor {
  const [p00, p10, p11, p20, p21, p22] = state.covariance;
  const [h0, h1, h2] = [p00 + p10 + p20, p10 + p11 + p21, p20 + p21 + p22];
  const total = h0 + h1 + h2 + errorVariance;
  const error = value - state.mean[0] - state.mean[1] - state.mean[2];
  const [g0, g1, g2] = [h0 / total, h1 / total, h2 / total];
  return {
    logLikelihood: state.logLikelihood + logPrior - 0.5 * (LOG_TWO_PI + Math.log(total) + (error * error) / total),
    mean: [state.mean[0] + g0 * error, state.mean[1] + g1 * error, state.mean[2] + g2 * error],
    covariance: [p00 - g0 * h0, p10 - g1 * h0, p11 - g1 * h1, p20 - g2 * h0, p21 - g2 * h1, p22 - g2 * h2],
  };
}
