import { describe, expect, it } from 'vitest';

import type { Unit } from '../../../src/core/quantity.ts';
import { convertUnit } from '../../../src/terminology/units.ts';

function converted(value: number, from: string | undefined, to: Unit, substance?: string): number {
  const result = convertUnit(value, from, to, substance);
  return 'value' in result ? result.value : Number.NaN;
}

describe('units', () => {
  it.each([
    [88.42, 'umol/L', 'mg/dL', 'creatinine', 1.0],
    [88.42, 'µmol/L', 'mg/dL', 'creatinine', 1.0],
    [0.1, 'mmol/L', 'mg/dL', 'creatinine', 1.131],
    [12, 'mg/L', 'mg/dL', 'creatinine', 1.2],
    [4.2, 'mEq/L', 'mmol/L', 'potassium', 4.2],
    [4.2, 'meq/L', 'mmol/L', 'potassium', 4.2],
    [4.2, 'mmol/l', 'mmol/L', 'potassium', 4.2],
    [48, 'mmol/mol', '%', 'hba1c', 6.543],
    [53, 'mmol/mol', '%', 'hba1c', 7.0],
    [0.065, '1', '%', 'hba1c', 6.5],
    [16, 'kPa', 'mm[Hg]', 'sbp', 120.01],
    [120, 'mmHg', 'mm[Hg]', 'sbp', 120],
    [120, 'mm Hg', 'mm[Hg]', 'sbp', 120],
    [72, 'bpm', '/min', 'heart_rate', 72],
    [72, 'beats/min', '/min', 'heart_rate', 72],
    [72, '{beats}/min', '/min', 'heart_rate', 72],
    [220, 'lbs', 'kg', 'body_weight', 99.79],
    [220, '[lb_av]', 'kg', 'body_weight', 99.79],
    [80_000, 'g', 'kg', 'body_weight', 80],
    [60, 'mL/min/1.73m2', 'mL/min/{1.73_m2}', 'egfr', 60],
    [60, 'mL/min/1.73 m²', 'mL/min/{1.73_m2}', 'egfr', 60],
    [500, 'mcg', 'mg', undefined, 0.5],
    [7, 'mmol/L', 'mg/dL', 'fasting_glucose', 126.11],
    [126, 'mg/dL', 'mg/dL', 'fasting_glucose', 126],
    [2.6, 'mmol/L', 'mg/dL', 'ldl', 100.53],
    [10, 'mmol/L', 'mg/dL', 'hdl', 386.65],
    [1.7, 'mmol/l', 'mg/dL', 'triglycerides', 150.52],
    [360, 'umol/L', 'mg/dL', 'urate', 6.05],
    [0.36, 'mmol/L', 'mg/dL', 'urate', 6.05],
    [3.4, 'mg/mmol', 'mg/g', 'uacr', 30.06],
    [3.4, 'mg/mmol{creat}', 'mg/g', 'uacr', 30.06],
    [3.4, 'g/mol', 'mg/g', 'uacr', 30.06],
    [30, 'mg/g{creat}', 'mg/g', 'uacr', 30],
    [30, 'mcg/mg creat', 'mg/g', 'uacr', 30],
    [125, 'ng/L', 'pg/mL', 'nt_probnp', 125],
    [0.125, 'ng/mL', 'pg/mL', 'nt_probnp', 125],
    [14.78, 'pmol/L', 'pg/mL', 'nt_probnp', 124.99],
    [0.35, '1', '%', 'lvef', 35],
  ] as const)('%d %s in %s (%s) is %d', (value, from, to, substance, expected) => {
    expect(converted(value, from, to, substance)).toBeCloseTo(expected, 2);
  });

  it.each([
    ['a value without a unit is refused, never guessed', undefined, 'mmol/L', 'potassium', 'unit-missing'],
    ['a blank unit is no unit', '  ', 'mmol/L', 'potassium', 'unit-missing'],
    ['a word is no unit', 'lots', 'kg', 'body_weight', 'unit-unknown'],
    ['a mass of potassium is not turned into moles', 'mg/dL', 'mmol/L', 'potassium', 'unit-mismatch'],
    ['albumin by volume is no albumin by creatinine', 'mg/L', 'mg/g', 'uacr', 'unit-mismatch'],
    ['an amount of glucose without its molar mass is not weighed', 'mmol/L', 'mg/dL', 'uacr', 'unit-mismatch'],
    ['a pressure is no mass', 'mm[Hg]', 'kg', 'body_weight', 'unit-mismatch'],
    [
      'a clearance that is not indexed to body surface is no eGFR',
      'mL/min',
      'mL/min/{1.73_m2}',
      'egfr',
      'unit-mismatch',
    ],
    ['a unit as long as a novel is not parsed', 'm'.repeat(10_000), 'kg', 'body_weight', 'unit-unknown'],
  ] as const)('%s', (_, from, to, substance, refused) => {
    expect(convertUnit(4, from, to, substance)).toEqual({ refused });
  });

  it('HbA1c by IFCC is converted by the master equation and not by dimension alone', () => {
    expect(converted(48, 'mmol/mol', '%', 'hba1c')).toBeGreaterThan(6);
  });
});
