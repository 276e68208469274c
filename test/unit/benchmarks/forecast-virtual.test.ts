import { describe, expect, test } from 'vitest';
import type { ForecastCell } from '../../../src/benchmarks/forecast-cells.ts';
import { figuresOf } from '../../../src/benchmarks/forecast-cells.ts';
import { meanSkill, skillFigures } from '../../../src/benchmarks/forecast-skill.ts';
import { runForecastVirtual } from '../../../src/benchmarks/forecast-virtual.ts';
import { drawVirtualCases } from '../../../src/benchmarks/virtual-cases.ts';
import { at } from '../../../src/core/array.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { dosesOf } from '../../../src/systems/doses.ts';

const CONTEST = { model: 'a', strong: 'b', naive: 'c' };

function aCell(forecaster: string, person: number, crps: number, effectError?: number): ForecastCell {
  const score = { crps, absoluteError: crps, isCovered: crps < 2 };
  const cell = { forecaster, person, variable: 'potassium', day: 7, ...score };
  return effectError === undefined ? cell : { ...cell, effectError };
}

describe('skill', () => {
  const cells = [0, 1, 2, 3].flatMap((person) => [
    aCell('a', person, 2, 4),
    aCell('b', person, 1, 1),
    aCell('c', person, 5, 9),
  ]);
  const [figures] = skillFigures(cells, CONTEST, 'seed');

  test('a model half way between naive and strong has half the skill', () => {
    expect(figures?.forecast.value).toBe(0.75);
    expect(figures?.effect.value).toBe(0.5);
  });

  test('people who are all alike leave no uncertainty', () => {
    expect(figures?.forecast).toEqual({ value: 0.75, low: 0.75, high: 0.75 });
  });

  test('the mean skill is that of the variables', () => {
    expect(meanSkill(skillFigures(cells, CONTEST, 'seed'), 'effect')).toBe(0.5);
  });
});

test('figures are averages per forecaster, variable and day', () => {
  const [figures, ...others] = figuresOf([aCell('a', 0, 1, 4), aCell('a', 1, 3, 16)]);
  expect(others).toEqual([]);
  expect(figures).toMatchObject({ forecasts: 2, crps: 2, coverage: 0.5, effectError: 3.1623 });
});

describe('virtual cases', () => {
  const cases = drawVirtualCases(system, { people: 5, seed: 'unit', world: 'none' });

  test('as many people come as were asked for, the same for the same seed', () => {
    expect(cases).toHaveLength(5);
    expect(drawVirtualCases(system, { people: 5, seed: 'unit', world: 'none' })).toEqual(cases);
  });

  test('every case is known on the forecast horizon under two regimens', () => {
    for (const { days, regimens, observed, truth } of cases) {
      expect(days).toEqual(system.horizon);
      expect([regimens.length, observed.length, truth.length]).toEqual([2, 2, 2]);
    }
  });

  test('a regimen that is held as before gives the doses of now', () => {
    const unchanged = cases.find(({ history, regimens }) => {
      const doses = dosesOf(system, at(regimens, 0));
      return doses.every((dose, channel) => Math.abs(dose - at(history.doses, channel)) < 1e-9);
    });
    expect(unchanged).toBeDefined();
  });
});

test('wrong arguments are named all together', async () => {
  const run = runForecastVirtual(['--people', 'many', '--samples', '0'], () => undefined);
  await expect(run).rejects.toMatchObject({
    code: 'config.invalid',
    details: ['--people takes a whole number above 1', '--samples takes a whole number above 1'],
  });
});
