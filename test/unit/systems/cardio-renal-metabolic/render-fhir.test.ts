import { describe, expect, it } from 'vitest';
import { instant, parseMoment } from '../../../../src/core/time.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { egfrOfCreatinine } from '../../../../src/systems/ckd-epi.ts';
import { drugCourses } from '../../../../src/systems/cardio-renal-metabolic/drug-courses.ts';
import type { FhirResource } from '../../../../src/systems/cardio-renal-metabolic/fhir-resource.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { renderFhirRecord } from '../../../../src/systems/cardio-renal-metabolic/render-fhir.ts';
import {
  REPORT_FORMS,
  REPORTED_IDS,
  reportedValue,
} from '../../../../src/systems/cardio-renal-metabolic/laboratory-forms.ts';
import { INPUTS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
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
      {
        drugs: { lisinopril: 20, spironolactone: 25, 'insulin glargine': 20, semaglutide: 0.142857 },
        visits: [30, 90],
      },
    ],
    measures: ['potassium', 'egfr', 'sbp', 'dbp', 'hba1c'],
    measuresOnce: ['ldl', 'lvef'],
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
    const measured = patient.visits.at(-1)?.values[1] ?? 0;
    expect(Math.abs(egfrOfCreatinine(creatinine, { age: 66, female: true }) / measured - 1)).toBeLessThan(0.02);
  });

  it('writes pressure as one panel with both components', () => {
    const panels = ofType(record, 'Observation').filter((each) => JSON.stringify(each).includes('85354-9'));
    expect(panels.length).toBe(patient.visits.length);
    const codes = (panels[0]?.component as readonly { readonly code: { readonly text: string } }[]).map(
      ({ code }) => code.text,
    );
    expect(codes.map((text) => text.split(' ')[0])).toEqual(['Systolic', 'Diastolic']);
  });

  it('writes an ejection fraction as imaging, and once a phase', () => {
    const echoes = ofType(record, 'Observation').filter((each) => JSON.stringify(each).includes('jection fraction'));
    expect(echoes.length).toBe(2);
    expect(JSON.stringify(echoes)).toContain('"imaging"');
  });

  it('writes insulin in units and a weekly drug a week at a time', () => {
    const dosages = ofType(record, 'MedicationRequest').map((order) => JSON.stringify(order.dosageInstruction));
    expect(dosages.some((text) => text.includes('20 units') && /subcutaneous|SC/.test(text))).toBe(true);
    expect(dosages.some((text) => text.includes('1 mg') && text.includes('weekly'))).toBe(true);
  });

  it('writes a raised dose as a stopped and an active order', () => {
    const orders = ofType(record, 'MedicationRequest').filter((each) =>
      /lisinopril|Zestril/.test(JSON.stringify(each)),
    );
    expect(orders.map(({ status }) => status)).toEqual(['stopped', 'active']);
    expect(JSON.stringify(orders[0])).toContain('10 mg');
    expect(JSON.stringify(orders[1])).toContain('20 mg');
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
    const random = drawVirtualPatient(worldOf('none'), seededRandom('incomplete'));
    const rendered = renderFhirRecord(random, { patientId: 'x', asOf, name });
    const potassium = ofType(rendered, 'Observation').filter((each) => JSON.stringify(each).includes('Potassium'));
    expect(potassium.length).toBe(random.visits.filter(({ values }) => values[0] !== undefined).length);
  });

  it('writes a programme as a referral in words, never as a drug', () => {
    const slimming = liveScript(
      publishedParameters(),
      { person: {}, setpoints: {}, phases: [{ drugs: { 'weight-loss-programme': 1 }, visits: [0] }], measures: [] },
      seededRandom('programme'),
    );
    const rendered = renderFhirRecord(slimming, { patientId: 'y', asOf, name });
    expect(ofType(rendered, 'MedicationRequest')).toEqual([]);
    expect(ofType(rendered, 'ServiceRequest')[0]).toMatchObject({
      status: 'active',
      code: { text: 'weight loss programme' },
    });
  });
});

describe('reportedValue', () => {
  it.each([
    // Molar masses of PubChem: 100 mg/dL of cholesterol is 2.586 mmol/L, 150 mg/dL of triolein 1.694, 100 of glucose 5.551.
    ['ldl', 100, 2.59],
    ['triglycerides', 150, 1.69],
    ['fasting_glucose', 100, 5.6],
    ['urate', 6, 357],
    ['creatinine', 1, 88],
    // 30 mg/g is 3.4 mg/mmol (KDIGO 2024, albuminuria category A2); 7 % is 53 mmol/mol (NGSP).
    ['uacr', 30, 3.4],
    ['hba1c', 7, 53],
  ] as const)('reports %s %d as %d to those who count moles', (id, value, reported) => {
    const form = REPORT_FORMS[id].find(({ isMolar }) => isMolar === true);
    expect(form === undefined ? undefined : reportedValue(id, value, form)).toBe(reported);
  });

  it('refuses a form in a unit that the house does not convert', () => {
    expect(() => reportedValue('ldl', 100, { loinc: '', title: '', unit: 'furlong', decimals: 0 })).toThrow(TypeError);
  });

  it('uses no LOINC code that the schema does not read', () => {
    for (const id of REPORTED_IDS) {
      const known = [...VARIABLES, ...INPUTS].find((variable) => variable.id === id)?.loinc ?? [];
      expect(REPORT_FORMS[id].filter(({ loinc }) => !known.includes(loinc))).toEqual([]);
    }
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
      ['semaglutide', 2, 60, undefined],
      ['insulin glargine', 1, 60, undefined],
    ]);
  });
});
