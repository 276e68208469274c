import { describe, expect, it } from 'vitest';
import type { PatientBundle } from '../../../src/benchmarks/read-bundles.ts';
import { realCases } from '../../../src/benchmarks/real-cases.ts';
import type { Element } from '../../../src/record/read-fhir.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

const subject = { reference: 'Patient/p1' };
const encounter = { reference: 'Encounter/stay' };

function aResult(loinc: string, value: number, unit: string, at: string): Element {
  return {
    resourceType: 'Observation',
    id: `${loinc}-${at}`.replaceAll(/[^A-Za-z0-9-]/g, '-'),
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: loinc }] },
    subject,
    effectiveDateTime: at,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  };
}

function results(at: string, potassium: number, creatinine: number): readonly Element[] {
  return [aResult('2823-3', potassium, 'mmol/L', at), aResult('2160-0', creatinine, 'mg/dL', at)];
}

function anOrder(id: string, text: string, authoredOn: string): Element {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: { text },
    subject,
    encounter,
    authoredOn,
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 10, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
      },
    ],
  };
}

/** An invented stay of four days: potassium 4.0 at first, 5.0 after a day, lisinopril from the start. */
function aStay(...more: readonly Element[]): PatientBundle {
  return {
    file: 'p1.json',
    patientId: 'p1',
    resources: [
      { resourceType: 'Patient', id: 'p1', gender: 'male', birthDate: '1950-01-01' },
      {
        resourceType: 'Encounter',
        id: 'stay',
        status: 'finished',
        class: { code: 'IMP' },
        subject,
        period: { start: '2030-03-01T20:00:00Z', end: '2030-03-04T15:00:00Z' },
      },
      ...results('2030-03-02T10:00:00Z', 4.0, 1.0),
      ...results('2030-03-03T11:00:00Z', 5.0, 1.2),
      anOrder('first', 'lisinopril 10 mg tablet', '2030-03-01T21:00:00Z'),
      ...more,
    ],
  };
}

const all = { atMost: 99, seed: 's' };

describe('realCases', () => {
  it('take each morning with a value before and one after', () => {
    const cases = realCases(system, aStay(), all);
    expect(cases).toHaveLength(1);
    expect(cases[0]?.outcomes).toEqual([
      { quantity: 'potassium', day: 1, truth: 5, last: 4 },
      { quantity: 'creatinine', day: 1, truth: 1.2, last: 1 },
    ]);
    expect(cases[0]?.drugs.map(({ ingredient }) => ingredient)).toEqual(['lisinopril']);
  });

  it('show a model nothing that came after the morning', () => {
    const [without] = realCases(system, aStay(), all);
    const [withMore] = realCases(
      system,
      aStay(
        anOrder('later', 'spironolactone 25 mg tablet', '2030-03-02T18:00:00Z'),
        aResult('8480-6', 80, 'mm[Hg]', '2030-03-02T13:00:00Z'),
        {
          resourceType: 'Condition',
          id: 'discharge',
          category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
          code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I50.9' }] },
          subject,
          encounter,
        },
      ),
      all,
    );
    expect(withMore?.history).toEqual(without?.history);
    expect(withMore?.drugs).toEqual(without?.drugs);
    expect(withMore?.applicability).toEqual(without?.applicability);
  });

  it('leave out a morning without a recent potassium, and one without a truth', () => {
    const stay = aStay();
    const only = (keep: (resource: Element) => boolean) => ({ ...stay, resources: stay.resources.filter(keep) });
    expect(
      realCases(
        system,
        only(({ id }) => !String(id).startsWith('2823-3')),
        all,
      ),
    ).toEqual([]);
    expect(
      realCases(
        system,
        only(({ id }) => !String(id).includes('03-03')),
        all,
      ),
    ).toEqual([]);
  });

  it('draw the same sample for the same seed, and no more than asked', () => {
    expect(realCases(system, aStay(), { atMost: 0, seed: 's' })).toEqual([]);
    const longer = aStay(...results('2030-03-04T11:00:00Z', 4.4, 1.1));
    const [first, again] = [1, 2].map(() => realCases(system, longer, { atMost: 1, seed: 's' }));
    expect(first).toHaveLength(1);
    expect(again).toEqual(first);
    expect(realCases(system, longer, all)).toHaveLength(2);
  });
});
