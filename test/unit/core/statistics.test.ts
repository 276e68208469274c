import { describe, expect, it } from 'vitest';
import { at, groupBy } from '../../../src/core/array.ts';
import { AppError, ERRORS } from '../../../src/core/errors.ts';
import { quantity } from '../../../src/core/quantity.ts';
import { mean, quantileOfSorted, sortedCopy, variance } from '../../../src/core/statistics.ts';

describe('quantileOfSorted', () => {
  it('interpolates as type 7 does', () => {
    const sorted = sortedCopy([4, 1, 3, 2]);
    expect(quantileOfSorted(sorted, 0)).toBe(1);
    expect(quantileOfSorted(sorted, 0.5)).toBe(2.5);
    expect(quantileOfSorted(sorted, 0.9)).toBeCloseTo(3.7, 12);
    expect(quantileOfSorted(sorted, 1)).toBe(4);
  });

  it('sorts by number, not by text', () => {
    expect([...sortedCopy([10, 9, 2])]).toEqual([2, 9, 10]);
  });

  it('does not invent a value where there is none', () => {
    expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError);
    expect(() => mean([])).toThrow(RangeError);
    expect(() => variance([])).toThrow(RangeError);
  });
});

describe('the ground', () => {
  it('throws at a wrong index instead of passing undefined on', () => {
    expect(at([7], 0)).toBe(7);
    expect(() => at([7], 1)).toThrow(RangeError);
  });

  it('groups in order', () => {
    expect([...groupBy([1, 2, 3], (n) => n % 2)]).toEqual([
      [1, [1, 3]],
      [0, [2]],
    ]);
  });

  it('has no quantity without a finite number', () => {
    expect(quantity(4.5, 'mmol/L')).toBe(4.5);
    expect(() => quantity(Number.POSITIVE_INFINITY, 'mmol/L')).toThrow(TypeError);
  });

  it('names each failure with a status of a failure and a fix', () => {
    for (const [code, kind] of Object.entries(ERRORS)) {
      expect(kind.status, code).toBeGreaterThanOrEqual(400);
      expect(kind.fix, code).not.toBe('');
    }
    expect(new AppError('prefetch.missing', ['patient']).message).toContain('patient');
  });
});
