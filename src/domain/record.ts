import type { Measured } from '../core/quantity.ts';
import type { Instant, Moment } from '../core/time.ts';

/** Where in the gathered Bundle a fact comes from, for example "Observation/k-17". */
export type SourceRef = string;

/** A numeric observation, mapped to a variable and converted to its unit. */
export interface Measurement {
  readonly variable: string;
  readonly value: number;
  readonly at: Instant;
  readonly precision: Moment['precision'];
  /** Set when the laboratory reported a bound ("> 60") instead of a value; such a one is never used as a value. */
  readonly comparator?: '<' | '<=' | '>' | '>=';
  readonly source: SourceRef;
  /** Set when the value was computed, for example eGFR from creatinine by CKD-EPI 2021. */
  readonly derivedBy?: string;
}

/** How sure the record makes us, from 0 to 1, and why. */
export interface Confidence {
  readonly probability: number;
  readonly reason: string;
}

/** One course of one ingredient. */
export interface MedicationCourse {
  readonly ingredient: string;
  /** Drug class of src/terminology/drugs. */
  readonly drugClass: string;
  /** Total daily dose; absent when the record does not let us know it. */
  readonly dailyDose?: Measured;
  readonly start?: Instant;
  /** Absent while it runs. */
  readonly end?: Instant;
  readonly identity: Confidence;
  /** That the patient is taking it at the record's `asOf`. */
  readonly taking: Confidence;
  readonly sources: readonly SourceRef[];
}

/** A condition of src/terminology/conditions. */
export interface RecordedCondition {
  readonly condition: string;
  readonly onset?: Instant;
  readonly active: boolean;
  readonly source: SourceRef;
}

/** An allergy or intolerance; `allergen` is an ingredient or a drug class of src/terminology. */
export interface RecordedAllergy {
  readonly allergen: string;
  /** Absent when the record does not tell them apart: then it counts as an allergy. */
  readonly kind?: 'allergy' | 'intolerance';
  readonly reaction?: string;
  readonly source: SourceRef;
}

/** Something in the input that was not used. Nothing disappears without one of these. */
export interface Dropped {
  readonly source: SourceRef;
  /** Stable code, for example "unit-missing". */
  readonly reason: string;
  readonly detail: string;
  readonly fix: string;
}

/** Whether a part of the record was given, given and empty, not given, or failed (interop PF-10). */
export type Availability = 'given' | 'empty' | 'absent' | 'failed';

/** One patient, as the gathered Bundle shows them at `asOf`. */
export interface PatientRecord {
  readonly patientId: string;
  readonly asOf: Instant;
  readonly sex: 'female' | 'male' | 'unknown';
  readonly birthDate?: Moment;
  readonly measurements: readonly Measurement[];
  readonly medications: readonly MedicationCourse[];
  readonly conditions: readonly RecordedCondition[];
  readonly allergies: readonly RecordedAllergy[];
  readonly availability: Readonly<Record<'observations' | 'medications' | 'conditions' | 'allergies', Availability>>;
  readonly dropped: readonly Dropped[];
}
