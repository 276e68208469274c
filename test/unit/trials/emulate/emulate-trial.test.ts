import { describe, expect, it } from 'vitest';
import { emulateTrial } from '../../../../src/trials/emulate/emulate-trial.ts';
import { readEndpoint } from '../../../../src/trials/emulate/endpoint-kind.ts';
import type { Prediction } from '../../../../src/trials/prediction.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';
import { aVirtualTrial, arm, PLACEBO, ratio, row } from './a-virtual-trial.ts';

const SMALL = { people: 24, draws: 0, peopleOfDraw: 0, seed: 'test' };

function predict(trial: TrialFile): readonly Prediction[] {
  return emulateTrial(trial, SMALL).predictions;
}

function predicted(trial: TrialFile): readonly number[] {
  return predict(trial).map((one) => (one.evaluable ? one.predicted : Number.NaN));
}

const STATIN = [
  arm('active', { code: 'atorvastatin', dose: 20, unit: 'mg/d' }),
  arm('more', { code: 'atorvastatin', dose: 80, unit: 'mg/d' }),
  PLACEBO,
];
const DAPAGLIFLOZIN = [arm('active', { code: 'dapagliflozin', dose: 10, unit: 'mg/d' }), PLACEBO];
const FAILING = {
  baseline: {
    age: { mean: 66, sd: 10, unit: 'a' },
    lvef: { mean: 31, sd: 6, unit: '%' },
    nt_probnp: { median: 1500, q1: 800, q3: 2700, unit: 'pg/mL' },
  },
  proportion: { heart_failure: 1, reduced_ejection_fraction: 1, type_2_diabetes: 0.4 },
  background: { 'class:ace-inhibitor': 0.8, 'class:beta-blocker': 0.9 },
};

describe('an emulated trial', () => {
  it('finds metformin to lower HbA1c by about what its row says', () => {
    const [change = 0] = predicted(aVirtualTrial());
    expect(change).toBeGreaterThan(-1.6);
    expect(change).toBeLessThan(-0.6);
  });

  it('finds no difference between two placebos', () => {
    const arms = [arm('active', { code: 'usual-care' }), PLACEBO];
    expect(predicted(aVirtualTrial({ arms, endpoints: [row('hba1c_change'), ratio('cv_death')] }))).toEqual([0, 1]);
  });

  it('finds more of a statin to lower LDL more, within the arm and against placebo', () => {
    const relative = { unit: '% of baseline', measure: 'percent_change' };
    const [low = 0, high = 0, within = 0] = predicted(
      aVirtualTrial({
        arms: STATIN,
        endpoints: [
          row('ldl_c_change_relative', relative),
          row('ldl_c_change_relative', { ...relative, arm: 'more' }),
          row('ldl_c_change_relative', { ...relative, comparator: 'baseline' }),
        ],
      }),
    );
    expect(high).toBeLessThan(low);
    expect(low).toBeLessThan(-30);
    expect(within).toBeCloseTo(low, 0);
  });

  it('gives the difference of the other way round with the other sign', () => {
    const [there = 0, back = 0] = predicted(
      aVirtualTrial({
        endpoints: [row('hba1c_change'), row('hba1c_change', { arm: 'placebo', comparator: 'active' })],
      }),
    );
    expect(back).toBeCloseTo(-there, 9);
  });

  it('finds an SGLT2 inhibitor to protect the failing heart, the first admission more than death', () => {
    const [admission = 0, death = 0, dead = 0, first = 0] = predicted(
      aVirtualTrial({
        population: FAILING,
        arms: DAPAGLIFLOZIN,
        followUpMonths: 18,
        endpoints: [
          ratio('hf_hospitalisation'),
          ratio('cv_death'),
          ratio('death_any_cause'),
          ratio('cv_death_or_hf_hospitalisation'),
        ],
      }),
    );
    expect(admission).toBeLessThan(death);
    expect(death).toBeLessThan(dead);
    expect(dead).toBeLessThan(1);
    expect(first).toBeGreaterThan(Math.min(admission, death));
    expect(first).toBeLessThan(Math.max(admission, death));
  });

  it('states rates and shares of people with a severe hypoglycaemia, more of them after longer', () => {
    const rate = { measure: 'rate', comparator: '', unit: '% of people' };
    const [early = 0, late = 0, perTime = 0] = predicted(
      aVirtualTrial({
        arms: [arm('active', { code: 'glimepiride', dose: 4, unit: 'mg/d' }), PLACEBO],
        followUpMonths: 24,
        endpoints: [
          row('hypoglycaemia_severe', { ...rate, followUpMonths: 12 }),
          row('hypoglycaemia_severe', rate),
          row('hypoglycaemia_severe', { ...rate, unit: 'events per 100 person-years' }),
        ],
      }),
    );
    expect(early).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(1.8 * early);
    expect(perTime).toBeCloseTo(late / 2, 0);
  });

  it('brings pressure down to a target, and by a standardised fall', () => {
    const endpoints = [row('sbp_change', { unit: 'mmHg' })];
    const population = {
      baseline: { sbp: { mean: 150, sd: 8, unit: 'mm[Hg]' } },
      proportion: { heart_failure: 0, type_2_diabetes: 0 },
    };
    const fall = [arm('active', { code: 'sbp-reduction', dose: 10, unit: 'mm[Hg]' }), PLACEBO];
    expect(predicted(aVirtualTrial({ population, arms: fall, endpoints, followUpMonths: 12 }))[0]).toBeCloseTo(-10, 0);
    const target = [arm('active', { code: 'bp-target-120' }), PLACEBO];
    const [reached = 0] = predicted(aVirtualTrial({ population, arms: target, endpoints, followUpMonths: 12 }));
    expect(reached).toBeLessThan(-24);
    expect(reached).toBeGreaterThan(-45);
  });

  it('finds the loss of eGFR slower on an SGLT2 inhibitor, after an acute fall', () => {
    const population = {
      baseline: {
        egfr: { mean: 40, sd: 8, unit: 'mL/min/{1.73_m2}' },
        uacr: { median: 400, q1: 150, q3: 1000, unit: 'mg/g' },
      },
      proportion: { type_2_diabetes: 0.5, heart_failure: 0 },
    };
    const [acute = 0, slope = 0, slower = 0, kidney = 0] = predicted(
      aVirtualTrial({
        population,
        arms: DAPAGLIFLOZIN,
        followUpMonths: 24,
        endpoints: [
          row('egfr_change', { followUpMonths: 1, unit: 'mL/min/1.73m2' }),
          row('egfr_slope', { unit: 'mL/min/1.73m2/year' }),
          row('egfr_slope', { unit: '% slower loss', measure: 'percent_change' }),
          ratio('kidney_composite'),
        ],
      }),
    );
    expect(acute).toBeLessThan(-0.5);
    expect(slope).toBeGreaterThan(0.3);
    expect(slower).toBeGreaterThan(20);
    expect(kidney).toBeLessThan(1);
  });

  it('is the same for the same seed', () => {
    expect(predict(aVirtualTrial())).toEqual(predict(aVirtualTrial()));
  });

  it('widens its predictive error by what the sources leave open', () => {
    const [sure] = predict(aVirtualTrial());
    const [open] = emulateTrial(aVirtualTrial(), { ...SMALL, draws: 4, peopleOfDraw: 12 }).predictions;
    if (sure?.evaluable !== true || open?.evaluable !== true) throw new TypeError('not evaluable');
    expect(open.predicted).toBe(sure.predicted);
    expect(open.predictiveSd).toBeGreaterThan(sure.predictiveSd);
  });

  it('gives a reason instead of a guess', () => {
    const arms = [
      arm('active', { code: 'benfluorex', dose: 450, unit: 'mg/d' }),
      arm('known', { code: 'metformin' }),
      PLACEBO,
    ];
    const reasons = predict(
      aVirtualTrial({
        arms,
        endpoints: [
          row('hba1c_change'),
          row('cd4_change', { arm: 'known' }),
          ratio('quality_of_life', { arm: 'known' }),
          ratio('cv_death', { arm: 'known', comparator: '' }),
          row('hba1c_change', { arm: 'known' }),
        ],
      }),
    ).map((one) => (one.evaluable ? 'evaluable' : one.reason));
    expect(reasons).toEqual([
      'the system has no row for benfluorex',
      'cd4 is no variable of the system',
      'quality_of_life is no endpoint that the system defines',
      'a ratio needs an arm to compare with',
      'evaluable',
    ]);
  });

  it('refuses every row when nobody can be enrolled', () => {
    const [only] = predict(aVirtualTrial({ population: { eligibility: ['urate >= 40'] } }));
    expect(only).toMatchObject({ evaluable: false });
  });
});

describe('endpoints', () => {
  const read = (endpoint: string, unit: string, measure: string) => {
    const [first] = aVirtualTrial({ endpoints: [row(endpoint, { unit, measure })] }).endpoints;
    if (first === undefined) throw new TypeError('no endpoint');
    return readEndpoint(first);
  };

  it('change glucose in mmol/L where the row does', () => {
    expect(read('fasting_glucose_change', 'mmol/L', 'mean_difference')).toMatchObject({ kind: { factor: 1 / 18.016 } });
    expect(read('fasting_glucose_change', 'mg/dL', 'mean_difference')).toMatchObject({ kind: { factor: 1 } });
  });

  it('are relative where their name or their measure says so', () => {
    expect(read('body_weight_change_relative', '% of baseline', 'arm_means')).toMatchObject({
      kind: { isRelative: true },
    });
    expect(read('body_weight_change', 'kg', 'arm_means')).toMatchObject({ kind: { isRelative: false } });
  });

  it('of events are not understood as a difference of means', () => {
    expect(read('cv_death', '%-points', 'mean_difference')).toMatchObject({ ok: false });
  });
});

describe('a row whose drug does more than the system holds', () => {
  const arms = [arm('active', { code: 'sibutramine', dose: 15, unit: 'mg/d' }), PLACEBO];
  const endpoints = [row('sbp_change', { unit: 'mm[Hg]' }), row('body_weight_change', { unit: 'kg' })];

  it('is not evaluable, while the others are', () => {
    const [pressure, weight] = predict(aVirtualTrial({ arms, endpoints }));
    expect(pressure).toMatchObject({ evaluable: false, reason: 'what sibutramine does to sbp is not modelled' });
    expect(weight).toMatchObject({ evaluable: true });
  });
});
