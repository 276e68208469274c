import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCdsServer, type CdsServer } from '../fakes/a-cds-server.ts';
import {
  aCondition,
  anOrder,
  anOrderSign,
  aPatientView,
  aPrefetch,
  aResult,
  aSearchset,
  draftLisinopril,
  draftSpironolactone,
  type Json,
} from '../fakes/a-hook-call.ts';
import type { Card } from '../../cds-hooks/card.ts';
import { checkResponse } from './check-response.ts';

let server: CdsServer;
beforeAll(async () => {
  server = await startCdsServer();
});
afterAll(() => server.close());

async function cardsFor(call: Json): Promise<readonly Card[]> {
  const { status, text } = await server.post(`/cds-services/sextant-${String(call.hook)}`, call);
  expect(status).toBe(200);
  expect(checkResponse(text, call)).toEqual([]);
  return (JSON.parse(text) as { cards: readonly Card[] }).cards;
}

const laboratory = (potassium: number, creatinine = 1.0): Json => ({
  laboratory: aSearchset(aResult('2823-3', potassium, 'mmol/L'), aResult('2160-0', creatinine, 'mg/dL')),
});
const PREGNANT = { conditions: aSearchset(aCondition('77386006', 'Pregnant')) };

const CALLS: readonly (readonly [string, () => Json])[] = [
  ['a plain order', () => anOrderSign()],
  ['an order in pregnancy', () => anOrderSign({ prefetch: aPrefetch(PREGNANT) })],
  ['an order at a high potassium', () => anOrderSign({ prefetch: aPrefetch(laboratory(5.4)) })],
  ['an order without laboratory', () => anOrderSign({ prefetch: aPrefetch({ laboratory: null }) })],
  [
    'an order whose dose is words',
    () => anOrderSign({ drafts: [draftSpironolactone(25, { dosageInstruction: [{ text: 'as told' }] })] }),
  ],
  ['two orders', () => anOrderSign({ drafts: [draftSpironolactone(), draftLisinopril(20)] })],
  ['an order without id', () => anOrderSign({ drafts: [draftSpironolactone(25, { id: undefined })] })],
  ['no order', () => anOrderSign({ drafts: [] })],
  [
    'orders of other kinds',
    () =>
      anOrderSign({
        drafts: [
          { resourceType: 'ServiceRequest', id: 's' },
          { resourceType: 'NutritionOrder', id: 'n' },
        ],
      }),
  ],
  ['a chart', () => aPatientView()],
  ['a chart with a dangerous potassium', () => aPatientView({ prefetch: aPrefetch(laboratory(6.9)) })],
];

test.each(CALLS)('CARD-01 to CARD-16, SUG-01 to SUG-09, REQ-06, AIP-01: %s', async (_, call) => {
  await cardsFor(call());
});

describe('the forecast card', () => {
  let card: Card;
  beforeAll(async () => {
    const cards = await cardsFor(anOrderSign());
    expect(cards).toHaveLength(1);
    [card] = cards as readonly [Card];
  });

  test('CARD-03: the summary gives dose, value, interval, day and natural frequency', () => {
    expect(card.summary).toMatch(
      /^Spironolactone 25 mg\/d: potassium \d\.\d \(\d\.\d–\d\.\d\) at 4 weeks; potassium above 5\.5 mmol\/L by then in .* of 100$/,
    );
  });

  test('CARD-04: the detail compares draft, no change, lower, higher and alternative at 1, 4 and 12 weeks', () => {
    expect(card.detail).toContain('| Potassium, mmol/L | 1 week | 4 weeks | 12 weeks |');
    for (const row of [
      'Spironolactone 25 mg/d',
      'No change',
      'Spironolactone 12.5 mg/d instead',
      'Spironolactone 50 mg/d instead',
    ]) {
      expect(card.detail).toContain(`| ${row} |`);
    }
    expect(card.detail).toMatch(/\| Empagliflozin \d+ mg\/d instead \|/);
    for (const name of ['eGFR, mL/min/1.73 m²', 'Systolic pressure, mmHg']) expect(card.detail).toContain(name);
  });

  test('the detail says what it rests on, why, what is not modelled, by which model, and where it is recorded', () => {
    expect(card.detail).toContain('- Potassium 4.4 mmol/L, 7 days old');
    expect(card.detail).toMatch(/Mineralocorticoid receptor antagonist raises potassium.*\]\(https:\/\//);
    expect(card.detail).toContain('Benefit is not');
    expect(card.detail).toContain('Model linear 1');
    expect(card.detail).toContain('Not a medical device');
    const [, id] = /ledger entry `([0-9a-f-]{36})`/.exec(card.detail) ?? [];
    expect(server.ledger.read(String(id)).kind).toBe('hook');
  });

  test('the answer comes first: what to expect against no change, how often a limit is crossed, what to check', () => {
    const [heading, list] = card.detail.split('\n\n');
    expect(heading).toBe('**In 4 weeks**');
    expect(list).toMatch(/^- Potassium \d\.\d \(\d\.\d–\d\.\d\) mmol\/L; no change: \d\.\d\n- /);
    expect(list).toContain('- eGFR ');
    expect(list).toContain('- Systolic pressure ');
    expect(list).toMatch(/- Potassium above 5\.5 mmol\/L: .*of 100; no change: .*of 100/);
    expect(list?.split('\n').at(-1)).toMatch(/^- First check: Basic metabolic panel in /);
  });

  test('CARD-08, CARD-17: topic and order are named', () => {
    expect(card.source.topic.code).toBe('forecast');
    expect(card.extension).toEqual({
      'example.sextant.associated-resource': { reference: 'MedicationRequest/draft-1' },
    });
  });

  test('CARD-12: override reasons are stable codes', () => {
    expect(card.overrideReasons.map(({ code }) => code)).toEqual([
      'benefit-outweighs',
      'already-monitored',
      'record-outdated',
      'record-wrong',
      'not-this-patient',
      'patient-wish',
      'other',
    ]);
  });

  test('SUG-04: monitoring is a draft order for a basic metabolic panel in its week', () => {
    const action = card.suggestions?.[0].actions[0];
    expect(action).toMatchObject({
      type: 'create',
      resource: {
        resourceType: 'ServiceRequest',
        status: 'draft',
        intent: 'proposal',
        code: { coding: [{ system: 'http://loinc.org', code: '24321-2' }] },
        subject: { reference: 'Patient/p1' },
        occurrenceDateTime: '2026-06-22',
      },
    });
  });

  test('a lower dose is not offered while nothing speaks against the order', () => {
    expect(card.indicator).toBe('info');
    expect(card.suggestions?.flatMap(({ actions }) => actions).filter(({ type }) => type !== 'create')).toEqual([]);
  });
});

describe('the forecast card of an order that the forecast questions', () => {
  let cards: readonly Card[];
  beforeAll(async () => {
    // Empagliflozin is taken already, so that a lower dose is all there is.
    const medications = aSearchset(anOrder('m2', '1545653', 'Empagliflozin', 10));
    cards = await cardsFor(anOrderSign({ prefetch: aPrefetch({ ...laboratory(4.8), medications }) }));
  });

  test('says the caution itself, so that there is one card to read', () => {
    expect(cards.map(({ source }) => source.topic.code)).toEqual(['forecast']);
    expect(cards[0]).toMatchObject({ indicator: 'warning' });
    expect(cards[0]?.detail).toMatch(
      /\n\n\*\*Caution:\*\* the forecast sees potassium above 5\.5 mmol\/L in \d+ of 100/,
    );
  });

  test('SUG-05: a lower dose replaces the whole order', () => {
    const update = cards[0]?.suggestions?.flatMap(({ actions }) => actions).find(({ type }) => type === 'update');
    expect(update).toMatchObject({
      resource: {
        resourceType: 'MedicationRequest',
        id: 'draft-1',
        status: 'draft',
        intent: 'order',
        subject: { reference: 'Patient/p1' },
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 12.5, code: 'mg' } }] }],
      },
    });
  });
});

describe('the refusal card', () => {
  test('an order that is contraindicated is critical, comes first, and can be removed', async () => {
    const [card] = await cardsFor(anOrderSign({ prefetch: aPrefetch(PREGNANT) }));
    expect(card).toMatchObject({ indicator: 'critical', source: { topic: { code: 'refusal' } } });
    expect(card?.summary).toContain('contraindicated: pregnancy');
    expect(card?.suggestions?.[0].actions).toEqual([
      { type: 'delete', description: 'Remove the spironolactone order.', resourceId: 'MedicationRequest/draft-1' },
    ]);
    expect(card?.selectionBehavior).toBe('at-most-one');
  });

  test('it says its evidence, what would lift it, and its source', async () => {
    const [card] = await cardsFor(anOrderSign({ prefetch: aPrefetch(PREGNANT) }));
    expect(card?.detail).toMatch(/- Rests on: Condition\/c-77386006/);
    expect(card?.detail).toMatch(/- What would lift it: /);
    expect(card?.detail).toMatch(/- Source: \[.+\]\(https:\/\//);
  });

  test('CARD-06: its source is where the rule was read', async () => {
    const [card] = await cardsFor(anOrderSign({ prefetch: aPrefetch(PREGNANT) }));
    expect(card?.source.url).toMatch(/^https:\/\//);
  });

  test('it also comes when the model has nothing to say', async () => {
    const cards = await cardsFor(anOrderSign({ prefetch: aPrefetch({ ...PREGNANT, laboratory: null }) }));
    expect(cards.map(({ indicator }) => indicator)).toContain('critical');
  });

  test('each of two orders gets its own cards, the refused one first', async () => {
    const drafts = [draftLisinopril(20), draftSpironolactone()];
    const cards = await cardsFor(anOrderSign({ drafts, prefetch: aPrefetch(laboratory(5.4)) }));
    expect(cards[0]).toMatchObject({ indicator: 'critical' });
    expect(cards[0]?.extension).toMatchObject({
      'example.sextant.associated-resource': { reference: 'MedicationRequest/draft-1' },
    });
  });
});

describe('silence', () => {
  test('a drug that the model does not know gets no card', async () => {
    const drafts = [anOrder('draft-9', '723', 'Amoxicillin', 500, { status: 'draft' })];
    expect(await cardsFor(anOrderSign({ drafts }))).toEqual([]);
  });

  test('a drug that normally gets a forecast gets a reason, and what would help', async () => {
    const drafts = [draftLisinopril(10, { dosageInstruction: [{ text: 'as told' }] })];
    const cards = await cardsFor(anOrderSign({ drafts }));
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({ indicator: 'info', source: { topic: { code: 'silence' } } });
    expect(cards[0]?.detail).toContain('What would help');
  });

  test.each([
    ['names no drug', { medicationCodeableConcept: undefined }],
    [
      'points to a Medication that was not sent',
      { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/x' } },
    ],
    ['names a drug that nobody knows', { medicationCodeableConcept: { text: 'sprxnolactonx' } }],
    ['is for a group', { subject: { reference: 'Group/g' } }],
  ])('an order that %s could not be screened, and a card says so', async (_, change) => {
    const cards = await cardsFor(anOrderSign({ drafts: [draftSpironolactone(25, change)] }));
    expect(cards).toMatchObject([{ indicator: 'info', source: { topic: { code: 'silence' } } }]);
    expect(cards[0]?.summary).toMatch(/^An order could not be read and so was not screened: /);
    expect(cards[0]?.detail).toMatch(/^- MedicationRequest\/draft-1: /);
  });

  test('several orders that could not be read share one card', async () => {
    const unread = { medicationCodeableConcept: undefined };
    const cards = await cardsFor(
      anOrderSign({ drafts: [draftSpironolactone(25, unread), draftLisinopril(10, unread)] }),
    );
    expect(cards.map(({ summary }) => summary.slice(0, 24))).toEqual(['2 orders could not be re']);
  });

  test('a cancelled order gets no card', async () => {
    const drafts = [draftSpironolactone(25, { status: 'cancelled' })];
    expect(await cardsFor(anOrderSign({ drafts }))).toEqual([]);
  });

  test('patient-view is silent unless something is urgent', async () => {
    expect(await cardsFor(aPatientView())).toEqual([]);
    const urgent = await cardsFor(aPatientView({ prefetch: aPrefetch(laboratory(6.9)) }));
    expect(urgent[0]).toMatchObject({ indicator: 'critical' });
    expect(urgent[0]?.summary).toContain('potassium 6.9 mmol/L');
  });
});

describe('SEC-17: text of a record in a card', () => {
  test('markup, HTML, links and broken tables in ids and reactions appear as plain text', async () => {
    const nasty = '<img src=x onerror=alert(1)> [click](https://evil.example) | **bold** https://evil.example';
    const conditions = aSearchset({ ...aCondition('77386006', 'Pregnant'), id: nasty });
    const [card] = await cardsFor(anOrderSign({ prefetch: aPrefetch({ conditions }) }));
    expect(card?.detail).not.toContain('<img');
    expect(card?.detail).not.toContain('[click]');
    expect(card?.detail).not.toContain('**bold**');
    expect(card?.detail).not.toContain('https://evil.example');
  });
});

test('CARD-16: one answer has no more cards than configured, and keeps the most urgent', async () => {
  const few = await startCdsServer({ maximumCards: 1 });
  const call = anOrderSign({
    drafts: [draftLisinopril(20), draftSpironolactone()],
    prefetch: aPrefetch(laboratory(5.4)),
  });
  const { body } = await few.post('/cds-services/sextant-order-sign', call);
  expect(body.cards).toMatchObject([{ indicator: 'critical' }]);
  await few.close();
});
