import { join } from 'node:path';
import { addFiltration } from './read-intensive-care.ts';
import { gatherReadings, type Person, type ReadingsOf } from './person.ts';
import { numberIn, streamCsv, type Cell } from './stream-csv.ts';

/** The laboratory's SI units to ours: creatinine 88.42 µmol/L a mg/dL (PubChem CID 588); urate 59.48 (CID 1175). */
const LABORATORY: Readonly<Record<string, { readonly quantity: string; readonly divisor: number }>> = {
  K: { quantity: 'potassium', divisor: 1 },
  CREAT: { quantity: 'creatinine', divisor: 88.42 },
  URATE: { quantity: 'urate', divisor: 59.48 },
};

/** Pressures and pulse are those after five minutes of lying down; each visit has one. */
const VITAL_SIGNS: Readonly<Record<string, { readonly quantity: string; readonly position: string }>> = {
  SYSBP: { quantity: 'sbp', position: 'SUPINE' },
  DIABP: { quantity: 'dbp', position: 'SUPINE' },
  PULSE: { quantity: 'heart_rate', position: 'SUPINE' },
  WEIGHT: { quantity: 'body_weight', position: '' },
};

interface TrialPerson {
  readonly age: number;
  readonly female: boolean;
  readonly isOnPlacebo: boolean;
  readonly readings: ReadingsOf;
}

/**
 * The people of the CDISC pilot (folder `cdisc-pilot`): of placebo all visits, of the others those before the drug.
 *
 * Its glucose is left out, because nothing says that it was taken fasting.
 */
export async function* readTrialPeople(data: string): AsyncGenerator<Person> {
  const folder = join(data, 'cdisc-pilot');
  const people = await readDemographics(join(folder, 'dm.csv.gz'));
  for await (const cell of streamCsv(join(folder, 'lb.csv.gz'))) {
    const { quantity, divisor = 1 } = LABORATORY[cell('LBTESTCD')] ?? {};
    take(people, cell, { quantity, day: 'LBDY', value: 'LBSTRESN', divisor });
  }
  for await (const cell of streamCsv(join(folder, 'vs.csv.gz'))) {
    const { quantity, position } = VITAL_SIGNS[cell('VSTESTCD')] ?? {};
    if (cell('VSPOS') === position) take(people, cell, { quantity, day: 'VSDY', value: 'VSSTRESN', divisor: 1 });
  }
  for (const [id, { age, female, readings }] of people) {
    addFiltration(readings, { age, female });
    yield { id, age, female, traits: {}, readings: readings.inOrder() };
  }
}

async function readDemographics(path: string): Promise<ReadonlyMap<string, TrialPerson>> {
  const people = new Map<string, TrialPerson>();
  for await (const cell of streamCsv(path)) {
    const age = numberIn(cell('AGE'));
    if (age === undefined) continue;
    const isOnPlacebo = cell('ARMCD') === 'Pbo';
    people.set(cell('USUBJID'), { age, female: cell('SEX') === 'F', isOnPlacebo, readings: gatherReadings() });
  }
  return people;
}

function take(
  people: ReadonlyMap<string, TrialPerson>,
  cell: Cell,
  row: {
    readonly quantity: string | undefined;
    readonly day: string;
    readonly value: string;
    readonly divisor: number;
  },
): void {
  const person = people.get(cell('USUBJID'));
  const [day, value] = [numberIn(cell(row.day)), numberIn(cell(row.value))];
  if (person === undefined || row.quantity === undefined || day === undefined || value === undefined) return;
  // Day 1 is that of the first dose, before which its visit took place.
  if (person.isOnPlacebo || day <= 1) person.readings.add(row.quantity, { day, value: value / row.divisor });
}
