import { describe, expect, it } from 'vitest';
import {
  OBJECTIVES,
  OBJECTIVE_NAMES,
  rewardOf,
  weightsOf,
} from '../../../../../src/systems/cardio-renal-metabolic/environment/objectives.ts';
import {
  OUTCOMES,
  OUTCOME_IDS,
  summed,
} from '../../../../../src/systems/cardio-renal-metabolic/environment/outcomes.ts';
import type { Amounts, Stretch } from '../../../../../src/systems/cardio-renal-metabolic/environment/outcomes.ts';
import { aRegimen, meanGain } from './builders.ts';

const nothing: Amounts = summed([]);

describe('rewards', () => {
  it.each(OBJECTIVE_NAMES)('fall under the objective %s with more of every outcome that it weighs', (name) => {
    const weights = weightsOf(name);
    for (const id of OUTCOME_IDS) {
      const change = rewardOf(weights, { ...nothing, [id]: 1 }) - rewardOf(weights, nothing);
      expect(Math.sign(change), id).toBe(id in OBJECTIVES[name] ? -1 : 0);
    }
  });

  it.each(OBJECTIVE_NAMES)('never pay for an early death under %s', (name) => {
    // The worst year that a living adult could have: HbA1c 13 %, 100 kg of excess weight, ten classes, no events.
    const worst = { ...nothing, glucose: 6, weight: 100, burden: 10, kidney: 5 };
    const weights = weightsOf(name);
    expect(rewardOf(weights, { ...nothing, life_lost: 1 })).toBeLessThan(rewardOf(weights, worst));
  });

  it('follow weights of one’s own', () => {
    expect(rewardOf(weightsOf({ heart: 3 }), { ...nothing, heart: 2, burden: 9 })).toBe(-6);
  });

  it.each([
    ['hyperkalaemia', 1],
    ['angioedema', 1],
    ['egfr_decline_40', 0],
    ['mi', 0],
  ])('count %s as a side effect %d times', (id, times) => {
    expect(OUTCOMES.side_effects.amount({ events: [{ id }] } as unknown as Stretch)).toBe(times);
  });

  it('add up over stretches', () => {
    expect(
      summed([
        { ...nothing, heart: 1 },
        { ...nothing, heart: 2 },
      ]).heart,
    ).toBe(3);
  });
});

describe('objectives see what drugs do', () => {
  const year = { horizon: 365 } as const;

  it.each([
    ['glucose', { metformin: 2000 }, 1],
    ['weight', { tirzepatide: 1.428571 }, 1],
    ['weight', { 'insulin glargine': 45 }, -1],
    ['kidney', { empagliflozin: 10 }, 1],
    ['burden', { metformin: 2000 }, -1],
    ['hypoglycaemia', { 'insulin glargine': 45 }, -1],
  ] as const)('%s under %o', (objective, doses, sign) => {
    const weights = { ...OBJECTIVES[objective], life_lost: 0 };
    expect(Math.sign(meanGain(aRegimen(doses), { ...year, objective: weights }, 30))).toBe(sign);
  });

  it('heart under a statin, an SGLT2 inhibitor and an ACE inhibitor', () => {
    const regimen = aRegimen({ rosuvastatin: 20, empagliflozin: 10, lisinopril: 20 });
    expect(meanGain(regimen, { horizon: 1826, objective: { heart: 1 } }, 80)).toBeGreaterThan(0);
  });
});
