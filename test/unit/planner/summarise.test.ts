import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { mean } from '../../../src/core/statistics.ts';
import type { System } from '../../../src/domain/system.ts';
import {
  chanceWithinHorizon,
  epistemicShare,
  lastForecast,
  summariseTrajectory,
} from '../../../src/planner/summarise.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aTrajectory } from '../../fakes/a-trajectory.ts';

function only(variable: string): System {
  return { ...cardioRenalMetabolic, variables: cardioRenalMetabolic.variables.filter(({ id }) => id === variable) };
}

describe('summariseTrajectory', () => {
  it('gives the median and the 90 % interval of each day', () => {
    const futures = Array.from({ length: 101 }, (_, index) => [index / 10, 4]);
    const [first, second] = summariseTrajectory(only('potassium'), aTrajectory(futures), () => undefined);
    expect(first?.median).toBeCloseTo(5, 5);
    expect(first?.low).toBeCloseTo(0.5, 5);
    expect(first?.high).toBeCloseTo(9.5, 5);
    expect(second).toMatchObject({ day: 2, median: 4, low: 4, high: 4 });
  });

  it('counts a future that crossed a limit once and came back', () => {
    const forecasts = summariseTrajectory(
      only('potassium'),
      aTrajectory([
        [4, 4],
        [5.8, 4],
        [4, 5.8],
        [5.5, 5.5],
      ]),
      () => undefined,
    );
    const chances = forecasts.map(({ chances }) =>
      chances.find(({ threshold }) => threshold === 'potassium-above-5.5'),
    );
    expect(chances.map((chance) => chance?.probability)).toEqual([0.25, 0.5]);
    expect(chanceWithinHorizon(forecasts, { id: 'potassium-above-5.5' })).toBe(0.5);
  });

  it('counts what becomes true, not what an erring assay would report', () => {
    const measured = [
      [5.9, 5.9],
      [4, 5.9],
      [4, 4],
      [4, 4],
    ];
    const levels = [
      [4, 4],
      [4, 4],
      [4, 4],
      [5.7, 4],
    ];
    const forecasts = summariseTrajectory(only('potassium'), aTrajectory(measured, { levels }), () => undefined);
    expect(chanceWithinHorizon(forecasts, { id: 'potassium-above-5.5' })).toBe(0.25);
    expect(lastForecast(forecasts, 'potassium')?.median).toBeCloseTo(4.95, 5);
  });

  it('says nothing of disagreement when a single model answered', () => {
    const of = (members: number) =>
      lastForecast(
        summariseTrajectory(only('potassium'), aTrajectory([[4], [5], [4], [5]], { members }), () => undefined),
        'potassium',
      );
    expect(of(1)).not.toHaveProperty('epistemicShare');
    expect(of(2)).toHaveProperty('epistemicShare', 0);
  });

  it('measures a relative fall from the current value', () => {
    const futures = aTrajectory([[50], [43], [41], [60]], { variable: 'egfr' });
    const fall = (current: number | undefined) =>
      lastForecast(
        summariseTrajectory(only('egfr'), futures, () => current),
        'egfr',
      )?.chances;
    expect(fall(60)).toEqual([{ threshold: 'egfr-fall-30-percent', probability: 0.25 }]);
    expect(fall(undefined)).toEqual([]);
  });

  it('refuses a trajectory that lacks a variable: a bug of the model’s adapter', () => {
    expect(() => summariseTrajectory(only('sbp'), aTrajectory([[4]]), () => undefined)).toThrow(TypeError);
  });
});

describe('epistemicShare', () => {
  const share = (values: readonly number[], members: number) =>
    epistemicShare(
      Float64Array.from(values),
      aTrajectory(
        values.map((value) => [value]),
        { members },
      ),
    );

  it('is all when the members agree within and differ between', () => {
    expect(share([4, 4, 5, 5], 2)).toBe(1);
  });

  it('is nothing when every member says the same', () => {
    expect(share([4, 5, 4, 5], 2)).toBe(0);
  });

  it('is not known of one member, and nothing for no spread at all', () => {
    expect(share([4, 5], 1)).toBeUndefined();
    expect(share([4, 4, 4, 4], 2)).toBe(0);
  });

  it('takes off what sampling alone would put between the members', () => {
    // Means 4.5 and 5.5: sample variance 0.5; within 0.5, of which half per mean is sampling: 0.25 of 0.75.
    expect(share([4, 5, 5, 6], 2)).toBeCloseTo(1 / 3, 10);
    // Means 4.5, 5.5 and 7.5: sample variance 7/3; within 0.5: (7/3 − 1/4) of (7/3 + 1/4).
    expect(share([4, 5, 5, 6, 7, 8], 3)).toBeCloseTo(25 / 31, 10);
  });

  it('finds a known share without bias', () => {
    // Members whose means have variance 1, futures of variance 4 within: a fifth lies between. The share is turned back
    // into the component between members before averaging, since a ratio of unbiased estimates is not unbiased itself.
    const { normal } = seededRandom('known share');
    const [worlds, members, samplesPerMember] = [2000, 5, 20];
    const shares = Array.from({ length: worlds }, () => {
      const values = Array.from({ length: members }, () => 5 + normal()).flatMap((centre) =>
        Array.from({ length: samplesPerMember }, () => centre + 2 * normal()),
      );
      return epistemicShare(Float64Array.from(values), { members, samplesPerMember }) ?? Number.NaN;
    });
    const between = mean(shares.map((value) => (4 * value) / (1 - value)));
    expect(between).toBeGreaterThan(0.93);
    expect(between).toBeLessThan(1.08);
  });
});
