import { describe, expect, it } from 'vitest';

import { instant } from '../../../src/core/time.ts';
import {
  asKnownAt,
  ceilingScore,
  isHeldOut,
  ratesOf,
  renderTruth,
  scoreCases,
  truthCases,
} from '../../../src/benchmarks/medication-truth.ts';
import type { PatientBundle } from '../../../src/benchmarks/read-bundles.ts';
import { aDose, aPatient, aPotassium, aPrescription, PATIENT_ID, type Json } from '../record/fhir-builders.ts';

const stay = {
  resourceType: 'Encounter',
  id: 'stay',
  class: { code: 'IMP' },
  subject: { reference: 'Patient/ada' },
  period: { start: '2026-03-01T00:00:00Z', end: '2026-03-04T00:00:00Z' },
};
const order = (name: string, more: Json = {}): Json =>
  aPrescription(name, {
    status: 'completed',
    authoredOn: '2026-03-01T06:00:00Z',
    dispenseRequest: { validityPeriod: { start: '2026-03-01T06:00:00Z', end: '2026-03-03T12:00:00Z' } },
    ...more,
  });
const dose = (name: string, at: string): Json =>
  aDose(name, at, { request: { reference: `MedicationRequest/rx-${name}` } });

const bundleOf = (...resources: readonly Json[]): PatientBundle => ({
  file: 'ada.json',
  patientId: PATIENT_ID,
  resources: [aPatient(), stay, ...resources],
});

describe('medication truth', () => {
  const lisinopril = [
    order('lisinopril'),
    dose('lisinopril', '2026-03-01T08:00:00Z'),
    dose('lisinopril', '2026-03-02T08:00:00Z'),
  ];

  it('a drug that was ordered and given, and is given again, is a hit', () => {
    const cases = truthCases(bundleOf(...lisinopril));
    expect(scoreCases(cases, 0.5)).toEqual({ hits: 1, falseAlarms: 0, misses: 0 });
  });

  it('a drug that is not given again is a false alarm, one that is ordered later a miss that nobody could know', () => {
    const cases = truthCases(
      bundleOf(
        ...lisinopril,
        order('metoprolol'),
        dose('metoprolol', '2026-03-01T08:00:00Z'),
        order('furosemide', { authoredOn: '2026-03-02T06:00:00Z' }),
        dose('furosemide', '2026-03-02T09:00:00Z'),
      ),
    );
    expect(scoreCases(cases, 0.5)).toEqual({ hits: 1, falseAlarms: 1, misses: 1 });
    expect(scoreCases(cases, 0.5, 'loop')).toEqual({ hits: 0, falseAlarms: 0, misses: 1 });
    expect(cases[0]?.given.get('furosemide')?.wasKnowable).toBe(false);
    expect(ceilingScore(cases)).toEqual({ hits: 1, falseAlarms: 0, misses: 1 });
    expect(renderTruth(cases, 1).find((line) => line.includes('pointed to  F1'))).toContain(
      '(1 hits, 1 false alarms, 0 misses)',
    );
  });

  it('a stay in which no doses were charted against orders is left out', () => {
    expect(truthCases(bundleOf(order('lisinopril')))).toEqual([]);
  });

  it('nothing from the cut-off on is known: doses, orders, stop dates, final statuses', () => {
    const cutOff = instant(Date.parse('2026-03-02T00:00:00Z'));
    const late = order('furosemide', { authoredOn: '2026-03-02T06:00:00Z' });
    const infusion = aDose('x', 'none', {
      effectiveDateTime: undefined,
      effectivePeriod: { start: '2026-03-01T20:00:00Z', end: '2026-03-02T04:00:00Z' },
    });
    const known = asKnownAt([stay, ...lisinopril, late, infusion, aPotassium(4)], cutOff);
    expect(known).toEqual([
      { ...stay, period: { start: stay.period.start } },
      {
        ...order('lisinopril'),
        status: 'active',
        dispenseRequest: { validityPeriod: { start: '2026-03-01T06:00:00Z' } },
      },
      dose('lisinopril', '2026-03-01T08:00:00Z'),
      { ...infusion, effectivePeriod: { start: '2026-03-01T20:00:00Z' } },
    ]);
  });

  it('people are split into two halves of about one size, always the same', () => {
    const ids = Array.from({ length: 1_000 }, (_, position) => `person-${position}`);
    const heldOut = ids.filter(isHeldOut);
    expect(heldOut.length).toBeGreaterThan(450);
    expect(heldOut.length).toBeLessThan(550);
    expect(ids.filter(isHeldOut)).toEqual(heldOut);
  });

  it('the grade is that of the held-out half alone', () => {
    const [good] = truthCases(bundleOf(...lisinopril));
    if (good === undefined) throw new TypeError('no case');
    const nameOf = (wanted: boolean): string =>
      Array.from({ length: 50 }, (_, position) => `person-${position}`).find((id) => isHeldOut(id) === wanted) ?? '';
    const perfect = { ...good, patientId: nameOf(true) };
    const wrong = { ...good, patientId: nameOf(false), inferred: new Map<never, never>() };
    expect(renderTruth([perfect, wrong], 2).at(-1)).toContain('medication truth F1 1.000');
    const swapped = [
      { ...perfect, patientId: nameOf(false) },
      { ...wrong, patientId: nameOf(true) },
    ];
    expect(renderTruth(swapped, 2).at(-1)).toContain('medication truth F1 0.000');
  });

  it('rates of nothing are nothing', () => {
    expect(ratesOf({ hits: 0, falseAlarms: 0, misses: 0 })).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(ratesOf({ hits: 1, falseAlarms: 1, misses: 0 })).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
  });
});
