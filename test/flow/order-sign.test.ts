import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { startCdsServer, type CdsServer } from '../fakes/a-cds-server.ts';
import { aCondition, anOrderSign, aPrefetch, aResult, aSearchset, type Json } from '../fakes/a-hook-call.ts';
import { lostWorldModel, stuckWorldModel } from '../fakes/linear-world-model.ts';

const ORDER_SIGN = '/cds-services/sextant-order-sign';
const PREGNANT = { conditions: aSearchset(aCondition('77386006', 'Pregnant')) };

let server: CdsServer;
afterEach(() => server.close());

const topics = ({ cards }: Json): readonly string[] =>
  (cards as readonly { source: { topic: { code: string } } }[]).map(({ source }) => source.topic.code);

describe('the ledger and the answer', () => {
  test('an answer is recorded before it leaves, and the entry holds its exact bytes', async () => {
    server = await startCdsServer();
    const { text } = await server.post(ORDER_SIGN, anOrderSign());
    const [entry] = server.ledger.list({ kind: 'hook', limit: 1 });
    expect(server.ledger.read(String(entry?.id)).sealed).toMatchObject({ response: text });
  });

  test('no card leaves when the ledger cannot record it', async () => {
    server = await startCdsServer();
    server.ledger.fail();
    const { status, text } = await server.post(ORDER_SIGN, anOrderSign());
    expect(status).toBe(503);
    expect(text).not.toContain('cards');
  });

  test('an answer without cards is recorded too', async () => {
    server = await startCdsServer();
    await server.post(ORDER_SIGN, anOrderSign({ drafts: [] }));
    expect(server.ledger.verify().entries).toBe(1);
  });

  test('the body says what answered, and holds nothing of the patient', async () => {
    server = await startCdsServer();
    await server.post(ORDER_SIGN, anOrderSign({ prefetch: aPrefetch(PREGNANT) }));
    const [entry] = server.ledger.list({ kind: 'hook', limit: 1 });
    expect(entry?.body).toMatchObject({
      format: 'hook-1',
      service: 'sextant-order-sign',
      orders: [{ violations: [{ rule: 'mra.pregnancy', severity: 'contraindicated' }] }],
      prefetch: { laboratory: 'given', allergies: 'empty' },
      cards: [{ kind: 'refusal', indicator: 'critical' }],
    });
    expect(JSON.stringify(entry?.body)).not.toMatch(/"p1"|u1|1955|4\.4|spironolactone|draft-1/i);
  });

  test('the same patient has the same pseudonym and seed, and so the same numbers, in every call', async () => {
    server = await startCdsServer();
    const [first, second] = [
      await server.post(ORDER_SIGN, anOrderSign()),
      await server.post(ORDER_SIGN, anOrderSign()),
    ];
    const summaryOf = ({ body }: { body: Json }) => (body.cards as readonly [{ summary: string }])[0].summary;
    expect(summaryOf(first)).toBe(summaryOf(second));
    const [one, other] = server.ledger.list({ kind: 'hook', limit: 2 }).map(({ body }) => body as Json);
    expect([one?.patient, one?.seed]).toEqual([other?.patient, other?.seed]);
  });

  test('the log knows route, status, time and entry, and nothing of the patient', async () => {
    server = await startCdsServer();
    await server.post(ORDER_SIGN, anOrderSign());
    const [entry] = server.ledger.list({ kind: 'hook', limit: 1 });
    const line = JSON.parse(server.logged.at(-1) ?? '{}') as Json;
    expect(line).toMatchObject({ route: '/cds-services/:id', status: 200, entryId: entry?.id });
    expect(server.logged.join('')).not.toMatch(/p1|u1|1955|spironolactone/i);
  });
});

describe('when the model is lost', () => {
  test('a refusal stays', async () => {
    server = await startCdsServer({ model: lostWorldModel(cardioRenalMetabolic) });
    const laboratory = aSearchset(aResult('2823-3', 5.4, 'mmol/L'), aResult('2160-0', 1, 'mg/dL'));
    const { status, body } = await server.post(ORDER_SIGN, anOrderSign({ prefetch: aPrefetch({ laboratory }) }));
    expect(status).toBe(200);
    expect(topics(body)).toEqual(['refusal']);
  });

  test('the forecast is withheld with its reason, and the operator is told', async () => {
    server = await startCdsServer({ model: lostWorldModel(cardioRenalMetabolic) });
    const { body } = await server.post(ORDER_SIGN, anOrderSign());
    expect(topics(body)).toEqual(['silence']);
    expect(server.logged.join('')).toContain('model.unavailable');
    const [entry] = server.ledger.list({ kind: 'hook', limit: 1 });
    expect(entry?.body).toMatchObject({ models: [], orders: [{ abstention: 'model.unavailable' }] });
  });
});

test('when the time is spent the answer leaves without the forecast', async () => {
  server = await startCdsServer({ model: stuckWorldModel(cardioRenalMetabolic), deadline: 100 });
  const started = performance.now();
  const { status, body } = await server.post(ORDER_SIGN, anOrderSign());
  expect(status).toBe(200);
  expect(topics(body)).toEqual(['silence']);
  expect(performance.now() - started).toBeLessThan(3000);
});

test('a name that points to this machine from outside is refused (DNS rebinding)', async () => {
  server = await startCdsServer();
  const status = await new Promise((resolve, reject) => {
    request(`${server.url}/cds-services`, { headers: { host: 'rebound.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(400);
});
