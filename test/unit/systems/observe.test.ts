import { describe, expect, it } from 'vitest';
import { measure, within } from '../../../src/systems/observe.ts';

describe('measure', () => {
  it('scatters a relative error in proportion to the value', () => {
    const error = { kind: 'relative', sd: 0.02 } as const;
    expect(measure(10, error, 1) / 10).toBeCloseTo(measure(1, error, 1), 12);
  });

  it('scatters an absolute error by its own size', () => {
    expect(measure(120, { kind: 'absolute', sd: 9 }, -2)).toBe(102);
  });

  it('reports the truth without noise', () => {
    expect(measure(4.4, { kind: 'relative', sd: 0.5 }, 0)).toBe(4.4);
  });
});

describe('within', () => {
  it.each([
    [-1, 0],
    [5, 5],
    [11, 10],
  ])('keeps %d as %d between 0 and 10', (value, kept) => {
    expect(within(value, { low: 0, high: 10 })).toBe(kept);
  });
});
