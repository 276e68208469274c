import { describe, expect, it } from 'vitest';
import type { DraftOrder } from '../../../src/domain/intervention.ts';
import {
  isForecastable,
  stoppedBy,
  totalOrder,
  unreadableOrder,
  withOtherOrders,
} from '../../../src/planner/order-bundle.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aDraft, aDraftWithoutDose, aRecord, taking, takingNothing } from '../../fakes/a-record.ts';

function replacing(draft: DraftOrder, priorPrescription: unknown): DraftOrder {
  return { ...draft, resource: { ...draft.resource, priorPrescription } };
}

describe('totalOrder', () => {
  it('adds up the doses of one ingredient, and of no other', () => {
    const alsoOrdered = [aDraft('furosemide', 20, 'b'), aDraft('spironolactone', 25, 'c')];
    expect(totalOrder({ draft: aDraft('furosemide', 40, 'a'), alsoOrdered }).dailyDose?.value).toBe(60);
  });

  it('has no dose as soon as one order has none', () => {
    const [known, unknown] = [aDraft('furosemide', 40, 'a'), aDraftWithoutDose('furosemide', 'b')];
    expect(totalOrder({ draft: known, alsoOrdered: [unknown] })).not.toHaveProperty('dailyDose');
    expect(totalOrder({ draft: unknown, alsoOrdered: [known] })).not.toHaveProperty('dailyDose');
  });
});

describe('an order of a class that cards do not forecast', () => {
  const metformin = aDraft('metformin', 1000, 'b');

  it('is not forecast, though its dynamics are known', () => {
    expect(isForecastable(system, metformin)).toBe(false);
    expect(isForecastable(system, aDraft('insulin glargine', 20, 'b'))).toBe(false);
    expect(isForecastable(system, aDraft('spironolactone', 25, 'a'))).toBe(true);
  });

  it('is no part of the candidates of another order', () => {
    const bundle = { draft: aDraft('spironolactone', 25, 'a'), alsoOrdered: [metformin] };
    expect(withOtherOrders(system, [], bundle, aRecord(takingNothing))).toEqual([]);
  });

  it('adds up with another one in its own unit', () => {
    const [evening, morning] = [aDraft('insulin glargine', 20, 'a'), aDraft('insulin glargine', 10, 'b')];
    expect(totalOrder({ draft: evening, alsoOrdered: [morning] }).dailyDose).toEqual({ value: 30, unit: 'U/d' });
  });
});

describe('unreadableOrder', () => {
  const draft = aDraft('spironolactone', 25, 'a');

  it.each([
    ['a modelled drug without a dose', aDraftWithoutDose('furosemide', 'b'), 'furosemide'],
    ['an unmodelled drug of a modelled class', aDraft('nadolol', 40, 'b'), 'nadolol'],
    ['a drug that moves nothing here', aDraftWithoutDose('amlodipine', 'b'), undefined],
    ['a drug of a class that is screened alone', aDraftWithoutDose('metformin', 'b'), undefined],
    ['a modelled drug with a dose', aDraft('furosemide', 40, 'b'), undefined],
  ])('%s', (_, other, expected) => {
    expect(unreadableOrder(system, { draft, alsoOrdered: [other] })?.ingredient).toBe(expected);
  });
});

describe('stoppedBy', () => {
  const record = aRecord(takingNothing, taking('lisinopril', 10));
  const prior = { reference: 'MedicationRequest/lisinopril-0' };

  it('names the ingredient whose only request the order replaces', () => {
    expect(stoppedBy([replacing(aDraft('enalapril', 10), prior)], record)).toEqual(['lisinopril']);
  });

  it.each([
    ['an order that says nothing', aDraft('enalapril', 10)],
    ['another request', replacing(aDraft('enalapril', 10), { reference: 'MedicationRequest/other' })],
    ['no reference', replacing(aDraft('enalapril', 10), { display: 'lisinopril' })],
    ['no object', replacing(aDraft('enalapril', 10), 'MedicationRequest/lisinopril-0')],
    ['the same ingredient again', replacing(aDraft('lisinopril', 20), prior)],
  ])('stops nothing for %s', (_, order) => {
    expect(stoppedBy([order], record)).toEqual([]);
  });

  it('does not stop an ingredient that another course goes on with', () => {
    const twice = aRecord(takingNothing, taking('lisinopril', 10), taking('lisinopril', 10));
    expect(stoppedBy([replacing(aDraft('enalapril', 10), prior)], twice)).toEqual([]);
  });
});
