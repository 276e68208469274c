import { describe, expect, it } from 'vitest';
import { instant, parseMoment } from '../../../../src/core/time.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { egfrOfCreatinine } from '../../../../src/systems/ckd-epi.ts';
import { drugCourses } from '../../../../src/systems/cardio-renal-metabolic/drug-courses.ts';
import type { FhirResource } from '../../../../src/systems/cardio-renal-metabolic/fhir-resource.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { renderFhirRecord } from '../../../../src/systems/cardio-renal-metabolic/render-fhir.ts';
import { liveScript } from '../../../../src/systems/cardio-renal-metabolic/scripted-life.ts';
import { drawVirtualPatient } from '../../../../src/systems/cohort.ts';

const asOf = instant(Date.UTC(2026, 0, 15, 9));
const name = { family: 'Test', given: 'Vera' };
const patient = liveScript(
  publishedParameters(),
  {
    person: { heartFailure: true, reducedEjectionFraction: true, type2Diabetes: true, age: 66, female: true },
    setpoints: { gfr: 45 },
    phases: [
      { drugs: { lisinopril: 10 }, visits: [0, 60] },
      { drugs: { lisinopril: 20, spironolactone: 25 }, visits: [30, 90] },
    ],
    measures: [true, true, true, true, true, true],
  },
  seededRandom('render'),
);
const record = renderFhirRecord(patient, { patientId: 'vera', asOf, name });

function ofType(resources: readonly FhirResource[], type: string): readonly FhirResource[] {
  return resources.filter(({ resourceType }) => resourceType === type);
}

/** The JSON is read as an outsider would. */
function json(resource: unknown): Record<string, never> & Record<string, unknown> {
  return JSON.parse(JSON.stringify(resource)) as Record<string, never>;
}

interface NumericObservation {
  readonly code: { readonly coding: readonly { readonly code: string }[] };
  readonly valueQuantity?: { readonly value: number; readonly code: string };
  readonly effectiveDateTime: string;
}

const observations = ofType(record, 'Observation').map((each) => json(each) as unknown as NumericObservation);

describe('renderFhirRecord', () => {
  it('writes creatinine, not eGFR, and it means the measured eGFR', () => {
    const codes = observations.map(({ code }) => code.coding[0]?.code);
    expect(codes).not.toContain('98979-8');
    const last = observations.findLast(({ code }) => ['2160-0', '14682-9'].includes(code.coding[0]?.code ?? ''));
    const { value = 0, code = '' } = last?.valueQuantity ?? {};
    const creatinine = code === 'umol/L' ? value / 88.42 : value;
    expect(egfrOfCreatinine(creatinine, { age: 66, female: true })).toBeCloseTo(
      patient.visits.at(-1)?.values[1] ?? 0,
      0,
    );
  });

  it('writes pressure as a panel with a systolic component', () => {
    const panel = ofType(record, 'Observation').find((each) => JSON.stringify(each).includes('85354-9'));
    expect(JSON.stringify(panel)).toContain('8480-6');
    expect(JSON.stringify(panel)).toContain('mm[Hg]');
  });

  it('writes a raised dose as a stopped and an active order', () => {
    const orders = ofType(record, 'MedicationRequest').map((order) => {
      const { text } = order.medicationCodeableConcept as { readonly text: string };
      return `${text} ${String(order.status)}`;
    });
    expect(orders).toEqual([
      'lisinopril 10 mg oral stopped',
      'lisinopril 20 mg oral active',
      'spironolactone 25 mg oral active',
    ]);
  });

  it('lists the conditions that the person has', () => {
    const codes = JSON.stringify(ofType(record, 'Condition'));
    for (const code of ['703272007', 'I50.20', '44054006', 'N18.30']) expect(codes).toContain(code);
  });

  it('dates nothing after its "now"', () => {
    for (const { effectiveDateTime } of observations) {
      expect(parseMoment(effectiveDateTime)?.latest).toBeLessThanOrEqual(asOf);
    }
  });

  it('speaks of one patient only, with an id of its own for each resource', () => {
    const others = record.filter(({ resourceType }) => resourceType !== 'Patient');
    expect(others.every((each) => JSON.stringify(each).includes('"Patient/vera"'))).toBe(true);
    expect(new Set(record.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(record.length);
  });

  it('writes the same bytes for the same patient', () => {
    expect(JSON.stringify(renderFhirRecord(patient, { patientId: 'vera', asOf, name }))).toBe(JSON.stringify(record));
  });

  it('leaves out what was not measured', () => {
    const random = drawVirtualPatient(publishedParameters(), seededRandom('incomplete'));
    const rendered = renderFhirRecord(random, { patientId: 'x', asOf, name });
    const potassium = ofType(rendered, 'Observation').filter((each) => JSON.stringify(each).includes('2823-3')).length;
    expect(potassium).toBe(random.visits.filter(({ values }) => values[0] !== undefined).length);
  });
});

describe('drugCourses', () => {
  it('begins a drug at the visit before it is first seen, and leaves it running at the end', () => {
    const courses = drugCourses(patient).map(({ drug, start, end }) => [
      drug.intervention.ingredient,
      drug.rung,
      start,
      end,
    ]);
    expect(courses).toEqual([
      ['lisinopril', 2, undefined, 60],
      ['lisinopril', 3, 60, undefined],
      ['spironolactone', 1, 60, undefined],
    ]);
  });
});
