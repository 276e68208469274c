import { at } from '../../core/array.ts';

/** How finely the power that leaves enough weight is sought. */
const HALVINGS = 16;

/** 1 / Σ weight²: how many of a weighed sample in truth carry it (Kong 1994, doi 10.1080/01621459.1994.10476469). */
export function effectiveSize(weights: readonly number[]): number {
  return 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/** Weights that sum to 1, and the power to which likelihoods were raised for them. */
interface Tempered {
  readonly weights: readonly number[];
  readonly power: number;
}

/**
 * Weights of prior weights and log-likelihoods. Where fewer than `least` would carry weight, all likelihoods are raised to
 * the largest power that keeps so many (tempering, Neal 2001, doi 10.1023/A:1008923215028): a wider belief, rather
 * than a false certainty that only says how small the sample is.
 */
export function tempered(prior: readonly number[], logLikelihoods: readonly number[], least: number): Tempered {
  const full = weightsOf(prior, logLikelihoods, 1);
  if (effectiveSize(full) >= least) return { weights: full, power: 1 };
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const power = (low + high) / 2;
    if (effectiveSize(weightsOf(prior, logLikelihoods, power)) >= least) low = power;
    else high = power;
  }
  return { weights: weightsOf(prior, logLikelihoods, low), power: low };
}

function weightsOf(prior: readonly number[], logLikelihoods: readonly number[], power: number): readonly number[] {
  let largest = -Infinity;
  logLikelihoods.forEach((logLikelihood, index) => {
    if (at(prior, index) > 0) largest = Math.max(largest, logLikelihood);
  });
  const raw = logLikelihoods.map((logLikelihood, index) =>
    at(prior, index) > 0 ? at(prior, index) * Math.exp(power * (logLikelihood - largest)) : 0,
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}

/**
 * Draws `count` places by their weights: systematic resampling (Kitagawa 1996, doi 10.1080/10618600.1996.10474692).
 * `offset` in [0, 1) is its only chance.
 */
export function resample(weights: readonly number[], count: number, offset: number): readonly number[] {
  let index = 0;
  let reached = at(weights, 0);
  return Array.from({ length: count }, (_, drawn) => {
    const position = (drawn + offset) / count;
    while (reached < position && index < weights.length - 1) {
      index += 1;
      reached += at(weights, index);
    }
    return index;
  });
}
