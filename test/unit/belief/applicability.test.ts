import { describe, expect, it } from 'vitest';
import { assessApplicability } from '../../../src/belief/applicability.ts';
import { historyOf } from '../../../src/belief/history.ts';
import { APPLICABILITY_POLICY } from '../../../src/belief/policy.ts';
import type { Applicability } from '../../../src/domain/belief.ts';
import type { PatientRecord } from '../../../src/domain/record.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { CONDITIONS } from '../../../src/terminology/conditions.ts';
import {
  ageUnknown,
  sexUnknown,
  aRecord,
  born,
  having,
  measured,
  notGiven,
  taking,
  without,
  type Change,
} from '../../fakes/a-record.ts';

function assess(...changes: readonly Change[]): Applicability {
  const record = aRecord(...changes);
  return assessApplicability(system, record, historyOf(system, record));
}

function verdict(...changes: readonly Change[]): readonly string[] {
  const { answer, reasons } = assess(...changes);
  return [answer, ...reasons.map(({ code }) => code)];
}

describe('applicability', () => {
  it('an ordinary patient is inside, with nothing to say', () => {
    expect(verdict()).toEqual(['inside']);
  });

  it.each<[string, readonly Change[], string]>([
    ['unknown sex', [sexUnknown], 'sex-unknown'],
    ['unknown age', [ageUnknown], 'age-unknown'],
    ['age 17', [born('2008-07-01')], 'age-below-18'],
    ['no potassium', [without('potassium')], 'potassium-missing'],
    [
      'a creatinine that rises as in acute kidney injury',
      [measured('creatinine', 1.0, { daysAgo: 2 }), measured('creatinine', 1.4, { daysAgo: 1 })],
      'creatinine-unsteady',
    ],
    ['a potassium of 91 days', [without('potassium'), measured('potassium', 4, { daysAgo: 91 })], 'potassium-stale'],
    ['no kidney function', [without('egfr')], 'egfr-missing'],
    ['only a bound of eGFR', [without('egfr'), measured('egfr', 60, { comparator: '>' })], 'egfr-missing'],
    ['potassium 6.1', [measured('potassium', 6.1)], 'potassium-unsupported'],
    ['potassium 2.4', [measured('potassium', 2.4)], 'potassium-unsupported'],
    ['eGFR 9', [measured('egfr', 9)], 'egfr-unsupported'],
    ['eGFR 131', [measured('egfr', 131)], 'egfr-unsupported'],
    ['pregnancy', [having('pregnancy')], 'condition-pregnancy'],
    ['no problem list', [notGiven('conditions')], 'conditions-absent'],
    ['dialysis', [having('dialysis')], 'condition-dialysis'],
    ['a kidney transplant', [having('kidney_transplant')], 'condition-kidney_transplant'],
    ['sepsis', [having('sepsis')], 'condition-sepsis'],
    ['shock', [having('shock')], 'condition-shock'],
    ['ketoacidosis', [having('diabetic_ketoacidosis')], 'condition-diabetic_ketoacidosis'],
    ['no medication list', [notGiven('medications')], 'medications-absent'],
    ['a beta blocker that is not in the model', [taking('nadolol', 40)], 'drug-unmodelled'],
    ['sotalol', [taking('sotalol', 160)], 'drug-unmodelled'],
    ['an ARB that is not in the model', [taking('eprosartan', 600)], 'drug-unmodelled'],
    ['a drug that may or may not be taken', [taking('spironolactone', 25, { taking: 0.5 })], 'medication-doubtful'],
  ])('%s is outside, with a reason and what would help', (_, changes, code) => {
    const { answer, reasons } = assess(...changes);
    expect(answer).toBe('outside');
    const reason = reasons.find((entry) => entry.code === code);
    expect(reason).toMatchObject({ severity: 'outside' });
    expect(reason?.help).not.toBe('');
  });

  it.each<[string, readonly Change[], string]>([
    ['age 91', [born('1935-01-01')], 'age-above-90'],
    ['potassium 5.8', [measured('potassium', 5.8)], 'potassium-unusual'],
    ['eGFR 19', [measured('egfr', 19)], 'egfr-unusual'],
    ['an unknown dose', [taking('bisoprolol', undefined)], 'dose-assumed'],
    ['a dose above the maximum', [taking('bisoprolol', 40)], 'dose-above-maximum'],
    ['a drug that is probably taken', [taking('bisoprolol', 5, { taking: 0.7 })], 'medication-uncertain'],
    ['a drug that is probably not taken', [taking('bisoprolol', 5, { taking: 0.3 })], 'medication-uncertain'],
  ])('%s is at the edge', (_, changes, code) => {
    expect(verdict(...changes)).toEqual(['edge', code]);
  });

  it('the limits themselves are inside of what they bound', () => {
    expect(verdict(measured('potassium', 6))).toEqual(['edge', 'potassium-unusual']);
    expect(verdict(measured('egfr', 10))).toEqual(['edge', 'egfr-unusual']);
    expect(verdict(without('potassium'), measured('potassium', 4, { daysAgo: 90 }))).toEqual(['inside']);
  });

  it.each<[string, readonly Change[]]>([
    ['a drug that has ended', [taking('bisoprolol', 5, { endedDaysAgo: 3, taking: 0.5 })]],
    ['doubt about a drug that moves nothing here', [taking('amlodipine', 5, { taking: 0.5 })]],
    ['an unmodelled beta blocker that is not taken', [taking('nadolol', 40, { taking: 0.1 })]],
    ['a resolved sepsis', [having('sepsis', { active: false })]],
  ])('%s changes nothing', (_, changes) => {
    expect(verdict(...changes)).toEqual(['inside']);
  });

  it('names everything that speaks against, not only the first', () => {
    expect(verdict(sexUnknown, without('potassium'), having('dialysis'))).toEqual([
      'outside',
      'sex-unknown',
      'condition-dialysis',
      'potassium-missing',
    ]);
  });

  it('can be asked under another policy', () => {
    const record: PatientRecord = aRecord();
    const strict = { ...APPLICABILITY_POLICY, freshness: { value: 2, unit: 'd', why: 'a ward' } } as const;
    const codes = assessApplicability(system, record, historyOf(system, record), strict).reasons.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['potassium-stale', 'egfr-stale']);
  });

  it('asks only about conditions and variables that exist', () => {
    const known = new Set(CONDITIONS.map(({ condition }) => condition));
    for (const { condition } of APPLICABILITY_POLICY.excluded) expect(known).toContain(condition);
    const variables = new Set(system.variables.map(({ id }) => id));
    for (const { variable } of APPLICABILITY_POLICY.support) expect(variables).toContain(variable);
  });
});

describe('a running drug of a class that cards do not forecast', () => {
  it.each<[string, Change]>([
    ['of unknown dose', taking('metformin', undefined)],
    ['above its highest usual dose', taking('atorvastatin', 400)],
    ['that may or may not be taken', taking('atorvastatin', 20, { taking: 0.5 })],
    ['that the dynamics cannot place', taking('metolazone', 5)],
    ['of insulin of no stated kind', taking('insulin', undefined)],
  ])('is no reason for doubt or silence: %s', (_, change) => {
    expect(verdict(change)).toEqual(['inside']);
  });
});
