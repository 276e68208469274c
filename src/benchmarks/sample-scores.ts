import { at } from '../core/array.ts';
import { quantileOfSorted } from '../core/statistics.ts';

/** How well drawn futures of one quantity met what came true. */
export interface SampleScore {
  /** Continuous ranked probability score, in the quantity's unit; lower is better. */
  readonly crps: number;
  /** Absolute error of the median, in the quantity's unit. */
  readonly absoluteError: number;
  /** Whether the central 90 % interval held the truth. */
  readonly isCovered: boolean;
}

/**
 * Scores drawn values against the one that came true.
 *
 * CRPS in its fair form for a finite sample (Ferro 2014, doi 10.1002/qj.2270). @throws RangeError below two values.
 */
export function scoreSamples(samples: ArrayLike<number>, truth: number): SampleScore {
  const sorted = Float64Array.from(samples).sort();
  if (sorted.length < 2) throw new RangeError('a fair score needs two values');
  const low = quantileOfSorted(sorted, 0.05);
  const high = quantileOfSorted(sorted, 0.95);
  return {
    crps: meanDistance(sorted, truth) - halfMeanSpread(sorted),
    absoluteError: Math.abs(quantileOfSorted(sorted, 0.5) - truth),
    isCovered: low <= truth && truth <= high,
  };
}

/** Scores a single guess as a distribution without width: it covers nothing, and its CRPS is its absolute error. */
export function scoreGuess(guess: number, truth: number): SampleScore {
  const absoluteError = Math.abs(guess - truth);
  return { crps: absoluteError, absoluteError, isCovered: false };
}

function meanDistance(values: Float64Array, truth: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - truth), 0) / values.length;
}

/** Half the mean distance between two different values of a sorted sample, without the double loop. */
function halfMeanSpread(sorted: Float64Array): number {
  const count = sorted.length;
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += (2 * index + 1 - count) * at(sorted, index);
  return sum / (count * (count - 1));
}
