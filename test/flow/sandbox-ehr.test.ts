import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../deploy/sandbox/server.ts';
import { instant } from '../../src/core/time.ts';
import { aClinic, SOME_DRUGS } from '../fakes/a-clinic.ts';
import { aPotassiumCard, startFakeCdsService, TWO_SERVICES, type FakeCdsService } from '../fakes/cds-service.ts';

type Json = Record<string, unknown>;
interface Draft extends Json {
  readonly id: string;
  readonly resourceType: string;
}

const NOW = '2026-11-22T10:00:00.000Z';
let service: FakeCdsService;
let sandbox: Sandbox;

/** Starts the sandbox beside a service that warns about potassium on order-sign, and is silent otherwise. */
async function start(answers: Partial<Parameters<typeof startFakeCdsService>[0]> = {}): Promise<void> {
  service = await startFakeCdsService({ services: TWO_SERVICES, answer: warnOnSign, ...answers });
  sandbox = await startSandbox({
    port: 0,
    serviceUrl: service.url,
    clinic: aClinic(),
    drugs: SOME_DRUGS,
    clock: { now: () => instant(Date.parse(NOW)) },
  });
}

function warnOnSign(body: Json): unknown {
  const { draftOrders } = body.context as { draftOrders?: { entry: { resource: Json }[] } };
  const [first] = draftOrders?.entry ?? [];
  return { cards: first === undefined ? [] : [aPotassiumCard(first.resource)] };
}

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const get = (path: string): Promise<{ status: number; body: Json }> => call('GET', path);
const fire = async (): Promise<Json> => {
  const { body } = await call('POST', '/api/patients/p1/hooks/order-sign');
  return (body as unknown as Json[])[0] ?? {};
};

beforeEach(() => start());
afterEach(async () => {
  await sandbox.close();
  await service.close();
});

describe('the sandbox fires a hook as an EHR does', () => {
  it('sends hook, instance, context with the drafts, and the prefetch that discovery asks for', async () => {
    await fire();
    const [request] = service.received;
    expect(request?.path).toBe('/cds-services/sign');
    expect(request?.body).toMatchObject({
      hook: 'order-sign',
      hookInstance: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      fhirServer: `${sandbox.url}/fhir`,
      context: {
        userId: 'Practitioner/sandbox-clinician',
        patientId: 'p1',
        encounterId: 'visit-1',
        draftOrders: { resourceType: 'Bundle', entry: [{ resource: { id: 'draft-1', status: 'draft' } }] },
      },
      prefetch: {
        patient: { resourceType: 'Patient', id: 'p1' },
        potassium: { type: 'searchset', total: 5 },
        medications: { total: 1 },
      },
    });
  });

  it('PF-07 leaves out a prefetch key whose search is not served', async () => {
    await fire();
    expect(Object.keys(service.received[0]?.body.prefetch as Json).sort()).toEqual([
      'medications',
      'patient',
      'potassium',
    ]);
  });

  it('the newest potassium comes first, and no more than asked for', async () => {
    await fire();
    const { potassium } = service.received[0]?.body.prefetch as {
      potassium: { entry: { resource: { effectiveDateTime: string } }[] };
    };
    expect(potassium.entry.map(({ resource }) => resource.effectiveDateTime)).toEqual([
      '2026-09-30',
      '2026-06-11',
      '2026-03-02',
    ]);
  });

  it('patient-view carries no drafts', async () => {
    await call('POST', '/api/patients/p1/hooks/patient-view');
    expect(service.received[0]?.path).toBe('/cds-services/view');
    expect(service.received[0]?.body.context).not.toHaveProperty('draftOrders');
  });

  it('prints the very request that it would send', async () => {
    const { body } = await get('/hook-request/p1?hook=order-sign');
    expect(service.received).toEqual([]);
    await fire();
    expect(body).toEqual({ ...service.received[0]?.body, hookInstance: body.hookInstance });
  });

  it('each call has its own hook instance', async () => {
    await fire();
    await fire();
    expect(new Set(service.received.map(({ body }) => body.hookInstance)).size).toBe(2);
  });
});

describe('an answer that an EHR cannot use is a problem on the screen, never a card', () => {
  const restart = async (answers: Partial<Parameters<typeof startFakeCdsService>[0]>): Promise<void> => {
    await sandbox.close();
    await service.close();
    await start(answers);
  };

  it('a service error is named by its status', async () => {
    await restart({ status: 503, answer: () => ({ resourceType: 'OperationOutcome' }) });
    expect(await fire()).toMatchObject({ status: 503, cards: [], problem: 'The service answered 503.' });
  });

  it.each([
    ['a summary of 140 characters', { summary: 'x'.repeat(140) }],
    ['an unknown indicator', { indicator: 'hard-stop' }],
    ['an empty list of suggestions', { suggestions: [] }],
    ['no uuid, so that feedback is impossible', { uuid: undefined }],
  ])('CARD rules: %s is refused', async (_, change) => {
    await restart({ answer: () => ({ cards: [{ ...aPotassiumCard({}), ...change }] }) });
    const exchange = await fire();
    expect(exchange.cards).toEqual([]);
    expect(exchange.problem).toMatch(/^The answer breaks CDS Hooks 2\.0\.1/);
  });

  it('a service that is gone is a problem of the call', async () => {
    await service.close();
    const { status, body } = await call('POST', '/api/patients/p1/hooks/order-sign');
    expect(status).toBe(502);
    expect(body.error).toEqual(expect.any(String));
    expect(JSON.stringify(body)).not.toContain('    at ');
  });
});

describe('what the clinician does with a card reaches the scratchpad and the service', () => {
  const accept = (suggestion: string): Promise<{ status: number; body: Json }> =>
    call('POST', '/api/patients/p1/accept', { card: 'card-1', suggestion });

  it('an accepted lower dose replaces the draft whole, and is reported', async () => {
    await fire();
    const { status, body } = await accept('suggestion-lower');
    expect(status).toBe(200);
    expect(body.drafts).toMatchObject([{ id: 'draft-1', dosageInstruction: [{ text: '12.5 mg once daily' }] }]);
    expect(service.received.at(-1)).toEqual({
      path: '/cds-services/sign/feedback',
      body: {
        feedback: [
          {
            card: 'card-1',
            outcome: 'accepted',
            acceptedSuggestions: [{ id: 'suggestion-lower' }],
            outcomeTimestamp: NOW,
          },
        ],
      },
    });
  });

  it('an accepted monitoring order joins the draft', async () => {
    await fire();
    const { body } = await accept('suggestion-panel');
    expect((body.drafts as Draft[]).map(({ resourceType }) => resourceType)).toEqual([
      'MedicationRequest',
      'ServiceRequest',
    ]);
  });

  it('an override is reported with its reason and comment, and changes nothing', async () => {
    await fire();
    const reason = { code: 'will-monitor', system: 'urn:example:override-reasons' };
    await call('POST', '/api/override', { card: 'card-1', reason, userComment: 'seen' });
    expect(service.received.at(-1)?.body).toEqual({
      feedback: [
        {
          card: 'card-1',
          outcome: 'overridden',
          overrideReason: { reason, userComment: 'seen' },
          outcomeTimestamp: NOW,
        },
      ],
    });
    expect((await get('/api/patients/p1')).body.drafts).toHaveLength(1);
  });

  it('a card that was not shown cannot be accepted or overridden', async () => {
    expect((await accept('suggestion-lower')).status).toBe(400);
    expect((await call('POST', '/api/override', { card: 'card-1' })).status).toBe(400);
    expect(service.received).toEqual([]);
  });

  it('a suggestion that the card does not have is refused', async () => {
    await fire();
    expect(await accept('another')).toEqual({ status: 400, body: { error: 'this card has no such suggestion' } });
  });

  it('a signed order is filed as active and found over FHIR', async () => {
    await fire();
    const { body } = await call('POST', '/api/patients/p1/sign');
    expect(body.drafts).toEqual([]);
    const found = await get('/fhir/MedicationRequest?patient=p1&status=active&code=9997');
    expect(found.body.total).toBe(1);
  });
});

describe('only what was checked is signed', () => {
  const sign = (): Promise<{ status: number; body: Json }> => call('POST', '/api/patients/p1/sign');
  const lisinopril = { ingredient: 'lisinopril', dose: 5, timesPerDay: 1 };

  it('nothing is signed before a check', async () => {
    expect(await sign()).toEqual({ status: 400, body: { error: 'no order was checked: check before signing' } });
  });

  it('an order that was added after the check stays unsigned', async () => {
    await fire();
    expect((await call('POST', '/api/patients/p1/orders', lisinopril)).body.isChecked).toBe(false);
    expect((await sign()).body.drafts).toMatchObject([{ medicationCodeableConcept: { text: 'lisinopril 5 mg oral' } }]);
  });

  it('an accepted lower dose is part of what was checked', async () => {
    await fire();
    const { body } = await call('POST', '/api/patients/p1/accept', { card: 'card-1', suggestion: 'suggestion-lower' });
    expect(body.isChecked).toBe(true);
    expect((await sign()).body.drafts).toEqual([]);
  });

  it('another drug that was accepted is checked before it is signed', async () => {
    await sandbox.close();
    await service.close();
    await start({ answer: (body) => ({ cards: [{ ...aPotassiumCard({}), suggestions: [anotherDrug(body)] }] }) });
    await fire();
    const { body } = await call('POST', '/api/patients/p1/accept', { card: 'card-1', suggestion: 'other' });
    expect(body.isChecked).toBe(false);
    expect((await sign()).status).toBe(400);
    await fire();
    expect((await sign()).body.drafts).toEqual([]);
  });

  function anotherDrug(body: Json): object {
    const { draftOrders } = body.context as { draftOrders: { entry: { resource: Draft }[] } };
    const { id, ...draft } = draftOrders.entry[0]?.resource ?? { id: '', resourceType: '' };
    const actions = [
      { type: 'delete', description: 'd', resourceId: `MedicationRequest/${id}` },
      { type: 'create', description: 'c', resource: draft },
    ];
    return { label: 'Another', uuid: 'other', actions };
  }
});

describe('callers from elsewhere are refused', () => {
  const ask = (init: RequestInit, path = '/api/patients/p1/hooks/order-sign'): Promise<Response> =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', ...init });

  it.each(['https://evil.example', 'null', 'http://localhost:1'])('a write from the origin %s', async (origin) => {
    expect((await ask({ headers: { origin } })).status).toBe(403);
    expect(service.received).toEqual([]);
  });

  it('the page itself may write', async () => {
    expect((await ask({ headers: { origin: sandbox.url } })).status).toBe(200);
  });

  it('a Host that is no loopback name (DNS rebinding)', async () => {
    const { port } = new URL(sandbox.url);
    const status = await new Promise((resolve) => {
      request({ port, host: '127.0.0.1', path: '/api/overview', headers: { host: 'evil.example' } }, (answer) => {
        resolve(answer.statusCode);
        answer.resume();
      }).end();
    });
    expect(status).toBe(403);
  });

  it('malformed JSON is answered with 400 and a sentence', async () => {
    const answer = await ask(
      { headers: { 'content-type': 'application/json' }, body: '{"ingredient":' },
      '/api/override',
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'the request cannot be read: send valid JSON' });
  });

  it('an unknown route is answered with 404 and JSON', async () => {
    expect(await get('/api/nothing')).toEqual({ status: 404, body: { error: 'nothing is served here' } });
  });
});

describe('orders', () => {
  it('an order entry becomes a draft with dose, frequency and RxNorm code', async () => {
    const entry = { ingredient: 'lisinopril', dose: 5, timesPerDay: 2 };
    const { body } = await call('POST', '/api/patients/p2/orders', entry);
    expect(body.drafts).toMatchObject([
      {
        resourceType: 'MedicationRequest',
        status: 'draft',
        subject: { reference: 'Patient/p2' },
        medicationCodeableConcept: { coding: [{ code: '29046' }], text: 'lisinopril 5 mg oral' },
        dosageInstruction: [
          {
            text: '5 mg twice daily',
            timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
            doseAndRate: [{ doseQuantity: { value: 5, code: 'mg' } }],
          },
        ],
      },
    ]);
  });

  it('a draft can be taken off the scratchpad', async () => {
    const { body } = await call('DELETE', '/api/patients/p1/orders/MedicationRequest/draft-1');
    expect(body.drafts).toEqual([]);
  });

  it.each([
    ['an unknown drug', '/api/patients/p1/orders', { ingredient: 'arsenic', dose: 1, timesPerDay: 1 }],
    ['a dose of zero', '/api/patients/p1/orders', { ingredient: 'lisinopril', dose: 0, timesPerDay: 1 }],
    ['a missing body', '/api/patients/p1/orders', undefined],
    ['an unknown hook', '/api/patients/p1/hooks/order-guess', undefined],
  ])('%s is refused with a sentence', async (_, path, body) => {
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual(expect.stringMatching(/^[^{]+$/));
    expect(answer.body.error).not.toMatch(/invalid|expected|✖|→/i);
  });

  it('a broken order names each rule that it breaks, in words of its own', async () => {
    const order = { ingredient: 'lisinopril', dose: -5, timesPerDay: 9 };
    const { body } = await call('POST', '/api/patients/p1/orders', order);
    expect(body.error).toBe(
      'the dose has to be a number above 0; the times a day have to be a whole number from 1 to 4',
    );
  });

  it.each([
    ['GET', '/api/patients/nobody', undefined],
    ['POST', '/api/patients/nobody/hooks/order-sign', undefined],
    ['POST', '/api/patients/nobody/orders', { ingredient: 'lisinopril', dose: 5, timesPerDay: 1 }],
    ['POST', '/api/patients/nobody/sign', undefined],
    ['GET', '/hook-request/nobody', undefined],
  ])('%s %s is not found, and nothing is fired', async (method, path, body) => {
    expect(await call(method, path, body)).toEqual({ status: 404, body: { error: 'No such patient: nobody' } });
    expect(service.received).toEqual([]);
  });
});

describe('the page', () => {
  it('is served from memory, with its script and style, and loads nothing from elsewhere', async () => {
    const [page, script, style] = await Promise.all(
      ['/', '/main.js', '/page.css'].map((path) => fetch(`${sandbox.url}${path}`)),
    );
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await page?.text()).not.toMatch(/https?:/);
    expect((await script?.text())?.length).toBeGreaterThan(100_000);
    expect(await style?.text()).toContain('.card');
  });

  it('lists who is here and which drugs can be ordered', async () => {
    const { body } = await get('/api/overview');
    expect(body.patients).toMatchObject([
      { id: 'p1', name: 'Lindqvist, Ines', age: 71, sex: 'female', draftCount: 1 },
      { id: 'p2', age: 55, draftCount: 0 },
    ]);
    expect(body.drugs).toHaveLength(SOME_DRUGS.length);
  });

  it('shows a chart with trends, medicines, problems and allergies', async () => {
    const { body } = await get('/api/patients/p1');
    expect(body.chart).toMatchObject({
      medications: [{ text: 'lisinopril 10 mg', note: '10 mg once daily · since 2026-03-02' }],
      problems: [{ text: 'Heart failure', note: 'since 2023' }],
      allergies: [{ text: 'Penicillin', note: 'rash' }],
    });
    const { trends } = body.chart as { trends: { id: string; unit: string; points: { value: number }[] }[] };
    expect(trends.map(({ id, unit, points }) => [id, unit, points.at(-1)?.value])).toEqual([
      ['potassium', 'mmol/L', 5.1],
      ['egfr', 'mL/min/1.73 m²', 54],
      ['sbp', 'mmHg', 126],
      ['dbp', 'mmHg', 74],
    ]);
  });
});

describe('the FHIR API over HTTP', () => {
  it('says what it can do', async () => {
    const { body } = await get('/fhir/metadata');
    expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });

  it('answers an unknown resource with an OperationOutcome', async () => {
    expect(await get('/fhir/Patient/nobody')).toMatchObject({ status: 404, body: { issue: [{ code: 'not-found' }] } });
  });

  it('is read only', async () => {
    const { status, body } = await call('POST', '/fhir/Patient', { resourceType: 'Patient' });
    expect({ status, type: body.resourceType }).toEqual({ status: 405, type: 'OperationOutcome' });
  });
});
