import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCdsServer, type CdsServer } from '../fakes/a-cds-server.ts';
import type { Json } from '../fakes/a-hook-call.ts';

const FEEDBACK = '/cds-services/sextant-order-sign/feedback';
const CARD = '9368d37b-283f-44a0-93ea-547cebab93ed';

let server: CdsServer;
beforeEach(async () => {
  server = await startCdsServer();
});
afterEach(() => server.close());

const accepted = (change: Json = {}): Json => ({
  card: CARD,
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'e56e1945-20b3-4393-8503-a1a20fd73152' }],
  outcomeTimestamp: '2026-06-15T09:01:02Z',
  ...change,
});
const overridden = (change: Json = {}): Json => ({
  card: CARD,
  outcome: 'overridden',
  outcomeTimestamp: '2026-06-15T09:01:03Z',
  ...change,
});
const bodies = (): readonly object[] => server.ledger.list({ kind: 'feedback', limit: 99 }).map(({ body }) => body);

test('FB-01, FB-09: feedback is answered with 200', async () => {
  expect((await server.post(FEEDBACK, { feedback: [accepted()] })).status).toBe(200);
});

test('FB-02: several outcomes, of the same card too, are all recorded', async () => {
  await server.post(FEEDBACK, { feedback: [accepted(), overridden(), accepted({ card: 'another' })] });
  expect(bodies()).toHaveLength(3);
});

test('FB-03, FB-04: outcome, time and accepted suggestions are recorded', async () => {
  await server.post(FEEDBACK, { feedback: [accepted()] });
  expect(bodies()[0]).toMatchObject({
    card: CARD,
    outcome: 'accepted',
    outcomeTimestamp: '2026-06-15T09:01:02Z',
    acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152'],
  });
});

describe('FB-05: override reasons', () => {
  test.each([
    ['a coded reason without display', { reason: { code: 'record-wrong' } }],
    ['a comment alone', { userComment: 'Ms Okafor refuses' }],
    ['both', { reason: { code: 'record-wrong', system: 'x' }, userComment: 'Ms Okafor refuses' }],
  ])('%s is accepted', async (_, overrideReason) => {
    expect((await server.post(FEEDBACK, { feedback: [overridden({ overrideReason })] })).status).toBe(200);
    expect(bodies()).toHaveLength(1);
  });

  test('no reason is accepted', async () => {
    expect((await server.post(FEEDBACK, { feedback: [overridden()] })).status).toBe(200);
  });

  test('FB-11: a comment is sealed and stands in no body and no log', async () => {
    const overrideReason = { reason: { code: 'record-wrong' }, userComment: 'Ms Okafor refuses' };
    await server.post(FEEDBACK, { feedback: [overridden({ overrideReason })] });
    expect(JSON.stringify(bodies()) + server.logged.join('')).not.toContain('Okafor');
    expect(bodies()[0]).toMatchObject({ reason: 'record-wrong' });
    const [entry] = server.ledger.list({ kind: 'feedback', limit: 1 });
    expect(JSON.stringify(server.ledger.read(String(entry?.id)).sealed)).toContain('Okafor');
  });
});

describe("FB-07: Epic's dialect", () => {
  const sealedText = (): string => {
    const [entry] = server.ledger.list({ kind: 'feedback', limit: 1 });
    return JSON.stringify(server.ledger.read(String(entry?.id)).sealed);
  };

  test('a property named overrideReasons and a card id that is no UUID are accepted, and sealed', async () => {
    const item = overridden({ card: 'epic-77', overrideReasons: { reason: { code: '12' } } });
    expect((await server.post(FEEDBACK, { feedback: [item] })).status).toBe(200);
    expect(JSON.stringify(bodies())).not.toMatch(/epic-77|"12"/);
    expect(sealedText()).toContain('epic-77');
    expect(sealedText()).toContain('"12"');
  });

  test('a reason that was built in Epic arrives as an extension, and is sealed', async () => {
    const extension = { 'com.epic.cdshooks.feedback.overrideReason.reason': { code: '34' } };
    await server.post(FEEDBACK, { feedback: [overridden({ extension })] });
    expect(bodies()[0]).not.toHaveProperty('reason');
    expect(sealedText()).toContain('"34"');
  });

  test('one of our own reasons is counted wherever it stands', async () => {
    const extension = { 'com.epic.cdshooks.feedback.overrideReason.reason': { code: 'record-wrong' } };
    await server.post(FEEDBACK, { feedback: [overridden({ extension })] });
    expect(bodies()[0]).toMatchObject({ reason: 'record-wrong' });
  });
});

describe('FB-11: no words reach the open part of the ledger', () => {
  const said = 'Ms Okafor refuses';
  test.each([
    ['a card id', overridden({ card: said })],
    ['a coded reason', overridden({ overrideReason: { reason: { code: said } } })],
    ['a reason of another list', overridden({ overrideReason: { reason: { code: 'other', system: said } } })],
    ['a text in an extension', overridden({ extension: { 'com.epic.cdshooks.feedback.overrideReason.x': said } })],
    ['the id of a suggestion', accepted({ acceptedSuggestions: [{ id: said }] })],
  ])('%s', async (_, item) => {
    expect((await server.post(FEEDBACK, { feedback: [item] })).status).toBe(200);
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).not.toHaveProperty('reason');
    expect(JSON.stringify(bodies()) + server.logged.join('')).not.toContain('Okafor');
  });
});

describe('a batch has a size', () => {
  const many = (count: number): readonly Json[] =>
    Array.from({ length: count }, (_, index) => overridden({ card: `card-${index}` }));

  test('100 items are recorded', async () => {
    expect((await server.post(FEEDBACK, { feedback: many(100) })).status).toBe(200);
    expect(server.ledger.verify().entries).toBe(100);
  });

  test('one more is refused, says what to do, and nothing is recorded', async () => {
    const answer = await server.post(FEEDBACK, { feedback: many(101) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('at most 100 items a call; send the rest in another');
    expect(server.ledger.verify().entries).toBe(0);
  });
});

describe('FB-09: a batch with something wrong', () => {
  test('an item that is no feedback does not fail the others', async () => {
    expect((await server.post(FEEDBACK, { feedback: [{ card: 7 }, accepted()] })).status).toBe(200);
    expect(bodies()).toHaveLength(1);
  });

  test.each([
    ['no feedback', {}],
    ['an empty list', { feedback: [] }],
    ['no usable item', { feedback: [{}, overridden({ outcome: 'ignored' }), accepted({ outcomeTimestamp: 'now' })] }],
  ])('%s is answered with 400 and recorded nowhere', async (_, body) => {
    const { status, body: outcome } = await server.post(FEEDBACK, body);
    expect(status).toBe(400);
    expect(outcome.resourceType).toBe('OperationOutcome');
    expect(bodies()).toEqual([]);
  });
});

test('FB-02: a batch that is sent twice is recorded once', async () => {
  await server.post(FEEDBACK, { feedback: [accepted()] });
  await server.post(FEEDBACK, { feedback: [accepted()] });
  expect(bodies()).toHaveLength(1);
});

test('feedback that cannot be recorded is answered with 503, so that the client keeps it', async () => {
  server.ledger.fail();
  expect((await server.post(FEEDBACK, { feedback: [accepted()] })).status).toBe(503);
});

test('feedback for an unknown service is answered with 404', async () => {
  expect((await server.post('/cds-services/unknown/feedback', { feedback: [accepted()] })).status).toBe(404);
});

test('a number that overflows is answered with 400 and recorded nowhere', async () => {
  const text = JSON.stringify({ feedback: [accepted({ extension: { weight: 1 } })] }).replace(
    '"weight":1',
    '"weight":1e999',
  );
  expect((await server.post(FEEDBACK, text)).status).toBe(400);
  expect(server.ledger.verify().entries).toBe(0);
});
