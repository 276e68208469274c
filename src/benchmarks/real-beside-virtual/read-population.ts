import { join } from 'node:path';
import { gatherReadings, type Person, type ReadingsOf } from './person.ts';
import { numberIn, streamCsv } from './stream-csv.ts';

const QUANTITY_OF: Readonly<Record<string, string>> = { hdl_cholesterol: 'hdl', systolic_blood_pressure: 'sbp' };

const TRAIT_OF: Readonly<Record<string, string>> = { diabetes: 'type_2_diabetes', heart_failure: 'heart_failure' };

/** Readings this far from the index date, at which age and diseases are told, still describe the same person. Unit: d. */
const NEAR_INDEX = 1826;

/** The people of the NAFLD cohort (folder `nafld`) within five years of the index date. Diabetes there has no type. */
export async function* readPopulation(data: string): AsyncGenerator<Person> {
  const folder = join(data, 'nafld');
  const diseases = await readDiseases(join(folder, 'events.csv.gz'));
  const readings = await readReadings(join(folder, 'measurements.csv.gz'));
  for await (const cell of streamCsv(join(folder, 'people.csv.gz'))) {
    const id = cell('person_id');
    const age = numberIn(cell('age_years'));
    const own = readings.get(id);
    if (age === undefined || own === undefined) continue;
    const held = diseases.get(id);
    const traits = Object.fromEntries(Object.values(TRAIT_OF).map((trait) => [trait, held?.has(trait) ?? false]));
    yield { id, age, female: cell('sex') === 'female', traits, readings: own.inOrder() };
  }
}

async function readReadings(path: string): Promise<ReadonlyMap<string, ReadingsOf>> {
  const people = new Map<string, ReadingsOf>();
  for await (const cell of streamCsv(path)) {
    const [day, value] = [numberIn(cell('day')), numberIn(cell('value'))];
    const quantity = QUANTITY_OF[cell('test')];
    if (quantity === undefined || day === undefined || value === undefined || Math.abs(day) > NEAR_INDEX) continue;
    const own = people.get(cell('person_id')) ?? gatherReadings();
    people.set(cell('person_id'), own);
    own.add(quantity, { day, value });
  }
  return people;
}

/** The diseases that a person had by the index date. */
async function readDiseases(path: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const people = new Map<string, Set<string>>();
  for await (const cell of streamCsv(path)) {
    const trait = TRAIT_OF[cell('event')];
    if (trait === undefined || (numberIn(cell('day')) ?? Infinity) > 0) continue;
    const own = people.get(cell('person_id')) ?? new Set();
    people.set(cell('person_id'), own.add(trait));
  }
  return people;
}
