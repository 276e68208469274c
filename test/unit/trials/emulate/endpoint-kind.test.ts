import { describe, expect, it } from 'vitest';
import { readEndpoint } from '../../../../src/trials/emulate/endpoint-kind.ts';
import type { TrialEndpoint } from '../../../../src/trials/trial-file.ts';

function anEndpoint(endpoint: string, unit: string, measure: TrialEndpoint['measure']): TrialEndpoint {
  return { endpoint, unit, measure, arm: 'a', comparator: 'b', estimate: 1, ciLevel: 0.95, followUpMonths: 12 };
}

function kindOf(endpoint: string, unit: string, measure: TrialEndpoint['measure']): unknown {
  const read = readEndpoint(anEndpoint(endpoint, unit, measure));
  return read.ok ? read.kind : undefined;
}

describe('changes of a variable', () => {
  it.each([
    ['potassium_change', 'mmol/L', 'potassium', false],
    ['uacr_change_relative', '%', 'uacr', true],
    ['nt_probnp_change_relative', '%', 'nt_probnp', true],
    ['ntprobnp_change', '%', 'nt_probnp', true],
    ['triglycerides_change_relative', '%', 'triglycerides', true],
    ['hdl_c_change_relative', '%', 'hdl', true],
    ['ldl_cholesterol_change', '%', 'ldl', true],
    ['urate_change', 'mg/dL', 'urate', false],
    ['uric_acid_change', 'mg/dL', 'urate', false],
    ['heart_rate_change', '/min', 'heart_rate', false],
    ['lvef_change', '%', 'lvef', false],
    ['hba1c_change', '%', 'hba1c', false],
    ['body_weight_change', '%', 'body_weight', true],
    ['weight_change', 'kg', 'body_weight', false],
    ['fpg_change', 'mg/dL', 'fasting_glucose', false],
  ])('%s in %s is one of %s', (endpoint, unit, variable, isRelative) => {
    expect(kindOf(endpoint, unit, 'mean_difference')).toEqual({ kind: 'change', variable, isRelative, factor: 1 });
  });

  it.each([
    ['hba1c_change', 'mmol/mol', 1, 10.93],
    ['fasting_glucose_change', 'mmol/L', 18.016, 1],
    ['urate_change', 'umol/L', 1, 59.48],
    ['uacr_change', 'mg/mmol', 8.84, 1],
  ])('%s is given in %s', (endpoint, unit, own, other) => {
    const kind = kindOf(endpoint, unit, 'mean_difference') as { readonly factor: number };
    expect(own * kind.factor).toBeCloseTo(other, 1);
  });

  it.each(['waist_change', 'cd4_change', 'constructor_change', '_change'])('%s is of no variable', (endpoint) => {
    expect(kindOf(endpoint, 'cm', 'mean_difference')).toBeUndefined();
  });
});

describe('events', () => {
  it.each([
    ['diabetes_incidence', 'new_diabetes'],
    ['new-onset diabetes', 'new_diabetes'],
    ['mace', 'mace_3point'],
    ['mi_any', 'mi'],
    ['stroke_any', 'stroke'],
    ['eskd', 'kidney_failure'],
    ['hyperkalemia', 'hyperkalaemia'],
    ['hypoglycemia_severe', 'hypoglycaemia_severe'],
    ['hf_hospitalization', 'hf_hospitalisation'],
    ['cv_death_or_hf_hospitalization', 'cv_death_or_hf_hospitalisation'],
    ['all_cause_mortality', 'death_any_cause'],
    ['cardiovascular_death', 'cv_death'],
    ['renal_composite', 'kidney_composite'],
    ['doubling_of_serum_creatinine', 'egfr_decline_57'],
    ['gout_flares', 'gout_flare'],
    ['edema', 'oedema'],
  ])('%s is %s', (endpoint, name) => {
    const kind = kindOf(endpoint, 'ratio', 'risk_ratio');
    expect(kind).toBeDefined();
    expect(kind).toEqual(kindOf(name, 'ratio', 'risk_ratio'));
  });

  it.each(['mi_fatal', 'stroke_fatal', 'death_any_cause_or_hf_hospitalisation', 'angioedema', 'sudden_death'])(
    '%s is read',
    (endpoint) => {
      expect(kindOf(endpoint, 'ratio', 'hazard_ratio')).toMatchObject({ kind: 'event', summary: 'hazard-ratio' });
    },
  );

  it.each(['mace_4point', 'unstable_angina', 'retinopathy', 'amputation', 'hypoglycaemia', 'constructor'])(
    '%s is none that the system defines',
    (endpoint) => {
      expect(kindOf(endpoint, 'ratio', 'hazard_ratio')).toBeUndefined();
    },
  );

  it('are no mean difference', () => {
    expect(kindOf('stroke', 'ratio', 'mean_difference')).toBeUndefined();
  });
});

describe('units that are not understood', () => {
  it.each([
    ['hba1c_change', 'furlong', 'mean_difference'],
    ['ldl_change', 'g', 'mean_difference'],
    ['egfr_change', 'mL/min', 'mean_difference'],
    ['body_weight_change_relative', 'kg', 'mean_difference'],
    ['hba1c_change', '%-points', 'percent_change'],
    ['hba1c_change', '%-points', 'rate'],
    ['egfr_slope', 'mL/min/1.73m2', 'mean_difference'],
    ['egfr_slope', 'mL/min/1.73m2/month', 'mean_difference'],
    ['egfr_slope', '%', 'percent_change'],
    ['egfr_slope', 'ratio', 'hazard_ratio'],
    ['ldl_change', 'ratio', 'risk_ratio'],
    ['uacr_change', 'ratio', 'hazard_ratio'],
    ['uacr_change', 'ratio', 'risk_ratio'],
    ['ldl_change', 'geometric mean ratio', 'risk_ratio'],
    ['stroke', 'odds ratio', 'risk_ratio'],
    ['stroke', '%/a', 'rate'],
    ['stroke', '% per year', 'rate'],
    ['stroke', 'events per 1000 person-years', 'rate'],
    ['glycaemic_failure', '%', 'rate'],
  ] as const)('%s in %s as %s', (endpoint, unit, measure) => {
    expect(kindOf(endpoint, unit, measure)).toBeUndefined();
  });

  it.each([
    ['urate_change', 'µmol/L', 'mean_difference'],
    ['urate_change', 'μMOL/l', 'mean_difference'],
    ['fasting_glucose_change', 'mmol/l', 'mean_difference'],
    ['sbp_change', 'mm Hg', 'mean_difference'],
    ['sbp_change', 'mm[Hg]', 'arm_means'],
    ['egfr_change', 'mL/min/1.73 m²', 'mean_difference'],
    ['egfr_slope', 'mL/min/{1.73_m2}/a', 'mean_difference'],
    ['egfr_slope', 'ml/min/1.73m2 per year', 'arm_means'],
    ['egfr_slope', '% slower loss', 'percent_change'],
    ['hba1c_change', 'percentage points', 'mean_difference'],
    ['stroke', '% of patients', 'rate'],
    ['stroke', 'per 100 patient-years', 'rate'],
    ['glycaemic_failure', 'events per 100 person-years', 'rate'],
    ['uacr_change', 'ratio of geometric means', 'risk_ratio'],
  ] as const)('do not include %s in %s as %s', (endpoint, unit, measure) => {
    expect(kindOf(endpoint, unit, measure)).toBeDefined();
  });
});
