import { join } from 'node:path';
import { gatherReadings, type Person, type ReadingsOf } from './person.ts';
import { numberIn, streamCsv } from './stream-csv.ts';

/** The hour of the reading that stands for a fasting one, and how far off it may be. Unit: h. */
const MORNING = { hour: 6, within: 0.25 };

const MILLISECONDS_A_DAY = 86_400_000;

interface Wearer {
  readonly readings: ReadingsOf;
  /** Days that have their reading. */
  readonly days: Set<number>;
}

/**
 * The people of ShanghaiT2DM (folder `shanghai-t2dm`): of each day the sensor's glucose about six in the morning, which
 * stands for fasting glucose. Neither age nor sex is told.
 */
export async function* readSensorMornings(data: string): AsyncGenerator<Person> {
  const people = new Map<string, Wearer>();
  for await (const cell of streamCsv(join(data, 'shanghai-t2dm', 'train.csv.gz'))) {
    const value = numberIn(cell('value'));
    if (cell('kind') !== 'cgm' || value === undefined) continue;
    const person = people.get(cell('person_id')) ?? { readings: gatherReadings(), days: new Set() };
    people.set(cell('person_id'), person);
    take(person, cell('time'), value);
  }
  for (const [id, { readings }] of people) {
    yield { id, traits: { type_2_diabetes: true }, readings: readings.inOrder() };
  }
}

function take({ readings, days }: Wearer, time: string, value: number): void {
  const [date = '', clock = ''] = time.split('T');
  const [hour = Number.NaN, minute = Number.NaN] = clock.split(':').map(Number);
  const day = Date.parse(`${date}T00:00Z`) / MILLISECONDS_A_DAY;
  const isMorning = Math.abs(hour + minute / 60 - MORNING.hour) <= MORNING.within;
  if (!isMorning || days.has(day)) return;
  days.add(day);
  readings.add('fasting_glucose', { day, value });
}
