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
import { instrumentsOf } from './cardio-renal-metabolic/measurement.ts';
import type { Parameters } from './cardio-renal-metabolic/parameters.ts';
import { dosesOfPrescription } from './cardio-renal-metabolic/prescription.ts';
import { cardioRenalMetabolic } from './cardio-renal-metabolic/system.ts';

/** One row of a cohort: what a record shows of a person, and that person's two futures. */
export interface CohortRow {
  readonly person: number;
  readonly history: PatientHistory;
  readonly pair: CounterfactualPair;
}

/** Draws one virtual patient up to now. The same parameters, seed and person give the same patient. */
export function drawVirtualPatient(parameters: Parameters, random: Random): VirtualPatient {
  return liveUntilNow(parameters, enrol(parameters, random.split('person')), random);
}

/** Draws one person of a cohort with a counterfactual pair of futures. */
export function drawCohortRow(parameters: Parameters, seed: string, person: number): CohortRow {
  const random = seededRandom(`${seed}/person-${person}`);
  const patient = drawVirtualPatient(parameters, random);
  return {
    person,
    history: historyOf(patient, random.split('problem-list')),
    pair: drawCounterfactualPair(patient, instrumentsOf(parameters), {
      horizon: cardioRenalMetabolic.horizon,
      random: random.split('pair'),
    }),
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

function recordedCovariates({ individual, chronicKidneyDisease }: VirtualPatient, random: Random): Covariates {
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
    age: person.age,
    female: person.female,
    traits: cardioRenalMetabolic.traits.map((trait) => recorded(traits[trait] ?? false)),
  };
}
