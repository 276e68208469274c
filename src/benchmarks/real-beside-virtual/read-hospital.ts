import { join } from 'node:path';
import { ageOf } from '../../belief/history.ts';
import { traitsOf } from '../../belief/traits.ts';
import { MILLISECONDS_A_DAY, type Instant } from '../../core/time.ts';
import type { PatientRecord } from '../../domain/record.ts';
import { buildRecord } from '../../record/build-record.ts';
import { elementOf, momentOf, type Element } from '../../record/read-fhir.ts';
import { cardioRenalMetabolic as system } from '../../systems/cardio-renal-metabolic/system.ts';
import { isStay } from '../medication-truth.ts';
import { gatheredFrom, lastMoment, readBundles, type PatientBundle } from '../read-bundles.ts';
import { gatherReadings, type Person, type Phase } from './person.ts';

interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * The patients of the MIMIC-IV demo (folder `mimic-iv-demo`), read through the house's own record reader: each comes as
 * up to three people, one a phase (intensive care, ward, whole record).
 */
export async function* readHospital(data: string): AsyncGenerator<Person> {
  for await (const bundle of readBundles(join(data, 'mimic-iv-demo', 'patients'))) {
    if ('reason' in bundle) continue;
    const asOf = lastMoment(bundle);
    if (asOf !== undefined) yield* phasesOf(bundle, buildRecord(gatheredFrom(bundle), { system, asOf }));
  }
}

function phasesOf({ patientId, resources }: PatientBundle, record: PatientRecord): readonly Person[] {
  const held = traitsOf(system, record);
  const traits = Object.fromEntries(system.traits.map((trait, index) => [trait, held[index] ?? false]));
  const age = ageOf(record);
  const subject = age === undefined || record.sex === 'unknown' ? {} : { age, female: record.sex === 'female' };
  const isIn = phaseTest(resources);
  const phases: readonly Phase[] = ['intensive care', 'ward', 'record'];
  return phases.map((phase) => {
    const gathered = gatherReadings();
    for (const { variable, value, at, comparator } of record.measurements) {
      if (comparator === undefined && isIn(phase, at)) gathered.add(variable, { day: at / MILLISECONDS_A_DAY, value });
    }
    return { id: patientId, phase, traits, readings: gathered.inOrder(), ...subject };
  });
}

function phaseTest(resources: readonly Element[]): (phase: Phase, at: Instant) => boolean {
  const stays = resources.filter(isStay).flatMap(periodOf);
  const intensive = resources.filter(isIntensiveCare).flatMap(periodOf);
  return (phase, at) => {
    if (phase === 'record') return true;
    const isIntensive = within(intensive, at);
    return phase === 'intensive care' ? isIntensive : !isIntensive && within(stays, at);
  };
}

/** An encounter of intensive care is the acute part of a stay. */
function isIntensiveCare(resource: Element): boolean {
  return resource.resourceType === 'Encounter' && elementOf(resource.class)?.code === 'ACUTE';
}

function periodOf(encounter: Element): readonly Period[] {
  const period = elementOf(encounter.period);
  const [start, end] = [momentOf(period?.start)?.earliest, momentOf(period?.end)?.earliest];
  return start === undefined || end === undefined ? [] : [{ start, end }];
}

function within(periods: readonly Period[], moment: Instant): boolean {
  return periods.some(({ start, end }) => start <= moment && moment <= end);
}
