import { expect, test } from 'vitest';
import { findDifferences } from '../../../src/provenance/find-differences.ts';

test('equal values do not differ', () => {
  const value = { a: [1, { b: null }], c: 'x' };
  expect(findDifferences(value, structuredClone(value), 0)).toEqual([]);
});

test('a number may differ by the tolerance and no more', () => {
  expect(findDifferences({ a: 1 }, { a: 1.00009 }, 1e-4)).toEqual([]);
  expect(findDifferences({ a: 1 }, { a: 1.0002 }, 1e-4)).toEqual([{ path: 'a', stored: '1', again: '1.0002' }]);
});

test('a number that is not one differs', () => {
  expect(findDifferences(1, Number.NaN, 1)).toHaveLength(1);
});

test('the path leads to the place', () => {
  const stored = { plans: [{ x: 1 }, { x: [{ y: 'a' }] }] };
  const again = { plans: [{ x: 1 }, { x: [{ y: 'b' }] }] };
  expect(findDifferences(stored, again, 0)).toEqual([{ path: 'plans[1].x[0].y', stored: '"a"', again: '"b"' }]);
});

test('what is missing on either side differs', () => {
  expect(findDifferences({ a: 1 }, {}, 0)).toEqual([{ path: 'a', stored: '1', again: 'nothing' }]);
  expect(findDifferences([1], [1, 2], 0)).toEqual([{ path: '[1]', stored: 'nothing', again: '2' }]);
});

test('an array is no object, and null is no object', () => {
  expect(findDifferences([], {}, 0)).toHaveLength(1);
  expect(findDifferences(null, {}, 0)).toHaveLength(1);
});

test('long values are cut', () => {
  expect(findDifferences('x'.repeat(500), 'y', 0)[0]?.stored.length).toBe(80);
});
