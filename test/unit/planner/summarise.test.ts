import { describe, expect, it } from 'vitest';
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

  it('is nothing for one member, and for no spread at all', () => {
    expect(share([4, 5], 1)).toBe(0);
    expect(share([4, 4, 4, 4], 2)).toBe(0);
  });

  it('takes off what sampling alone would put between the members', () => {
    // Means 4.5 and 5.5: variance 0.25; within 0.25, of which half per mean is sampling: (0.25 − 0.125) of 0.375.
    expect(share([4, 5, 5, 6], 2)).toBeCloseTo(1 / 3, 10);
  });
});
