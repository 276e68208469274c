import { describe, expect, test } from 'vitest';
import {
  compareChanges,
  compareIntervals,
  compareLevels,
  type Contest,
} from '../../../../src/benchmarks/real-beside-virtual/compare-people.ts';
import { QUANTITIES } from '../../../../src/benchmarks/real-beside-virtual/quantities.ts';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { aPerson } from './a-person.ts';

const [potassium, creatinine] = [at(QUANTITIES, 0), at(QUANTITIES, 1)];

/** Invented people whose values scatter about `centre`. */
function people(
  count: number,
  { centre = 4, sd, seed, id = 'potassium' }: { centre?: number; sd: number; seed: string; id?: string },
) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    aPerson(
      id,
      Array.from({ length: 6 }, () => centre + sd * random.normal()),
    ),
  );
}

const contest = (real: Contest['real'], virtual: Contest['virtual']): Contest => ({
  ...{ real, virtual, matched: ['age', 'sex'], seed: 'unit' },
});

describe('levels', () => {
  test('people who scatter half as much have half the ratio, and the interval holds it', () => {
    const figure = compareLevels(
      contest(people(300, { sd: 0.4, seed: 'r' }), people(300, { sd: 0.2, seed: 'v' })),
      potassium,
    );
    const [ratio = 0, low = 0, high = 0] = figure?.spreadRatio ?? [];
    expect(ratio).toBeCloseTo(0.5, 1);
    expect(low < ratio && ratio < high).toBe(true);
  });

  test('a person measured a hundred times counts once', () => {
    const often = aPerson(
      'potassium',
      Array.from({ length: 100 }, () => 6),
    );
    const others = Array.from({ length: 9 }, () => aPerson('potassium', [4]));
    const figure = compareLevels(contest([often, ...others], people(20, { sd: 0.1, seed: 'v' })), potassium);
    expect(figure?.real.mean).toBeCloseTo(4.2);
  });

  test('fewer than ten people give no figure', () => {
    expect(
      compareLevels(contest(people(9, { sd: 1, seed: 'r' }), people(50, { sd: 1, seed: 'v' })), potassium),
    ).toBeUndefined();
  });

  test('the same seed gives the same figures', () => {
    const same = contest(people(30, { sd: 0.4, seed: 'r' }), people(30, { sd: 0.2, seed: 'v' }));
    expect(compareLevels(same, potassium)).toEqual(compareLevels(same, potassium));
  });
});

describe('changes', () => {
  test('a level that differs between people is no change within them', () => {
    const still = Array.from({ length: 20 }, (_, index) => aPerson('potassium', [3 + index / 10, 3 + index / 10]));
    const figure = compareChanges(contest(still, people(20, { sd: 0.2, seed: 'v' })), potassium, '1 d');
    expect(figure?.real.sd).toBe(0);
    expect(figure?.real.correlation).toBeCloseTo(1);
  });

  test('creatinine changes in per cent: a doubling is 100 times the logarithm of two', () => {
    const doubling = Array.from({ length: 12 }, (_, index) => aPerson('creatinine', [1 + index / 10, 2 + index / 5]));
    const figure = compareChanges(contest(doubling, doubling), creatinine, '1 d');
    expect(figure?.real.mean).toBeCloseTo(100 * Math.log(2));
  });

  test('a gap that nobody has gives no figure', () => {
    const all = people(20, { sd: 0.2, seed: 'v' });
    expect(compareChanges(contest(all, all), potassium, '90 d')).toBeUndefined();
  });
});

test('people who are measured every third day have an interval of three days', () => {
  const rarely = Array.from({ length: 10 }, () => aPerson('potassium', [4, 4, 4], { days: [0, 3, 6] }));
  const figure = compareIntervals(contest(rarely, people(10, { sd: 0.1, seed: 'v' })), potassium);
  expect([figure?.real.median, figure?.virtual.median]).toEqual([3, 1]);
});

test('those left out are counted', () => {
  const real = [...people(12, { sd: 0.1, seed: 'r' }), aPerson('potassium', [4], { age: 30 })];
  const figure = compareLevels(contest(real, people(12, { sd: 0.1, seed: 'v' })), potassium);
  expect([figure?.realPeople, figure?.leftOut]).toEqual([12, 1]);
});
