import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { fitFactors } from '../../../../src/trials/calibrate/fit.ts';
import type { FitRow } from '../../../../src/trials/calibrate/fit.ts';

/** Trials of effects that are 2 × the first factor, seen with little error, of which every trial misses by `scatter`. */
function trialsOf(
  truth: number,
  options: { readonly trials: number; readonly scatter?: number; readonly bend?: number },
): readonly FitRow[] {
  const random = seededRandom('fit');
  return Array.from({ length: options.trials }, (_, index) => {
    const miss = (options.scatter ?? 0) * random.normal() + 0.01 * random.normal();
    const surface = { effect: -1, slopes: Float64Array.of(2, 0), curvatures: Float64Array.of(options.bend ?? 0, 0) };
    const observed = -1 + 2 * truth + ((options.bend ?? 0) * truth ** 2) / 2 + miss;
    const sampled = {
      arm: `a${index}`,
      comparator: 'placebo',
      endpoint: 'hba1c_change',
      family: 'continuous',
    } as const;
    return { trial: `t${index}`, kind: 'hba1c', sampled, observed, variance: 0.0001, surface };
  });
}

describe('fitFactors', () => {
  it('gives the prior back where nothing was seen', () => {
    const { logFactors, sds } = fitFactors([], [0.2, 0.3]);
    expect([...logFactors]).toEqual([0, 0]);
    expect(at(sds, 0)).toBeCloseTo(0.2, 12);
    expect(at(sds, 1)).toBeCloseTo(0.3, 12);
  });

  it('finds the factor that made the effects, and leaves one alone that touches none', () => {
    const { logFactors, sds } = fitFactors(trialsOf(0.15, { trials: 40 }), [0.3, 0.3]);
    expect(at(logFactors, 0)).toBeCloseTo(0.15, 1);
    expect(at(sds, 0)).toBeLessThan(0.1);
    expect(at(logFactors, 1)).toBe(0);
    expect(at(sds, 1)).toBeCloseTo(0.3, 12);
  });

  it('follows a bent surface to where it leads', () => {
    const { logFactors } = fitFactors(trialsOf(0.4, { trials: 40, bend: 3 }), [1, 1]);
    expect(at(logFactors, 0)).toBeGreaterThan(0.37);
    expect(at(logFactors, 0)).toBeLessThan(0.42);
  });

  it('is drawn to the prior by a tight one', () => {
    const loose = fitFactors(trialsOf(0.15, { trials: 4 }), [1, 1]);
    const tight = fitFactors(trialsOf(0.15, { trials: 4 }), [0.01, 1]);
    expect(at(tight.logFactors, 0)).toBeLessThan(0.3 * at(loose.logFactors, 0));
  });

  it('learns that trials disagree, and is then less sure', () => {
    const calm = fitFactors(trialsOf(0.1, { trials: 30 }), [1, 1]);
    const torn = fitFactors(trialsOf(0.1, { trials: 30, scatter: 0.8 }), [1, 1]);
    expect(torn.tau2.get('hba1c') ?? 0).toBeGreaterThan(5 * (calm.tau2.get('hba1c') ?? 0));
    expect(at(torn.sds, 0)).toBeGreaterThan(at(calm.sds, 0));
  });

  it('does not take ten arms of one trial for ten trials', () => {
    const apart = trialsOf(0.1, { trials: 10, scatter: 0.5 });
    const together = apart.map((row) => ({ ...row, trial: 'one' }));
    expect(at(fitFactors(together, [1, 1]).sds, 0)).toBeGreaterThan(1.3 * at(fitFactors(apart, [1, 1]).sds, 0));
  });
});
