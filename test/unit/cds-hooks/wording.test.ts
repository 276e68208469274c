import { describe, expect, test } from 'vitest';
import {
  capitalised,
  changeWords,
  dayWords,
  doseWords,
  intervalWords,
  outOfHundred,
  sourceAddress,
} from '../../../cds-hooks/wording.ts';
import { VARIABLES } from '../../../src/systems/cardio-renal-metabolic/schema.ts';
import type { Variable } from '../../../src/domain/system.ts';

const [potassium] = VARIABLES as readonly [Variable];

describe('natural frequencies', () => {
  test.each([
    [0, 'fewer than 1 of 100'],
    [0.004, 'fewer than 1 of 100'],
    [0.006, '1 of 100'],
    [0.07, '7 of 100'],
    [0.994, '99 of 100'],
    [0.999, 'more than 99 of 100'],
    [1, '100 of 100'],
  ])('%f is %s', (probability, words) => {
    expect(outOfHundred(probability)).toBe(words);
  });
});

test.each([
  [1, '1 day'],
  [3, '3 days'],
  [7, '1 week'],
  [28, '4 weeks'],
  [84, '12 weeks'],
])('day %i is %s', (day, words) => {
  expect(dayWords(day)).toBe(words);
});

test('an interval has the decimals of its variable', () => {
  const forecast = {
    variable: 'potassium',
    day: 28,
    median: 4.96,
    low: 4.4,
    high: 5.649,
    epistemicShare: 0,
    chances: [],
  };
  expect(intervalWords(potassium, forecast)).toBe('5.0 (4.4–5.6)');
});

test.each([
  [0.42, '+0.4'],
  [-0.42, '−0.4'],
  [0, '0.0'],
  [-0.01, '0.0'],
])('a change of %f is %s', (change, words) => {
  expect(changeWords(potassium, change)).toBe(words);
});

test.each([
  ['spironolactone', 'Spironolactone'],
  ['eGFR', 'eGFR'],
  ['HbA1c', 'HbA1c'],
  ['', ''],
])('%s begins a sentence as %s', (text, words) => {
  expect(capitalised(text)).toBe(words);
});

test('doses have no needless decimals', () => {
  expect([12.5, 25, 6.2500001].map(doseWords)).toEqual(['12.5', '25', '6.25']);
});

test('a source is found by DOI, then PubMed, then its own address', () => {
  const source = { citation: 'x', where: 'y', doi: '10.1/x', pmid: '7', url: 'https://z.example' };
  expect(sourceAddress(source)).toBe('https://doi.org/10.1/x');
  expect(sourceAddress({ ...source, doi: null })).toBe('https://pubmed.ncbi.nlm.nih.gov/7/');
  expect(sourceAddress({ ...source, doi: null, pmid: null })).toBe('https://z.example');
  expect(sourceAddress({ citation: 'x', where: 'y', doi: null, pmid: null })).toBeUndefined();
});
