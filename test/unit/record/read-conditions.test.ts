import { describe, expect, it } from 'vitest';

import { aDiagnosis, anAllergy, recordOf, reasonsOf, type Json } from './fhir-builders.ts';

const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const stay = (end?: string): Json => ({
  resourceType: 'Encounter',
  id: 'stay',
  subject: { reference: 'Patient/ada' },
  period: { start: '2026-03-01', ...(end !== undefined && { end }) },
});
const ofStay: Json = { clinicalStatus: undefined, recordedDate: undefined, encounter: { reference: 'Encounter/stay' } };

describe('conditions', () => {
  it('an active diagnosis is a condition, with its onset and source', () => {
    expect(recordOf(aDiagnosis(ICD10, 'E11.9')).conditions).toEqual([
      { condition: 'type_2_diabetes', onset: Date.parse('2025-01-01'), active: true, source: 'Condition/dx-E11.9' },
    ]);
  });

  it.each<[title: string, change: Json]>([
    ['resolved', { clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    ['abated', { abatementDateTime: '2026-01-01' }],
  ])('a condition that is %s is not active', (_, change) => {
    expect(recordOf(aDiagnosis(ICD10, 'E87.5', change)).conditions[0]?.active).toBe(false);
  });

  it.each<[reason: string, change: Json]>([
    ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
    ['entered-in-error', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
    ['after-as-of', { recordedDate: '2026-04-01' }],
    ['code-missing', { code: { text: 'sugar' } }],
    ['condition-unknown', { code: { coding: [{ system: ICD10, code: 'Z00.0' }] } }],
  ])('%s: it is no condition', (reason, change) => {
    const record = recordOf(aDiagnosis(ICD10, 'E11.9', change));
    expect(record.conditions).toEqual([]);
    expect(reasonsOf(record)).toEqual([reason]);
  });

  it('an acute condition ends with its stay, a lasting one does not', () => {
    const active = (code: string, end?: string): boolean | undefined =>
      recordOf(stay(end), aDiagnosis(ICD10, code, ofStay)).conditions[0]?.active;
    expect(active('N17.9')).toBe(true);
    expect(active('N17.9', '2026-03-05')).toBe(false);
    expect(active('I50.9', '2026-03-05')).toBe(true);
  });

  it('a discharge diagnosis is not known before discharge', () => {
    const coded = { ...ofStay, category: [{ coding: [{ code: 'encounter-diagnosis' }] }] };
    const record = recordOf(stay('2026-03-12'), aDiagnosis(ICD10, 'I50.9', coded));
    expect(reasonsOf(record)).toEqual(['after-as-of']);
  });

  it('no pregnancy lasts for longer than 42 weeks', () => {
    const active = (onsetDateTime: string): boolean | undefined =>
      recordOf(aDiagnosis(ICD10, 'Z33.1', { onsetDateTime })).conditions[0]?.active;
    expect(active('2025-09-01')).toBe(true);
    expect(active('2025-01-01')).toBe(false);
  });
});

describe('allergies', () => {
  it('an allergy to a drug is recorded with its reaction', () => {
    const reaction = [{ manifestation: [{ text: 'Angio-oedema of the tongue' }, { text: 'rash' }] }];
    expect(recordOf(anAllergy('lisinopril', { reaction })).allergies).toEqual([
      { allergen: 'lisinopril', reaction: 'angioedema, rash', source: 'AllergyIntolerance/allergy-lisinopril' },
    ]);
  });

  it('an allergy to a class is recorded as the class', () => {
    expect(recordOf(anAllergy('ACE inhibitors')).allergies[0]?.allergen).toBe('acei');
  });

  it.each<[reason: string, allergy: Json]>([
    ['refuted', anAllergy('lisinopril', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
    ['entered-in-error', anAllergy('lisinopril', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } })],
    ['allergy-not-active', anAllergy('lisinopril', { clinicalStatus: { coding: [{ code: 'resolved' }] } })],
    ['allergen-unknown', anAllergy('peanut')],
    ['after-as-of', anAllergy('lisinopril', { recordedDate: '2026-04-01' })],
    [
      'no-known-allergy',
      anAllergy('none', { code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } }),
    ],
    ['other-patient', anAllergy('lisinopril', { patient: { reference: 'Patient/bob' } })],
  ])('%s: it is no allergy', (reason, allergy) => {
    const record = recordOf(allergy);
    expect(record.allergies).toEqual([]);
    expect(reasonsOf(record)).toEqual([reason]);
  });
});
