import { describe, expect, it } from 'vitest';

import type { PatientRecord } from '../../../src/domain/record.ts';
import {
  anObservation,
  aPotassium,
  gathered,
  NOW,
  recordFrom,
  recordOf,
  reasonsOf,
  type Json,
} from './fhir-builders.ts';

function valuesOf(record: PatientRecord, variable: string): readonly number[] {
  return record.measurements.filter((item) => item.variable === variable).map(({ value }) => value);
}

describe('results', () => {
  it('a potassium in mmol/L is a measurement with its time and source', () => {
    expect(recordOf(aPotassium(4.4, { id: 'k-1' })).measurements).toEqual([
      {
        variable: 'potassium',
        value: 4.4,
        at: Date.parse('2026-03-09T08:00:00Z'),
        precision: 'second',
        source: 'Observation/k-1',
      },
    ]);
  });

  it.each([
    ['whole-blood potassium counts', anObservation('6298-4', 4.1, 'mEq/L'), 'potassium', 4.1],
    ['a weight in pounds becomes kilograms', anObservation('29463-7', 200, '[lb_av]'), 'body_weight', 90.7],
    ['an HbA1c by IFCC becomes NGSP', anObservation('59261-8', 53, 'mmol/mol'), 'hba1c', 7.0],
    ['a heart rate in bpm is read', anObservation('8867-4', 66, 'bpm'), 'heart_rate', 66],
    ['creatinine stays a measurement of its own', anObservation('2160-0', 1, 'mg/dL'), 'creatinine', 1],
    ['creatinine in µmol/L becomes mg/dL', anObservation('14682-9', 88.42, 'umol/L'), 'creatinine', 1],
    ['a fasting glucose in mmol/L becomes mg/dL', anObservation('14771-0', 7, 'mmol/L'), 'fasting_glucose', 126.1],
    ['an LDL cholesterol in mmol/L becomes mg/dL', anObservation('39469-2', 2.6, 'mmol/L'), 'ldl', 100.5],
    ['an HDL cholesterol is read', anObservation('2085-9', 48, 'mg/dL'), 'hdl', 48],
    ['triglycerides in mmol/L become mg/dL', anObservation('14927-8', 1.7, 'mmol/L'), 'triglycerides', 150.5],
    ['urine albumin by mmol becomes by gram', anObservation('32294-1', 3.4, 'mg/mmol'), 'uacr', 30.1],
    ['NT-proBNP in ng/L is pg/mL', anObservation('33762-6', 900, 'ng/L'), 'nt_probnp', 900],
    ['an ejection fraction is read', anObservation('10230-1', 35, '%'), 'lvef', 35],
    ['urate in µmol/L becomes mg/dL', anObservation('14933-6', 360, 'umol/L'), 'urate', 6.1],
  ])('%s', (_, observation, variable, expected) => {
    expect(valuesOf(recordOf(observation), variable)[0]).toBeCloseTo(expected, 1);
  });

  it('a blood-pressure panel gives its systolic and its diastolic component', () => {
    const panel = {
      ...anObservation('85354-9', 0, ''),
      valueQuantity: undefined,
      component: [
        { code: loinc('8462-4'), valueQuantity: { value: 80, unit: 'mmHg' } },
        { code: loinc('8480-6'), valueQuantity: { value: 131, unit: 'mmHg', code: 'mm[Hg]' } },
      ],
    };
    expect(valuesOf(recordOf(panel), 'sbp')).toEqual([131]);
    expect(valuesOf(recordOf(panel), 'dbp')).toEqual([80]);
  });

  it.each(['2345-7', '2339-0', '41653-7'])(
    'a glucose that is not said to be fasting is no fasting glucose: %s',
    (code) => {
      expect(recordOf(anObservation(code, 180, 'mg/dL')).measurements).toEqual([]);
    },
  );

  it('a unit in words that contradicts its code is refused for urine albumin too', () => {
    const albumin = anObservation('9318-7', 3, '');
    const record = recordOf({ ...albumin, valueQuantity: { value: 3, unit: 'mg/g', code: 'mg/mmol' } });
    expect(reasonsOf(record)).toContain('unit-conflict');
  });

  it('a bound is kept with its comparator', () => {
    const bound = anObservation('98979-8', 60, 'mL/min/1.73m2');
    const record = recordOf({ ...bound, valueQuantity: { value: 60, unit: 'mL/min/1.73m2', comparator: '>' } });
    expect(record.measurements[0]).toMatchObject({ variable: 'egfr', value: 60, comparator: '>' });
  });

  it('a date without a time counts from its beginning and says so', () => {
    const record = recordOf(aPotassium(4.4, { effectiveDateTime: '2026-03' }));
    expect(record.measurements[0]).toMatchObject({ at: Date.parse('2026-03-01'), precision: 'month' });
  });

  it.each([
    ['by a clock that is five minutes ahead', '2026-03-10T12:05:00Z'],
    ['by a day that has begun east of here', '2026-03-11'],
  ])('a result dated %s counts as of now', (_, effectiveDateTime) => {
    const record = recordOf(aPotassium(6.4, { effectiveDateTime }));
    expect(record.measurements.map(({ value, at }) => [value, at])).toEqual([[6.4, NOW]]);
  });

  it('two results of a clock that is ahead do not contradict each other', () => {
    const record = recordOf(
      aPotassium(4.4, { effectiveDateTime: '2026-03-10T12:01:00Z' }),
      aPotassium(4.6, { effectiveDateTime: '2026-03-10T12:02:00Z' }),
    );
    expect(valuesOf(record, 'potassium')).toEqual([4.4, 4.6]);
  });

  it('equal results of one moment are merged', () => {
    const record = recordOf(aPotassium(4.4, { id: 'a' }), aPotassium(4.4, { id: 'b' }));
    expect(valuesOf(record, 'potassium')).toEqual([4.4]);
    expect(reasonsOf(record)).toEqual(['duplicate']);
  });

  it('different results of one moment under one code contradict each other, and neither is used', () => {
    const record = recordOf(aPotassium(4.4, { id: 'a' }), aPotassium(6.4, { id: 'b' }), aPotassium(4.4, { id: 'c' }));
    expect(valuesOf(record, 'potassium')).toEqual([]);
    expect(reasonsOf(record)).toEqual(['conflicting-values', 'conflicting-values', 'conflicting-values']);
  });

  it('a refused contradiction says which quantity is in doubt', () => {
    const record = recordOf(aPotassium(4.4, { id: 'a' }), aPotassium(7.4, { id: 'b' }));
    expect(record.dropped.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/\(.*potassium.*\)$/i),
      expect.stringMatching(/\(.*potassium.*\)$/i),
    ]);
  });

  it('a cuff and an arterial line may disagree', () => {
    const record = recordOf(anObservation('8480-6', 120, 'mmHg'), anObservation('76534-7', 110, 'mmHg'));
    expect(valuesOf(record, 'sbp')).toEqual([120, 110]);
  });

  it.each<[reason: string, title: string, observation: Json]>([
    ['unit-missing', 'a value without a unit is refused', aPotassium(4.4, { valueQuantity: { value: 4.4 } })],
    ['unit-unknown', 'an unknown unit is refused', aPotassium(4.4, { valueQuantity: { value: 4.4, unit: 'blobs' } })],
    ['unit-mismatch', 'a unit of something else is refused', anObservation('2823-3', 17, 'mg/dL')],
    ['unit-mismatch', 'a clearance is no eGFR', anObservation('98979-8', 60, 'mL/min')],
    [
      'unit-conflict',
      'unit text and code that disagree are reported',
      anObservation('2160-0', 1, '', { valueQuantity: { value: 88, unit: 'mg/dL', code: 'umol/L' } }),
    ],
    ['unit-ambiguous', 'HbA1c by IFCC in per cent is refused', anObservation('59261-8', 5, '%')],
    ['value-implausible', 'an impossible value is refused', aPotassium(44)],
    ['value-implausible', 'a negative value is refused', aPotassium(-4)],
    ['value-missing', 'a result without a value is refused', aPotassium(4, { valueQuantity: undefined })],
    ['value-not-number', 'words are no value', aPotassium(4, { valueQuantity: undefined, valueString: '4.4' })],
    [
      'value-not-number',
      'a number in quotes is none',
      aPotassium(4, { valueQuantity: { value: '4.4', unit: 'mmol/L' } }),
    ],
    ['status-not-final', 'a preliminary result is not used', aPotassium(4.4, { status: 'preliminary' })],
    ['status-not-final', 'a status that FHIR does not know is not used', aPotassium(4.4, { status: 'constructor' })],
    ['status-missing', 'a result without a status is not used', aPotassium(4.4, { status: undefined })],
    ['entered-in-error', 'a result entered in error is not used', aPotassium(4.4, { status: 'entered-in-error' })],
    ['cancelled', 'a cancelled result is not used', aPotassium(4.4, { status: 'cancelled' })],
    ['time-missing', 'a result without a date is not used', aPotassium(4.4, { effectiveDateTime: undefined })],
    ['time-missing', 'a date that does not exist is none', aPotassium(4.4, { effectiveDateTime: '2026-02-30' })],
    ['after-as-of', 'the future is not known', aPotassium(4.4, { effectiveDateTime: '2026-03-10T12:05:01Z' })],
    ['after-as-of', 'a day that has begun nowhere is not known', aPotassium(4.4, { effectiveDateTime: '2026-03-12' })],
    ...['≥', ' >', '~', 'ad', 7].map((comparator): [string, string, Json] => [
      'comparator-unknown',
      `a bound by ${JSON.stringify(comparator)} is no exact value`,
      aPotassium(4.4, { valueQuantity: { value: 4.4, unit: 'mmol/L', comparator } }),
    ]),
    ['variable-unknown', 'urine potassium is no potassium', anObservation('2828-2', 40, 'mmol/L')],
    ['equation-outdated', 'an eGFR by an older equation is not used', anObservation('33914-3', 55, 'mL/min/1.73m2')],
    ['code-missing', 'a result without a code is nothing', aPotassium(4.4, { code: {} })],
    [
      'code-conflict',
      'codes of two quantities contradict each other',
      aPotassium(4.4, { code: { coding: [...loinc('2823-3').coding, ...loinc('8867-4').coding] } }),
    ],
    [
      'other-patient',
      'another patient’s result is never used',
      aPotassium(4.4, { subject: { reference: 'Patient/bob' } }),
    ],
    ['subject-missing', 'a result of nobody is not used', aPotassium(4.4, { subject: undefined })],
    [
      'subject-not-patient',
      'a result of a device is not used',
      aPotassium(4.4, { subject: { reference: 'Device/ada' } }),
    ],
  ])('%s: %s', (reason, _, observation) => {
    const record = recordOf(observation);
    expect(record.measurements).toEqual([]);
    expect(reasonsOf(record)).toEqual([reason]);
  });

  it('references in full, with a version or by uuid name the same patient', () => {
    for (const reference of ['https://ehr.example/fhir/Patient/ada', 'Patient/ada/_history/3', 'urn:uuid:ada']) {
      expect(recordOf(aPotassium(4.4, { subject: { reference } })).measurements).toHaveLength(1);
    }
  });

  it('the Patient of somebody else is not read, and its absence is said', () => {
    const record = recordFrom(gathered({ resourceType: 'Patient', id: 'bob', gender: 'male' }));
    expect(record.sex).toBe('unknown');
    expect(reasonsOf(record)).toEqual(['other-patient', 'patient-missing']);
  });
});

describe('eGFR from creatinine', () => {
  it('each creatinine yields an eGFR by CKD-EPI 2021 of the same time and source', () => {
    const record = recordOf(anObservation('2160-0', 1, 'mg/dL', { id: 'crea' }));
    const egfr = record.measurements.find(({ variable }) => variable === 'egfr');
    expect(egfr).toMatchObject({ derivedBy: 'CKD-EPI 2021', source: 'Observation/crea' });
    expect(egfr?.value).toBeCloseTo(64.5, 0);
  });

  it('an eGFR that the laboratory reported is not computed a second time', () => {
    const record = recordOf(anObservation('2160-0', 1, 'mg/dL'), anObservation('98979-8', 66, 'mL/min/1.73m2'));
    expect(valuesOf(record, 'egfr')).toEqual([66]);
  });

  it.each([
    ['egfr-needs-age-and-sex', { gender: 'unknown' }],
    ['egfr-needs-age-and-sex', { birthDate: undefined }],
    ['egfr-adults-only', { birthDate: '2016-01-01' }],
  ])('%s: the creatinine stays and the reason is listed', (reason, change) => {
    const patient = { resourceType: 'Patient', id: 'ada', gender: 'female', birthDate: '1966-03-10', ...change };
    const record = recordFrom(gathered(patient, anObservation('2160-0', 1, 'mg/dL')));
    expect(record.measurements.map(({ variable }) => variable)).toEqual(['creatinine']);
    expect(reasonsOf(record)).toEqual([reason]);
  });
});

function loinc(code: string): { readonly coding: readonly Json[] } {
  return { coding: [{ system: 'http://loinc.org', code }] };
}
