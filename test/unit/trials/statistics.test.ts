import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../../src/trials/agreement.ts';
import { bootstrapClusters } from '../../../src/trials/cluster-bootstrap.ts';
import { derSimonianLaird, varianceAround } from '../../../src/trials/heterogeneity.ts';
import { choleskyOf, logDeterminant, solveWithFactor } from '../../../src/trials/linear-algebra.ts';
import { normalHalfWidth, normalLogDensity, normalQuantile } from '../../../src/trials/normal.ts';

/** BCG against tuberculosis: the worked set of Colditz 1994 (doi 10.1001/jama.1994.03510330076038), cases and others. */
const BCG = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13536, 248, 12619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87886, 499, 87892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50448, 141, 27197],
  [5, 2493, 3, 2338],
  [27, 16886, 29, 17825],
] as const;

describe('random-effects pooling', () => {
  test('reproduces the DerSimonian–Laird fit of the BCG trials in the textbooks', () => {
    const pool = derSimonianLaird(
      BCG.map(([a, b, c, d]) => ({
        value: Math.log(a / (a + b) / (c / (c + d))),
        variance: 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d),
      })),
    );
    expect(pool.mean).toBeCloseTo(-0.7141, 4);
    expect(pool.tau2).toBeCloseTo(0.3088, 4);
    expect(pool.standardError).toBeCloseTo(0.1787, 4);
  });

  test('of one study is that study', () => {
    expect(derSimonianLaird([{ value: 2, variance: 0.25 }])).toEqual({ mean: 2, standardError: 0.5, tau2: 0 });
  });

  test('of studies that agree finds no heterogeneity', () => {
    expect(
      derSimonianLaird([
        { value: 1, variance: 1 },
        { value: 1, variance: 2 },
      ]).tau2,
    ).toBe(0);
  });

  test('refuses an empty pool and a study without error', () => {
    expect(() => derSimonianLaird([])).toThrow(RangeError);
    expect(() => derSimonianLaird([{ value: 1, variance: 0 }])).toThrow(RangeError);
  });
});

describe('the variance around predictions', () => {
  test('is the mean square less the sampling variance when all variances are equal', () => {
    const residuals = [3, -1, 2].map((value) => ({ value, variance: 0.5, weight: 1 }));
    expect(varianceAround(residuals)).toBeCloseTo(14 / 3 - 0.5, 10);
  });

  test('is 0 when residuals are no larger than sampling error', () => {
    expect(varianceAround([{ value: 0.1, variance: 1, weight: 1 }])).toBe(0);
    expect(varianceAround([])).toBe(0);
  });

  test('charges a prediction for being off on average', () => {
    expect(varianceAround([1, 1, 1].map((value) => ({ value, variance: 0.01, weight: 1 })))).toBeCloseTo(0.99, 10);
  });

  test('lets two rows of one trial speak as one', () => {
    const once = varianceAround([
      { value: 2, variance: 0.1, weight: 1 },
      { value: 1, variance: 0.1, weight: 1 },
    ]);
    const twice = varianceAround([
      { value: 2, variance: 0.1, weight: 0.5 },
      { value: 2, variance: 0.1, weight: 0.5 },
      { value: 1, variance: 0.1, weight: 1 },
    ]);
    expect(twice).toBeCloseTo(once, 10);
  });
});

describe('the normal distribution', () => {
  test('has its tabulated quantiles', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 5);
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.034484, 5);
    expect(normalHalfWidth(0.9)).toBeCloseTo(1.644854, 5);
  });

  test('scores by hand: variance 4, two away', () => {
    expect(normalLogDensity(3, 1, 4)).toBeCloseTo(-0.5 * Math.log(2 * Math.PI * 4) - 0.5, 12);
  });

  test('has no density of no width and no interval of a level outside 0 to 1', () => {
    expect(() => normalLogDensity(0, 0, 0)).toThrow(RangeError);
    expect(() => normalHalfWidth(1)).toThrow(RangeError);
  });
});

describe('linear algebra', () => {
  const matrix = [Float64Array.of(4, 2), Float64Array.of(2, 3)];

  test('solves a system and knows its determinant', () => {
    const factor = choleskyOf(matrix);
    expect([...solveWithFactor(factor, [10, 8])]).toEqual([expect.closeTo(1.75, 12), expect.closeTo(1.5, 12)]);
    expect(logDeterminant(factor)).toBeCloseTo(Math.log(8), 12);
  });

  test('refuses a matrix that is not positive definite', () => {
    expect(() => choleskyOf([Float64Array.of(1, 2), Float64Array.of(2, 1)])).toThrow(RangeError);
  });
});

describe('agreement', () => {
  test('has slope 2 where the truth is twice what was predicted', () => {
    const agreement = agreementOf([1, 2, 3].map((predicted) => ({ predicted, observed: 2 * predicted })));
    expect(agreement).toMatchObject({ slope: 2, meanAbsoluteError: 2, bias: -2 });
    expect(agreement?.correlation).toBeCloseTo(1, 12);
  });

  test('draws no line through a constant prediction', () => {
    const agreement = agreementOf([1, 2, 3].map((observed) => ({ predicted: 0.1, observed })));
    expect(agreement?.slope).toBeUndefined();
    expect(agreement?.correlation).toBeUndefined();
  });

  test('of nothing is nothing', () => {
    expect(agreementOf([])).toBeUndefined();
  });
});

describe('the cluster bootstrap', () => {
  const items = Array.from({ length: 30 }, (_, index) => ({ trial: `t${index % 6}`, value: Math.sin(index % 6) }));
  const meanOf = (own: readonly { readonly value: number }[]) =>
    own.reduce((sum, { value }) => sum + value, 0) / own.length;

  test('gives the same interval for the same seed and another for another', () => {
    const run = (seed: string) => bootstrapClusters(items, ({ trial }) => trial, meanOf, seed);
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
  });

  test('is wider by trial than by row when the rows of a trial agree', () => {
    const byTrial = bootstrapClusters(items, ({ trial }) => trial, meanOf, 'a');
    const byRow = bootstrapClusters(items, (item) => String(items.indexOf(item)), meanOf, 'a');
    const width = (estimate: typeof byTrial) => (estimate?.high ?? 0) - (estimate?.low ?? 0);
    expect(width(byTrial)).toBeGreaterThan(1.5 * width(byRow));
  });

  test('is silent about a single trial', () => {
    expect(bootstrapClusters(items, () => 'one', meanOf, 'a')).toBeUndefined();
  });
});
