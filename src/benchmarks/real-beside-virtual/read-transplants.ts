import { join } from 'node:path';
import { gatherReadings, type Person, type ReadingsOf } from './person.ts';
import { numberIn, streamCsv } from './stream-csv.ts';

/** From here on a graft has settled; the days before are surgery and its aftermath. Unit: d. */
const SETTLED = 365;

/** The people of the kidney transplant follow-up (folder `renal-transplant`) from a year after surgery. */
export async function* readTransplants(data: string): AsyncGenerator<Person> {
  const folder = join(data, 'renal-transplant');
  const readings = new Map<string, ReadingsOf>();
  for await (const cell of streamCsv(join(folder, 'measurements.csv.gz'))) {
    const [day, value] = [numberIn(cell('day')), numberIn(cell('value'))];
    if (cell('test') !== 'gfr' || day === undefined || value === undefined || day < SETTLED) continue;
    const own = readings.get(cell('person_id')) ?? gatherReadings();
    readings.set(cell('person_id'), own);
    own.add('egfr', { day, value });
  }
  for await (const cell of streamCsv(join(folder, 'people.csv'))) {
    const id = cell('person_id');
    const age = numberIn(cell('age_years'));
    const own = readings.get(id);
    if (age === undefined || own === undefined) continue;
    yield { id, age, female: cell('sex') === 'female', traits: {}, readings: own.inOrder() };
  }
}
