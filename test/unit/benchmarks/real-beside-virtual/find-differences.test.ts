import { describe, expect, test } from 'vitest';
import { CAUSES, causeOf } from '../../../../src/benchmarks/real-beside-virtual/causes.ts';
import type { Comparison } from '../../../../src/benchmarks/real-beside-virtual/compare-settings.ts';
import { findRealDifferences } from '../../../../src/benchmarks/real-beside-virtual/find-differences.ts';
import { renderComparison } from '../../../../src/benchmarks/real-beside-virtual/render-comparison.ts';
import { SETTINGS } from '../../../../src/benchmarks/real-beside-virtual/settings.ts';
import correlations from '../../../../src/systems/cardio-renal-metabolic/parameters/correlations.json' with { type: 'json' };
import { PARAMETER_UNITS } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';

const flat = { mean: 4, p5: 4, p25: 4, p75: 4, p95: 4 };
const people = { realPeople: 50, leftOut: 0, virtualPeople: 90 };

/** An invented comparison with one figure of levels. */
function aComparison(
  quantity: string,
  virtual: { median: number; sd: number },
  real = { median: 4, sd: 1 },
): Comparison {
  const figure = {
    ...{ setting: 'trial outpatients', quantity, ...people },
    real: { ...flat, ...real },
    virtual: { ...flat, ...virtual },
    spreadRatio: [virtual.sd / real.sd, 0.1, 9] as const,
  };
  return { levels: [figure], changes: [], intervals: [], absent: [] };
}

const aspectsOf = (comparison: Comparison) => findRealDifferences(comparison).map(({ aspect }) => aspect);

describe('differences', () => {
  test.each([
    [1.26, ['spread of levels']],
    [1.24, []],
    [0.81, []],
    [0.79, ['spread of levels']],
  ])('a spread of %d times the real one', (sd, aspects) => {
    expect(aspectsOf(aComparison('potassium', { median: 4, sd }))).toEqual(aspects);
  });

  test('potassium may lie 0.2 mmol/L away and not more', () => {
    expect(aspectsOf(aComparison('potassium', { median: 4.2, sd: 1 }))).toEqual([]);
    expect(aspectsOf(aComparison('potassium', { median: 4.21, sd: 1 }))).toEqual(['median level']);
  });

  test('other medians may lie a tenth away and not more', () => {
    expect(aspectsOf(aComparison('hba1c', { median: 4.4, sd: 1 }))).toEqual([]);
    expect(aspectsOf(aComparison('hba1c', { median: 3.59, sd: 1 }))).toEqual(['median level']);
  });

  test('every difference carries a kind and a cause', () => {
    const [difference] = findRealDifferences(aComparison('dbp', { median: 4, sd: 2 }));
    expect(difference).toMatchObject({ kind: 'system', rows: expect.arrayContaining(['dbp.untreated']) as unknown });
  });
});

describe('causes', () => {
  test('what no row speaks of has no cause rather than a wrong one', () => {
    const unheard = {
      setting: 'trial outpatients',
      quantity: 'urate',
      aspect: 'median level',
      real: 5,
      virtual: 9,
    } as const;
    expect(causeOf(unheard).cause).toBe('no cause known');
  });

  test('a cause of too little spread does not explain too much of it', () => {
    const quiet = {
      setting: 'population',
      quantity: 'hdl',
      aspect: 'spread of changes',
      real: 15,
      virtual: 10,
    } as const;
    expect(causeOf(quiet).rows).toContain('hdl.within_person');
    expect(causeOf({ ...quiet, virtual: 30 }).cause).toBe('no cause known');
  });

  test('every row that a cause names is one', () => {
    const known = new Set([...Object.keys(PARAMETER_UNITS), ...correlations.map(({ id }) => id)]);
    const named = CAUSES.flatMap(({ rows }) => rows).map((row) => row.replace(/ \(.*\)$/, ''));
    expect(named.filter((row) => !known.has(row))).toEqual([]);
  });

  test('every setting that a cause names is one', () => {
    const known = SETTINGS.map(({ id }) => id);
    const named = CAUSES.flatMap(({ settings = [] }) => settings);
    expect(named.filter((setting) => !known.includes(setting))).toEqual([]);
  });
});

test('the report names the difference, its row, and the set that was absent', () => {
  const comparison: Comparison = { ...aComparison('dbp', { median: 4, sd: 2 }), absent: ['nafld'] };
  const text = renderComparison(comparison, findRealDifferences(comparison), { people: 9, seed: 's' }).join('\n');
  expect(text).toContain(
    '| trial outpatients | dbp | spread of levels | 50 | 1 mm[Hg] | 2 | 2.00 (0.10–9.00) | the rows are recalled',
  );
  expect(text).toContain('`dbp.untreated`');
  expect(text).toContain('Not in the folder, and so not compared: nafld.');
  expect(text).not.toContain('## Population cohort');
});
