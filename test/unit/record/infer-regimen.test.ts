import { describe, expect, it } from 'vitest';

import { isRunningAt, takingProbability } from '../../../src/domain/courses.ts';
import type { MedicationCourse, PatientRecord } from '../../../src/domain/record.ts';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { screenOrder } from '../../../src/safety/check.ts';
import { aDispense, aDose, aPrescription, aStatement, NOW, recordOf, reasonsOf, type Json } from './fhir-builders.ts';

const twiceDaily = (value: number): Json => ({
  dosageInstruction: [
    {
      timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
      doseAndRate: [{ doseQuantity: { value, unit: 'mg', code: 'mg' } }],
    },
  ],
});
const asNeeded: Json = { dosageInstruction: [{ asNeededBoolean: true }] };
const until = (end: string): Json => ({ dispenseRequest: { validityPeriod: { start: '2026-01-10', end } } });

function running(record: PatientRecord): readonly MedicationCourse[] {
  return record.medications.filter((course) => isRunningAt(course, NOW));
}

function sureness(...resources: readonly Json[]): number {
  return Math.max(0, ...running(recordOf(...resources)).map(takingProbability));
}

describe('the regimen', () => {
  it('an active prescription is a running course with its dose', () => {
    const [course] = recordOf(aPrescription('metoprolol', twiceDaily(25))).medications;
    expect(course).toMatchObject({
      ingredient: 'metoprolol',
      drugClass: 'bb',
      dailyDose: { value: 50, unit: 'mg/d' },
      start: Date.parse('2026-01-10'),
      sources: ['MedicationRequest/rx-metoprolol'],
    });
    expect(course?.end).toBeUndefined();
    expect(course?.taking.probability).toBeGreaterThan(0.6);
  });

  it('a combination gives a course an ingredient', () => {
    const ingredients = recordOf(aPrescription('Bactrim DS')).medications.map(({ ingredient }) => ingredient);
    expect(ingredients).toEqual(['sulfamethoxazole', 'trimethoprim']);
  });

  it.each([
    ['completed', aPrescription('lisinopril', { status: 'completed' })],
    ['stopped', aPrescription('lisinopril', { status: 'stopped' })],
    ['stopped before its planned end', aPrescription('lisinopril', { status: 'stopped', ...until('2027-01-01') })],
    ['past its end', aPrescription('lisinopril', until('2026-02-01'))],
    ['on hold', aPrescription('lisinopril', { status: 'on-hold' })],
    ['for one dose', aPrescription('lisinopril', { dosageInstruction: [{ timing: { code: { text: 'once' } } }] })],
  ])('an order that is %s makes nobody think that the drug is taken', (_, order) => {
    expect(sureness(order)).toBeLessThan(0.5);
  });

  it('what was ended is a past course, with its end', () => {
    const [course] = recordOf(aPrescription('lisinopril', until('2026-02-01'))).medications;
    expect(course?.end).toBe(Date.parse('2026-02-01'));
  });

  it.each<[title: string, more: Json, end: string]>([
    ['without a date', {}, '2026-03-10T12:00:00Z'],
    ['before its planned end', until('2027-01-01'), '2026-03-10T12:00:00Z'],
    ['by its last change', { meta: { lastUpdated: '2026-02-03T10:00:00Z' } }, '2026-02-03T10:00:00Z'],
    ['by a change before its start', { meta: { lastUpdated: '2020-01-01T00:00:00Z' } }, '2026-03-10T12:00:00Z'],
    ['by a change in the future', { meta: { lastUpdated: '2026-04-01T00:00:00Z' } }, '2026-03-10T12:00:00Z'],
    ['with its end', { ...until('2026-02-01'), meta: { lastUpdated: '2026-03-01T00:00:00Z' } }, '2026-02-01'],
  ])('an order that was stopped %s ended at the latest moment that is possible', (_, more, end) => {
    const record = recordOf(aPrescription('lisinopril', { status: 'stopped', ...more }));
    expect(record.medications.map((course) => course.end)).toEqual([Date.parse(end)]);
    expect(running(record)).toEqual([]);
    expect(record.medications[0]?.taking.probability).toBeLessThan(0.5);
  });

  it('sacubitril/valsartan waits for the washout of an ACE inhibitor that was stopped at an unknown time', () => {
    const rulesAgainst = (...resources: readonly Json[]): readonly string[] => {
      const draft = { ingredient: 'sacubitril-valsartan', drugClass: 'arni' };
      const knowledge = openKnowledge();
      return screenOrder(draft, recordOf(...resources), { knowledge }).map(({ rule }) => rule);
    };
    const stopped = (more: Json = {}): Json => aPrescription('lisinopril', { status: 'stopped', ...more });
    expect(rulesAgainst(stopped())).toContain('acei.arni');
    expect(rulesAgainst(stopped({ meta: { lastUpdated: '2026-02-03T10:00:00Z' } }))).not.toContain('acei.arni');
  });

  it.each<[reason: string, order: Json]>([
    ['order-is-draft', aPrescription('lisinopril', { status: 'draft' })],
    ['cancelled', aPrescription('lisinopril', { status: 'cancelled' })],
    ['entered-in-error', aPrescription('lisinopril', { status: 'entered-in-error' })],
    ['order-is-proposal', aPrescription('lisinopril', { intent: 'proposal' })],
    ['do-not-perform', aPrescription('lisinopril', { doNotPerform: true })],
    ['after-as-of', aPrescription('lisinopril', { authoredOn: '2026-03-11' })],
    ['status-missing', aPrescription('lisinopril', { status: undefined })],
    ['drug-unknown', aPrescription('holy water')],
    ['drug-missing', aPrescription('x', { medicationCodeableConcept: undefined })],
    [
      'drug-missing',
      aPrescription('x', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/9' } }),
    ],
    ['not-taken', aStatement('lisinopril', { status: 'not-taken' })],
    ['not-given', aDose('lisinopril', '2026-03-10T08:00:00Z', { status: 'not-done' })],
    [
      'not-given',
      aDose('lisinopril', '2026-03-10T08:00:00Z', { dosage: { method: { coding: [{ code: 'Not Given' }] } } }),
    ],
    ['after-as-of', aDose('lisinopril', '2026-03-10T13:00:00Z')],
    ['time-missing', aDose('lisinopril', 'yesterday')],
    ['other-patient', aPrescription('lisinopril', { subject: { reference: 'Patient/bob' } })],
  ])('%s: it is no part of the regimen', (reason, resource) => {
    const record = recordOf(resource);
    expect(record.medications).toEqual([]);
    expect(reasonsOf(record)).toEqual([reason]);
  });

  it('a newer order of another dose replaces the older one from its start', () => {
    const record = recordOf(
      aPrescription('lisinopril', { id: 'old', ...twiceDaily(5) }),
      aPrescription('lisinopril', { id: 'new', authoredOn: '2026-02-10', ...twiceDaily(10) }),
    );
    expect(running(record).map(({ dailyDose }) => dailyDose?.value)).toEqual([20]);
    expect(record.medications.find(({ end }) => end !== undefined)?.end).toBe(Date.parse('2026-02-10'));
  });

  it('the same order twice is one course with two sources', () => {
    const record = recordOf(
      aPrescription('lisinopril', { id: 'a', ...twiceDaily(5) }),
      aPrescription('lisinopril', { id: 'b', ...twiceDaily(5) }),
    );
    expect(record.medications.map(({ sources }) => sources)).toEqual([['MedicationRequest/a', 'MedicationRequest/b']]);
  });

  it('a charted dose makes surer, and its absence less sure', () => {
    const order = aPrescription('lisinopril', twiceDaily(5));
    const charted = aDose('furosemide', '2026-03-10T08:00:00Z');
    const given = sureness(order, aDose('lisinopril', '2026-03-10T08:00:00Z'));
    const ordered = sureness(order);
    const notGiven = Math.max(
      ...recordOf(order, charted)
        .medications.filter(({ ingredient }) => ingredient === 'lisinopril')
        .map(takingProbability),
    );
    expect(given).toBeGreaterThan(ordered);
    expect(ordered).toBeGreaterThan(notGiven);
  });

  it('a drug as needed counts only while it is given', () => {
    expect(sureness(aPrescription('oxycodone', asNeeded))).toBeLessThan(0.5);
    expect(sureness(aPrescription('oxycodone', asNeeded), aDose('oxycodone', '2026-03-10T08:00:00Z'))).toBeGreaterThan(
      0.5,
    );
  });

  it('a drug as needed that was given again counts for more than one given once', () => {
    const order = aPrescription('oxycodone', asNeeded);
    const dose = (id: string, at: string): Json => aDose('oxycodone', at, { id });
    const once = sureness(order, dose('a', '2026-03-10T08:00:00Z'));
    expect(sureness(order, dose('a', '2026-03-10T08:00:00Z'), dose('b', '2026-03-09T20:00:00Z'))).toBeGreaterThan(once);
    expect(sureness(order, dose('a', '2026-03-10T08:00:00Z'), dose('b', '2026-03-10T08:00:00Z'))).toBe(once);
  });

  it('a drug that is due every other day is still given a day and a half after its dose, but not three days', () => {
    const everyOtherDay = {
      dosageInstruction: [{ timing: { repeat: { frequency: 1, period: 2, periodUnit: 'd' } } }],
    };
    const charted = aDose('furosemide', '2026-03-10T08:00:00Z');
    const surenessAfter = (at: string, order: Json): number =>
      Math.max(
        ...recordOf(aPrescription('lisinopril', order), aDose('lisinopril', at), charted)
          .medications.filter(({ ingredient }) => ingredient === 'lisinopril')
          .map(takingProbability),
      );
    expect(surenessAfter('2026-03-09T00:00:00Z', everyOtherDay)).toBeGreaterThan(0.5);
    expect(surenessAfter('2026-03-09T00:00:00Z', twiceDaily(5))).toBeLessThan(0.5);
    expect(surenessAfter('2026-03-07T12:00:00Z', everyOtherDay)).toBeLessThan(0.5);
  });

  it('an administration that names only its order is about the drug of the order', () => {
    const record = recordOf(
      aPrescription('lisinopril', { id: 'order' }),
      aDose('LISI10', '2026-03-10T08:00:00Z', { request: { reference: 'MedicationRequest/order' } }),
    );
    expect(record.medications[0]?.sources).toHaveLength(2);
    expect(record.dropped).toEqual([]);
  });

  it('a dispense counts while its supply lasts', () => {
    const supply = (value: number): Json => aDispense('losartan', { daysSupply: { value } });
    expect(sureness(supply(30))).toBeGreaterThan(0.5);
    expect(sureness(supply(5))).toBeLessThan(0.5);
  });

  it('what is taken at home is doubtful in a stay in which nobody ordered it', () => {
    const home = aStatement('lisinopril');
    expect(sureness(home)).toBeGreaterThan(0.5);
    const course = recordOf(home, aDose('furosemide', '2026-03-10T08:00:00Z')).medications.find(
      ({ ingredient }) => ingredient === 'lisinopril',
    );
    expect(course?.taking.probability).toBeLessThan(0.5);
  });

  it('a Medication may be referenced, contained or a mixture', () => {
    const medication = { resourceType: 'Medication', id: 'm1', code: { text: 'lisinopril' } };
    const mixture = {
      resourceType: 'Medication',
      id: 'mix',
      ingredient: [{ itemReference: { reference: 'Medication/m1' } }, { itemCodeableConcept: { text: 'furosemide' } }],
    };
    const order = (reference: string, more: Json = {}): Json =>
      aPrescription('x', { medicationCodeableConcept: undefined, medicationReference: { reference }, ...more });
    const names = (...resources: readonly Json[]): readonly string[] =>
      recordOf(...resources).medications.map(({ ingredient }) => ingredient);
    expect(names(medication, order('Medication/m1'))).toEqual(['lisinopril']);
    expect(names(order('#c', { contained: [{ ...medication, id: 'c' }] }))).toEqual(['lisinopril']);
    expect(names(medication, mixture, order('Medication/mix'))).toEqual(['lisinopril', 'furosemide']);
  });

  it('a mixture that contains itself comes to an end', () => {
    const loop = {
      resourceType: 'Medication',
      id: 'l',
      ingredient: [{ itemReference: { reference: 'Medication/l' } }],
    };
    const order = aPrescription('x', {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/l' },
    });
    expect(reasonsOf(recordOf(loop, order))).toEqual(['drug-unknown', 'medication-unused']);
  });

  it('a course is as sure of its drug as its surest source', () => {
    const vague = aPrescription('lisinopril zzyzx', { id: 'vague' });
    const clear = aPrescription('lisinopril', { id: 'clear' });
    expect(recordOf(vague, clear).medications[0]?.identity.probability).toBe(0.95);
  });
});
