import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCdsServer, type Answered, type CdsServer } from '../fakes/a-cds-server.ts';
import {
  aHookInstance,
  anOrderSign,
  aPatientView,
  aPrefetch,
  aResult,
  aSearchset,
  draftSpironolactone,
  type Json,
} from '../fakes/a-hook-call.ts';
import { checkResponse } from './check-response.ts';

const ORDER_SIGN = '/cds-services/sextant-order-sign';
const PATIENT_VIEW = '/cds-services/sextant-patient-view';

let server: CdsServer;
beforeAll(async () => {
  server = await startCdsServer();
});
afterAll(() => server.close());

interface Outcome {
  readonly code: string;
  readonly diagnostics: string;
  readonly details: { readonly coding: readonly { readonly code: string }[] };
}

function issueOf({ body, headers }: Answered): Outcome {
  expect(headers.get('content-type')).toMatch(/^application\/fhir\+json/);
  expect(body.resourceType).toBe('OperationOutcome');
  return (body.issue as readonly [Outcome])[0];
}

function codeOf(answer: Answered): string | undefined {
  return issueOf(answer).details.coding[0]?.code;
}

describe('REQ-01: the body of a call is checked', () => {
  test.each([
    ['hook', { hook: undefined }],
    ['hookInstance', { hookInstance: 'not-a-uuid' }],
    ['hookInstance', { hookInstance: undefined }],
    ['context', { context: undefined }],
    ['context.userId', { context: { patientId: 'p1', draftOrders: { resourceType: 'Bundle' } } }],
    ['context.userId', { context: { userId: 'u1', patientId: 'p1', draftOrders: { resourceType: 'Bundle' } } }],
    ['context.patientId', { context: { userId: 'Practitioner/u1', draftOrders: { resourceType: 'Bundle' } } }],
    [
      'context.patientId',
      { context: { userId: 'Practitioner/u1', patientId: '../p2', draftOrders: { resourceType: 'Bundle' } } },
    ],
    ['context.draftOrders', { context: { userId: 'Practitioner/u1', patientId: 'p1' } }],
    [
      'context.draftOrders.resourceType',
      { context: { userId: 'Practitioner/u1', patientId: 'p1', draftOrders: { resourceType: 'List' } } },
    ],
    ['prefetch', { prefetch: 'none' }],
    ['fhirServer', { fhirServer: 'not a url' }],
  ])('a call with a wrong %s is answered with 400 that names it', async (field, change) => {
    const answer = await server.post(ORDER_SIGN, anOrderSign(change));
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('request.malformed');
    expect(issueOf(answer).diagnostics).toContain(`${field}: `);
  });

  test('all problems are reported together', async () => {
    const answer = await server.post(ORDER_SIGN, anOrderSign({ hookInstance: 'x', context: { patientId: 'p1' } }));
    const { diagnostics } = issueOf(answer);
    for (const field of ['hookInstance', 'context.userId', 'context.draftOrders']) expect(diagnostics).toContain(field);
  });

  test.each([
    ['no body', ''],
    ['no JSON', '{"hook":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a text', '"order-sign"'],
    ['an empty object', '{}'],
    ['a number out of range', JSON.stringify({ ...anOrderSign(), extension: { n: 1 } }).replace('"n":1', '"n":-1e999')],
  ])('%s is answered with 400', async (_, body) => {
    const answer = await server.post(ORDER_SIGN, body);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('request.malformed');
  });
});

test('REQ-02: a hook that is not the one of the service is refused', async () => {
  const answer = await server.post(ORDER_SIGN, anOrderSign({ hook: 'order-select' }));
  expect(answer.status).toBe(400);
  expect(codeOf(answer)).toBe('hook.mismatch');
});

test('REQ-03: fhirAuthorization without fhirServer is refused', async () => {
  const answer = await server.post(ORDER_SIGN, anOrderSign({ fhirAuthorization: { access_token: 'x' } }));
  expect(answer.status).toBe(400);
  expect(issueOf(answer).diagnostics).toContain('fhirServer');
});

test.each([undefined, null, {}])(
  'REQ-04, REQ-09: with prefetch %j every needed key is named in a 412',
  async (prefetch) => {
    const answer = await server.post(ORDER_SIGN, { ...anOrderSign(), prefetch });
    expect(answer.status).toBe(412);
    expect(codeOf(answer)).toBe('prefetch.missing');
    expect(issueOf(answer).diagnostics).toContain(
      'Missing: patient, laboratory, vitals, medications, conditions, allergies.',
    );
  },
);

test('REQ-05: extensions and unknown fields are ignored wherever they stand', async () => {
  const call = anOrderSign({
    extension: { 'com.epic.cdshooks.request.bpa-trigger-action': '23' },
    unknown: { deep: [1] },
  });
  const context = { ...(call.context as Json), extension: { 'org.example.x': {} }, encounterId: null };
  expect((await server.post(ORDER_SIGN, { ...call, context })).status).toBe(200);
});

test('REQ-06, REQ-07: no answer holds null or empty values but an empty list of cards', async () => {
  const call = anOrderSign();
  const { text } = await server.post(ORDER_SIGN, call);
  expect(checkResponse(text, call)).toEqual([]);
  expect(checkResponse('{"cards":[{"summary":null}]}', call)).toContain('REQ-06: cards.0.summary is empty');
});

test('REQ-08: when there is nothing to say the answer is an empty list of cards', async () => {
  const { status, text } = await server.post(PATIENT_VIEW, aPatientView());
  expect(status).toBe(200);
  expect(text).toBe('{"cards":[]}');
});

describe('REQ-10: failures tell what to do and nothing else', () => {
  test('an answer holds neither stack nor patient', async () => {
    const { text } = await server.post(ORDER_SIGN, anOrderSign({ prefetch: {} }));
    expect(text).not.toMatch(/\bat .*\.ts|node_modules|"p1"|Practitioner\/u1/);
  });

  test('broken JSON is not quoted in the answer or in the log', async () => {
    const { text } = await server.post(ORDER_SIGN, '{"patient":"Okafor" oops');
    expect(text).not.toContain('Okafor');
    expect(server.logged.join('')).not.toContain('Okafor');
  });

  test('an unforeseen failure says its request id and nothing more', async () => {
    const broken = await startCdsServer({ review: () => Promise.reject(new Error('patient Okafor broke it')) });
    const answer = await broken.post(ORDER_SIGN, anOrderSign());
    expect(answer.status).toBe(500);
    expect(codeOf(answer)).toBe('internal');
    expect(answer.text).toContain(answer.headers.get('x-request-id'));
    expect(answer.text + broken.logged.join('')).not.toContain('Okafor');
    await broken.close();
  });
});

describe('REQ-12: what is not served', () => {
  test.each([
    ['POST', '/cds-services/unknown', 404, 'service.unknown'],
    ['GET', '/', 404, 'route.unknown'],
    ['GET', '/ledger/x', 404, 'route.unknown'],
    ['GET', ORDER_SIGN, 405, 'request.method'],
    ['DELETE', '/cds-services', 405, 'request.method'],
  ])('%s %s is answered with %i', async (method, path, status, code) => {
    const answer = await server.send(path, {
      method,
      ...(method === 'POST' ? { headers: { 'content-type': 'application/json' }, body: '{}' } : {}),
    });
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toBe(code);
  });

  test('a 405 names the method that is served', async () => {
    expect((await server.get(ORDER_SIGN)).headers.get('allow')).toBe('POST, OPTIONS');
  });

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    '%s is answered with 415',
    async (type) => {
      const answer = await server.post(ORDER_SIGN, anOrderSign(), { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(codeOf(answer)).toBe('request.media-type');
    },
  );

  test('a broken %-escape in the path is the fault of the caller', async () => {
    expect((await server.post('/cds-services/%E0%A4%A', anOrderSign())).status).toBe(400);
  });
});

describe('REQ-13: a call that is sent again', () => {
  test('an unchanged call gets the same bytes, and one entry', async () => {
    const call = anOrderSign();
    const first = await server.post(ORDER_SIGN, call);
    const { entries } = server.ledger.verify();
    const again = await server.post(ORDER_SIGN, {
      ...call,
      fhirServer: 'https://ehr.example/fhir',
      fhirAuthorization: {},
    });
    expect(again.text).toBe(first.text);
    expect(server.ledger.verify().entries).toBe(entries);
  });

  test('two at the same time get the same bytes, and one entry', async () => {
    const call = anOrderSign();
    const { entries } = server.ledger.verify();
    const [first, second] = await Promise.all([server.post(ORDER_SIGN, call), server.post(ORDER_SIGN, call)]);
    expect(first.text).toBe(second.text);
    expect(server.ledger.verify().entries).toBe(entries + 1);
  });

  test('another request under the same hookInstance never gets the first answer', async () => {
    const hookInstance = aHookInstance();
    await server.post(ORDER_SIGN, anOrderSign({ hookInstance }));
    const answer = await server.post(ORDER_SIGN, anOrderSign({ hookInstance, drafts: [draftSpironolactone(50)] }));
    expect(answer.status).toBe(409);
    expect(codeOf(answer)).toBe('hook.repeated');
  });
});

describe('REQ-14: other versions of FHIR', () => {
  test.each([
    ['an order of DSTU2', anOrderSign({ drafts: [{ resourceType: 'MedicationOrder', id: 'x' }] })],
    ['an order of STU3', anOrderSign({ drafts: [{ resourceType: 'ProcedureRequest', id: 'x' }] })],
    ["Epic's word for it", anOrderSign({ extension: { 'com.epic.cdshooks.request.fhir-version': 'STU3' } })],
  ])('%s is refused with 412', async (_, call) => {
    const answer = await server.post(ORDER_SIGN, call);
    expect(answer.status).toBe(412);
    expect(codeOf(answer)).toBe('fhir.version');
  });

  test.each(['R4', '4.0.1'])('%s is welcome', async (version) => {
    const extension = { 'com.epic.cdshooks.request.fhir-version': version };
    expect((await server.post(ORDER_SIGN, anOrderSign({ extension }))).status).toBe(200);
  });
});

describe('REQ-15, SEC-17: large and deep bodies', () => {
  test('a body over the limit is answered with 413', async () => {
    const answer = await server.post(ORDER_SIGN, `{"x":"${'a'.repeat(1024 * 1024)}"}`);
    expect(answer.status).toBe(413);
    expect(codeOf(answer)).toBe('request.too-large');
  });

  test('a body of several hundred kilobytes is answered', async () => {
    const many = Array.from({ length: 1500 }, (_, index) => ({ ...aResult('2823-3', 4.4, 'mmol/L'), id: `k${index}` }));
    const call = anOrderSign({
      prefetch: aPrefetch({ laboratory: aSearchset(...many, aResult('2160-0', 1, 'mg/dL')) }),
    });
    expect(JSON.stringify(call).length).toBeGreaterThan(400_000);
    expect((await server.post(ORDER_SIGN, call)).status).toBe(200);
  });

  test('a body that nests too deeply is refused before it is parsed', async () => {
    const answer = await server.post(ORDER_SIGN, `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('request.too-deep');
  });

  test('brackets inside of strings are not depth', async () => {
    const answer = await server.post(ORDER_SIGN, { ...anOrderSign(), note: '[{'.repeat(500) + '\\"' });
    expect(answer.status).toBe(200);
  });
});

describe('PF-11: other patients', () => {
  test('a draft order of another patient refuses the call', async () => {
    const drafts = [draftSpironolactone(25, { subject: { reference: 'Patient/p2' } })];
    const answer = await server.post(ORDER_SIGN, anOrderSign({ drafts }));
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('patient.mismatch');
    expect(answer.text).not.toContain('p2');
  });

  test('an observation of another patient refuses the call, and is not quoted', async () => {
    const foreign = { ...aResult('2823-3', 9.5, 'mmol/L', 1), id: 'foreign', subject: { reference: 'Patient/p2' } };
    const { laboratory } = aPrefetch() as { laboratory: { entry: readonly Json[] } };
    const mixed = { ...laboratory, entry: [...laboratory.entry, { resource: foreign }] };
    const answer = await server.post(ORDER_SIGN, anOrderSign({ prefetch: aPrefetch({ laboratory: mixed }) }));
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('patient.mismatch');
    expect(answer.text).not.toMatch(/p2|9\.5/);
  });
});

describe('SEC-16: browser clients', () => {
  const preflight = (origin: string) =>
    server.send(ORDER_SIGN, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  test('a configured origin may send Authorization and Content-Type', async () => {
    const { status, headers } = await preflight('http://localhost:8080');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:8080');
    expect(headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type');
  });

  test('another origin is told nothing', async () => {
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('answers are not to be stored or sniffed', async () => {
  const { headers } = await server.get('/cds-services');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
});
