import { describe, expect, test } from 'vitest';
import { scoreGuess, scoreSamples } from '../../../src/benchmarks/sample-scores.ts';
import { seededRandom } from '../../../src/core/random.ts';

function normals(count: number, centre = 0, spread = 1): number[] {
  const random = seededRandom('scores');
  return Array.from({ length: count }, () => centre + spread * random.normal());
}

describe('the score of drawn futures', () => {
  test('a standard normal scores (√2 − 1)/√π at its centre', () => {
    expect(scoreSamples(normals(20_000), 0).crps).toBeCloseTo((Math.SQRT2 - 1) / Math.sqrt(Math.PI), 2);
  });

  test('a biased forecast scores worse than an honest one', () => {
    expect(scoreSamples(normals(500, 1), 0).crps).toBeGreaterThan(scoreSamples(normals(500), 0).crps);
  });

  test('a timid forecast scores worse than a sharp one that is right', () => {
    expect(scoreSamples(normals(500, 0, 3), 0).crps).toBeGreaterThan(scoreSamples(normals(500), 0).crps);
  });

  test('the score does not depend on the order of the draws', () => {
    expect(scoreSamples([3, 1, 2], 2.5)).toEqual(scoreSamples([1, 2, 3], 2.5));
  });

  test('two draws around the truth cost nothing beyond their own spread', () => {
    expect(scoreSamples([1, 3], 2)).toEqual({ crps: 0, absoluteError: 0, isCovered: true });
  });

  test('a truth outside of the interval is not covered', () => {
    expect(scoreSamples(normals(500), 5).isCovered).toBe(false);
  });

  test('one draw is no distribution', () => {
    expect(() => scoreSamples([1], 1)).toThrow(RangeError);
  });
});

describe('the score of a single guess', () => {
  test('it is the absolute error, and nothing is covered', () => {
    expect(scoreGuess(4, 5.5)).toEqual({ crps: 1.5, absoluteError: 1.5, isCovered: false });
  });
});
