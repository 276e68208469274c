import { describe, expect, test } from 'vitest';
import { matchPeople } from '../../../../src/benchmarks/real-beside-virtual/match-people.ts';
import type { Person } from '../../../../src/benchmarks/real-beside-virtual/person.ts';
import { aPerson } from './a-person.ts';

const some = (count: number, more: Partial<Person>) =>
  Array.from({ length: count }, () => aPerson('potassium', [4], more));

describe('people made alike', () => {
  const real = [...some(3, { age: 62 }), ...some(1, { age: 81 })];

  test('each stratum counts as much as among the real ones', () => {
    const { virtual } = matchPeople(real, [...some(6, { age: 69 }), ...some(10, { age: 95 })], ['age']);
    const weightOf = (age: number) =>
      virtual.filter(({ person }) => person.age === age).reduce((sum, { weight }) => sum + weight, 0);
    expect([weightOf(69), weightOf(95)]).toEqual([3, expect.closeTo(1)]);
  });

  test('real people whom fewer than five virtual ones are like are left out', () => {
    const matched = matchPeople(real, [...some(5, { age: 60 }), ...some(4, { age: 80 })], ['age']);
    expect(matched.real).toHaveLength(3);
    expect(matched.virtual).toHaveLength(5);
  });

  test('people of unknown sex are not like women', () => {
    const unknown: Person = { id: 'x', traits: {}, readings: new Map() };
    expect(matchPeople([unknown], some(9, { female: true }), ['sex']).real).toEqual([]);
  });

  test('the disease separates people who are alike otherwise', () => {
    const healthy = some(9, { traits: { type_2_diabetes: false } });
    expect(
      matchPeople(some(1, { traits: { type_2_diabetes: true } }), healthy, ['age', 'type_2_diabetes']).real,
    ).toEqual([]);
  });

  test('kidney function is banded by the person’s own mean', () => {
    const virtual = Array.from({ length: 5 }, () => aPerson('egfr', [50, 40]));
    expect(matchPeople([aPerson('egfr', [44, 47])], virtual, ['gfr']).real).toHaveLength(1);
    expect(matchPeople([aPerson('egfr', [44, 44])], virtual, ['gfr']).real).toHaveLength(0);
  });
});
