import { describe, expect, it } from 'vitest';
import { at } from '../../../src/core/array.ts';
import { choleskyFactor, nearestCorrelation } from '../../../src/systems/nearest-correlation.ts';
import type { Matrix } from '../../../src/systems/nearest-correlation.ts';

/** Higham 2002 (doi 10.1093/imanum/22.3.329), the example of its introduction, whose nearest correlation is known. */
const HIGHAM: Matrix = [
  [1, 1, 0],
  [1, 1, 1],
  [0, 1, 1],
];

describe('nearestCorrelation', () => {
  it('gives back a matrix that is positive definite', () => {
    const good: Matrix = [
      [1, 0.3, -0.2],
      [0.3, 1, 0.1],
      [-0.2, 0.1, 1],
    ];
    nearestCorrelation(good).forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(at(at(good, i), j), 12);
      });
    });
  });

  it('finds the one that Higham gives', () => {
    const nearest = nearestCorrelation(HIGHAM);
    expect(at(at(nearest, 0), 1)).toBeCloseTo(0.7607, 3);
    expect(at(at(nearest, 0), 2)).toBeCloseTo(0.1573, 3);
    expect(at(at(nearest, 1), 1)).toBe(1);
  });
});

describe('choleskyFactor', () => {
  it('times its own transpose is the matrix', () => {
    const matrix = nearestCorrelation(HIGHAM);
    const factor = choleskyFactor(matrix);
    matrix.forEach((row, i) => {
      row.forEach((value, j) => {
        const product = row.reduce((sum, _, k) => sum + at(at(factor, i), k) * at(at(factor, j), k), 0);
        expect(product).toBeCloseTo(value, 9);
      });
    });
  });

  it('refuses what is not positive definite', () => {
    expect(() => choleskyFactor(HIGHAM)).toThrow(RangeError);
  });
});
