import { describe, expect, test } from 'vitest';
import { isEligible, failedCriteria, parseEligibility } from '../../../src/trials/eligibility.ts';
import { parsePredictions, predictedEffect, predictionOf } from '../../../src/trials/prediction.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { parseTrialFile } from '../../../src/trials/parse-trial-file.ts';
import { aTrial, hazard, hba1c, trialJson } from './a-trial.ts';

function problemsIn(value: unknown): readonly string[] {
  const reading = parseTrialFile(value);
  return reading.ok ? [] : reading.problems.map(({ where }) => where);
}

describe('a trial file', () => {
  test('is read whole, with defaults for level, months and titration', () => {
    const file = aTrial();
    expect(file.endpoints[0]).toMatchObject({ ciLevel: 0.95, followUpMonths: 6, comparator: 'placebo', estimate: -1 });
    expect(file.arms[0]?.interventions[0]).toEqual({ code: 'alphastat', dose: 10, unit: 'mg/d', titrated: false });
    expect(file.population.eligibility).toHaveLength(2);
  });

  test('may hold fields that nobody knows', () => {
    expect(
      problemsIn({ ...trialJson(), funding: 'none', arms: trialJson().arms.map((arm) => ({ ...arm, colour: 1 })) }),
    ).toEqual([]);
  });

  test('may come without estimates', () => {
    const endpoint = {
      endpoint: 'sbp_change',
      unit: 'mmHg',
      measure: 'mean_difference',
      arm: 'active',
      comparator: null,
    };
    const [row] = rowsOf(aTrial({ endpoints: [endpoint] }));
    expect(row?.observed).toBeUndefined();
    expect(row?.comparator).toBe('');
  });

  test('may give a median with quartiles', () => {
    const json = trialJson();
    const population = { ...json.population, baseline: { uacr: { median: 900, q1: 400, q3: 1800, unit: 'mg/g' } } };
    const reading = parseTrialFile({ ...json, population });
    expect(reading.ok && reading.value.population.baseline.uacr).toEqual({
      form: 'median',
      median: 900,
      q1: 400,
      q3: 1800,
      unit: 'mg/g',
    });
  });

  test('that is wrong in four places is told all four, each with a fix', () => {
    const json = trialJson({
      endpoints: [
        { ...hazard(0.8), ciLow: -0.5 },
        { ...hba1c(-1), arm: 'nobody', measure: 'odds' },
      ],
    });
    const reading = parseTrialFile({
      ...json,
      followUpMonths: 0,
      population: { ...json.population, eligibility: ['hba1c above seven'] },
    });
    if (reading.ok) throw new Error('it was read');
    expect(reading.problems.map(({ where }) => where).sort()).toEqual([
      'endpoints[0].estimate',
      'endpoints[1].measure',
      'followUpMonths',
      'population.eligibility[0]',
    ]);
    expect(reading.problems.every(({ fix }) => fix.length > 10)).toBe(true);
  });

  test('cannot compare an arm that it does not have', () => {
    expect(problemsIn(trialJson({ endpoints: [{ ...hba1c(-1), comparator: 'usual' }] }))).toEqual([
      'endpoints[0].comparator',
    ]);
  });

  test('may compare with the baseline of the arm itself', () => {
    expect(problemsIn(trialJson({ endpoints: [{ ...hba1c(-1), comparator: 'baseline' }] }))).toEqual([]);
  });

  test('cannot give half of an interval, or shares that do not add up', () => {
    const { ciHigh, ...half } = hba1c(-1);
    expect(ciHigh).toBeCloseTo(-0.8);
    expect(problemsIn(trialJson({ endpoints: [half] }))).toEqual(['endpoints[0].ciLow']);
    const shared = {
      id: 'active',
      interventions: [
        { code: 'alphastat', share: 0.5 },
        { code: 'betapril', share: 0.2 },
      ],
    };
    expect(
      problemsIn({ ...trialJson(), arms: [shared, { id: 'placebo', interventions: [{ code: 'placebo' }] }] }),
    ).toEqual(['arms[0].interventions']);
  });
});

describe('an eligibility line', () => {
  test('joins conditions by and', () => {
    expect(parseEligibility('hba1c >= 7.0 and age < 75')).toEqual([
      { item: 'hba1c', comparison: '>=', value: 7 },
      { item: 'age', comparison: '<', value: 75 },
    ]);
  });

  test.each(['hba1c', '>= 7', 'hba1c => 7', 'hba1c >= 7 or age < 75', ''])('is not %j', (line) => {
    expect(parseEligibility(line)).toBeUndefined();
  });

  test('admits at its limits and nobody whose item is unknown', () => {
    const criteria = parseEligibility('hba1c >= 7 and heart_failure = 0') ?? [];
    expect(isEligible(criteria, { hba1c: 7, heart_failure: 0 })).toBe(true);
    expect(isEligible(criteria, { hba1c: 6.9, heart_failure: 0 })).toBe(false);
    expect(failedCriteria(criteria, { hba1c: 8 }).map(({ item }) => item)).toEqual(['heart_failure']);
  });
});

describe('a row', () => {
  test('has the standard error that its interval says', () => {
    const [row] = rowsOf(aTrial({ endpoints: [hba1c(-1, 0.196)] }));
    expect(row?.observed?.standardError).toBeCloseTo(0.1, 4);
  });

  test('of a 90 % interval has a larger standard error than of a 95 % one', () => {
    const [row] = rowsOf(aTrial({ endpoints: [{ ...hba1c(-1, 0.16449), ciLevel: 0.9 }] }));
    expect(row?.observed?.standardError).toBeCloseTo(0.1, 4);
  });

  test('of a ratio lives on the log scale', () => {
    const [row] = rowsOf(aTrial({ endpoints: [hazard(0.8, 1.25)] }));
    expect(row).toMatchObject({ scale: 'log', family: 'log-ratio', kind: 'log-ratio' });
    expect(row?.observed?.value).toBeCloseTo(Math.log(0.8), 12);
    expect(row?.observed?.standardError).toBeCloseTo(Math.log(1.25) / 1.959964, 5);
  });

  test('without an interval has no standard error', () => {
    const { ciLow, ciHigh, ...bare } = hba1c(-1);
    expect(ciLow).toBeLessThan(ciHigh);
    expect(rowsOf(aTrial({ endpoints: [bare] }))[0]?.observed).toEqual({ value: -1 });
  });
});

describe('predictions', () => {
  const given = { trial: 'INVENTED-1', arm: 'active', comparator: 'placebo', endpoint: 'cv_death' };
  const row = rowsOf(aTrial({ endpoints: [hazard(0.8)] }))[0];

  test('need a reason where they are not evaluable', () => {
    const reading = parsePredictions([{ ...given, evaluable: false }]);
    expect(reading.ok ? [] : reading.problems.map(({ where }) => where)).toEqual(['[0].reason']);
  });

  test('find their row without a month where there is only one', () => {
    const reading = parsePredictions([{ ...given, evaluable: false, reason: 'unknown drug' }]);
    expect(row !== undefined && reading.ok && predictionOf(reading.value, row)?.evaluable).toBe(false);
  });

  test('of a ratio at or below 0 are none', () => {
    if (row === undefined) throw new Error('no row');
    const said = { ...given, evaluable: true as const, monteCarloSe: 0.1, predictiveSd: 0.05 };
    expect(predictedEffect({ ...said, predicted: 0 }, row)).toBeUndefined();
    expect(predictedEffect({ ...said, predicted: 0.5 }, row)).toEqual({ value: Math.log(0.5), sd: 0.1 });
  });
});
