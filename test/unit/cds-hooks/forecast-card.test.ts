import { describe, expect, test } from 'vitest';
import type { Card, FhirResource } from '../../../cds-hooks/card.ts';
import type { CardFrame } from '../../../cds-hooks/card-frame.ts';
import { renderCards } from '../../../cds-hooks/render-cards.ts';
import type { Candidate, Plan, Violation } from '../../../src/domain/plan.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { CALL_TIME, draftSpironolactone, type Json } from '../../fakes/a-hook-call.ts';

const FRAME: CardFrame = {
  entryId: 'e1',
  patientId: 'p1',
  at: CALL_TIME,
  system: cardioRenalMetabolic,
  version: '0',
  dropped: {},
  maximumCards: 9,
};
const SOURCE = { citation: 'A label', where: '4', doi: null, pmid: null };

function aViolation(change: Partial<Violation> = {}): Violation {
  const words = { rule: 'r', subject: 's', reason: 'x', liftedBy: 'y', factId: 'f', source: SOURCE, evidence: [] };
  return { ...words, basis: 'forecast', severity: 'caution', ...change };
}

function aCandidate(role: Candidate['role'], chance: number, change: Partial<Candidate> = {}): Candidate {
  const chances = [{ threshold: 'potassium-above-5.5', probability: chance }];
  const forecast = { variable: 'potassium', day: 28, median: 5, low: 4.5, high: 5.5, epistemicShare: 0, chances };
  const regimen = { id: role, drugs: [] };
  return { role, label: role, regimen, violations: [], forecasts: [forecast], ...change };
}

function aPlan(options: readonly Candidate[], resource: FhirResource, change: Partial<Plan> = {}): Plan {
  const ingredient = 'spironolactone';
  const dailyDose = { value: 25, unit: 'mg/d' } as const;
  return {
    draft: { reference: 'MedicationRequest/draft-1', ingredient, drugClass: 'mra', dailyDose, resource },
    violations: [aViolation()],
    current: [],
    candidates: [aCandidate('draft', 0.6, { rank: 3 }), ...options],
    reasons: [],
    monitoring: [{ day: 7, what: 'basic-metabolic-panel', reason: 'r', factId: 'f', source: SOURCE }],
    ...change,
  };
}

const order = (ingredient: string, dailyDoseMg: number): Partial<Candidate> => ({
  order: { ingredient, dailyDoseMg },
  rank: 1,
});
const lower = (chance: number, change: Partial<Candidate> = {}): Candidate =>
  aCandidate('lower-dose', chance, { ...order('spironolactone', 12.5), ...change });
const cardOf = (plan: Plan): Card | undefined => renderCards(FRAME, { plans: [plan], chart: [] }).cards[0];
const changesOf = (card: Card | undefined): readonly Json[] =>
  (card?.suggestions ?? [])
    .flatMap(({ actions }) => actions)
    .filter((action) => action.type === 'delete' || action.resource.resourceType === 'MedicationRequest');
const resourceOf = (plan: Plan): Json => (changesOf(cardOf(plan)).at(-1)?.resource ?? {}) as Json;

describe('what is offered in place of the draft', () => {
  const draft = draftSpironolactone();

  test('an option that more likely than not crosses no limit', () => {
    expect(changesOf(cardOf(aPlan([lower(0.5)], draft)))).toHaveLength(1);
  });

  test.each([
    ['is likelier than not to cross a limit', lower(0.51)],
    ['is contraindicated', lower(0.1, { violations: [aViolation({ severity: 'contraindicated' })] })],
    ['was not forecast', lower(0.1, { forecasts: [] })],
    ['is not safer than the draft', lower(0.1, { rank: 3 })],
  ])('is nothing that %s', (_, option) => {
    expect(changesOf(cardOf(aPlan([option], draft)))).toEqual([]);
  });

  test('is the next one when the safest is likelier than not to cross a limit', () => {
    const other = aCandidate('alternative', 0.1, { ...order('empagliflozin', 10), rank: 2 });
    expect(JSON.stringify(changesOf(cardOf(aPlan([lower(0.7), other], draft))))).toContain('Empagliflozin');
  });

  test('is nothing for a tablet of several drugs, for one of them would be lost', () => {
    const plan = aPlan([lower(0.1)], draft);
    const { cards } = renderCards(FRAME, { plans: [plan, plan], chart: [] });
    expect(cards.flatMap(changesOf)).toEqual([]);
  });

  test('monitoring names no drug that another suggestion takes away', () => {
    const text = JSON.stringify(cardOf(aPlan([lower(0.1)], draft))?.suggestions?.[0]);
    expect(text).toContain('24321-2');
    expect(text).not.toMatch(/spironolactone/i);
  });
});

describe('a lower dose of the same drug', () => {
  const timing = { repeat: { frequency: 2, period: 1, periodUnit: 'd' }, code: { text: 'BID' } };
  const route = { text: 'oral' };
  const dose = (value: number): Json => ({ doseQuantity: { value, unit: 'mg' } });
  const dosage = { text: '12.5 mg BID', timing, route, patientInstruction: 'two tablets', doseAndRate: [dose(12.5)] };

  test('keeps salt, route and frequency, and loses the old strength', () => {
    const draft = draftSpironolactone(25, {
      medicationCodeableConcept: {
        coding: [{ system: 'rx', code: '1', display: 'Spironolactone Tartrate 12.5 MG Oral Tablet' }],
        text: 'Spironolactone Tartrate 12.5 MG Oral Tablet',
      },
      dosageInstruction: [dosage],
    });
    expect(resourceOf(aPlan([lower(0.1)], draft))).toMatchObject({
      medicationCodeableConcept: { coding: [{ code: '9997' }], text: 'Spironolactone Tartrate Oral Tablet' },
      dosageInstruction: [{ text: '6.25 mg twice a day', timing, route, doseAndRate: [dose(6.25)] }],
    });
    expect(JSON.stringify(resourceOf(aPlan([lower(0.1)], draft)))).not.toMatch(/two tablets|12\.5/);
  });

  test('is given as usual when the frequency of the draft cannot express it', () => {
    const thrice = { ...dosage, timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } } };
    const draft = draftSpironolactone(25, { dosageInstruction: [thrice] });
    expect(resourceOf(aPlan([lower(0.1)], draft))).toMatchObject({
      dosageInstruction: [{ text: '12.5 mg once a day', timing: { repeat: { frequency: 1 } }, route }],
    });
  });

  test('keeps the security labels of the draft, and holds nothing empty that came with it', () => {
    const security = [{ system: 's', code: 'R' }];
    const draft = draftSpironolactone(25, { meta: { security, tag: [] }, note: null, identifier: [{}], priority: '' });
    const resource = resourceOf(aPlan([lower(0.1)], draft));
    expect(resource.meta).toEqual({ security: [...security, expect.objectContaining({ code: 'AIAST' })] });
    expect(Object.keys(resource)).not.toEqual(expect.arrayContaining(['note']));
    expect(resource).not.toHaveProperty('identifier');
    expect(resource).not.toHaveProperty('priority');
  });

  test('is for the patient of the call, also when the draft does not say whom it is for', () => {
    const resource = resourceOf(aPlan([lower(0.1)], draftSpironolactone(25, { subject: undefined })));
    expect(resource.subject).toEqual({ reference: 'Patient/p1' });
  });

  test('keeps the wording of a contained Medication', () => {
    const medication = { resourceType: 'Medication', id: 'm', code: { text: 'Spironolactone succinate 25 mg' } };
    const draft = draftSpironolactone(25, {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: '#m' },
      contained: [medication],
    });
    const resource = resourceOf(aPlan([lower(0.1)], draft));
    expect(resource).toMatchObject({ medicationCodeableConcept: { text: 'Spironolactone succinate' } });
    expect(resource).not.toHaveProperty('contained');
    expect(resource).not.toHaveProperty('medicationReference');
  });
});

test('another drug is a new order: the old one is deleted first, and nothing that named it goes along', () => {
  const draft = draftSpironolactone(25, {
    identifier: [{ value: 'old' }],
    contained: [{ resourceType: 'Practitioner', id: 'd' }],
    requester: { reference: '#d' },
    encounter: { reference: 'Encounter/e' },
    note: [{ text: 'spironolactone again' }],
  });
  const plan = aPlan([aCandidate('alternative', 0.1, order('empagliflozin', 10))], draft);
  expect(changesOf(cardOf(plan)).map(({ type }) => type)).toEqual(['delete', 'create']);
  const resource = resourceOf(plan);
  expect(resource).toMatchObject({
    encounter: { reference: 'Encounter/e' },
    medicationCodeableConcept: { text: 'Empagliflozin' },
  });
  expect(JSON.stringify(resource)).not.toMatch(/spironolactone|"old"|#d/i);
  for (const element of ['id', 'identifier', 'contained']) expect(resource).not.toHaveProperty(element);
});

describe('parts of the record that nobody could screen against', () => {
  const unscreened = ['allergies', 'conditions'];
  const words = '**Not screened against allergies, conditions:** the EHR did not give them.';
  const record = aViolation({ basis: 'record', severity: 'contraindicated' });
  const silent = { candidates: [], violations: [], abstention: { code: 'c', reason: 'r', help: 'h' } };

  test.each([
    ['forecast', {}],
    ['refusal', { candidates: [], violations: [record] }],
    ['silence', silent],
  ])('are named on the %s card', (kind, change) => {
    const card = cardOf(aPlan([], draftSpironolactone(), { unscreened, ...change }));
    expect(card?.source.topic.code).toBe(kind);
    expect(card?.detail).toContain(words);
  });

  test('are not mentioned where all was given', () => {
    expect(cardOf(aPlan([], draftSpironolactone(), silent))?.detail).not.toContain('Not screened');
  });
});
