import type { Scores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { individualFrom } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import type { Individual, Person, Setpoints } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { PARAMETER_IDS } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { channelIndex } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { CHANNELS, VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';

/** The scores of someone who is average in everything. */
export const AVERAGE = Object.fromEntries(PARAMETER_IDS.map((id) => [id, 0])) as Scores;

const PERSON: Person = {
  age: 70,
  female: false,
  height: 175,
  heartFailure: true,
  reducedEjectionFraction: true,
  type2Diabetes: true,
};

const SETPOINTS: Setpoints = { potassium: 4.3, gfr: 60, sbp: 154, heartRate: 78, weight: 85, hba1c: 8 };

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
