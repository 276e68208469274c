import { describe, expect, it } from 'vitest';

import { APPLICABILITY_POLICY } from '../../../src/belief/policy.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { identifyAllergens, saysNoKnownAllergy } from '../../../src/terminology/allergens.ts';
import { codeSystemOf } from '../../../src/terminology/code-systems.ts';
import { conditionRow, identifyConditions } from '../../../src/terminology/conditions.ts';

const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const ICD9 = 'http://hl7.org/fhir/sid/icd-9-cm';
const SNOMED = 'http://snomed.info/sct';

describe('identifyConditions', () => {
  it.each([
    [SNOMED, '84114007', ['heart_failure']],
    [SNOMED, '703272007', ['heart_failure_reduced_ef', 'heart_failure']],
    [ICD10, 'I50.22', ['heart_failure', 'heart_failure_reduced_ef']],
    [ICD10, 'I5022', ['heart_failure', 'heart_failure_reduced_ef']],
    [ICD9, '428.0', ['heart_failure']],
    [ICD10, 'E11.9', ['type_2_diabetes']],
    [ICD9, '25000', ['type_2_diabetes']],
    [ICD9, '25001', ['type_1_diabetes']],
    [ICD10, 'N18.6', ['chronic_kidney_disease', 'end_stage_kidney_disease']],
    [ICD10, 'Z99.2', ['dialysis']],
    [ICD10, 'Z94.0', ['kidney_transplant']],
    [ICD10, 'Z33.1', ['pregnancy']],
    [ICD10, 'O24.4', ['pregnancy']],
    [ICD9, 'V220', ['pregnancy']],
    [ICD10, 'O09.90', ['pregnancy']],
    [ICD10, 'O98.512', ['pregnancy']],
    [ICD10, 'O99.412', ['pregnancy']],
    [ICD10, 'O99.413', ['pregnancy']],
    [ICD10, 'O9A.211', ['pregnancy']],
    [ICD10, 'O24.013', ['pregnancy']],
    [ICD10, 'O00.90', []],
    [ICD10, 'O03.9', []],
    [ICD10, 'O08.1', []],
    [ICD10, 'O24.03', []],
    [ICD10, 'O98.53', []],
    [ICD10, 'O99.215', []],
    [ICD10, 'O99.345', []],
    [ICD10, 'O99.43', []],
    [ICD10, 'O9A.23', []],
    [ICD10, 'O72.1', []],
    [ICD10, 'O90.3', []],
    [ICD9, '648.93', ['pregnancy']],
    [ICD9, '633.10', []],
    [ICD9, '634.90', []],
    [ICD9, '666.10', []],
    [ICD10, 'I44.1', ['heart_block']],
    [ICD10, 'I44.2', ['heart_block', 'complete_heart_block']],
    [ICD10, 'I44.30', []],
    [ICD10, 'I44.39', []],
    [ICD9, '426.10', []],
    [ICD9, '426.12', ['heart_block']],
    [SNOMED, '233917008', []],
    [SNOMED, '195042002', ['heart_block']],
    [ICD10, 'T78.3XXA', ['angioedema']],
    [ICD10, 'E87.5', ['hyperkalaemia']],
    [ICD10, 'N17.9', ['acute_kidney_injury']],
    [ICD10, 'I44.0', []],
    [ICD10, 'Z00.0', []],
    [ICD9, '4289X', ['heart_failure']],
    [SNOMED, '840539006', []],
  ])('%s %s is %j', (system, code, expected) => {
    expect(identifyConditions([{ system, code }])).toEqual(expected);
  });

  it('a code of ICD-9 is not read by the table of ICD-10', () => {
    expect(identifyConditions([{ system: ICD10, code: '4280' }])).toEqual([]);
  });

  it('every trait of the system and every exclusion of the policy is a condition', () => {
    const asked = [...cardioRenalMetabolic.traits, ...APPLICABILITY_POLICY.excluded.map(({ condition }) => condition)];
    for (const condition of asked) expect(conditionRow(condition).condition).toBe(condition);
  });

  it('an unknown condition is a caller’s bug', () => {
    expect(() => conditionRow('melancholy')).toThrow(TypeError);
  });
});

describe('codeSystemOf', () => {
  it.each([
    ['http://snomed.info/sct/731000124108', 'snomed'],
    ['urn:oid:2.16.840.1.113883.6.96', 'snomed'],
    ['2.16.840.1.113883.6.90', 'icd10'],
    ['http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd9', 'icd9'],
    ['http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10', 'icd10'],
    ['http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-procedure-icd9', undefined],
    ['http://www.cms.gov/Medicare/Coding/ICD10PCS', undefined],
    ['constructor', undefined],
    [undefined, undefined],
  ])('%s is %s', (uri, expected) => {
    expect(codeSystemOf(uri)).toBe(expected);
  });
});

describe('identifyAllergens', () => {
  it.each([
    ['lisinopril', ['lisinopril']],
    ['Lisinopril allergy', ['lisinopril']],
    ['ACE inhibitors', ['acei']],
    ['ACE-Inhibitors', ['acei']],
    ['Sulfa (Sulfonamide Antibiotics)', ['sulfonamide-antibiotic']],
    ['Allergy to penicillin', ['penicillin']],
    ['NSAIDs', ['nsaid']],
    ['peanut', []],
    ['latex', []],
  ])('%s is an allergy to %j', (text, expected) => {
    expect(identifyAllergens({ codings: [], texts: [text] })).toEqual(expected);
  });

  it('a code counts before the words', () => {
    const codings = [{ system: SNOMED, code: '372733002', display: 'ACE inhibitor' }];
    expect(identifyAllergens({ codings, texts: ['metoprolol'] })).toEqual(['acei']);
  });

  it('"no known allergy" is a statement and no allergen', () => {
    expect(saysNoKnownAllergy([{ system: SNOMED, code: '716186003' }])).toBe(true);
    expect(saysNoKnownAllergy([{ system: SNOMED, code: '372733002' }])).toBe(false);
  });
});
