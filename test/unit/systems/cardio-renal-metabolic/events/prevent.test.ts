import { describe, expect, it } from 'vitest';
import { logPreventHazard, preventRisk } from '../../../../../src/systems/cardio-renal-metabolic/events/prevent.ts';
import type { PreventInput } from '../../../../../src/systems/cardio-renal-metabolic/events/prevent.ts';
import { riskFactors } from './builders.ts';

/** The worked example of the R package preventr (README, version 0.11). */
const EXAMPLE: PreventInput = {
  age: 50,
  female: true,
  totalCholesterol: 200,
  hdl: 45,
  sbp: 160,
  egfr: 90,
  bmi: 35,
  type2Diabetes: true,
  smoker: false,
  antihypertensive: true,
  statin: false,
};

describe('the PREVENT equations', () => {
  it.each([
    ['coronary', 0.044],
    ['stroke', 0.054],
    ['heartFailure', 0.081],
  ] as const)('give the %s risk of the worked example of preventr to its printed precision', (outcome, risk) => {
    expect(Number(preventRisk(outcome, EXAMPLE).toFixed(3))).toBe(risk);
  });

  // Khan 2024, page 441: the woman of the example, total cholesterol 240, HDL 55, without diabetes.
  it.each([
    [false, 0.025],
    [true, 0.047],
  ])('give the heart failure risk of the publication (smoker: %s)', (smoker, risk) => {
    const woman = { ...EXAMPLE, totalCholesterol: 240, hdl: 55, type2Diabetes: false, smoker };
    expect(Number(preventRisk('heartFailure', woman).toFixed(3))).toBe(risk);
  });

  it('ask for higher risk in men who take no drugs than in women alike', () => {
    const alike = { ...EXAMPLE, antihypertensive: false };
    expect(preventRisk('coronary', { ...alike, female: false })).toBeGreaterThan(preventRisk('coronary', alike));
  });
});

describe('logPreventHazard', () => {
  it('adds up to the risk over ten years of its own middle', () => {
    const factors = riskFactors({ sbp: 130, hdl: 50 });
    const atStart: PreventInput = {
      ...factors,
      age: factors.age - 5,
      sbp: 130,
      totalCholesterol: 50 + 3.5 / 0.02586,
      antihypertensive: false,
      statin: false,
    };
    const hazard = Math.exp(logPreventHazard('stroke', factors));
    expect(1 - Math.exp(-10 * hazard)).toBeCloseTo(preventRisk('stroke', atStart), 12);
  });

  it('reads neither pressure nor LDL, which act by what trials found', () => {
    const one = logPreventHazard('coronary', riskFactors({ sbp: 190, ldl: 300 }));
    expect(one).toBe(logPreventHazard('coronary', riskFactors({ sbp: 110, ldl: 30 })));
  });

  it('does not let a low GFR protect anyone however old', () => {
    for (const female of [true, false]) {
      for (const outcome of ['coronary', 'stroke', 'heartFailure'] as const) {
        const low = logPreventHazard(outcome, riskFactors({ age: 99, female, egfr: 20 }));
        expect(low).toBeGreaterThanOrEqual(logPreventHazard(outcome, riskFactors({ age: 99, female, egfr: 59 })));
      }
    }
  });
});
