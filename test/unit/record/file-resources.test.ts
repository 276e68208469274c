import { describe, expect, it } from 'vitest';

import { fileResources } from '../../../src/record/file-resources.ts';
import { aPotassium, PATIENT_ID, type Json } from './fhir-builders.ts';

const potassium = (value: number, meta?: Json): Json => aPotassium(value, { id: 'k', ...(meta && { meta }) });

function filedOf(...resources: readonly Json[]): {
  readonly used: readonly Json[];
  readonly reasons: readonly string[];
} {
  const filed = fileResources(resources, PATIENT_ID);
  return {
    used: filed.ofType('Observation').map(({ resource }) => resource),
    reasons: filed.dropped.map(({ reason }) => reason),
  };
}

describe('two resources of one id', () => {
  it('that say the same are one, whatever their metadata and the order of their fields', () => {
    const { id, ...rest } = potassium(4.4);
    const first = potassium(4.4, { versionId: '1' });
    expect(filedOf(first, { ...rest, id })).toEqual({ used: [first], reasons: ['duplicate'] });
  });

  it.each<[title: string, older: Json, newer: Json]>([
    ['the higher version', potassium(4.4, { versionId: '9' }), potassium(6.4, { versionId: '10' })],
    [
      'the later change',
      potassium(4.4, { lastUpdated: '2026-03-09T08:00:00Z' }),
      potassium(6.4, { lastUpdated: '2026-03-09T09:00:00Z' }),
    ],
  ])('that differ: %s counts, in either order', (_, older, newer) => {
    const expected = { used: [newer], reasons: ['superseded'] };
    expect(filedOf(older, newer)).toEqual(expected);
    expect(filedOf(newer, older)).toEqual(expected);
  });

  it.each<[title: string, a: Json, b: Json]>([
    ['without metadata', potassium(4.4), potassium(6.4)],
    ['of one version', potassium(4.4, { versionId: '1' }), potassium(6.4, { versionId: '1' })],
    ['of which one alone is dated', potassium(4.4, { lastUpdated: '2026-03-09T08:00:00Z' }), potassium(6.4)],
  ])('that differ, %s: neither is used', (_, a, b) => {
    expect(filedOf(a, b)).toEqual({ used: [], reasons: ['conflicting-versions', 'conflicting-versions'] });
  });

  it('of which one is about another patient are no conflict', () => {
    const own = potassium(4.4);
    const foreign = { ...potassium(6.4), subject: { reference: 'Patient/bob' } };
    expect(filedOf(foreign, own)).toEqual({ used: [own], reasons: ['other-patient'] });
  });
});
