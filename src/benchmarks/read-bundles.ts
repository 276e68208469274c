import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { GatheredRecord } from '../ports/record-source.ts';
import { elementOf, momentOf, resourcesOf, textOf, type Element } from '../record/read-fhir.ts';
import { instant, type Instant } from '../core/time.ts';

/** One patient's bundle, as a file holds it. */
export interface PatientBundle {
  readonly file: string;
  readonly patientId: string;
  readonly resources: readonly Element[];
}

/** A file that holds no bundle of a patient, and why. */
export interface UnreadableFile {
  readonly file: string;
  readonly reason: string;
}

/** Reads every `*.json` and `*.json.gz` of a folder and its folders, in the order of their names. */
export async function* readBundles(folder: string): AsyncGenerator<PatientBundle | UnreadableFile> {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => /\.json(?:\.gz)?$/.test(name)).sort()) {
    yield readBundle(file, await readFile(join(folder, file)));
  }
}

function readBundle(file: string, bytes: Buffer): PatientBundle | UnreadableFile {
  try {
    const parsed: unknown = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
    return bundleOf(file, parsed);
  } catch {
    return { file, reason: 'not JSON' };
  }
}

function bundleOf(file: string, parsed: unknown): PatientBundle | UnreadableFile {
  const resources = resourcesOf(parsed);
  const patientId = textOf(resources.find(({ resourceType }) => resourceType === 'Patient')?.id);
  return patientId === undefined ? { file, reason: 'no Patient in it' } : { file, patientId, resources };
}

/** A bundle as a gathered record: everything that a record is read from was asked for. */
export function gatheredFrom({ patientId, resources }: PatientBundle): GatheredRecord {
  const has = (...types: readonly string[]): 'given' | 'empty' =>
    resources.some(({ resourceType }) => typeof resourceType === 'string' && types.includes(resourceType))
      ? 'given'
      : 'empty';
  return {
    patientId,
    resources,
    availability: {
      observations: has('Observation'),
      medications: has('MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'MedicationAdministration'),
      conditions: has('Condition'),
      allergies: has('AllergyIntolerance'),
    },
    keys: {},
  };
}

const DATES = ['effectiveDateTime', 'effectiveInstant', 'authoredOn', 'dateAsserted', 'whenHandedOver', 'recordedDate'];
const PERIODS = ['effectivePeriod', 'period', 'performedPeriod'];

/** When something last happened in a bundle: the "now" of a record whose dates are shifted. */
export function lastMoment({ resources }: PatientBundle): Instant | undefined {
  let last = Number.NEGATIVE_INFINITY;
  for (const resource of resources) {
    const periods = PERIODS.map((field) => elementOf(resource[field]));
    const dates = [
      ...DATES.map((field) => resource[field]),
      ...periods.flatMap((period) => [period?.start, period?.end]),
    ];
    for (const date of dates) last = Math.max(last, momentOf(date)?.earliest ?? last);
  }
  return Number.isFinite(last) ? instant(last) : undefined;
}
