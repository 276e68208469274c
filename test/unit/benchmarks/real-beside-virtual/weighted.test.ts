import { describe, expect, test } from 'vitest';
import {
  distributionOf,
  momentsOf,
  weightedCorrelation,
  weightedQuantiles,
} from '../../../../src/benchmarks/real-beside-virtual/weighted.ts';

const evenly = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

describe('weighted values', () => {
  test('a value that counts three times stands for three', () => {
    expect(
      momentsOf([
        { value: 1, weight: 3 },
        { value: 5, weight: 1 },
      ]),
    ).toEqual(momentsOf(evenly([1, 1, 1, 5])));
  });

  test('a quantile is the smallest value that reaches its share of the weight', () => {
    expect(
      weightedQuantiles(
        [
          { value: 9, weight: 1 },
          { value: 2, weight: 3 },
        ],
        [0.5, 0.75, 0.95],
      ),
    ).toEqual([2, 2, 9]);
  });

  test('one value is all of its distribution', () => {
    expect(distributionOf(evenly([4]))).toEqual({ mean: 4, sd: 0, p5: 4, p25: 4, median: 4, p75: 4, p95: 4 });
  });

  test('no values have no quantile', () => {
    expect(() => weightedQuantiles([], [0.5])).toThrow(RangeError);
  });

  test('values that move against each other correlate with minus one', () => {
    const pairs = [
      { first: 1, second: 3, weight: 1 },
      { first: 2, second: 2, weight: 5 },
      { first: 3, second: 1, weight: 1 },
    ];
    expect(weightedCorrelation(pairs)).toBeCloseTo(-1);
  });

  test('a side that does not vary correlates with nothing', () => {
    expect(weightedCorrelation([{ first: 1, second: 3, weight: 1 }])).toBeNaN();
  });
});
