import type { StoredResource } from './fhir-store.ts';

/** One virtual patient of the sandbox: the chart, and what the clinician is about to do. */
export interface ClinicPatient {
  readonly patientId: string;
  /** One line that tells a clinician why this patient is here. */
  readonly story: string;
  readonly resources: readonly StoredResource[];
  /** The order that waits for a signature, if the story has one. */
  readonly draft?: StoredResource;
}

/** Who sits in front of the sandbox. */
export const CLINICIAN: StoredResource = {
  resourceType: 'Practitioner',
  id: 'sandbox-clinician',
  name: [{ family: 'Okafor', given: ['Ada'], prefix: ['Dr'] }],
};
