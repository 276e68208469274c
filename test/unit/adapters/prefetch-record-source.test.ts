import { describe, expect, test } from 'vitest';
import { createPrefetchRecordSource } from '../../../src/adapters/prefetch-record-source.ts';
import { servicesOf } from '../../../cds-hooks/services.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aPrefetch, aResult, aSearchset, type Json } from '../../fakes/a-hook-call.ts';

const keys = servicesOf(cardioRenalMetabolic)[0]?.prefetch ?? {};
const gather = (change: Json = {}, without: readonly string[] = []) => {
  const prefetch = Object.fromEntries(Object.entries(aPrefetch(change)).filter(([key]) => !without.includes(key)));
  return createPrefetchRecordSource(keys).gather({ patientId: 'p1', prefetch });
};

const outcome = (severity: string, code = 'processing'): Json => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code }],
});

describe('PF-07: a prefetch key arrives in many ways', () => {
  test('a Bundle with entries is given, and its resources are gathered', async () => {
    const { resources, keys: states } = await gather();
    expect(states).toMatchObject({ laboratory: 'given', medications: 'given' });
    expect(resources.filter(({ resourceType }) => resourceType === 'Observation')).toHaveLength(7);
  });

  test.each([
    ['null', null],
    ['an empty Bundle', aSearchset()],
    ['a Bundle without entry', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
    ['a Bundle with a warning alone, as Epic sends it', aSearchset(outcome('warning'))],
    ['an outcome that says not-found', outcome('error', 'not-found')],
  ])('%s is empty', async (_, allergies) => {
    expect((await gather({ allergies })).availability.allergies).toBe('empty');
  });

  test.each([
    ['an OperationOutcome', outcome('error')],
    ['a Bundle that holds an error', aSearchset(outcome('fatal'))],
    ['a text', 'nothing'],
    ['an array', []],
    ['an object that is no resource', { entry: [] }],
  ])('%s has failed, and the call goes on without it', async (_, conditions) => {
    expect((await gather({ conditions })).availability.conditions).toBe('failed');
  });

  test('what no rule asks for may be left out or fail, and no part of the record is the worse for it', async () => {
    expect((await gather({}, ['background'])).availability.observations).toBe('given');
    const failed = await gather({ background: outcome('error') });
    expect(failed.keys.background).toBe('failed');
    expect(failed.availability.observations).toBe('given');
  });

  test('what no rule asks for is gathered when it comes', async () => {
    const { resources } = await gather({ background: aSearchset(aResult('13457-7', 101, 'mg/dL')) });
    expect(resources.filter(({ resourceType }) => resourceType === 'Observation')).toHaveLength(8);
  });

  test('a key that may be left out is absent', async () => {
    const gathered = await gather({}, ['statements']);
    expect(gathered.keys.statements).toBe('absent');
    expect(gathered.availability.medications).toBe('given');
  });

  test('a part of which one key failed has failed', async () => {
    expect((await gather({ statements: outcome('error') })).availability.medications).toBe('failed');
  });
});

describe('a Bundle of which something cannot be read or did not come', () => {
  const angioedema: Json = {
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    patient: { reference: 'Patient/p1' },
    code: { text: 'lisinopril' },
  };
  const reasonsOf = async (allergies: Json): Promise<readonly string[] | undefined> =>
    (await gather({ allergies })).dropped?.map(({ source, reason }) => `${source} ${reason}`);

  test.each([
    ['null', null],
    ['a text', 'entry'],
    ['without a resource', { fullUrl: 'urn:uuid:1' }],
    ['with null as its resource', { resource: null }],
    ['with a resource without a type', { resource: { id: 'x' } }],
  ])('an entry that is %s does not hide the allergy beside it, and the part has failed', async (_, bad) => {
    const allergies = { resourceType: 'Bundle', type: 'searchset', entry: [bad, { resource: angioedema }] };
    const gathered = await gather({ allergies });
    expect(gathered.resources).toContainEqual(angioedema);
    expect(gathered.availability.allergies).toBe('failed');
    expect(await reasonsOf(allergies)).toEqual(['prefetch.allergies/entry/0 not-a-resource']);
  });

  test('a Bundle whose entries are no list has failed, and is no resource of the record', async () => {
    const gathered = await gather({ allergies: { resourceType: 'Bundle', entry: { resource: angioedema } } });
    expect(gathered.availability.allergies).toBe('failed');
    expect(gathered.resources.map(({ resourceType }) => resourceType)).not.toContain('Bundle');
  });

  test.each([
    ['names a next page', { link: [null, { relation: 'next', url: 'https://example.org/2' }] }],
    ['counts more matches than it holds', { total: 2 }],
  ])('a searchset that %s says that a page is missing', async (_, more) => {
    const sent = { ...aSearchset(angioedema), total: 1, ...more };
    expect((await gather({ allergies: sent })).availability.allergies).toBe('given');
    expect(await reasonsOf(sent)).toEqual(['prefetch.allergies page-missing']);
  });

  test('what was included with a match does not stand in for a match that is missing', async () => {
    const entry = [
      { resource: angioedema, search: { mode: 'match' } },
      { resource: { resourceType: 'Practitioner', id: 'dr' }, search: { mode: 'include' } },
    ];
    const searchset = (total: number): Json => ({ resourceType: 'Bundle', type: 'searchset', total, entry });
    expect(await reasonsOf(searchset(2))).toEqual(['prefetch.allergies page-missing']);
    expect(await reasonsOf(searchset(1))).toEqual([]);
  });

  test.each([
    ['a self link alone', { link: [{ relation: 'self', url: 'https://example.org/1' }], total: 1 }],
    ['no total', { total: undefined }],
  ])('a searchset with %s is whole', async (_, more) => {
    expect(await reasonsOf({ ...aSearchset(angioedema), ...more })).toEqual([]);
  });
});

describe('REQ-09: what is needed and not sent', () => {
  test('all missing keys are named together', async () => {
    await expect(gather({}, ['conditions', 'allergies'])).rejects.toThrow(
      expect.objectContaining({ code: 'prefetch.missing', details: ['Missing: conditions, allergies.'] }) as Error,
    );
  });

  test.each([
    ['null', null],
    ['an outcome', outcome('error')],
  ])('a patient that is %s is missing', async (_, patient) => {
    await expect(gather({ patient })).rejects.toThrow(/Missing: patient/);
  });
});

describe('PF-11: other patients', () => {
  test('another Patient is refused', async () => {
    const patient = { resourceType: 'Patient', id: 'p2' };
    await expect(gather({ patient })).rejects.toThrow(expect.objectContaining({ code: 'patient.mismatch' }) as Error);
  });

  test.each(['Patient/p2', 'https://ehr.example/fhir/Patient/p2'])(
    'a result of %s refuses the call',
    async (reference) => {
      const foreign = { ...aResult('2823-3', 9.9, 'mmol/L'), id: 'foreign', subject: { reference } };
      const gathering = gather({ laboratory: aSearchset(foreign) });
      await expect(gathering).rejects.toThrow(/^(?!.*p2).*prefetch\.laboratory/);
    },
  );

  test('an allergy of another patient refuses the call', async () => {
    const foreign = { resourceType: 'AllergyIntolerance', id: 'a', patient: { reference: 'Patient/p2' } };
    const gathering = gather({ allergies: aSearchset(foreign) });
    await expect(gathering).rejects.toThrow(expect.objectContaining({ code: 'patient.mismatch' }) as Error);
  });
});
