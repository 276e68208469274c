import { describe, expect, test } from 'vitest';
import { intervalsOf, pairsOf } from '../../../../src/benchmarks/real-beside-virtual/within-person.ts';

const readings = (...days: readonly number[]) => days.map((day, index) => ({ day, value: index }));

describe('pairs within a person', () => {
  test('of several later readings the one nearest to the middle of the gap is taken', () => {
    expect(pairsOf(readings(0, 0.6, 1.1, 1.4), '1 d')[0]).toEqual({ first: 0, second: 2 });
  });

  test('readings nearer or farther than the gap allows give no pair', () => {
    expect(pairsOf(readings(0, 0.4, 2), '1 d')).toEqual([]);
  });

  test('every reading may begin a pair', () => {
    expect(pairsOf(readings(0, 1, 2), '1 d')).toHaveLength(2);
  });
});

describe('intervals between measurements', () => {
  test('readings within an hour are one occasion', () => {
    expect(intervalsOf(readings(0, 0.01, 0.03, 1))).toEqual([1]);
  });

  test('one reading has no interval', () => {
    expect(intervalsOf(readings(3))).toEqual([]);
  });
});
