import { gatheredFrom, lastMoment, readBundles } from '../benchmarks/read-bundles.ts';
import type { PatientBundle } from '../benchmarks/read-bundles.ts';
import { AppError } from '../core/errors.ts';
import { seededRandom } from '../core/random.ts';
import { instant } from '../core/time.ts';
import type { PatientRecord } from '../domain/record.ts';
import { buildRecord } from '../record/build-record.ts';
import { renderFhirRecord } from '../systems/cardio-renal-metabolic/render-fhir.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { worldOf } from '../systems/cardio-renal-metabolic/worlds.ts';
import { drawVirtualPatient } from '../systems/cohort.ts';
import type { Panel } from '../trials/design/panel-report.ts';

/** Reads a panel from a folder of FHIR bundles, each as it stood at its last moment; the dead are counted, not screened. */
export async function readPanel(folder: string): Promise<Panel> {
  const records: PatientRecord[] = [];
  let [deceased, unreadable] = [0, 0];
  for await (const bundle of readBundles(folder)) {
    const asOf = 'reason' in bundle ? undefined : lastMoment(bundle);
    if ('reason' in bundle || asOf === undefined) unreadable += 1;
    else if (isDeceased(bundle)) deceased += 1;
    else records.push(recordOf(bundle, asOf));
  }
  if (records.length + deceased + unreadable === 0) {
    throw new AppError('config.invalid', [`${folder} holds no *.json or *.json.gz with a FHIR bundle.`]);
  }
  return { source: `${records.length} records from FHIR bundles of the panel`, records, deceased, unreadable };
}

/** The moment at which virtual records are read: any would do. */
const VIRTUAL_NOW = instant(Date.UTC(2026, 0, 1));

/** Draws a panel of virtual patients of all clinics, writes each down as FHIR and reads it back. */
export function drawPanel(people: number, seed: string): Panel {
  const world = worldOf('none');
  const records = Array.from({ length: people }, (_, person) => {
    const patient = drawVirtualPatient(world, seededRandom(`${seed}/panel/${person}`));
    const patientId = `virtual-${person}`;
    const name = { family: 'Virtual', given: String(person) };
    const resources = renderFhirRecord(patient, { patientId, asOf: VIRTUAL_NOW, name });
    return recordOf({ file: '', patientId, resources }, VIRTUAL_NOW);
  });
  return {
    source: `${people} virtual patients of every clinic, written down as FHIR and read back`,
    records,
    deceased: 0,
    unreadable: 0,
  };
}

function recordOf(bundle: PatientBundle, asOf: PatientRecord['asOf']): PatientRecord {
  return buildRecord(gatheredFrom(bundle), { system, asOf });
}

function isDeceased({ resources }: PatientBundle): boolean {
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  return patient?.deceasedBoolean === true || typeof patient?.deceasedDateTime === 'string';
}
