import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean, quantileOfSorted, sortedCopy, variance } from '../../../../src/core/statistics.ts';
import { boundsOf, checkItem, matchedValues } from '../../../../src/trials/emulate/baseline-target.ts';
import { dealBackground, quota } from '../../../../src/trials/emulate/background.ts';

const random = seededRandom('baseline');
const DRAWN = Array.from({ length: 400 }, () => 7 + 1.2 * random.normal());
const EVERYWHERE = { low: -Infinity, high: Infinity };

describe('values matched to a table', () => {
  it('have its mean and standard deviation', () => {
    const values = matchedValues('hba1c', { form: 'mean', mean: 8.3, sd: 1, unit: '%' }, DRAWN, EVERYWHERE);
    expect(mean(values)).toBeCloseTo(8.3, 2);
    expect(Math.sqrt(variance(values))).toBeCloseTo(1, 2);
  });

  it('keep everybody in the place that they had', () => {
    const values = matchedValues('hba1c', { form: 'mean', mean: 8.3, sd: 1, unit: '%' }, DRAWN, EVERYWHERE);
    const order = (list: readonly number[]) =>
      list.map((_, index) => index).sort((a, b) => (list[a] ?? 0) - (list[b] ?? 0));
    expect(order(values)).toEqual(order(DRAWN));
  });

  it('have its mean within the bounds of eligibility', () => {
    const values = matchedValues('hba1c', { form: 'mean', mean: 8.3, sd: 1, unit: '%' }, DRAWN, { low: 7, high: 10.5 });
    expect(mean(values)).toBeCloseTo(8.3, 1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(7);
    expect(Math.max(...values)).toBeLessThanOrEqual(10.5);
  });

  it('have its median and quartiles where the item is skewed', () => {
    const drawn = DRAWN.map((value) => Math.exp(value));
    const sorted = sortedCopy(
      matchedValues('uacr', { form: 'median', median: 900, q1: 450, q3: 1800, unit: 'mg/g' }, drawn, EVERYWHERE),
    );
    expect(quantileOfSorted(sorted, 0.5)).toBeCloseTo(900, -1);
    expect(quantileOfSorted(sorted, 0.75)).toBeCloseTo(1800, -2);
  });

  it('keep the spread of the people drawn where the table gives none', () => {
    const values = matchedValues('sbp', { form: 'mean', mean: 154, unit: 'mm[Hg]' }, DRAWN, EVERYWHERE);
    expect(Math.sqrt(variance(values))).toBeCloseTo(Math.sqrt(variance(DRAWN)), 2);
  });
});

describe('bounds of eligibility', () => {
  it('are the tightest of all conditions on the item', () => {
    const bounds = boundsOf(
      [
        { item: 'egfr', comparison: '>=', value: 20 },
        { item: 'egfr', comparison: '>', value: 30 },
        { item: 'egfr', comparison: '<', value: 90 },
        { item: 'age', comparison: '>=', value: 50 },
      ],
      'egfr',
    );
    expect(bounds).toEqual({ low: 30, high: 90 });
  });

  it('leave an item alone that nothing is said of', () => {
    expect(boundsOf([], 'ldl')).toEqual(EVERYWHERE);
  });
});

describe('a check', () => {
  it('tells median and quartiles where the table gives those', () => {
    expect(checkItem('age', { form: 'median', median: 2, unit: 'a' }, [1, 2, 3]).reached).toEqual([2, 1.5, 2.5]);
  });
});

describe('background treatment', () => {
  it('is dealt out to exactly its share', () => {
    expect(quota(200, 0.37, seededRandom('a')).filter(Boolean)).toHaveLength(74);
    expect(quota(50, 0, seededRandom('a')).some(Boolean)).toBe(false);
    expect(quota(50, 1, seededRandom('a')).every(Boolean)).toBe(true);
  });

  it('never gives two blockers of the renin–angiotensin system to one person', () => {
    const { drugs } = dealBackground(
      { 'class:ace-inhibitor': 0.7, 'sacubitril-valsartan': 0.2 },
      300,
      seededRandom('b'),
    );
    expect(drugs.every((own) => own.length <= 1)).toBe(true);
    expect(drugs.filter(([own]) => own?.ingredient === 'sacubitril-valsartan')).toHaveLength(60);
  });

  it('names what the system does not know and leaves it out', () => {
    const { drugs, unknown } = dealBackground({ metformin: 1, moonshine: 0.5 }, 4, seededRandom('c'));
    expect(unknown).toEqual(['moonshine']);
    expect(drugs.map((own) => own.map(({ ingredient }) => ingredient))).toEqual(
      Array.from({ length: 4 }, () => ['metformin']),
    );
  });
});
