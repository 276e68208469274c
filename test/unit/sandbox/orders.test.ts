import { describe, expect, it } from 'vitest';
import { applyActions, OrderFault } from '../../../deploy/sandbox/orders.ts';
import type { Action } from '../../../deploy/sandbox/cards.ts';
import { aPrescription } from '../../fakes/a-clinic.ts';

const draft = (id: string): ReturnType<typeof aPrescription> =>
  aPrescription('p1', { id, rxcui: '9997', text: 'spironolactone', dose: 25, status: 'draft' });
const at = { patientId: 'p1', newId: () => 'new' };

describe('applyActions', () => {
  it('SUG-02 deletes, then creates, then updates', () => {
    const changed = { ...draft('b'), status: 'on-hold' };
    const actions: Action[] = [
      { type: 'update', description: 'u', resource: changed },
      { type: 'create', description: 'c', resource: { ...draft('ignored'), note: 'created' } },
      { type: 'delete', description: 'd', resourceId: 'MedicationRequest/a' },
    ];
    expect(applyActions([draft('a'), draft('b')], actions, at)).toEqual([
      changed,
      { ...draft('new'), note: 'created' },
    ]);
  });

  it('leaves the scratchpad that it was given as it is', () => {
    const before = [draft('a')];
    applyActions(before, [{ type: 'delete', description: 'd', resourceId: 'MedicationRequest/a' }], at);
    expect(before).toEqual([draft('a')]);
  });

  it.each<[string, Action]>([
    ['SUG-07 an update of an order that is not there', { type: 'update', description: 'u', resource: draft('x') }],
    ['SUG-07 a deletion of one', { type: 'delete', description: 'd', resourceId: 'MedicationRequest/x' }],
    [
      'SUG-09 an order for another patient',
      { type: 'create', description: 'c', resource: { ...draft('x'), subject: { reference: 'Patient/p2' } } },
    ],
    ['SUG-09 an order for nobody', { type: 'create', description: 'c', resource: { resourceType: 'ServiceRequest' } }],
  ])('%s is refused', (_, action) => {
    expect(() => applyActions([draft('a')], [action], at)).toThrow(OrderFault);
  });

  it('no actions change nothing', () => {
    expect(applyActions([draft('a')], [], at)).toEqual([draft('a')]);
  });
});
