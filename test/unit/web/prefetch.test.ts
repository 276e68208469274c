import { describe, expect, it } from 'vitest';
import { fillTemplate, findTemplateFaults, resolvePrefetch, type FhirFetch } from '../../../src/web/prefetch.ts';

const CONTEXT = {
  userId: 'Practitioner/dr-1',
  patientId: 'p1',
  encounterId: 'e1',
  draftOrders: { resourceType: 'Bundle' },
};

/** A FHIR server that knows these answers and fails on anything else; `asked` lists the queries it got. */
function aServer(answers: Readonly<Record<string, unknown>>): { fetch: FhirFetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: FhirFetch = (query) => {
    asked.push(query);
    return query in answers ? Promise.resolve(answers[query]) : Promise.reject(new Error(`500 ${query}`));
  };
  return { fetch, asked };
}

describe('fillTemplate', () => {
  it('PF-01 fills context fields and the user id of the right type', () => {
    expect(fillTemplate('Patient/{{context.patientId}}', CONTEXT)).toBe('Patient/p1');
    expect(fillTemplate('Practitioner/{{userPractitionerId}}', CONTEXT)).toBe('Practitioner/dr-1');
    expect(fillTemplate('A?x={{ context.patientId }}&y={{context.userId}}', CONTEXT)).toBe(
      'A?x=p1&y=Practitioner/dr-1',
    );
  });

  it('PF-01 does not honour the token of another user type', () => {
    expect(fillTemplate('Patient/{{userPatientId}}', CONTEXT)).toBeUndefined();
  });

  it('PF-02 does not honour fields that are missing, not primitive or inherited', () => {
    expect(fillTemplate('X/{{context.taskId}}', CONTEXT)).toBeUndefined();
    expect(fillTemplate('X/{{context.draftOrders}}', CONTEXT)).toBeUndefined();
    expect(fillTemplate('X/{{context.constructor}}', CONTEXT)).toBeUndefined();
    expect(fillTemplate('X/{{today()}}', CONTEXT)).toBeUndefined();
  });

  it.each(['p1&patient=p2', '../Practitioner', 'p 1', '', 'p1|x', 'a'.repeat(65)])(
    'a patient id that could change the query is not put into it: %j',
    (patientId) => {
      expect(fillTemplate('Observation?patient={{context.patientId}}', { patientId })).toBeUndefined();
    },
  );
});

describe('resolvePrefetch', () => {
  it('PF-06 answers each key with what the server said', async () => {
    const bundle = { resourceType: 'Bundle', type: 'searchset' };
    const { fetch } = aServer({
      'Patient/p1': { resourceType: 'Patient', id: 'p1' },
      'Observation?patient=p1': bundle,
    });
    const templates = { patient: 'Patient/{{context.patientId}}', labs: 'Observation?patient={{context.patientId}}' };
    expect(await resolvePrefetch(templates, CONTEXT, fetch)).toEqual({
      patient: { resourceType: 'Patient', id: 'p1' },
      labs: bundle,
    });
  });

  it('PF-07 no data is null; a failed query and an unfilled token leave the key out', async () => {
    const { fetch, asked } = aServer({ 'Patient/p1': null });
    const templates = {
      none: 'Patient/{{context.patientId}}',
      failed: 'Condition?patient={{context.patientId}}',
      unfilled: 'X/{{context.y}}',
    };
    expect(await resolvePrefetch(templates, CONTEXT, fetch)).toEqual({ none: null });
    expect(asked).toEqual(['Patient/p1', 'Condition?patient=p1']);
  });

  it('PF-14 sends equal queries once', async () => {
    const { fetch, asked } = aServer({ 'Patient/p1': { id: 'p1' } });
    const prefetch = await resolvePrefetch({ a: 'Patient/{{context.patientId}}', b: 'Patient/p1' }, CONTEXT, fetch);
    expect(asked).toEqual(['Patient/p1']);
    expect(prefetch.a).toBe(prefetch.b);
  });

  it('an empty set of templates asks nothing', async () => {
    const { fetch, asked } = aServer({});
    expect(await resolvePrefetch({}, CONTEXT, fetch)).toEqual({});
    expect(asked).toEqual([]);
  });
});

describe('findTemplateFaults', () => {
  it.each([
    'Patient/{{context.patientId}}',
    'Practitioner/{{userPractitionerId}}',
    'Condition?patient={{context.patientId}}&clinical-status=active',
    'Observation?patient={{context.patientId}}&code=http://loinc.org|2823-3,http://loinc.org|6298-4&date=ge2024-01-01&_sort=-date&_count=50',
    'Observation?patient={{context.patientId}}&code:in=http://example.org/vs',
    'MedicationRequest?patient={{context.patientId}}&status=active,on-hold',
  ])('PF-03 finds nothing wrong with %s', (template) => {
    expect(findTemplateFaults(template)).toEqual([]);
  });

  it.each([
    ['Observation', 'is neither a read nor a search of one type'],
    ['Patient/{{context.patientId}}/$everything', 'is neither a read nor a search of one type'],
    ['Observation?patient=p1', 'patient must be {{context.patientId}}'],
    ['Observation?patient={{context.patientId}}&sort:desc=date', 'sort:desc is outside the prefetch subset'],
    ['Observation?patient={{context.patientId}}&date=ne2024-01-01', 'date must be a date with eq, lt, gt, ge or le'],
    ['Observation?patient={{context.patientId}}&date=ge{{today()}}', '{{today()}} is no prefetch token'],
    [
      'Observation?patient={{context.patientId}}&_include=Observation:subject',
      '_include is outside the prefetch subset',
    ],
    ['Observation?patient={{context.patientId}}&_count=0', '_count must be a positive number'],
    ['Observation?patient={{context.patientId}}&code', 'code must be a token'],
  ])('PF-03 says what is wrong with %s', (template, fault) => {
    expect(findTemplateFaults(template)).toContain(fault);
  });
});
