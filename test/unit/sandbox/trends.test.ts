import type { Observation } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { ageOn, trendsOf, type Trend } from '../../../deploy/sandbox/trends.ts';
import { parseMoment } from '../../../src/core/time.ts';
import { ageAt } from '../../../src/record/read-patient.ts';
import { egfrOfCreatinine } from '../../../src/systems/ckd-epi.ts';
import { anObservation } from '../../fakes/a-clinic.ts';

const PATIENT = { gender: 'female', birthDate: '1954-12-03' } as const;

function trendsFrom(...measured: Parameters<typeof anObservation>[1][]): readonly Trend[] {
  const observations = measured.map((one) => anObservation('p1', one) as unknown as Observation);
  return trendsOf(observations, PATIENT);
}

const creatinine = (value: number, unit: string): Parameters<typeof anObservation>[1] => ({
  loinc: '2160-0',
  value,
  unit,
  date: '2026-03-01',
});

describe('trends', () => {
  it('are oldest first', () => {
    const at = (date: string, value: number): Parameters<typeof anObservation>[1] => ({
      loinc: '2823-3',
      value,
      unit: 'mmol/L',
      date,
    });
    const [potassium] = trendsFrom(at('2026-03-01', 4.9), at('2025-03-01', 4.1), at('2025-09-01', 4.4));
    expect(potassium?.points.map(({ value }) => value)).toEqual([4.1, 4.4, 4.9]);
  });

  it('show the limits of the system, in its unit alone', () => {
    const [inSystemUnit] = trendsFrom({ loinc: '2823-3', value: 4.9, unit: 'mmol/L', date: '2026-03-01' });
    expect(inSystemUnit?.limits.map(({ value }) => value)).toEqual([5.5, 6.0, 3.5]);
    const [inOtherUnit] = trendsFrom({ loinc: '2823-3', value: 4.9, unit: 'meq/L', date: '2026-03-01' });
    expect(inOtherUnit).toMatchObject({ unit: 'meq/L', limits: [] });
  });

  it.each([
    [1.5, 'mg/dL'],
    [132.63, 'umol/L'],
  ])('eGFR is computed from a creatinine of %d %s, and says so', (value, unit) => {
    const egfr = trendsFrom(creatinine(value, unit)).find(({ id }) => id === 'egfr');
    expect(egfr?.origin).toBe('computed by CKD-EPI 2021');
    // 142 · (1.5 / 0.7)^−1.2 · 0.9938^71.24 · 1.012 (Inker 2021, doi 10.1056/NEJMoa2102953).
    expect(egfr?.points[0]?.value).toBeCloseTo(36.99, 1);
  });

  it.each(['1954-12-03', '1954-12', '1954'])(
    'eGFR of one who was born %s is the one that the service derives, to the last digit',
    (birthDate) => {
      const observation = anObservation('p1', creatinine(1.5, 'mg/dL')) as unknown as Observation;
      const egfr = trendsOf([observation], { gender: 'female', birthDate }).find(({ id }) => id === 'egfr');
      const [born, measured] = [parseMoment(birthDate), parseMoment('2026-03-01')];
      if (born === undefined || measured === undefined) throw new Error('the dates of this test are FHIR dates');
      const age = ageAt(born, measured.earliest);
      expect(egfr?.points[0]?.value).toBe(egfrOfCreatinine(1.5, { age, female: true }));
    },
  );

  it.each([
    ['a child', { gender: 'female', birthDate: '2010-05-01' }],
    ['one whose sex is neither', { gender: 'other', birthDate: '1954-12-03' }],
  ] as const)('no eGFR is computed for %s, as the service computes none', (_, patient) => {
    const observation = anObservation('p1', creatinine(1.5, 'mg/dL')) as unknown as Observation;
    expect(trendsOf([observation], patient).map(({ id }) => id)).toEqual(['creatinine']);
  });

  it('a recorded eGFR is shown as recorded', () => {
    const recorded = { loinc: '98979-8', value: 41, unit: 'mL/min/{1.73_m2}', date: '2026-03-01' };
    const egfr = trendsFrom(creatinine(1.5, 'mg/dL'), recorded).find(({ id }) => id === 'egfr');
    expect(egfr?.points).toEqual([{ at: '2026-03-01', value: 41 }]);
    expect(egfr).not.toHaveProperty('origin');
  });

  it('no eGFR is computed without a unit, or without sex', () => {
    expect(trendsFrom(creatinine(1.5, 'furlong')).map(({ id }) => id)).toEqual(['creatinine']);
    const observation = anObservation('p1', creatinine(1.5, 'mg/dL')) as unknown as Observation;
    expect(trendsOf([observation], { birthDate: '1954' }).map(({ id }) => id)).toEqual(['creatinine']);
  });

  it('what was entered in error is not shown', () => {
    const observation = { ...anObservation('p1', creatinine(1.5, 'mg/dL')), status: 'entered-in-error' };
    expect(trendsOf([observation as unknown as Observation], PATIENT)).toEqual([]);
  });
});

describe('ageOn', () => {
  it.each([
    ['1954-12-03', '2026-12-02', 71],
    ['1954-12-03', '2026-12-03', 72],
    ['1954', '2026-05-01', 72],
    ['', '2026-05-01', undefined],
  ])('born %s is on %s %s years old', (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });
});
