import { currentDrugs } from '../../belief/current-drugs.ts';
import { ageOf } from '../../belief/history.ts';
import { APPLICABILITY_POLICY } from '../../belief/policy.ts';
import { traitsOf } from '../../belief/traits.ts';
import { isRunningAt, takingProbability } from '../../domain/courses.ts';
import type { PatientRecord } from '../../domain/record.ts';
import { ageInDays, latestValue } from '../../domain/readings.ts';
import { TRAITS, VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { cardioRenalMetabolic as system } from '../../systems/cardio-renal-metabolic/system.ts';
import { interventionOf } from '../../systems/doses.ts';
import { CONDITIONS } from '../../terminology/conditions.ts';
import type { PersonItems } from '../eligibility.ts';
import { interventionOfCode } from '../emulate/treatment-codes.ts';
import { takingItem } from './criteria.ts';

/** What is asked of a record. */
export interface RecordQuestions {
  /** A value older than this counts as not known; unit: d. */
  readonly recentDays: number;
  /** Codes of background treatment. */
  readonly background: readonly string[];
}

/** Diagnoses that make atherosclerotic cardiovascular disease, as the virtual patients count it. */
const ASCVD = ['ischaemic_heart_disease', 'stroke', 'peripheral_artery_disease'];

/** Items that the record pipeline reads from no resource. */
export const NEVER_RECORDED: readonly string[] = ['bmi', 'smoker'];

/**
 * What a record says of a person, by the items of trial files; what it does not say stays undefined.
 *
 * A list of diagnoses or drugs with entries says "no" of what it leaves out; a list without any entry says nothing.
 */
export function recordItems(record: PatientRecord, { recentDays, background }: RecordQuestions): PersonItems {
  const { sex } = record;
  return {
    ...Object.fromEntries(VARIABLES.map(({ id }) => [id, recentValue(record, id, recentDays)])),
    ...diagnosesOf(record),
    ...Object.fromEntries(background.map((code) => [takingItem(code), takes(record, code)])),
    age: ageOf(record),
    female: sex === 'unknown' ? undefined : Number(sex === 'female'),
  };
}

function recentValue(record: PatientRecord, variable: string, recentDays: number): number | undefined {
  const reading = latestValue(record, variable);
  return reading === undefined || ageInDays(record, reading) > recentDays ? undefined : reading.value;
}

function diagnosesOf(record: PatientRecord): PersonItems {
  const isListed = record.availability.conditions === 'given';
  const has = (...conditions: readonly string[]): number | undefined => {
    const found = record.conditions.some(({ condition, active }) => active && conditions.includes(condition));
    return found ? 1 : isListed ? 0 : undefined;
  };
  const traits = traitsOf(system, isListed ? record : { ...record, availability: UNLISTED });
  return {
    ...Object.fromEntries(CONDITIONS.map(({ condition }) => [condition, has(condition)])),
    ...Object.fromEntries(TRAITS.map((trait, index) => [trait, asNumber(traits[index])])),
    ascvd: has(...ASCVD),
    reduced_ejection_fraction: reducedFraction(has('heart_failure_reduced_ef'), has('heart_failure')),
  };
}

const UNLISTED: PatientRecord['availability'] = {
  observations: 'absent',
  medications: 'absent',
  conditions: 'absent',
  allergies: 'absent',
};

/** Heart failure that is coded without its ejection fraction leaves the fraction open. */
function reducedFraction(reduced: number | undefined, failing: number | undefined): number | undefined {
  return reduced === 1 ? 1 : failing === 1 ? undefined : failing;
}

function asNumber(holds: boolean | undefined): number | undefined {
  return holds === undefined ? undefined : Number(holds);
}

/** Whether somebody takes an ingredient, or any drug of the class that a code names. */
function takes(record: PatientRecord, code: string): number | undefined {
  if (record.availability.medications !== 'given') return undefined;
  const channel = code.startsWith('class:') ? interventionOfCode(code)?.channel : undefined;
  if (channel !== undefined) {
    return Number(
      currentDrugs(system, record).some((drug) => interventionOf(system, drug.ingredient)?.channel === channel),
    );
  }
  if (code.startsWith('class:')) return undefined;
  const ingredient = interventionOfCode(code)?.ingredient ?? code;
  return Number(
    record.medications.some(
      (course) =>
        course.ingredient === ingredient &&
        isRunningAt(course, record.asOf) &&
        takingProbability(course) >= APPLICABILITY_POLICY.courseCounts.value,
    ),
  );
}
