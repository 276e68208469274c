import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { mean, variance } from '../../../src/core/statistics.ts';
import { fluctuate, normalProbability, relax, relaxAfter } from '../../../src/systems/integrate.ts';

describe('relax', () => {
  it('covers 63 % of the way in one time constant', () => {
    expect(relax(0, 1, 7, 7)).toBeCloseTo(1 - Math.exp(-1), 12);
  });

  it('gives the same for thirty steps of a day as for one of thirty days', () => {
    let value = 5;
    for (let day = 0; day < 30; day += 1) value = relax(value, 2, 1, 9);
    expect(value).toBeCloseTo(relax(5, 2, 30, 9), 12);
  });

  it('leaves a value that is at its target', () => {
    expect(relax(3, 3, 1e6, 0.1)).toBe(3);
  });
});

describe('relaxAfter', () => {
  it('agrees with relax when the target stands still', () => {
    expect(relaxAfter(5, 2, 2, 4 / 9)).toBeCloseTo(relax(5, 2, 4, 9), 12);
  });

  it('gives the same for a ramp that is cut in two', () => {
    const half = relaxAfter(1, 0, 3, 5 / 2);
    expect(relaxAfter(half, 3, 6, 5 / 2)).toBeCloseTo(relaxAfter(1, 0, 6, 10 / 2), 12);
  });

  it('lags a long ramp by slope times time constant', () => {
    expect(relaxAfter(0, 0, 100, 100 / 2)).toBeCloseTo(98, 6);
  });
});

describe('fluctuate', () => {
  it('keeps its stationary variance whatever the length of the step', () => {
    const random = seededRandom('ou');
    for (const days of [0.25, 3, 40]) {
      let value = 0;
      const values = Array.from({ length: 20_000 }, () => {
        value = fluctuate(value, { sd: 2, time: 5 }, days, random.normal());
        return value;
      });
      expect(Math.sqrt(variance(values))).toBeGreaterThan(1.7);
      expect(Math.sqrt(variance(values))).toBeLessThan(2.3);
      expect(Math.abs(mean(values))).toBeLessThan(0.4);
    }
  });

  it('moves not at all without noise from zero', () => {
    expect(fluctuate(0, { sd: 2, time: 5 }, 10, 0)).toBe(0);
  });
});

describe('normalProbability', () => {
  it.each([
    [0, 0.5],
    [1.959964, 0.975],
    [-1.644854, 0.05],
    [3, 0.9986501],
  ])('of %d is %d', (z, probability) => {
    expect(normalProbability(z)).toBeCloseTo(probability, 6);
  });
});
