import { describe, expect, test } from 'vitest';
import { anOrderSign, type Json } from '../fakes/a-hook-call.ts';
import { checkResponse } from './check-response.ts';

const UUIDS = ['9368d37b-283f-44a0-93ea-547cebab93ed', 'e56e1945-20b3-4393-8503-a1a20fd73152'];
const call = anOrderSign();

function aCard(change: Json = {}): Json {
  return {
    uuid: UUIDS[0],
    summary: 'One sentence.',
    indicator: 'info',
    source: { label: 'Test', topic: { system: 'http://x.example', code: 'test' } },
    ...change,
  };
}

function aSuggestion(action: Json, change: Json = {}): Json {
  const suggestions = [{ label: 'Do it', uuid: UUIDS[1], actions: [{ description: 'Do it.', ...action }], ...change }];
  return aCard({ suggestions, selectionBehavior: 'any' });
}

const proposal = (change: Json = {}): Json => ({
  resourceType: 'ServiceRequest',
  status: 'draft',
  subject: { reference: 'Patient/p1' },
  meta: { security: [{ code: 'AIAST' }] },
  ...change,
});
const faults = (...cards: readonly Json[]): string => checkResponse(JSON.stringify({ cards }), call).join('\n');

describe('the response checker', () => {
  test('finds nothing wrong with a plain card and a plain proposal', () => {
    expect(faults(aCard())).toBe('');
    expect(faults(aSuggestion({ type: 'create', resource: proposal() }))).toBe('');
    expect(faults(aSuggestion({ type: 'delete', resourceId: 'MedicationRequest/draft-1' }))).toBe('');
  });

  test.each([
    ['CARD-02', aCard({ uuid: 'x' })],
    ['CARD-03', aCard({ summary: 'x'.repeat(140) })],
    ['CARD-03', aCard({ summary: 'two\nlines' })],
    ['CARD-04', aCard({ detail: 'a <b>bold</b> word' })],
    ['CARD-05', aCard({ indicator: undefined })],
    ['CARD-05', aCard({ indicator: 'hard-stop' })],
    ['CARD-06', aCard({ source: { topic: { system: 'x', code: 'y' } } })],
    ['CARD-06', aCard({ source: { label: 'x', url: '/about', topic: { system: 'x', code: 'y' } } })],
    ['CARD-08', aCard({ source: { label: 'x' } })],
    ['CARD-09', { ...aSuggestion({ type: 'create', resource: proposal() }), selectionBehavior: undefined }],
    ['CARD-09', { ...aSuggestion({ type: 'create', resource: proposal() }), selectionBehavior: 'all' }],
    ['CARD-11', aCard({ overrideReasons: [{ code: 'x', system: 'y' }] })],
    ['CARD-15', aCard({ extension: { Sextant: {} } })],
    ['SUG-01', aSuggestion({}, { actions: [] })],
    ['SUG-01', aSuggestion({ type: 'create', resource: proposal() }, { label: '' })],
    ['SUG-03', aSuggestion({ type: 'CREATE', resource: proposal() })],
    ['SUG-03', aSuggestion({ type: 'create', resource: proposal(), description: undefined })],
    ['SUG-04', aSuggestion({ type: 'create', resource: '{}' })],
    ['SUG-04', aSuggestion({ type: 'create', resource: proposal({ id: 'x' }) })],
    ['SUG-06', aSuggestion({ type: 'delete', resource: proposal() })],
    ['SUG-07', aSuggestion({ type: 'delete', resourceId: 'MedicationRequest/other' })],
    ['SUG-08', aSuggestion({ type: 'create', resource: proposal() }, { actionSelectionBehavior: 'any' })],
    ['SUG-09', aSuggestion({ type: 'create', resource: proposal({ status: 'active' }) })],
    ['SUG-09', aSuggestion({ type: 'create', resource: proposal({ subject: { reference: 'Patient/p2' } }) })],
    ['AIP-01', aSuggestion({ type: 'create', resource: proposal({ meta: undefined }) })],
    ['REQ-06', aCard({ detail: '' })],
    ['REQ-06', aCard({ links: [] })],
  ])('finds a breach of %s', (clause, card) => {
    expect(faults(card)).toContain(clause);
  });

  test('finds shared identifiers, a wrong order and system actions', () => {
    expect(faults(aCard(), aCard())).toContain('CARD-02');
    expect(faults(aCard(), aCard({ uuid: UUIDS[1], indicator: 'critical' }))).toContain('CARD-16');
    expect(checkResponse('{"cards":[],"systemActions":[{}]}', call).join()).toContain('SYS-01');
    expect(checkResponse('{}', call).join()).toContain('CARD-01');
  });
});
