import { describe, expect, it } from 'vitest';
import {
  balancedGlucose,
  capacityFor,
  NO_PUSH,
  sensitivityOfWeight,
} from '../../../../../src/systems/cardio-renal-metabolic/physiology/glycaemia.ts';
import type { GlucoseBalance } from '../../../../../src/systems/cardio-renal-metabolic/physiology/glycaemia.ts';

/** The healthy person of Topp 2000: 100 mg/dL at 10 µU/mL. */
const HEALTHY: GlucoseBalance = {
  output: 864,
  clearance: 1.44,
  sensitivity: 0.72,
  capacity: (300 * 43.2) / 432,
  halfStimulation: 20_000,
};

const DIABETES: GlucoseBalance = { ...HEALTHY, capacity: capacityFor(183, HEALTHY) };

const restOf = (balance: GlucoseBalance): number => balancedGlucose(balance, NO_PUSH, 100, false);

describe('balancedGlucose', () => {
  it('rests at 100 mg/dL with the constants of Topp 2000', () => {
    expect(restOf(HEALTHY)).toBeCloseTo(100, 6);
  });

  it('finds the same glucose from far below and far above', () => {
    const push = { ...NO_PUSH, capacity: 0.4, spilled: 0.3 };
    expect(balancedGlucose(DIABETES, push, 20, false)).toBeCloseTo(balancedGlucose(DIABETES, push, 600, false), 6);
  });

  it('is right to a hundredth of a mg/dL when it starts from where it was', () => {
    const before = restOf(DIABETES);
    const push = { ...NO_PUSH, output: -0.1 };
    expect(balancedGlucose(DIABETES, push, before)).toBeCloseTo(balancedGlucose(DIABETES, push, before, false), 2);
  });

  it.each([
    ['less output of the liver', { output: -0.2 }],
    ['more sensitivity', { sensitivity: 0.3 }],
    ['more secretion', { capacity: 0.3 }],
    ['glucose spilled by the kidneys', { spilled: 0.5 }],
    ['insulin from outside', { injected: 2 }],
  ] as const)('falls in diabetes with %s', (_, change) => {
    expect(balancedGlucose(DIABETES, { ...NO_PUSH, ...change }, 183, false)).toBeLessThan(180);
  });

  it.each([
    ['less output of the liver', { output: -0.3 }],
    ['more secretion', { capacity: 1 }],
    ['glucose spilled by the kidneys', { spilled: 1 }],
  ] as const)('stays where it is in a healthy person with %s', (_, change) => {
    expect(balancedGlucose(HEALTHY, { ...NO_PUSH, ...change }, 100, false)).toBeCloseTo(100, 6);
  });

  it('is defended at 70 mg/dL against insulin from outside', () => {
    expect(balancedGlucose(HEALTHY, { ...NO_PUSH, injected: 60 }, 100, false)).toBe(70);
  });

  it('answers a lost half of secretion with a glucose that rises the further the less is left', () => {
    const at = (capacity: number): number => restOf({ ...HEALTHY, capacity });
    expect(at(7.5) - at(15)).toBeGreaterThan(at(15) - at(30));
  });
});

describe('capacityFor', () => {
  it.each([80, 100, 150, 250, 400])('is the capacity at which %d mg/dL balances', (glucose) => {
    expect(restOf({ ...HEALTHY, capacity: capacityFor(glucose, HEALTHY) })).toBeCloseTo(glucose, 4);
  });

  it('is nothing where glucose clears itself without insulin', () => {
    expect(capacityFor(2000, HEALTHY)).toBe(0);
  });
});

describe('sensitivityOfWeight', () => {
  it('rises by the given share for the first percent of weight lost', () => {
    expect(sensitivityOfWeight(-0.01, 0.035)).toBeCloseTo(0.0356, 3);
  });

  it('falls with weight gained', () => {
    expect(sensitivityOfWeight(0.05, 0.035)).toBeLessThan(0);
  });
});
