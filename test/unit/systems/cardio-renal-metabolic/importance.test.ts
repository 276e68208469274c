import { describe, expect, it } from 'vitest';
import { effectiveSize, resample, tempered } from '../../../../src/systems/cardio-renal-metabolic/importance.ts';

const EVEN = Array.from({ length: 100 }, () => 0.01);

describe('tempered', () => {
  it('leaves likelihoods alone that many particles share', () => {
    const { weights, power } = tempered(
      EVEN,
      EVEN.map((_, index) => index / 100),
      24,
    );
    expect(power).toBe(1);
    expect(weights[99]).toBeCloseTo((weights[0] ?? 0) * Math.exp(0.99), 12);
  });

  it('weakens likelihoods until enough particles carry weight', () => {
    const { weights, power } = tempered(
      EVEN,
      EVEN.map((_, index) => 3 * index),
      24,
    );
    expect(power).toBeLessThan(0.1);
    expect(effectiveSize(weights)).toBeGreaterThanOrEqual(24);
    expect(effectiveSize(weights)).toBeLessThan(25);
  });

  it('gives no weight to what was impossible before, however likely', () => {
    const { weights } = tempered([0, 0.5, 0.5], [900, 0, 0], 1);
    expect(weights).toEqual([0, 0.5, 0.5]);
  });
});

describe('resample', () => {
  it('draws each place as often as its weight says', () => {
    expect(resample([0.1, 0, 0.6, 0.3], 10, 0.5)).toEqual([0, 2, 2, 2, 2, 2, 2, 3, 3, 3]);
  });

  it('stays within its places whatever the offset', () => {
    expect(resample([0.5, 0.5], 3, 0.999_999).every((index) => index < 2)).toBe(true);
  });
});
