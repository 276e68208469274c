import { describe, expect, it } from 'vitest';
import type { Group, ResearchStudy } from 'fhir/r4.js';
import { studyBundle } from '../../../../src/trials/design/study-bundle.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';
import { aVirtualTrial, arm, PLACEBO, row } from '../emulate/a-virtual-trial.ts';

const TRIAL = aVirtualTrial({
  population: {
    proportion: { type_2_diabetes: 1, heart_failure: 0, female: 1, ascvd: 0.3 },
    background: { metformin: 1, 'class:sglt2-inhibitor': 0 },
    eligibility: ['egfr >= 25 and egfr <= 75', 'hba1c > 7 and hba1c <= 10.5', 'age >= 18', 'dialysis = 0'],
  },
  arms: [arm('active', { code: 'dapagliflozin', dose: 10, unit: 'mg/d' }), PLACEBO],
  endpoints: [row('hba1c_change'), row('sbp_change', { unit: 'mm[Hg]' })],
});

function exported(trial: TrialFile = TRIAL) {
  const [primary] = trial.endpoints;
  if (primary === undefined) throw new TypeError('no endpoint');
  const bundle = studyBundle({ trial, primary, target: 240, notes: ['Expected effect: −0.5.'] });
  const [study, group] = (bundle.entry ?? []).map(({ resource }) => resource);
  return { bundle, study: study as ResearchStudy, group: group as Group };
}

function characteristics(text: RegExp) {
  return (exported().group.characteristic ?? []).filter(({ code }) => text.test(code.text ?? ''));
}

describe('an exported study', () => {
  it('has every element that R4 requires, and codes of its value sets', () => {
    const { bundle, study, group } = exported();
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect(study).toMatchObject({ resourceType: 'ResearchStudy', status: 'in-review' });
    // Group.type, Group.actual and, of each characteristic, code, value and exclude: cardinality 1.
    expect(group).toMatchObject({ resourceType: 'Group', type: 'person', actual: false });
    (group.characteristic ?? []).forEach((one) => {
      const values = Object.keys(one).filter((key) => key.startsWith('value'));
      expect(one.code.text).not.toBe('');
      expect(values).toHaveLength(1);
      expect(typeof one.exclude).toBe('boolean');
    });
  });

  it('enrols the group, by an address that the bundle holds', () => {
    const { bundle, study } = exported();
    const addresses = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl);
    expect(addresses).toContain(study.enrollment?.[0]?.reference);
    expect(new Set(addresses).size).toBe(2);
  });

  it('names arms, the primary objective and the drug', () => {
    const { study } = exported();
    expect(study.arm?.map(({ name, type }) => [name, type?.text])).toEqual([
      ['active', 'Experimental'],
      ['placebo', 'Comparator'],
    ]);
    expect(study.objective?.map(({ type }) => type?.coding?.[0]?.code)).toEqual(['primary', 'secondary']);
    expect(study.focus?.[0]?.coding?.[0]).toMatchObject({ system: expect.stringContaining('rxnorm') as string });
  });

  it('is the same for the same design', () => {
    expect(JSON.stringify(exported().bundle)).toBe(JSON.stringify(exported().bundle));
  });

  it('holds no number of people where no size was found', () => {
    const [primary] = TRIAL.endpoints;
    if (primary === undefined) throw new TypeError('no endpoint');
    expect(JSON.stringify(studyBundle({ trial: TRIAL, primary, notes: [] }))).not.toContain('targetNumber');
  });
});

describe('the eligibility of an exported study', () => {
  it('writes two closed bounds as one range in UCUM, under the LOINC code of the variable', () => {
    expect(characteristics(/eGFR/)).toEqual([
      expect.objectContaining({
        code: expect.objectContaining({ coding: [expect.objectContaining({ code: '98979-8' })] }) as object,
        valueRange: {
          low: expect.objectContaining({ value: 25, code: 'mL/min/{1.73_m2}' }) as object,
          high: expect.objectContaining({ value: 75 }) as object,
        },
        exclude: false,
      }),
    ]);
  });

  it('writes an open bound as a quantity with its comparator, since a range would include its end', () => {
    expect(characteristics(/HbA1c/).map(({ valueRange, valueQuantity }) => [valueRange, valueQuantity])).toEqual([
      [{ high: expect.objectContaining({ value: 10.5 }) as object }, undefined],
      [undefined, expect.objectContaining({ value: 7, comparator: '>' })],
    ]);
  });

  it('excludes what must not be there, and asks for what must', () => {
    const yesNo = (text: RegExp) => characteristics(text).map(({ valueBoolean, exclude }) => [valueBoolean, exclude]);
    expect(yesNo(/type 2 diabetes/)).toEqual([[true, false]]);
    expect(yesNo(/heart failure/)).toEqual([[true, true]]);
    expect(yesNo(/dialysis/)).toEqual([[true, true]]);
    expect(yesNo(/metformin/)).toEqual([[true, false]]);
    expect(yesNo(/sglt2i/)).toEqual([[true, true]]);
  });

  it('codes sex and diagnoses', () => {
    expect(characteristics(/Sex/)[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('female');
    expect(characteristics(/type 2 diabetes/)[0]?.code.coding?.map(({ code }) => code)).toEqual(['44054006', 'E11']);
  });

  it('leaves out what only some have', () => {
    expect(characteristics(/ascvd/i)).toEqual([]);
  });
});
