import { describe, expect, it } from 'vitest';
import { largeMissesOf, parseExplanations } from '../../../src/trials/large-misses.ts';
import type { Explanation } from '../../../src/trials/large-misses.ts';
import type { Prediction } from '../../../src/trials/prediction.ts';
import { judge } from '../../../src/trials/referee.ts';
import { aTrial, DRUGS, hba1c, predictionsFor, withoutFields } from './a-trial.ts';

const withoutInterval = withoutFields(hba1c(-1), ['ciLow', 'ciHigh']);

/** One trial among others of its kind, graded: with the endpoint given, predicted `shift` too high. */
function missesOf(
  shift: number,
  {
    endpoint = hba1c(-1, 0.196),
    explanations = [],
    others = true,
  }: { readonly endpoint?: object; readonly explanations?: readonly Explanation[]; readonly others?: boolean } = {},
) {
  const files = [
    aTrial({ id: 'A', endpoints: [endpoint] }),
    ...(others ? [aTrial({ id: 'B' }), aTrial({ id: 'C' })] : []),
  ];
  const own = predictionsFor(files.slice(0, 1), shift);
  const predictions = [...own, ...predictionsFor(files.slice(1))];
  return largeMissesOf(judge({ files, predictions, drugs: DRUGS, seed: 'misses' }).rows, explanations);
}

function refusal(): Prediction {
  return { ...KEY, evaluable: false, reason: 'no row' };
}

const KEY = { trial: 'A', arm: 'active', comparator: 'placebo', endpoint: 'hba1c_change' };

describe('large misses', () => {
  it('are rows whose residual leaves the central 90 %, with τ² in the denominator', () => {
    // τ² of two exact trials is the prior's one trial of doubt: more than nothing, less than a point.
    const [miss, ...others] = missesOf(2);
    expect(others).toEqual([]);
    expect(miss?.verdict.row.trial).toBe('A');
    expect(miss?.residual).toBeLessThan(-1.645);
    expect(missesOf(0.1)).toEqual([]);
  });

  it('fall within and without as the interval says where no other trial informs τ²', () => {
    // se = 0.1, sd = 0.02: 1.645 standard deviations are 0.1677.
    expect(missesOf(0.167, { others: false })).toEqual([]);
    expect(missesOf(0.169, { others: false })[0]?.residual).toBeCloseTo(-1.657, 3);
  });

  it('without an interval are rows off by more than half of the effect', () => {
    expect(missesOf(0.49, { endpoint: withoutInterval })).toEqual([]);
    expect(missesOf(0.51, { endpoint: withoutInterval })).toMatchObject([{ verdict: { row: { trial: 'A' } } }]);
    expect(missesOf(0.51, { endpoint: withoutInterval })[0]?.residual).toBeUndefined();
  });

  it('are all rows that cannot be evaluated, after the others', () => {
    const files = [aTrial({ id: 'A' }), aTrial({ id: 'B' }), aTrial({ id: 'C' })];
    const predictions = [refusal(), ...predictionsFor(files.slice(1, 2), 3), ...predictionsFor(files.slice(2))];
    const misses = largeMissesOf(judge({ files, predictions, drugs: DRUGS, seed: 'misses' }).rows, []);
    expect(misses.map(({ verdict }) => verdict.row.trial)).toEqual(['B', 'A']);
  });

  it('carry the explanation that names them most closely', () => {
    const why = (explanation: string, more: object = {}): Explanation => ({
      trial: 'A',
      kind: 'chance',
      endpoint: 'hba1c_change',
      direction: 'above',
      explanation,
      ...more,
    });
    const explanations = [
      why('the endpoint'),
      why('endpoint and arm', { arm: 'active' }),
      why('another endpoint', { endpoint: 'cv_death', arm: 'active' }),
      { ...why('another trial'), trial: 'B' },
    ];
    expect(missesOf(2, { explanations })[0]?.explanation?.explanation).toBe('endpoint and arm');
    expect(missesOf(2, { explanations: explanations.slice(2) })[0]?.explanation).toBeUndefined();
  });
});

describe('an explanation with a direction', () => {
  const why = (direction?: 'above' | 'below'): readonly Explanation[] => [
    { trial: 'A', endpoint: 'hba1c_change', kind: 'model', explanation: 'x', ...(direction && { direction }) },
  ];

  it('excuses a miss that way and no other', () => {
    expect(missesOf(2, { explanations: why('above') })[0]?.explanation).toBeDefined();
    expect(missesOf(2, { explanations: why('below') })[0]?.explanation).toBeUndefined();
    expect(missesOf(-2, { explanations: why('above') })[0]?.explanation).toBeUndefined();
    expect(missesOf(-2, { explanations: why('below') })[0]?.explanation).toBeDefined();
  });

  it('does not excuse a row that was not predicted', () => {
    const files = ['A', 'B', 'C'].map((id) => aTrial({ id }));
    const predictions = [refusal(), ...predictionsFor(files.slice(1))];
    const { rows } = judge({ files, predictions, drugs: DRUGS, seed: 'misses' });
    expect(largeMissesOf(rows, why('above'))[0]?.explanation).toBeUndefined();
    const noRow = [{ trial: 'A', endpoint: 'hba1c_change', kind: 'no row' as const, explanation: 'x' }];
    expect(largeMissesOf(rows, noRow)[0]?.explanation).toBeDefined();
  });
});

describe('a file of explanations', () => {
  it('is refused for a kind that is none and for fields that nobody reads', () => {
    const reading = parseExplanations([{ trial: 'A', kind: 'bad luck', explanation: 'x', armm: 'active' }]);
    expect(reading.ok ? [] : reading.problems.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['[0].kind', '[0]']),
    );
  });

  it('is refused for what would excuse a whole trial, or a miss of either kind', () => {
    const problems = (entry: object): readonly string[] => {
      const reading = parseExplanations([{ trial: 'A', explanation: 'x', ...entry }]);
      return reading.ok ? [] : reading.problems.map(({ where }) => where);
    };
    expect(problems({ kind: 'chance', endpoint: 'sbp_change', direction: 'above' })).toEqual([]);
    expect(problems({ kind: 'no row', endpoint: 'sbp_change' })).toEqual([]);
    expect(problems({ kind: 'chance', direction: 'above' })).toEqual(['[0].endpoint']);
    expect(problems({ kind: 'chance', endpoint: 'sbp_change' })).toEqual(['[0].direction']);
  });
});
