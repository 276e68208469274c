import type { Scores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { individualFrom } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import type { Individual, Person, Setpoints } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { PARAMETER_IDS } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { channelIndex } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { CHANNELS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import {
  QUIET_NOISE,
  levelsAt,
  restingState,
  stepPatient,
} from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';

/** The scores of someone who is average in everything. */
export const AVERAGE = Object.fromEntries(PARAMETER_IDS.map((id) => [id, 0])) as Scores;

const PERSON: Person = {
  age: 70,
  female: false,
  height: 175,
  heartFailure: true,
  reducedEjectionFraction: true,
  type2Diabetes: true,
  diabetesYears: 10,
  ascvd: false,
  smoker: false,
  slco1b1: 0,
};

const SETPOINTS: Setpoints = {
  potassium: 4.3,
  gfr: 60,
  sbp: 154,
  dbp: 88,
  heartRate: 78,
  weight: 85,
  hba1c: 8,
  ldl: 130,
  hdl: 45,
  triglycerides: 150,
  uacr: 50,
  ntProbnp: 900,
  lvef: 30,
  urate: 6.5,
};

/** An average individual with an eGFR of 60, but for what is given. */
export function anIndividual(
  given: {
    readonly person?: Partial<Person>;
    readonly setpoints?: Partial<Setpoints>;
    readonly scores?: Partial<Scores>;
  } = {},
): Individual {
  return individualFrom(
    publishedParameters(),
    { ...AVERAGE, ...given.scores },
    { person: { ...PERSON, ...given.person }, setpoints: { ...SETPOINTS, ...given.setpoints } },
  );
}

/** Doses by channel as a tensor row; nothing of the others. */
export function doses(given: Readonly<Record<string, number>> = {}): readonly number[] {
  const row = CHANNELS.map(() => 0);
  for (const [channel, dose] of Object.entries(given)) row[channelIndex(channel)] = dose;
  return row;
}

/** One variable out of a row. */
export function valueOf(row: readonly number[], variable: string): number {
  const value = row[VARIABLES.findIndex(({ id }) => id === variable)];
  if (value === undefined) throw new TypeError(`no variable ${variable}`);
  return value;
}

/** A row of values by `System.variables` of which some are known. */
export function valuesBy(given: Readonly<Record<string, number>>): readonly (number | undefined)[] {
  return VARIABLES.map(({ id }) => given[id]);
}

/** Lives through steps (unit: d) under constant doses without fluctuation or illness. */
export function liveQuietly(
  individual: Individual,
  state: PatientState,
  taken: readonly number[],
  steps: readonly number[],
): PatientState {
  return steps.reduce((moving, days) => stepPatient(individual, moving, taken, days, QUIET_NOISE), state);
}

/** How far constant doses move a variable in the long run. */
export function settledEffect(individual: Individual, taken: readonly number[], variable: string): number {
  return settledLevel(individual, taken, variable) - settledLevel(individual, doses(), variable);
}

/** Where a variable rests under constant doses. */
export function settledLevel(individual: Individual, taken: readonly number[], variable: string): number {
  return valueOf(levelsAt(individual, restingState(individual, taken, QUIET_NOISE)), variable);
}
