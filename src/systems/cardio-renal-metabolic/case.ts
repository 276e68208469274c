import { CKD_GFR } from './individual.ts';
import type { Individual, Person } from './individual.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';
import type { Prescription } from './prescription.ts';
import { CLASS_INDEX } from './parameter-units.ts';
import type { DrugClass } from './parameter-units.ts';
import { seenBy } from './seen.ts';
import type { Seen } from './seen.ts';

/** A patient as a prescriber sees them. */
export interface Case {
  readonly person: Person;
  /** Stage 3 or worse at the start, as a problem list has it. */
  readonly chronicKidneyDisease: boolean;
  readonly hypertension: boolean;
  /** Unit: kg/m2; undefined where never weighed. */
  readonly bmi: number | undefined;
  readonly seen: Seen;
  /** What of it was measured today: clinicians act on a new value once. */
  readonly fresh: Seen;
  /** What a clinician feels and nobody writes down, in standard deviations (`ClinicHabits.frailty`). */
  readonly frailty: number;
}

/** A person as the case that a record makes; values by `System.variables`. */
export function caseOf(
  { person, setpoints }: Individual,
  values: { readonly latest: readonly (number | undefined)[]; readonly today: readonly (number | undefined)[] },
  frailty: number,
): Case {
  const seen = seenBy(values.latest);
  return {
    person,
    chronicKidneyDisease: setpoints.gfr < CKD_GFR,
    hypertension: setpoints.sbp >= LIMITS.sbpHypertension.value,
    bmi: seen.body_weight === undefined ? undefined : seen.body_weight / (person.height / 100) ** 2,
    seen,
    fresh: values.today === values.latest ? seen : seenBy(values.today),
    frailty,
  };
}

/** A case of which everything was measured today; `values`: by `System.variables`. */
export function fullyMeasured(individual: Individual, values: readonly number[], frailty: number): Case {
  return caseOf(individual, { latest: values, today: values }, frailty);
}

/** Whether a patient takes something of a class. */
export function takes(prescription: Prescription, drugClass: DrugClass): boolean {
  return prescription[CLASS_INDEX[drugClass]] !== undefined;
}

/** How many of some classes a patient takes. */
export function countOf(prescription: Prescription, classes: readonly DrugClass[]): number {
  return classes.filter((drugClass) => takes(prescription, drugClass)).length;
}

/** Whether a value was seen and lies at or above a limit; what was never measured is not high. */
export function isHigh(value: number | undefined, limit: { readonly value: number }): boolean {
  return value !== undefined && value >= limit.value;
}

/** Whether a value was seen and lies below a limit; what was never measured is not low. */
export function isLow(value: number | undefined, limit: { readonly value: number }): boolean {
  return value !== undefined && value < limit.value;
}

/** What a clinician would call high pressure in this patient: 130 at high risk, else 140 mm[Hg]. */
export function isPressureHigh(patient: Case): boolean {
  const { person, chronicKidneyDisease, fresh } = patient;
  const isAtRisk = person.type2Diabetes || person.ascvd || chronicKidneyDisease;
  return isHigh(fresh.sbp, isAtRisk ? LIMITS.sbpHighRisk : LIMITS.sbpHypertension);
}
