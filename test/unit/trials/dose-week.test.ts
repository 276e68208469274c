import { describe, expect, test } from 'vitest';
import { placeboSubtracted, poolNeighbours, scoreDoseWeek } from '../../../src/trials/dose-week.ts';
import type { ArmWeek } from '../../../src/trials/dose-week.ts';
import { at } from '../../../src/core/array.ts';

function anArm(parts: Partial<ArmWeek> = {}): ArmWeek {
  return {
    study: 'one',
    treatment: 'alphastat 10 mg',
    agent: 'alphastat',
    dose: 10,
    doseUnit: 'mg/day',
    week: 12,
    change: -1,
    unit: '%',
    standardError: 0.03,
    ...parts,
  };
}

function placebo(parts: Partial<ArmWeek> = {}): ArmWeek {
  return anArm({ treatment: 'placebo', agent: 'placebo', dose: 0, change: -0.2, standardError: 0.04, ...parts });
}

/** Six studies whose effect grows with week, and differs between studies. */
const effects = placeboSubtracted(
  [0, 1, 2, 3, 4, 5].flatMap((index) => {
    const study = `study ${index}`;
    return [4, 12].flatMap((week) => [
      anArm({ study, week, change: -0.05 * week - 0.2 - 0.1 * index }),
      placebo({ study, week }),
    ]);
  }),
);

describe('placebo-subtracted effects', () => {
  test('are arm less placebo of the same study and week, errors added in quadrature', () => {
    const [effect] = placeboSubtracted([anArm(), placebo(), placebo({ week: 24, change: 5 })]);
    expect(effect?.value).toBeCloseTo(-0.8, 12);
    expect(effect?.standardError).toBeCloseTo(0.05, 12);
  });

  test('need a placebo arm of the same study', () => {
    expect(placeboSubtracted([anArm(), placebo({ study: 'two' })])).toEqual([]);
  });
});

describe('pooling of other studies', () => {
  test('does not see the own study', () => {
    const target = at(effects, 0);
    const changed = effects.map((effect) => (effect.study === target.study ? { ...effect, value: 99 } : effect));
    expect(poolNeighbours(changed)(target)).toEqual(poolNeighbours(effects)(target));
  });

  test('takes the nearest week of each study', () => {
    const at12 = at(effects, 1);
    expect(poolNeighbours(effects)(at12)?.value).toBeCloseTo(-0.05 * 12 - 0.3, 2);
  });

  test('knows nothing of an agent that no other study has', () => {
    expect(poolNeighbours(effects)({ ...at(effects, 0), agent: 'betapril' })).toBeUndefined();
  });
});

describe('the dose × week contest', () => {
  test('is won by a simulator that knows each effect', () => {
    const verdict = scoreDoseWeek(effects, ({ value }) => ({ value: value + 0.01, sd: 0 }));
    expect(verdict.bars.isMoreExact).toBe(true);
    expect(verdict.simulator.rootMeanSquareError).toBeCloseTo(0.01, 10);
  });

  test('is lost by one that sees no effect', () => {
    const verdict = scoreDoseWeek(effects, () => ({ value: 0, sd: 0 }));
    expect(verdict.bars.isMoreExact).toBe(false);
  });

  test('names the drugs that the simulator does not know', () => {
    const verdict = scoreDoseWeek(effects, () => undefined);
    expect(verdict).toMatchObject({ effects: 12, predicted: 0, missed: ['alphastat'] });
    expect(verdict.bars).toEqual({ isMoreExact: false, isCoverageHonest: false });
  });

  test('coverage is not honest when the intervals are far too wide', () => {
    const verdict = scoreDoseWeek(effects, ({ value }) => ({ value, sd: 10 }));
    expect(verdict.simulator.coverage).toEqual({ hits: 12, of: 12 });
    expect(verdict.bars.isCoverageHonest).toBe(false);
  });
});
