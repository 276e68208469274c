import { describe, expect, it } from 'vitest';

import { anAllergy, reasonsOf, recordOf } from './fhir-builders.ts';

describe('allergies', () => {
  it.each(['allergy', 'intolerance'])('what the source calls an %s keeps that name', (type) => {
    expect(recordOf(anAllergy('lisinopril', { type })).allergies.map(({ kind }) => kind)).toEqual([type]);
  });

  it.each([undefined, 'side-effect', 7])('a type of %j says nothing', (type) => {
    const [allergy] = recordOf(anAllergy('lisinopril', { type })).allergies;
    expect(allergy?.allergen).toBe('lisinopril');
    expect(allergy).not.toHaveProperty('kind');
  });

  it('an allergy recorded on a day that has begun east of here counts; one of next week does not', () => {
    expect(recordOf(anAllergy('lisinopril', { recordedDate: '2026-03-11' })).allergies).toHaveLength(1);
    const later = recordOf(anAllergy('lisinopril', { recordedDate: '2026-03-17' }));
    expect(later.allergies).toEqual([]);
    expect(reasonsOf(later)).toEqual(['after-as-of']);
  });
});
