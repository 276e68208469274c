import type { PatientRecord } from '../domain/record.ts';
import type { GatheredRecord } from '../ports/record-source.ts';
import { deriveEgfr } from './derive-egfr.ts';
import { dropped } from './dropped.ts';
import { fileResources, type FiledResources } from './file-resources.ts';
import { inferRegimen } from './infer-regimen.ts';
import { readAllergies } from './read-allergies.ts';
import { readConditions } from './read-conditions.ts';
import { readMedications } from './read-medications.ts';
import { readObservations, type ReadOptions } from './read-observations.ts';
import { readPatient } from './read-patient.ts';

/**
 * Builds the record of one patient from gathered FHIR R4 resources, as it was known at `asOf`.
 *
 * Never throws on bad input: whatever is not used is listed in `dropped` with its reason and the fix. Resources of
 * another patient, and whatever lies after `asOf`, are never used.
 */
export function buildRecord(gathered: GatheredRecord, options: ReadOptions): PatientRecord {
  const { system, asOf } = options;
  const filed = fileResources(gathered.resources, gathered.patientId);
  const patient = readPatient(filed);
  const observations = readObservations(filed, options);
  const egfr = deriveEgfr(
    observations.kept,
    patient,
    system.variables.find(({ id }) => id === 'egfr'),
  );
  const medications = readMedications(filed, asOf);
  const conditions = readConditions(filed, asOf);
  const allergies = readAllergies(filed, asOf);
  const readings = [filed, observations, egfr, medications, conditions, allergies];
  return {
    patientId: gathered.patientId,
    asOf,
    ...patient,
    measurements: [...observations.kept, ...egfr.kept].sort((a, b) => a.at - b.at),
    medications: inferRegimen(medications.kept, asOf),
    conditions: conditions.kept,
    allergies: allergies.kept,
    availability: gathered.availability,
    dropped: [
      ...(gathered.dropped ?? []),
      ...readings.flatMap((reading) => reading.dropped),
      ...missingPatient(filed, gathered.patientId),
    ],
  };
}

function missingPatient(filed: FiledResources, patientId: string): PatientRecord['dropped'] {
  return filed.ofType('Patient').length === 0 ? [dropped(`Patient/${patientId}`, 'patient-missing')] : [];
}
