import type { Random } from '../core/random.ts';
import { seededRandom } from '../core/random.ts';
import { instant } from '../core/time.ts';
import type { Covariates, PatientHistory } from '../domain/belief.ts';
import { COHORT_DESIGN } from './cardio-renal-metabolic/cohort-design.ts';
import { drawCounterfactualPair } from './cardio-renal-metabolic/counterfactual.ts';
import type { CounterfactualPair } from './cardio-renal-metabolic/counterfactual.ts';
import { enrol } from './cardio-renal-metabolic/enrol.ts';
import { liveUntilNow } from './cardio-renal-metabolic/life.ts';
import type { VirtualPatient } from './cardio-renal-metabolic/life.ts';
import { laboratoryOf } from './cardio-renal-metabolic/laboratory.ts';
import { instrumentsSince } from './cardio-renal-metabolic/measurement.ts';
import { dosesOfPrescription } from './cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic } from './cardio-renal-metabolic/system.ts';
import { ageOf } from './cardio-renal-metabolic/virtual-patient.ts';
import type { World } from './cardio-renal-metabolic/worlds.ts';

/** One row of a cohort: what a record shows of a person, and that person's two futures. */
export interface CohortRow {
  readonly person: number;
  readonly history: PatientHistory;
  readonly pair: CounterfactualPair;
}

/** Draws one virtual patient up to now. The same world, seed and person give the same patient. */
export function drawVirtualPatient(world: World, random: Random): VirtualPatient {
  const enrolment = enrol(world, random.split('person'));
  return liveUntilNow({ world, instruments: laboratoryOf(world, random.split('laboratory')), enrolment }, random);
}

/** Draws one person of a cohort with a counterfactual pair of futures; `horizon`: days ahead, to five years. */
export function drawCohortRow(
  world: World,
  seed: string,
  person: number,
  horizon: readonly number[] = cardioRenalMetabolic.horizon,
): CohortRow {
  const random = seededRandom(`${seed}/person-${person}`);
  const patient = drawVirtualPatient(world, random);
  const instruments = instrumentsSince(laboratoryOf(world, random.split('laboratory')), patient.today);
  return {
    person,
    history: historyOf(patient, random.split('problem-list')),
    pair: drawCounterfactualPair(patient, instruments, { horizon, random: random.split('pair') }),
  };
}

/** What a record shows of a virtual patient: measured values, doses, and an incomplete problem list. */
export function historyOf(patient: VirtualPatient, random: Random): PatientHistory {
  return {
    asOf: instant(0),
    covariates: recordedCovariates(patient, random),
    visits: patient.visits.map(({ day, values, prescription }) => ({
      daysBeforeNow: patient.today - day,
      values,
      doses: dosesOfPrescription(prescription),
    })),
    doses: dosesOfPrescription(patient.prescription),
  };
}

function recordedCovariates({ individual, state, chronicKidneyDisease }: VirtualPatient, random: Random): Covariates {
  const { person } = individual;
  // Where a problem list was given, what it leaves out reads as "no", rightly or not; elsewhere it reads as unknown.
  const unlisted = random.uniform() < COHORT_DESIGN.problemListGiven ? false : undefined;
  const recorded = (holds: boolean): boolean | undefined =>
    random.uniform() < COHORT_DESIGN.listed && holds ? true : unlisted;
  const traits: Readonly<Record<string, boolean>> = {
    heart_failure: person.heartFailure,
    type_2_diabetes: person.type2Diabetes,
    chronic_kidney_disease: chronicKidneyDisease,
  };
  return {
    age: ageOf(individual, state),
    female: person.female,
    traits: cardioRenalMetabolic.traits.map((trait) => recorded(traits[trait] ?? false)),
  };
}
