import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/domain/system.ts';
import { rankByRisk, riskOf } from '../../../src/planner/rank.ts';
import type { RegimenRisk } from '../../../src/planner/rank.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aTrajectory } from '../../fakes/a-trajectory.ts';

const potassiumOnly: System = {
  ...cardioRenalMetabolic,
  variables: cardioRenalMetabolic.variables.filter(({ id }) => id === 'potassium'),
};

function aRisk(regimenId: string, leaving: number, of = 400): RegimenRisk {
  const leaves = Uint8Array.from({ length: of }, (_, sample) => (sample < leaving ? 1 : 0));
  return { regimenId, probability: leaving / of, standardError: 0, leaves };
}

describe('riskOf', () => {
  it('is the share of futures that leave the safe range on any side, on any day', () => {
    const futures = aTrajectory([
      [4, 4],
      [5.6, 4],
      [4, 3.4],
      [5.6, 6.2],
    ]);
    const risk = riskOf(potassiumOnly, futures, () => undefined);
    expect(risk.probability).toBe(0.75);
    expect(risk.standardError).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 4), 10);
    expect([...risk.leaves]).toEqual([0, 1, 1, 1]);
  });
});

describe('riskOf with instruments that err', () => {
  it('counts the patients who leave the safe range, not the measurements that do', () => {
    const measured = [[6], [6], [4], [4]];
    const levels = [[5], [5.6], [4], [3.2]];
    expect([...riskOf(potassiumOnly, aTrajectory(measured, { levels }), () => undefined).leaves]).toEqual([0, 1, 0, 1]);
  });
});

describe('rankByRisk', () => {
  it('ranks by the chance of leaving the safe range', () => {
    const ranks = rankByRisk([aRisk('high', 200), aRisk('low', 10), aRisk('middle', 80)]);
    expect([...ranks]).toEqual([
      ['low', 1],
      ['middle', 2],
      ['high', 3],
    ]);
  });

  it('lets candidates share a rank that differ by less than two standard errors', () => {
    const ranks = rankByRisk([aRisk('one', 10), aRisk('other', 13), aRisk('third', 100)]);
    expect([...ranks.values()]).toEqual([1, 1, 3]);
  });

  it('tells apart what common random numbers tell apart', () => {
    // Ten more futures leave, and none comes back: unpaired within noise, paired beyond doubt.
    expect([...rankByRisk([aRisk('one', 100), aRisk('other', 110)]).values()]).toEqual([1, 2]);
  });

  it('measures each candidate against the safest of its rank, not against its neighbour', () => {
    // Each differs from its neighbour by three futures (within noise), the third from the first by six (beyond it).
    expect([...rankByRisk([aRisk('one', 10), aRisk('two', 13), aRisk('three', 16)]).values()]).toEqual([1, 1, 3]);
  });

  it('gives everyone the first rank when nobody leaves', () => {
    expect([...rankByRisk([aRisk('one', 0), aRisk('other', 0)]).values()]).toEqual([1, 1]);
  });

  it('ranks nothing when there is nothing', () => {
    expect([...rankByRisk([])]).toEqual([]);
  });
});
