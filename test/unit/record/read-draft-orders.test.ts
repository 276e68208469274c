import { describe, expect, it } from 'vitest';

import { readDraftOrders } from '../../../src/record/read-draft-orders.ts';
import { aPotassium, aPrescription, PATIENT_ID, type Json } from './fhir-builders.ts';

const bundle = (...resources: readonly Json[]): Json => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
});

const draft = (name: string, more: Json = {}): Json => aPrescription(name, { id: 'draft-1', status: 'draft', ...more });

describe('draft orders', () => {
  it('a draft is read with ingredient, class, daily dose and the resource as sent', () => {
    const resource = draft('spironolactone 25 mg tablet', {
      dosageInstruction: [{ text: 'Take 1 tablet by mouth daily' }],
    });
    expect(readDraftOrders(bundle(resource), PATIENT_ID)).toEqual({
      orders: [
        {
          reference: 'MedicationRequest/draft-1',
          ingredient: 'spironolactone',
          drugClass: 'mra',
          dailyDose: { value: 25, unit: 'mg/d' },
          resource,
        },
      ],
      dropped: [],
    });
  });

  it('a drug that no model knows is read as well, because rules do', () => {
    expect(readDraftOrders(bundle(draft('ibuprofen')), PATIENT_ID).orders[0]?.drugClass).toBe('nsaid');
  });

  it('a draft without a subject is about the patient in context, and stays as sent', () => {
    const resource = Object.fromEntries(Object.entries(draft('lisinopril')).filter(([field]) => field !== 'subject'));
    const { orders, dropped } = readDraftOrders(bundle(resource), PATIENT_ID);
    expect(orders.map((order) => order.resource)).toEqual([resource]);
    expect(dropped).toEqual([]);
  });

  it('the Medication may be an entry, contained, or gathered with the record', () => {
    const medication = { resourceType: 'Medication', id: 'm', code: { text: 'lisinopril' } };
    const by = (reference: string, more: Json = {}): Json =>
      draft('x', { medicationCodeableConcept: undefined, medicationReference: { reference }, ...more });
    const first = (sent: Json, gathered: readonly Json[] = []): string | undefined =>
      readDraftOrders(sent, PATIENT_ID, { gathered }).orders[0]?.ingredient;
    expect(first(bundle(medication, by('Medication/m')))).toBe('lisinopril');
    expect(first(bundle(by('#m', { contained: [medication] })))).toBe('lisinopril');
    expect(first(bundle(by('Medication/m')), [medication])).toBe('lisinopril');
    expect(first(bundle(by('Medication/m')))).toBeUndefined();
  });

  it.each<[reason: string, resource: Json]>([
    ['other-patient', draft('lisinopril', { subject: { reference: 'Patient/bob' } })],
    ['subject-missing', draft('lisinopril', { subject: {} })],
    ['subject-not-patient', draft('lisinopril', { subject: { reference: 'Group/g' } })],
    ['drug-unknown', draft('holy water')],
    ['drug-missing', draft('x', { medicationCodeableConcept: undefined })],
    [
      'drug-missing',
      draft('x', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/nowhere' } }),
    ],
    ['cancelled', draft('lisinopril', { status: 'cancelled' })],
    ['entered-in-error', draft('lisinopril', { status: 'entered-in-error' })],
    ['order-not-new', draft('lisinopril', { status: 'stopped' })],
    ['order-not-new', draft('lisinopril', { status: 'completed' })],
    ['do-not-perform', draft('lisinopril', { doNotPerform: true })],
    ['resource-type-unread', aPotassium(4)],
    ['resource-type-unread', { resourceType: 'ServiceRequest', id: 's' }],
  ])('%s: it is no order to look at', (reason, resource) => {
    const read = readDraftOrders(bundle(resource), PATIENT_ID);
    expect(read.orders).toEqual([]);
    expect(read.dropped.map((item) => item.reason)).toEqual([reason]);
  });

  it.each([undefined, null, 7, 'bundle', [], {}, { entry: 'none' }, { entry: [null, { resource: 1 }] }])(
    '%j holds no orders',
    (nothing) => {
      expect(readDraftOrders(nothing, PATIENT_ID)).toEqual({ orders: [], dropped: [] });
    },
  );
});
