import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { mean, variance } from '../../../src/core/statistics.ts';
import { anchor, drawAnchored } from '../../../src/systems/anchor.ts';
import type { AnchorModel } from '../../../src/systems/anchor.ts';

const model: AnchorModel = { level: { mean: 0, sd: 2 }, fluctuation: { sd: 0.5, time: 5 } };
const haemolysis = { probability: () => 0.03, shift: 0.6, variance: 0.09, fading: undefined };
const injury = { probability: () => 0.01, shift: -0.5, variance: 0.06, fading: 10 };

function logNormal(value: number, variance: number): number {
  return -0.5 * (Math.log(2 * Math.PI * variance) + (value * value) / variance);
}

describe('anchor', () => {
  it('gives the prior when nothing was measured', () => {
    const {
      mean: [level],
      covariance,
      logLikelihood,
    } = anchor(model, [], 0);
    expect([level, covariance[0], covariance[2], logLikelihood]).toEqual([0, 4, 0.25, 0]);
  });

  it('gives a single value its exact marginal likelihood and posterior', () => {
    const found = anchor(model, [{ gap: 0, value: 1, errorVariance: 0.01 }], 0);
    expect(found.logLikelihood).toBeCloseTo(logNormal(1, 4.26), 12);
    expect(found.mean[0]).toBeCloseTo(4 / 4.26, 12);
    expect(found.mean[1]).toBeCloseTo(0.25 / 4.26, 12);
  });

  it('gives two values the likelihood of their joint Gaussian', () => {
    const values = [0.7, 1.1] as const;
    const found = anchor(
      model,
      values.map((value, index) => ({ gap: index * 5, value, errorVariance: 0.01 })),
      0,
    );
    const same = 4.26;
    const cross = 4 + 0.25 * Math.exp(-1);
    const conditional = same - cross ** 2 / same;
    const expected = logNormal(values[0], same) + logNormal(values[1] - (cross / same) * values[0], conditional);
    expect(found.logLikelihood).toBeCloseTo(expected, 10);
  });

  it('learns the level from many values and forgets the fluctuation while waiting', () => {
    const residuals = Array.from({ length: 40 }, () => ({ gap: 30, value: 1, errorVariance: 0.01 }));
    const found = anchor(model, residuals, 100);
    expect(found.mean[0]).toBeCloseTo(1, 2);
    expect(Math.sqrt(found.covariance[0])).toBeLessThan(0.12);
    expect(found.covariance[2]).toBeCloseTo(0.25, 6);
  });

  it('blames a spoilt sample for one high value, and keeps the level', () => {
    const residuals = [0, 0, 0, 1.5, 0].map((value) => ({ gap: 30, value, errorVariance: 0.002 }));
    const tight = { ...model, fluctuation: { sd: 0.2, time: 5 } };
    const believing = anchor(tight, residuals, 0).mean[0];
    const doubting = anchor({ ...tight, surprise: haemolysis }, residuals, 0).mean[0];
    expect(doubting).toBeLessThan(believing * 0.7);
  });

  it('gives a value that may be spoilt the density of the mixture, and keeps both explanations by their probability', () => {
    const found = anchor({ ...model, surprise: haemolysis }, [{ gap: 0, value: 2, errorVariance: 0.01 }], 0);
    const usual = 0.97 * Math.exp(logNormal(2, 4.26));
    const spoilt = 0.03 * Math.exp(logNormal(1.4, 4.35));
    expect(found.logLikelihood).toBeCloseTo(Math.log(usual + spoilt), 12);
    const level = (usual * (2 * 4)) / 4.26 + (spoilt * (1.4 * 4)) / 4.35;
    expect(found.mean[0]).toBeCloseTo(level / (usual + spoilt), 12);
  });

  it('learns less of the level from a value that moves by half of it', () => {
    const half = anchor(model, [{ gap: 0, value: 1, errorVariance: 0.01, sensitivity: 0.5 }], 0);
    expect(half.mean[0]).toBeCloseTo((0.5 * 4) / (0.25 * 4 + 0.26), 12);
    expect(half.covariance[0]).toBeGreaterThan(
      anchor(model, [{ gap: 0, value: 1, errorVariance: 0.01 }], 0).covariance[0],
    );
  });

  it('sees a sudden fall as an illness that fades', () => {
    const tight = { ...model, fluctuation: { sd: 0.06, time: 10 }, surprise: injury };
    const residuals = [0, 0, 0, -0.5].map((value) => ({ gap: 30, value, errorVariance: 0.001 }));
    const today = anchor(tight, residuals, 0).mean;
    expect(today[2]).toBeLessThan(-0.35);
    expect(anchor(tight, residuals, 30).mean[2]).toBeCloseTo(today[2] * Math.exp(-3), 10);
    expect(Math.abs(today[0])).toBeLessThan(0.1);
  });
});

describe('drawAnchored', () => {
  it('draws with the means and covariance that the anchor holds', () => {
    const found = anchor({ ...model, surprise: injury }, [{ gap: 0, value: -3, errorVariance: 0.2 }], 1);
    const random = seededRandom('draws');
    const draws = Array.from({ length: 20_000 }, () =>
      drawAnchored(found, [random.normal(), random.normal(), random.normal()]),
    );
    for (const [axis, diagonal] of [
      [0, 0],
      [1, 2],
      [2, 5],
    ] as const) {
      const values = draws.map((draw) => draw[axis]);
      expect(mean(values)).toBeCloseTo(found.mean[axis], 1);
      expect(variance(values)).toBeCloseTo(found.covariance[diagonal], 1);
    }
  });
});
