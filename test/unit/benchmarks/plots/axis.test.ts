import { describe, expect, it } from 'vitest';
import { scaled } from '../../../../src/benchmarks/plots/axis.ts';

const plain = { label: 'x' };

describe('scaled', () => {
  it('puts its ends at 0 and 1', () => {
    const axis = scaled({ ...plain, range: [10, 30] }, []);
    expect([axis.place(10), axis.place(20), axis.place(30)]).toEqual([0, 0.5, 1]);
  });

  it('gives every decade of a logarithmic axis the same room', () => {
    const axis = scaled({ ...plain, scale: 'logarithmic', range: [1, 100] }, []);
    expect(axis.place(10)).toBeCloseTo(0.5);
  });

  it('shows every value that it was made for', () => {
    const values = [3, 8.2, 5.5];
    const axis = scaled(plain, values);
    expect(values.every((value) => axis.place(value) > 0 && axis.place(value) < 1)).toBe(true);
  });

  it('does not magnify a level that hardly moves to a cliff', () => {
    const axis = scaled(plain, [100, 100.001]);
    expect(axis.place(100.001) - axis.place(100)).toBeLessThan(0.01);
  });

  it('ticks at round numbers within its ends', () => {
    expect(scaled({ ...plain, range: [-0.4, 2.1] }, []).ticks).toEqual([0, 0.5, 1, 1.5, 2]);
  });

  it('never ticks outside of its ends', () => {
    const { ticks } = scaled({ ...plain, scale: 'logarithmic', range: [0.3, 70] }, []);
    expect(ticks.every((tick) => tick >= 0.3 && tick <= 70)).toBe(true);
  });

  it('writes names in place of numbers, and a minus that is one', () => {
    expect(scaled({ ...plain, names: ['mi', 'stroke'] }, []).text(1)).toBe('stroke');
    expect(scaled({ ...plain, range: [-1, 1] }, []).text(-0.5)).toBe('−0.5');
  });
});
