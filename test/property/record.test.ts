import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PatientRecord } from '../../src/domain/record.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import { readDraftOrders } from '../../src/record/read-draft-orders.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { convertUnit } from '../../src/terminology/units.ts';
import { aPatient, aPotassium, gathered, NOW, PATIENT_ID, recordFrom } from '../unit/record/fhir-builders.ts';

/** Values that have broken readers of JSON before. */
const spite = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'constructor',
    '__proto__',
    'toString',
    'a/b/c',
    '#',
    '',
    ' ',
    'urn:uuid:',
    1e308,
    -1e308,
    1e-320,
    null,
  ),
);

const word = (...words: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, spite);
const maybe = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(shape, { requiredKeys: [] });
const orSpite = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof({ weight: 6, arbitrary }, spite);

const date = word('2026-03-09T08:00:00Z', '2026-03-09', '2026', '2026-13-45', '2030-01-01', '0000-00-00T99:99:99Z');
const reference = orSpite(
  maybe({ reference: word('Patient/ada', 'Patient/bob', 'Medication/m', 'MedicationRequest/o', '#c', 'Encounter/e') }),
);
const coding = maybe({
  system: word(
    'http://loinc.org',
    'http://snomed.info/sct',
    'http://hl7.org/fhir/sid/icd-10-cm',
    'http://www.nlm.nih.gov/research/umls/rxnorm',
    'http://hl7.org/fhir/sid/ndc',
  ),
  code: word('2823-3', '2160-0', '8480-6', '84114007', 'N17.9', '29046', '00093111310', 'BID', 'active', 'Not Given'),
  display: word('lisinopril', 'potassium', 'Entresto'),
});
const concept = orSpite(
  maybe({ coding: fc.array(orSpite(coding), { maxLength: 3 }), text: word('lisinopril', 'Bactrim DS', 'sulfa') }),
);
const amount = orSpite(
  maybe({
    value: orSpite(fc.double({ noNaN: true })),
    unit: word('mmol/L', 'mg/dL', 'mg', 'TAB', 'bpm'),
    code: word('mg', 'umol/L', '/min', '((('),
    comparator: word('>'),
  }),
);
const period = orSpite(maybe({ start: date, end: date }));
const dosage = maybe({
  text: word('Take 1 tablet (25 mg total) by mouth 2 (two) times daily', '49-51 mg', '1 tab qd prn'),
  asNeededBoolean: fc.boolean(),
  sequence: orSpite(fc.integer()),
  timing: orSpite(
    maybe({
      code: concept,
      repeat: orSpite(
        maybe({
          frequency: orSpite(fc.double()),
          period: orSpite(fc.double()),
          periodUnit: word('d', 'h', 'wk'),
          when: orSpite(fc.array(spite)),
          boundsPeriod: period,
        }),
      ),
    }),
  ),
  doseAndRate: orSpite(fc.array(maybe({ doseQuantity: amount }), { maxLength: 2 })),
});

const resource = fc.oneof(
  { weight: 1, arbitrary: spite },
  {
    weight: 12,
    arbitrary: maybe({
      resourceType: word(
        'Observation',
        'Condition',
        'AllergyIntolerance',
        'MedicationRequest',
        'MedicationStatement',
        'MedicationDispense',
        'MedicationAdministration',
        'Medication',
        'Encounter',
        'Patient',
        'Procedure',
      ),
      id: word('a', 'b', 'm', 'o', 'e', 'ada'),
      status: word('final', 'active', 'completed', 'draft', 'stopped'),
      intent: word('order', 'proposal'),
      subject: reference,
      patient: reference,
      encounter: reference,
      request: reference,
      code: concept,
      gender: word('female', 'male'),
      birthDate: date,
      clinicalStatus: concept,
      verificationStatus: concept,
      effectiveDateTime: date,
      effectivePeriod: period,
      period,
      authoredOn: date,
      recordedDate: date,
      onsetDateTime: date,
      whenHandedOver: date,
      daysSupply: amount,
      valueQuantity: amount,
      component: orSpite(fc.array(maybe({ code: concept, valueQuantity: amount }), { maxLength: 2 })),
      medicationCodeableConcept: concept,
      medicationReference: reference,
      ingredient: orSpite(
        fc.array(maybe({ itemCodeableConcept: concept, itemReference: reference }), { maxLength: 2 }),
      ),
      identifier: orSpite(fc.array(maybe({ system: word('ndc'), value: word('lisinopril') }), { maxLength: 2 })),
      dispenseRequest: orSpite(maybe({ validityPeriod: period })),
      dosageInstruction: orSpite(fc.array(orSpite(dosage), { maxLength: 2 })),
      authorizingPrescription: orSpite(fc.array(reference, { maxLength: 2 })),
      reaction: orSpite(
        fc.array(maybe({ manifestation: orSpite(fc.array(concept, { maxLength: 2 })) }), { maxLength: 2 }),
      ),
      contained: orSpite(
        fc.array(maybe({ resourceType: fc.constant('Medication'), id: word('c'), code: concept }), { maxLength: 2 }),
      ),
    }),
  },
);

/** The name under which a record cites a resource. */
function refOf(candidate: unknown, position: number): string {
  const { resourceType, id } = (typeof candidate === 'object' && candidate !== null ? candidate : {}) as Record<
    string,
    unknown
  >;
  const named = (text: unknown): text is string => typeof text === 'string' && text.trim() !== '';
  return `${named(resourceType) ? resourceType : 'Unknown'}/${named(id) ? id : `#${position}`}`;
}

function accountedFor(record: PatientRecord): ReadonlySet<string> {
  return new Set([
    ...record.dropped.map(({ source }) => source),
    ...[...record.measurements, ...record.conditions, ...record.allergies].map(({ source }) => source),
    ...record.medications.flatMap(({ sources }) => sources),
  ]);
}

/** Patient and Encounter are read for what they tell about others. */
const CONTEXT = /^(?:Patient|Encounter)\//;

describe('the record of any input', () => {
  it('never throws, and every resource is used or listed with its reason and fix', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 8 }), (resources) => {
        const record = recordFrom(gathered(aPatient(), ...resources));
        const known = accountedFor(record);
        resources.forEach((candidate, position) => {
          const ref = refOf(candidate, position + 1);
          if (!CONTEXT.test(ref)) expect(known).toContain(ref);
        });
        for (const { reason, fix, detail } of record.dropped) expect([reason, fix, detail]).not.toContain('');
      }),
      { numRuns: 1_000, seed: 20260310 },
    );
  });

  it('holds only finite numbers, and nothing after the moment it is built for', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 8 }), (resources) => {
        const record = recordFrom(gathered(aPatient(), ...resources));
        for (const { value, at } of record.measurements) {
          expect(Number.isFinite(value)).toBe(true);
          expect(at).toBeLessThanOrEqual(NOW);
        }
        for (const { dailyDose, start, end, taking } of record.medications) {
          expect(Number.isFinite(dailyDose?.value ?? 1)).toBe(true);
          expect(Math.max(start ?? 0, end ?? 0)).toBeLessThanOrEqual(NOW);
          expect(taking.probability).toBeGreaterThanOrEqual(0);
          expect(taking.probability).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000, seed: 20260311 },
    );
  });

  it('the same resources of another patient change nothing but the list of what was not used', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 5 }), (resources) => {
        const alone = recordFrom(gathered(aPatient(), aPotassium(4.4)));
        const foreign = resources
          .filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
          .map((item) => ({
            ...(item as object),
            id: 'x',
            subject: { reference: 'Patient/bob' },
            patient: { reference: 'Patient/bob' },
          }));
        const mixed = recordFrom(gathered(aPatient(), aPotassium(4.4), ...foreign));
        expect({ ...mixed, dropped: [] }).toEqual({ ...alone, dropped: [] });
      }),
      { numRuns: 300, seed: 20260312 },
    );
  });

  it('is the same when it is built twice', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 8 }), (resources) => {
        const source = gathered(aPatient(), ...resources);
        const options = { system: cardioRenalMetabolic, asOf: NOW };
        expect(buildRecord(source, options)).toEqual(buildRecord(source, options));
      }),
      { numRuns: 200, seed: 20260313 },
    );
  });

  it('draft orders of any shape never throw, and each is read or listed', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 5 }), (resources) => {
        const read = readDraftOrders({ entry: resources.map((item) => ({ resource: item })) }, PATIENT_ID);
        const references = [...read.orders.map((order) => order.reference), ...read.dropped.map((item) => item.source)];
        const objects = resources.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
        objects.forEach((item, position) => {
          expect(references).toContain(refOf(item, position));
        });
      }),
      { numRuns: 500, seed: 20260314 },
    );
  });
});

describe('units of any spelling', () => {
  it('never throw, and never turn a number into one that is not finite', () => {
    const units = fc.oneof(fc.string(), fc.constantFrom('mg', 'm[H2O]', '10*', '/', '((', '[', '{', '1/0', 'mol/L/0'));
    fc.assert(
      fc.property(units, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), (unit, value) => {
        const result = convertUnit(value, unit, 'mmol/L', 'potassium');
        expect('refused' in result || Number.isFinite(result.value)).toBe(true);
      }),
      { numRuns: 2_000, seed: 20260315 },
    );
  });
});
