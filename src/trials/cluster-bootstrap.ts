import { at, groupBy } from '../core/array.ts';
import { seededRandom } from '../core/random.ts';
import { quantileOfSorted, sortedCopy } from '../core/statistics.ts';

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Resamples of a bootstrap. */
const RESAMPLES = 2000;

/**
 * A statistic with a 95 % percentile interval by resampling whole clusters (Efron 1979, doi 10.1214/aos/1176344552;
 * clusters: Cameron 2008, doi 10.1162/rest.90.3.414), since the rows of one trial share its patients.
 *
 * Undefined when the statistic is, or when there are fewer than two clusters. Resamples in which it is not defined are
 * left out.
 */
export function bootstrapClusters<T>(
  items: readonly T[],
  cluster: (item: T) => string,
  statistic: (items: readonly T[]) => number | undefined,
  seed: string,
): Estimate | undefined {
  const value = statistic(items);
  const clusters = [...groupBy(items, cluster).values()];
  if (value === undefined || clusters.length < 2) return undefined;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const sample = clusters.flatMap(() => at(clusters, Math.floor(random.uniform() * clusters.length)));
    return statistic(sample);
  });
  const sorted = sortedCopy(drawn.filter((one) => one !== undefined));
  return { value, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}
