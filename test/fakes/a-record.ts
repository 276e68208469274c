import { addDays, instant, parseMoment, type Instant } from '../../src/core/time.ts';
import type { Measured } from '../../src/core/quantity.ts';
import type { DraftOrder } from '../../src/domain/intervention.ts';
import type {
  Measurement,
  MedicationCourse,
  PatientRecord,
  RecordedAllergy,
  RecordedCondition,
} from '../../src/domain/record.ts';
import { drugClassOf, drugRow } from '../../src/terminology/drugs.ts';

/** The moment at which invented records are looked at. */
export const NOW: Instant = instant(Date.UTC(2026, 5, 15, 9));

/** A change to a record under construction. */
export type Change = (record: PatientRecord) => PatientRecord;

/** An invented patient: a woman of 71 with heart failure on lisinopril, potassium 4.4 and eGFR 62 a week ago. */
export function aRecord(...changes: readonly Change[]): PatientRecord {
  const plain: PatientRecord = {
    patientId: 'p1',
    asOf: NOW,
    sex: 'female',
    measurements: [],
    medications: [],
    conditions: [],
    allergies: [],
    availability: { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' },
    dropped: [],
  };
  const usual = [born('1955-03-09'), measured('potassium', 4.4), measured('egfr', 62), measured('sbp', 128)];
  const ill = [measured('heart_rate', 74), taking('lisinopril', 10), having('heart_failure')];
  return [...usual, ...ill, ...changes].reduce((record, change) => change(record), plain);
}

export function born(date: string): Change {
  const birthDate = parseMoment(date);
  if (birthDate === undefined) throw new TypeError(`${date} is no date`);
  return (record) => ({ ...record, birthDate });
}

export function sexUnknown(record: PatientRecord): PatientRecord {
  return { ...record, sex: 'unknown' };
}

export function ageUnknown(record: PatientRecord): PatientRecord {
  const entries = Object.entries(record).filter(([key]) => key !== 'birthDate');
  return Object.fromEntries(entries) as unknown as PatientRecord;
}

/** A value of a variable, a week old unless told; it comes after earlier values of the same day. */
export function measured(
  variable: string,
  value: number,
  { daysAgo = 7, comparator }: { daysAgo?: number; comparator?: Measurement['comparator'] } = {},
): Change {
  return (record) => {
    const measurement: Measurement = {
      variable,
      value,
      at: addDays(record.asOf, -daysAgo),
      precision: 'second',
      source: `Observation/${variable}-${record.measurements.length}`,
      ...(comparator === undefined ? {} : { comparator }),
    };
    return { ...record, measurements: [...record.measurements, measurement] };
  };
}

/** No value of a variable. */
export function without(variable: string): Change {
  return (record) => ({ ...record, measurements: record.measurements.filter((entry) => entry.variable !== variable) });
}

interface CourseOptions {
  readonly startedDaysAgo?: number;
  readonly endedDaysAgo?: number;
  readonly identity?: number;
  readonly taking?: number;
  readonly drugClass?: string;
}

/** A course of a drug, running for 100 days unless told. Dose in mg/d, of insulin in U/d; undefined when unknown. */
export function taking(ingredient: string, dose: number | undefined, options: CourseOptions = {}): Change {
  return (record) => {
    const { startedDaysAgo = 100, endedDaysAgo, drugClass = drugClassOf(ingredient) ?? 'unknown' } = options;
    const course: MedicationCourse = {
      ingredient,
      drugClass,
      ...(dose === undefined ? {} : { dailyDose: doseOf(ingredient, dose) }),
      start: addDays(record.asOf, -startedDaysAgo),
      ...(endedDaysAgo === undefined ? {} : { end: addDays(record.asOf, -endedDaysAgo) }),
      identity: { probability: options.identity ?? 1, reason: 'RxNorm code' },
      taking: { probability: options.taking ?? 1, reason: 'active order' },
      sources: [`MedicationRequest/${ingredient}-${record.medications.length}`],
    };
    return { ...record, medications: [...record.medications, course] };
  };
}

/** Nothing is taken. */
export function takingNothing(record: PatientRecord): PatientRecord {
  return { ...record, medications: [] };
}

export function having(condition: string, { active = true }: { active?: boolean } = {}): Change {
  return (record) => {
    const entry: RecordedCondition = { condition, active, source: `Condition/${condition}` };
    return { ...record, conditions: [...record.conditions, entry] };
  };
}

export function allergicTo(allergen: string, reaction?: string): Change {
  return (record) => {
    const entry: RecordedAllergy = {
      allergen,
      source: `AllergyIntolerance/${allergen}`,
      ...(reaction === undefined ? {} : { reaction }),
    };
    return { ...record, allergies: [...record.allergies, entry] };
  };
}

/** A section of the record that was not given. */
export function notGiven(section: keyof PatientRecord['availability']): Change {
  return (record) => ({ ...record, availability: { ...record.availability, [section]: 'absent' } });
}

function doseOf(ingredient: string, value: number): Measured {
  return { value, unit: drugRow(ingredient)?.doseUnit ?? 'mg/d' };
}

/** An order that is about to be signed. Dose in mg/d, of insulin in U/d. */
export function aDraft(ingredient = 'spironolactone', dose = 25, reference = 'draft-1'): DraftOrder {
  return { ...aDraftWithoutDose(ingredient, reference), dailyDose: doseOf(ingredient, dose) };
}

/** An order whose dose cannot be read. */
export function aDraftWithoutDose(ingredient = 'spironolactone', reference = 'draft-1'): DraftOrder {
  return {
    reference: `MedicationRequest/${reference}`,
    ingredient,
    drugClass: drugClassOf(ingredient) ?? 'unknown',
    resource: { resourceType: 'MedicationRequest', id: reference, status: 'draft' },
  };
}
