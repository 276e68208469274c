import type { Instant } from '../core/time.ts';

/** What is known of the patient besides the course of the variables. Undefined means unknown, never "no". */
export interface Covariates {
  /** Unit: a. */
  readonly age: number;
  readonly female: boolean;
  /** In the order of `System.traits`. */
  readonly traits: readonly (boolean | undefined)[];
}

/** One moment of the past: what was measured, under which doses. Arrays follow the order of the system. */
export interface Visit {
  /** Unit: d, ≥ 0. */
  readonly daysBeforeNow: number;
  /** Physical units, by `System.variables`; undefined where not measured. */
  readonly values: readonly (number | undefined)[];
  /** Fraction of the reference dose, by `System.channels`. */
  readonly doses: readonly number[];
}

/** What a world model encodes: an irregular, incomplete history, oldest visit first. */
export interface PatientHistory {
  readonly asOf: Instant;
  readonly covariates: Covariates;
  readonly visits: readonly Visit[];
  /** What the patient takes now, by `System.channels`. */
  readonly doses: readonly number[];
}

/** Which model spoke: enough to find every card that it ever touched. */
export interface ModelIdentity {
  readonly id: string;
  readonly kind: 'learned' | 'mechanistic';
  readonly version: string;
  readonly system: string;
  /** SHA-256 of the weights or parameters. */
  readonly weightsDigest: string;
  /** SHA-256 of the system schema that the model was built for. */
  readonly schemaDigest: string;
}

/** A model's compressed state of one patient. Only the model that made it can read `state`. */
export interface Belief {
  readonly model: ModelIdentity;
  readonly history: PatientHistory;
  readonly state: object;
}

/** Whether the model may speak about this patient, and what speaks against it. */
export interface Applicability {
  readonly answer: 'inside' | 'edge' | 'outside';
  readonly reasons: readonly ApplicabilityReason[];
}

/** One thing that is unusual about the patient or missing, and what would help. */
export interface ApplicabilityReason {
  readonly code: string;
  readonly severity: 'edge' | 'outside';
  readonly detail: string;
  readonly help: string;
}
