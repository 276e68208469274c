import type { Availability, Dropped, PatientRecord } from '../domain/record.ts';

/** The FHIR resources of one patient, gathered for one call, as one collection. */
export interface GatheredRecord {
  readonly patientId: string;
  /** FHIR R4 resources as received; nothing is trusted yet. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  readonly availability: PatientRecord['availability'];
  /** How each prefetch key arrived. */
  readonly keys: Readonly<Record<string, Availability>>;
  /** What could not be gathered of what was sent; the record lists it with what it drops itself. */
  readonly dropped?: readonly Dropped[];
}

/** Gathers what a service needs to know about a patient. */
export interface RecordSource {
  /** @throws AppError `prefetch.missing` naming the keys. */
  gather(call: {
    readonly patientId: string;
    readonly prefetch: Readonly<Record<string, unknown>>;
  }): Promise<GatheredRecord>;
}
