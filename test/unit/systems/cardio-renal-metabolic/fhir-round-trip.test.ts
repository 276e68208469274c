import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { addDays, daysBetween, instant, toIso } from '../../../../src/core/time.ts';
import type { PatientRecord } from '../../../../src/domain/record.ts';
import { buildRecord } from '../../../../src/record/build-record.ts';
import { isProgramme, medicationRequest } from '../../../../src/systems/cardio-renal-metabolic/fhir-medication.ts';
import type { Writing } from '../../../../src/systems/cardio-renal-metabolic/fhir-medication.ts';
import type { FhirResource } from '../../../../src/systems/cardio-renal-metabolic/fhir-resource.ts';
import type { VirtualPatient } from '../../../../src/systems/cardio-renal-metabolic/life.ts';
import { dailyDoseOf } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import type { Prescribed } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { renderFhirRecord } from '../../../../src/systems/cardio-renal-metabolic/render-fhir.ts';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawVirtualPatient } from '../../../../src/systems/cohort.ts';

const asOf = instant(Date.UTC(2026, 0, 15, 9));
const given = { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' } as const;

function read(patientId: string, resources: readonly FhirResource[]): PatientRecord {
  const sent = JSON.parse(JSON.stringify(resources)) as FhirResource[];
  return buildRecord({ patientId, resources: sent, availability: given, keys: {} }, { system, asOf });
}

/** What rounding in a laboratory's unit may change, in the variable's unit and as a share of the value. */
const ROUNDING: Readonly<Record<string, readonly [absolute: number, relative: number]>> = {
  potassium: [0.051, 0],
  // eGFR falls as the 1.2th power of creatinine, which has two decimals in mg/dL: of 0.5 mg/dL that is 1.2 %.
  egfr: [0.1, 0.03],
  sbp: [0.51, 0],
  dbp: [0.51, 0],
  heart_rate: [0.51, 0],
  body_weight: [0.051, 0],
  hba1c: [0.051, 0],
  fasting_glucose: [1, 0],
  ldl: [0.51, 0],
  hdl: [0.51, 0],
  triglycerides: [0.51, 0],
  uacr: [0.45, 0],
  nt_probnp: [0.51, 0],
  lvef: [0.51, 0],
  urate: [0.051, 0],
};

interface Lost {
  readonly variable: string;
  readonly value: number;
}

/** The measured values that the record does not hold as they were. */
function lostValues(patient: VirtualPatient, record: PatientRecord): readonly Lost[] {
  return patient.visits.flatMap(({ day, values }) =>
    values.flatMap((value, index) => {
      const variable = system.variables[index]?.id ?? '';
      const [absolute, relative] = ROUNDING[variable] ?? [0, 0];
      const came = record.measurements.some(
        (each) =>
          each.variable === variable &&
          Math.abs(daysBetween(each.at, asOf) - (patient.today - day)) < 0.2 &&
          Math.abs(each.value - (value ?? 0)) <= absolute + relative * (value ?? 0),
      );
      return value === undefined || came ? [] : [{ variable, value }];
    }),
  );
}

function isTaken({ medications }: PatientRecord, drug: Prescribed): boolean {
  const { ingredient, unit } = drug.intervention;
  return medications.some(
    ({ dailyDose, end, ...course }) =>
      course.ingredient === ingredient &&
      end === undefined &&
      dailyDose?.unit === unit &&
      Math.abs(dailyDose.value / dailyDoseOf(drug) - 1) < 1e-3,
  );
}

const people = Array.from({ length: 40 }, (_, index) => {
  const patientId = `round-trip-${index}`;
  const patient = drawVirtualPatient(worldOf('none'), seededRandom(patientId));
  const resources = renderFhirRecord(patient, { patientId, asOf, name: { family: 'Test', given: 'Vera' } });
  return { patient, resources, record: read(patientId, resources) };
});

describe('a rendered record, read again', () => {
  it('gives back every measured value of every variable', () => {
    for (const { patient, record } of people) expect(lostValues(patient, record)).toEqual([]);
  });

  it('was asked for every variable', () => {
    const measured = system.variables.filter((_, index) =>
      people.some(({ patient }) => patient.visits.some(({ values }) => values[index] !== undefined)),
    );
    expect(measured.map(({ id }) => id)).toEqual(system.variables.map(({ id }) => id));
  });

  it('gives back every drug that is taken, with its dose', () => {
    const missing = people.flatMap(({ patient, record }) =>
      patient.prescription.flatMap((drug) =>
        drug === undefined || isProgramme(drug) || isTaken(record, drug) ? [] : [drug.intervention.ingredient],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('takes nothing that the person does not take', () => {
    for (const { patient, record } of people) {
      const taken = patient.prescription.flatMap((drug) => drug?.intervention.ingredient ?? []);
      const read = record.medications.filter(({ end }) => end === undefined).map(({ ingredient }) => ingredient);
      expect(read.filter((ingredient) => !taken.includes(ingredient))).toEqual([]);
    }
  });

  it('gives back no programme: a record has no order for one that the reader knows', () => {
    const programmes = people.flatMap(({ resources }) =>
      resources.filter(({ resourceType }) => resourceType === 'ServiceRequest'),
    );
    expect(programmes.length).toBeGreaterThan(0);
    const names = system.interventions.filter(({ unit }) => unit === '1').map(({ ingredient }) => ingredient);
    for (const { record } of people) {
      expect(record.medications.filter(({ ingredient }) => names.includes(ingredient))).toEqual([]);
    }
  });

  it('refuses nothing of what a hospital wrote but the referrals to programmes', () => {
    const refused = people.flatMap(({ record }) => record.dropped.map(({ reason, source }) => [reason, source]));
    const others = refused.filter(
      ([reason, source]) => !(reason === 'resource-type-unread' && source?.startsWith('ServiceRequest/') === true),
    );
    expect(others).toEqual([]);
  });

  it('comes from hospitals that differ in codes, units and spellings', () => {
    const text = JSON.stringify(people.map(({ resources }) => resources));
    for (const loinc of ['2160-0', '14682-9', '4548-4', '59261-8', '13457-7', '22748-8', '9318-7', '32294-1']) {
      expect(text).toContain(`"${loinc}"`);
    }
    for (const unit of ['umol/L', 'mmol/mol', 'mg/mmol', 'pmol/L', '[lb_av]', 'mmHg', 'mEq/L']) {
      expect(text).toContain(`"unit":"${unit}"`);
    }
  });
});

describe('an order, read again', () => {
  const drugs = system.interventions.flatMap((intervention) =>
    intervention.ladder.map((_, rung) => ({ intervention, rung })),
  );

  it.each<Writing>(['coded', 'name', 'sentence', 'shorthand'])(
    'means its drug and daily dose, written as %s',
    (writing) => {
      const lost = drugs.filter((drug) => {
        const order = medicationRequest(drug, {
          id: 'order',
          patientId: 'p',
          status: 'active',
          authoredOn: toIso(addDays(asOf, -30)),
          writing,
        });
        return !isProgramme(drug) && !isTaken(read('p', [order]), drug);
      });
      expect(drugs.length).toBeGreaterThan(200);
      expect(lost.map((drug) => `${drug.intervention.ingredient} ${dailyDoseOf(drug)}`)).toEqual([]);
    },
  );
});
