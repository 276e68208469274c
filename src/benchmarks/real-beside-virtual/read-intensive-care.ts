import { join } from 'node:path';
import { egfrOfCreatinine } from '../../systems/ckd-epi.ts';
import { gatherReadings, type Person, type ReadingsOf } from './person.ts';
import { numberIn, streamCsv } from './stream-csv.ts';

const FILES = ['set-a.csv.gz', 'set-b.csv.gz'];

/** Pressures are those of a cuff, as everywhere else; arterial lines are left out. */
const QUANTITY_OF: Readonly<Record<string, string>> = {
  K: 'potassium',
  Creatinine: 'creatinine',
  NISysABP: 'sbp',
  NIDiasABP: 'dbp',
  HR: 'heart_rate',
  Weight: 'body_weight',
};

const MINUTES_A_DAY = 1440;

interface Stay {
  readonly id: string;
  age?: number;
  female?: boolean;
  readonly readings: ReadingsOf;
}

/** The stays of the PhysioNet 2012 challenge (folder `physionet2012`): rows of one stay stand together. */
export async function* readIntensiveCare(data: string): AsyncGenerator<Person> {
  for (const file of FILES) {
    let stay: Stay | undefined;
    for await (const cell of streamCsv(join(data, 'physionet2012', file))) {
      const id = cell('record_id');
      if (stay?.id !== id) {
        if (stay !== undefined) yield personOf(stay);
        stay = { id, readings: gatherReadings() };
      }
      const value = numberIn(cell('value'));
      const minutes = numberIn(cell('time_minutes'));
      if (value !== undefined && minutes !== undefined) take(stay, cell('parameter'), { minutes, value });
    }
    if (stay !== undefined) yield personOf(stay);
  }
}

function take(
  stay: Stay,
  parameter: string,
  { minutes, value }: { readonly minutes: number; readonly value: number },
): void {
  if (parameter === 'Age') stay.age = value;
  if (parameter === 'Gender') stay.female = value === 0;
  const quantity = QUANTITY_OF[parameter];
  if (quantity !== undefined) stay.readings.add(quantity, { day: minutes / MINUTES_A_DAY, value });
}

function personOf({ id, age, female, readings }: Stay): Person {
  if (age !== undefined && female !== undefined) addFiltration(readings, { age, female });
  return {
    id,
    traits: {},
    readings: readings.inOrder(),
    ...(age !== undefined && { age }),
    ...(female !== undefined && { female }),
  };
}

/** Adds the eGFR of every creatinine by CKD-EPI 2021, so that both faces of kidney function are compared. */
export function addFiltration(readings: ReadingsOf, subject: { readonly age: number; readonly female: boolean }): void {
  for (const { day, value } of readings.inOrder().get('creatinine') ?? []) {
    readings.add('egfr', { day, value: egfrOfCreatinine(value, subject) });
  }
}
