import { describe, expect, it } from 'vitest';
import { planArm } from '../../../../src/trials/emulate/arm-plan.ts';
import { readEndpoint } from '../../../../src/trials/emulate/endpoint-kind.ts';
import { withImpliedEligibility } from '../../../../src/trials/emulate/implied-eligibility.ts';
import { drawTrialCohort } from '../../../../src/trials/emulate/trial-cohort.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { aVirtualTrial, row } from './a-virtual-trial.ts';

function baselineOf(baseline: object) {
  return aVirtualTrial({ population: { baseline } }).population.baseline;
}

function drawn(population: object) {
  return drawTrialCohort(worldOf('none'), aVirtualTrial({ population }), 20, 'units');
}

describe('the baseline table', () => {
  it.each([
    ['ldl', 3.9, 1, 'mmol/L', 150.8, 38.67],
    ['hba1c', 66, 10, 'mmol/mol', 8.19, 0.915],
    ['fasting_glucose', 9, 2, 'mmol/l', 162.1, 36.03],
    ['urate', 360, 60, 'µmol/L', 6.05, 1.009],
    ['body_weight', 220, 44, 'lb', 99.79, 19.96],
    ['uacr', 10, 5, 'mg/mmol', 88.4, 44.2],
    ['hba1c', 8.2, 0.8, '%', 8.2, 0.8],
    ['egfr', 60, 10, 'mL/min per 1.73 m²', 60, 10],
  ])('has %s of %d ± %d %s in the unit of the system', (item, mean, sd, unit, own, ownSd) => {
    const read = baselineOf({ [item]: { mean, sd, unit } })[item];
    expect(read?.form === 'mean' ? read.mean : Number.NaN).toBeCloseTo(own, 1);
    expect(read?.form === 'mean' ? read.sd : Number.NaN).toBeCloseTo(ownSd, 1);
  });

  it('has median and quartiles in the unit of the system', () => {
    const read = baselineOf({ hba1c: { median: 64, q1: 56, q3: 75, unit: 'mmol/mol' } }).hba1c;
    expect(read).toMatchObject({ form: 'median', unit: '%' });
    const { median, q1, q3 } = read as { median: number; q1: number; q3: number };
    expect([median, q1, q3].map((value) => value.toFixed(2))).toEqual(['8.01', '7.27', '9.01']);
  });

  it.each([
    ['hba1c', 8.2, 'furlong'],
    ['hba1c', 66, '%'],
    ['ldl', 3.9, 'mg/dL'],
    ['sbp', 18, 'mmHg'],
    ['egfr', 60, 'mL/min'],
  ])('leaves out %s of %d %s, and rows of that variable cannot be evaluated', (item, mean, unit) => {
    const trial = aVirtualTrial({
      population: { baseline: { [item]: { mean, unit } } },
      endpoints: [row(`${item}_change_relative`, { unit: '%' }), row('heart_rate_change', { unit: '/min' })],
    });
    expect(trial.population.baseline).toEqual({});
    expect(trial.endpoints.map((endpoint) => readEndpoint(endpoint).ok)).toEqual([false, true]);
    const cohort = drawTrialCohort(worldOf('none'), trial, 10, 'units');
    expect(cohort.ok ? cohort.cohort.notes.join() : '').toContain(`baseline ${item}`);
  });

  it('is read by every name of an item, as eligibility is', () => {
    const { population } = aVirtualTrial({
      population: {
        baseline: { 'LDL-C': { mean: 150, unit: 'mg/dL' }, BMI: { mean: 30, unit: 'kg/m²' } },
        eligibility: ['HbA1c >= 7 and LDL_C > 100'],
      },
    });
    expect(Object.keys(population.baseline)).toEqual(['ldl', 'bmi']);
    expect(population.eligibility.map(({ item }) => item)).toEqual(['hba1c', 'ldl']);
  });

  it('may have an item under one name only', () => {
    const ldl = { mean: 150, unit: 'mg/dL' };
    expect(() => aVirtualTrial({ population: { baseline: { ldl, ldl_c: ldl } } })).toThrow('stands twice');
  });

  it('speaks of HbA1c under another name, so that nothing is implied', () => {
    const baseline = { A1c: { mean: 8, sd: 1, unit: '%' } };
    expect(withImpliedEligibility(aVirtualTrial({ population: { baseline } })).notes).toEqual([]);
    const silent = aVirtualTrial({ population: { baseline: {} }, endpoints: [row('A1C change')] });
    expect(withImpliedEligibility(silent).notes).toHaveLength(1);
  });
});

describe('a bound of eligibility', () => {
  it.each([
    'hba1c >= 48',
    'ldl >= 2.6',
    'ldl >= 4.1',
    'urate > 0.36',
    'fasting_glucose >= 7',
    'sbp > 13',
    'urate < 0.5',
  ])('%s is in no unit of the system', (line) => {
    expect(drawn({ eligibility: [line] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('eligibility') as string,
    });
  });

  it.each([
    'hba1c >= 7',
    'hba1c <= 12',
    'ldl >= 70',
    'triglycerides < 1000',
    'body_weight <= 160',
    'urate <= 11',
    'type_2_diabetes = 1',
    'uacr >= 0',
  ])('%s is', (line) => {
    expect(drawn({ eligibility: [line] }).ok).toBe(true);
  });

  it('is not guessed at where the table has the item in another unit', () => {
    const population = (value: number) => ({
      baseline: { uacr: { median: 50, unit: 'mg/mmol' } },
      eligibility: [`uacr > ${value}`],
    });
    const trial = (value: number) => aVirtualTrial({ population: population(value) });
    expect(trial(30).endpoints.map(({ unreadable }) => unreadable)).toEqual([expect.stringContaining('mg/mmol')]);
    expect(trial(5000).endpoints.map(({ unreadable }) => unreadable)).toEqual([undefined]);
  });
});

describe('a cohort that cannot be', () => {
  it('is refused when the table contradicts eligibility', () => {
    const baseline = { hba1c: { mean: 8, sd: 0.5, unit: '%' } };
    expect(drawn({ baseline, eligibility: ['hba1c >= 12'] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('hba1c (8) cannot be met') as string,
    });
    expect(drawn({ baseline, eligibility: ['hba1c >= 7'] }).ok).toBe(true);
  });

  it('is refused when the spread collapses', () => {
    const baseline = { sbp: { mean: 130, sd: 20, unit: 'mm[Hg]' } };
    expect(drawn({ baseline, eligibility: ['sbp >= 128 and sbp <= 132'] }).ok).toBe(false);
  });

  it('is refused when many of its people would have values that nobody has', () => {
    expect(drawn({ baseline: { lvef: { mean: 60, sd: 40, unit: '%' } } })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('lvef') as string,
    });
  });
});

describe('a slope of eGFR', () => {
  const slope = (followUpMonths: number) =>
    aVirtualTrial({
      endpoints: [row('egfr_slope', { unit: 'mL/min/1.73m2/year', followUpMonths: 2 })],
      followUpMonths,
    }).endpoints.map((endpoint) => readEndpoint(endpoint).ok);

  it('needs half a year after the acute change', () => {
    expect(slope(3)).toEqual([false]);
    expect(slope(24)).toEqual([true]);
  });
});

describe('doses that an arm can have', () => {
  const planned = (code: string, dose: number, unit: string, more: object = {}) => {
    const [arm] = aVirtualTrial({
      arms: [
        { id: 'active', interventions: [{ code, dose, unit, ...more }] },
        { id: 'placebo', interventions: [{ code: 'placebo' }] },
      ],
    }).arms;
    if (arm === undefined) throw new TypeError('no arm');
    return planArm(arm);
  };
  const courseOf = (code: string, dose: number, unit: string) => {
    const result = planned(code, dose, unit);
    const course = result.ok ? result.plan.alternatives[0]?.plan.courses[0] : undefined;
    return [course?.intervention.ingredient, course?.steps.at(-1)?.dose];
  };

  it.each([
    ['metformin', 2, 'kg/d'],
    ['metformin', 2000, 'g/d'],
    ['metformin', 2, 'mg/d'],
    ['dulaglutide', 1.5, 'mg/d'],
    ['semaglutide', 1, 'mg/d'],
    ['semaglutide', 2.4, 'mg/d'],
    ['liraglutide', 1.8, 'mg/wk'],
    ['phentermine-topiramate', 20, 'mg/d'],
    ['naltrexone-bupropion', 50, 'mg/d'],
    ['sacubitril-valsartan', 194, 'mg/d'],
    ['exercise', 150, '1'],
  ])('are not %s %d %s', (code, dose, unit) => {
    expect(planned(code, dose, unit)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/dose|read/) as string,
    });
  });

  it('are none without a unit', () => {
    const [arm] = aVirtualTrial({
      arms: [
        { id: 'active', interventions: [{ code: 'glimepiride', dose: 2 }] },
        { id: 'placebo', interventions: [{ code: 'placebo' }] },
      ],
    }).arms;
    expect(arm === undefined ? undefined : planArm(arm)).toMatchObject({ ok: false });
  });

  it.each([
    ['semaglutide', 14, 'mg/d', 'semaglutide-oral', 14],
    ['semaglutide', 7.2, 'mg/wk', 'semaglutide', 7.2 / 7],
    ['semaglutide', 1, 'mg', 'semaglutide', 1 / 7],
    ['semaglutide-oral', 50, 'mg/d', 'semaglutide-oral', 50],
    ['liraglutide', 12.6, 'mg/wk', 'liraglutide', 1.8],
    ['exenatide', 0.02, 'mg/d', 'exenatide-twice-daily', 0.02],
    ['atorvastatin', 2.5, 'mg/d', 'atorvastatin', 2.5],
    ['evolocumab', 140, 'mg', 'evolocumab', 10],
    ['evolocumab', 420, 'mg', 'evolocumab', 420 / 30.4375],
    ['inclisiran', 284, 'mg', 'inclisiran', 1.56],
    ['phentermine-topiramate', 15, 'mg/d', 'phentermine-topiramate', 107],
    ['phentermine-topiramate', 7.5, 'mg/d', 'phentermine-topiramate', 53.5],
    ['phentermine-topiramate', 3.75, 'mg/d', 'phentermine-topiramate', 26.75],
    ['phentermine-topiramate', 107, 'mg/d', 'phentermine-topiramate', 107],
    ['naltrexone-bupropion', 32, 'mg/d', 'naltrexone-bupropion', 392],
  ])('are %s %d %s', (code, dose, unit, ingredient, daily) => {
    const [name, read] = courseOf(code, dose, unit);
    expect(name).toBe(ingredient);
    expect(read).toBeCloseTo(daily, 2);
  });

  it('start low where insulin is titrated to target and no dose is stated', () => {
    const [arm] = aVirtualTrial({
      arms: [
        { id: 'active', interventions: [{ code: 'insulin glargine', titrated: true }] },
        { id: 'placebo', interventions: [{ code: 'placebo' }] },
      ],
    }).arms;
    const result = arm === undefined ? undefined : planArm(arm);
    const course = result?.ok === true ? result.plan.alternatives[0]?.plan.courses[0] : undefined;
    expect(course).toMatchObject({ steps: [{ day: 0, dose: 10 }], isToEffect: true, isDoseStated: false });
  });
});

describe('a bound beside a table in another unit', () => {
  it('is in the unit of the system where people could not have it in the other', () => {
    const baseline = { hba1c: { mean: 66, sd: 10, unit: 'mmol/mol' } };
    expect(drawn({ baseline, eligibility: ['hba1c <= 10.5'] })).toMatchObject({ ok: true });
  });
});
