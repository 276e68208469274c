import { describe, expect, it } from 'vitest';
import { answerFhir } from '../../../deploy/sandbox/fhir-api.ts';
import { openFhirStore, type StoredResource } from '../../../deploy/sandbox/fhir-store.ts';
import { aClinic, anObservation, aPrescription } from '../../fakes/a-clinic.ts';

const BASE = 'http://ehr.test/fhir';
const store = openFhirStore([
  ...aClinic().flatMap(({ resources }) => resources),
  anObservation('p2', { loinc: '2823-3', value: 4.0, unit: 'mmol/L', date: '2026-09-30T08:30:00Z' }),
  { ...anObservation('p2', { loinc: '4548-4', value: 6.1, unit: '%', date: '2026-10' }), status: 'preliminary' },
  aPrescription('p2', { id: 'old', rxcui: '29046', text: 'lisinopril', dose: 5, status: 'stopped' }),
  {
    resourceType: 'Encounter',
    id: 'stay',
    status: 'finished',
    subject: { reference: 'Patient/p2' },
    period: { start: '2026-01-10', end: '2026-02-20' },
  },
]);

interface Searchset {
  readonly total: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly fullUrl: string; readonly resource: StoredResource }[];
}

function search(query: string): Searchset {
  const { status, body } = answerFhir(store, BASE, query);
  expect(status).toBe(200);
  return body as Searchset;
}
const idsOf = (query: string): readonly string[] => (search(query).entry ?? []).map(({ resource }) => resource.id);
const totalOf = (query: string): number => search(query).total;

describe('a search', () => {
  it('finds only the resources of its patient, by id or reference', () => {
    expect(totalOf('Observation?patient=p1')).toBe(15);
    expect(totalOf('Observation?subject=Patient/p1')).toBe(15);
    expect(totalOf('Observation?patient=nobody')).toBe(0);
    expect(totalOf('AllergyIntolerance?patient=p1')).toBe(1);
  });

  it.each([
    ['system|code', 'http://loinc.org|2823-3', 5],
    ['a bare code (PF-04)', '2823-3', 5],
    ['a list is OR', 'http://loinc.org|2823-3,http://loinc.org|98979-8', 10],
    ['a system alone', 'http://loinc.org|', 15],
    ['a code of no system', '|2823-3', 0],
    ['a code of another system', 'http://snomed.info/sct|2823-3', 0],
    ['an encoded bar', 'http%3A%2F%2Floinc.org%7C2823-3', 5],
  ])('by code, %s', (_, code, total) => {
    expect(totalOf(`Observation?patient=p1&code=${code}`)).toBe(total);
  });

  it('repeated parameters are AND', () => {
    expect(totalOf('Observation?patient=p1&date=ge2026-01-01&date=lt2026-09-30&code=2823-3')).toBe(2);
    expect(totalOf('Observation?code=2823-3&code=98979-8')).toBe(0);
  });

  it.each([
    ['2026-09-30', 1],
    ['eq2026-09', 1],
    ['2026', 3],
    ['ge2026-03-02', 3],
    ['gt2026-03-02', 2],
    ['le2026-03-02', 3],
    ['lt2026-03-02', 2],
    ['sa2026-06-11', 1],
    ['eb2025-12-04', 1],
  ])('by date %s', (date, total) => {
    expect(totalOf(`Observation?patient=p1&code=2823-3&date=${date}`)).toBe(total);
  });

  it('a day finds a time within it, and a time within it does not find the day', () => {
    expect(totalOf('Observation?patient=p2&date=2026-09-30')).toBe(1);
    expect(totalOf('Observation?patient=p1&code=2823-3&date=2026-09-30T08:30:00Z')).toBe(0);
  });

  it.each([
    ['date=2026-01', 0],
    ['date=2026', 1],
    ['date=gt2026-02-01', 1],
    ['date=lt2026-01-10', 0],
  ])('by period, %s', (date, total) => {
    expect(totalOf(`Encounter?patient=p2&${date}`)).toBe(total);
  });

  it('by status, category, clinical status and id', () => {
    expect(totalOf('Observation?patient=p2&status=final,preliminary')).toBe(2);
    expect(totalOf('Observation?patient=p2&status=final')).toBe(1);
    expect(totalOf('Observation?patient=p1&category=laboratory')).toBe(10);
    expect(totalOf('Condition?patient=p1&clinical-status=active')).toBe(1);
    expect(totalOf('Condition?patient=p1&clinical-status=resolved')).toBe(0);
    expect(idsOf('Patient?_id=p2')).toEqual(['p2']);
    expect(idsOf('MedicationRequest?patient=p1&status=active&intent=order')).toEqual(['m1']);
  });

  it('sorts by date both ways', () => {
    const dates = (query: string): readonly unknown[] =>
      (search(query).entry ?? []).map(({ resource }) => resource.effectiveDateTime);
    const newestFirst = dates('Observation?patient=p1&code=2823-3&_sort=-date');
    expect(newestFirst).toEqual(['2026-09-30', '2026-06-11', '2026-03-02', '2025-12-04', '2025-09-10']);
    expect(dates('Observation?patient=p1&code=2823-3&_sort=date')).toEqual([...newestFirst].reverse());
  });

  it('pages by count; the next links lead through all, once', () => {
    let query = 'Observation?patient=p1&_sort=-date&_count=4';
    const seen: string[] = [];
    for (;;) {
      const { entry = [], link, total } = search(query);
      expect(total).toBe(15);
      seen.push(...entry.map(({ resource }) => resource.id));
      const next = link.find(({ relation }) => relation === 'next');
      if (next === undefined) break;
      query = next.url.slice(`${BASE}/`.length);
    }
    expect(seen).toHaveLength(15);
    expect(new Set(seen).size).toBe(15);
  });

  it('a count of zero is a total alone', () => {
    expect(search('Observation?patient=p1&_count=0')).toMatchObject({ total: 15, link: [{ relation: 'self' }] });
    expect(search('Observation?patient=p1&_count=0')).not.toHaveProperty('entry');
  });

  it('an empty searchset has no entry, since FHIR JSON has no empty arrays', () => {
    expect(search('Observation?patient=nobody')).not.toHaveProperty('entry');
  });

  it('names each resource by its full address', () => {
    expect(search('Patient?_id=p1').entry?.[0]?.fullUrl).toBe('http://ehr.test/fhir/Patient/p1');
  });
});

describe('what is not served is refused with an OperationOutcome', () => {
  it.each([
    ['Patient/nobody', 404, 'not-found'],
    ['Immunization?patient=p1', 404, 'not-supported'],
    ['Patient/p1/$everything', 404, 'not-supported'],
    ['', 404, 'not-supported'],
    ['constructor/p1', 404, 'not-supported'],
    ['Observation?patient=p1&sort:desc=date', 400, 'not-supported'],
    ['Observation?patient=p1&_include=Observation:subject', 400, 'not-supported'],
    ['Observation?patient=p1&constructor=1', 400, 'not-supported'],
    ['Observation?date=yesterday', 400, 'invalid'],
    ['Observation?date=2026-13-01', 400, 'invalid'],
    ['Observation?code=', 400, 'invalid'],
    ['Observation?_count=all', 400, 'invalid'],
    ['Observation?_count=-1', 400, 'invalid'],
    ['http://[', 400, 'invalid'],
  ])('%s → %i', (query, status, code) => {
    const answer = answerFhir(store, BASE, query);
    expect(answer).toMatchObject({
      status,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] },
    });
  });
});

describe('metadata', () => {
  it('lists every type with read, search and its parameters', () => {
    const { body } = answerFhir(store, BASE, 'metadata');
    const [rest] = (body as { rest: { resource: { type: string; searchParam: { name: string; type: string }[] }[] }[] })
      .rest;
    const observation = rest?.resource.find(({ type }) => type === 'Observation');
    expect(observation?.searchParam).toContainEqual({ name: 'date', type: 'date' });
    expect(rest?.resource).toHaveLength(11);
  });
});
