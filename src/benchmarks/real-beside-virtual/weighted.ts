/** A value and how much it counts. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** What is told of a distribution; every figure in the unit of the values. */
export interface Distribution {
  readonly mean: number;
  readonly sd: number;
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
}

/** Describes weighted values. @throws RangeError when there are none. */
export function distributionOf(sample: readonly Weighted[]): Distribution {
  const { mean, sd } = momentsOf(sample);
  const [p5 = 0, p25 = 0, median = 0, p75 = 0, p95 = 0] = weightedQuantiles(sample, [0.05, 0.25, 0.5, 0.75, 0.95]);
  return { mean, sd, p5, p25, median, p75, p95 };
}

/** Mean and standard deviation of weighted values. */
export function momentsOf(sample: readonly Weighted[]): { readonly mean: number; readonly sd: number } {
  const total = sample.reduce((sum, { weight }) => sum + weight, 0);
  const mean = sample.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
  const variance = sample.reduce((sum, { value, weight }) => sum + (value - mean) ** 2 * weight, 0) / total;
  return { mean, sd: Math.sqrt(variance) };
}

/** The values below which shares of the weight lie; each the smallest that reaches its share. */
export function weightedQuantiles(sample: readonly Weighted[], shares: readonly number[]): readonly number[] {
  if (sample.length === 0) throw new RangeError('no quantile of no values');
  const sorted = sample.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const found: number[] = [];
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    while (found.length < shares.length && reached >= (shares[found.length] ?? 1) * total * (1 - 1e-12))
      found.push(value);
  }
  return found;
}

/** Correlation (Pearson) of weighted pairs; NaN when one side does not vary. */
export function weightedCorrelation(
  pairs: readonly { readonly first: number; readonly second: number; readonly weight: number }[],
): number {
  const first = momentsOf(pairs.map(({ first: value, weight }) => ({ value, weight })));
  const second = momentsOf(pairs.map(({ second: value, weight }) => ({ value, weight })));
  const product = momentsOf(
    pairs.map((pair) => ({ value: (pair.first - first.mean) * (pair.second - second.mean), weight: pair.weight })),
  );
  return product.mean / (first.sd * second.sd);
}
