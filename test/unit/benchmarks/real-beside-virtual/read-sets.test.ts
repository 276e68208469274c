import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../../src/benchmarks/real-beside-virtual/person.ts';
import { readHospital } from '../../../../src/benchmarks/real-beside-virtual/read-hospital.ts';
import { readIntensiveCare } from '../../../../src/benchmarks/real-beside-virtual/read-intensive-care.ts';
import { readPopulation } from '../../../../src/benchmarks/real-beside-virtual/read-population.ts';
import { readSensorMornings } from '../../../../src/benchmarks/real-beside-virtual/read-sensor-mornings.ts';
import { readTransplants } from '../../../../src/benchmarks/real-beside-virtual/read-transplants.ts';
import { readTrialPeople } from '../../../../src/benchmarks/real-beside-virtual/read-trial-people.ts';

const data = mkdtempSync(join(tmpdir(), 'sextant-sets-'));

/** Writes an invented file as the sets are laid out. */
function write(folder: string, file: string, ...lines: readonly string[]): void {
  mkdirSync(join(data, folder), { recursive: true });
  const text = lines.map((line) => `${line}\n`).join('');
  writeFileSync(join(data, folder, file), file.endsWith('.gz') ? gzipSync(text) : text);
}

async function all(people: AsyncGenerator<Person>): Promise<readonly Person[]> {
  const read: Person[] = [];
  for await (const person of people) read.push(person);
  return read;
}

const valuesOf = (person: Person | undefined, quantity: string): readonly number[] =>
  (person?.readings.get(quantity) ?? []).map(({ value }) => value);

afterAll(() => {
  rmSync(data, { recursive: true });
});

describe('stays of intensive care', () => {
  beforeAll(() => {
    const head = 'record_id,time_minutes,parameter,value';
    write(
      'physionet2012',
      'set-a.csv.gz',
      head,
      '1,0,Age,70',
      '1,0,Gender,0',
      '1,720,K,4.5',
      '1,0,K,4.1',
      '1,5,NISysABP,0',
    );
    write('physionet2012', 'set-b.csv.gz', head, '2,0,Age,50', '2,0,Gender,1', '2,60,Creatinine,1.0', '2,9,SysABP,120');
  });

  test('each stay is a person, with readings in the order of time and days for minutes', async () => {
    const [first] = await all(readIntensiveCare(data));
    expect(first).toMatchObject({ id: '1', age: 70, female: true });
    expect(first?.readings.get('potassium')).toEqual([
      { day: 0, value: 4.1 },
      { day: 0.5, value: 4.5 },
    ]);
  });

  test('a systolic pressure of zero is a slip of charting', async () => {
    expect(valuesOf((await all(readIntensiveCare(data)))[0], 'sbp')).toEqual([]);
  });

  test('creatinine brings its eGFR; an arterial line is not a cuff', async () => {
    const [, second] = await all(readIntensiveCare(data));
    expect(valuesOf(second, 'egfr')[0]).toBeCloseTo(92, 0);
    expect(valuesOf(second, 'sbp')).toEqual([]);
  });
});

describe('the population cohort', () => {
  beforeAll(() => {
    const [people, measurements, events] = [
      'person_id,age_years,sex,weight_kg',
      'person_id,day,test,value',
      'person_id,day,event',
    ];
    write('nafld', 'people.csv.gz', people, '1,57,female,60', '2,60,male,80', '3,40,male,');
    write(
      'nafld',
      'measurements.csv.gz',
      measurements,
      '1,-10,hdl_cholesterol,50',
      '1,9000,hdl_cholesterol,60',
      '2,1,systolic_blood_pressure,130',
    );
    write('nafld', 'events.csv.gz', events, '1,-5,diabetes', '2,400,diabetes', '2,-400,heart_failure', '2,-3,nafld');
  });

  test('diseases are those had by the index date', async () => {
    const [first, second] = await all(readPopulation(data));
    expect(first?.traits).toEqual({ type_2_diabetes: true, heart_failure: false });
    expect(second?.traits).toEqual({ type_2_diabetes: false, heart_failure: true });
  });

  test('readings far from the index date, and people without any, are left out', async () => {
    const people = await all(readPopulation(data));
    expect(people.map(({ id }) => id)).toEqual(['1', '2']);
    expect(valuesOf(people[0], 'hdl')).toEqual([50]);
  });
});

test('transplants are read from a year after surgery', async () => {
  write('renal-transplant', 'people.csv', 'person_id,age_years,sex,weight_kg', '5,25,male,65', '6,30,male,70');
  write(
    'renal-transplant',
    'measurements.csv.gz',
    'person_id,day,test,value',
    '5,10,gfr,20',
    '5,400,gfr,45',
    '5,400,haematocrit,40',
    '6,3,gfr,30',
  );
  const people = await all(readTransplants(data));
  expect(people.map(({ id, female }) => [id, female])).toEqual([['5', false]]);
  expect(valuesOf(people[0], 'egfr')).toEqual([45]);
});

describe('people of the trial', () => {
  beforeAll(() => {
    write('cdisc-pilot', 'dm.csv.gz', 'USUBJID,AGE,SEX,ARMCD', 'a,70,F,Pbo', 'b,80,M,Xan_Hi');
    write(
      'cdisc-pilot',
      'lb.csv.gz',
      'USUBJID,LBTESTCD,LBSTRESN,LBDY',
      'a,CREAT,88.42,14',
      'b,K,4.0,-7',
      'b,K,5.0,30',
      'b,GLUC,5.5,-7',
    );
    write(
      'cdisc-pilot',
      'vs.csv.gz',
      'USUBJID,VSTESTCD,VSPOS,VSSTRESN,VSDY,VSTPT',
      'a,SYSBP,SUPINE,140,1,"AFTER LYING, 5 MINUTES"',
      'a,SYSBP,STANDING,120,1,',
      'a,WEIGHT,,70,1,',
    );
  });

  test('under the drug nothing is taken, before it and on placebo everything', async () => {
    const [placebo, treated] = await all(readTrialPeople(data));
    expect(valuesOf(treated, 'potassium')).toEqual([4]);
    expect(valuesOf(placebo, 'creatinine')[0]).toBeCloseTo(1);
  });

  test('pressure is that of lying, a quoted comma moves no column, and glucose of unknown hour is left out', async () => {
    const [placebo, treated] = await all(readTrialPeople(data));
    expect([valuesOf(placebo, 'sbp'), valuesOf(placebo, 'body_weight')]).toEqual([[140], [70]]);
    expect(treated?.readings.has('fasting_glucose')).toBe(false);
  });
});

test('one sensor reading a morning stands for fasting glucose', async () => {
  const head = 'person_id,recording,time,kind,name,value,unit,text';
  write(
    ...(['shanghai-t2dm', 'train.csv.gz', head] as const),
    ...['5:46', '6:01', '13:00'].map((clock) => `7,r,2020-12-30T${clock.padStart(5, '0')},cgm,,130,mg/dL,`),
    ...['7,r,2020-12-31T06:00,capillary_glucose,,90,mg/dL,', '7,r,2020-12-31T06:10,cgm,,110,mg/dL,"rice, fish"'],
  );
  const [person] = await all(readSensorMornings(data));
  expect(valuesOf(person, 'fasting_glucose')).toEqual([130, 110]);
});

describe('hospital records', () => {
  const potassium = (id: string, value: number, at: string) => ({
    ...{ resourceType: 'Observation', id, status: 'final', subject: { reference: 'Patient/p' }, effectiveDateTime: at },
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
    valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  });
  const stay = (id: string, code: string, start: string, end: string, more: object = {}) => ({
    ...{ resourceType: 'Encounter', id, status: 'finished', class: { code }, period: { start, end }, ...more },
  });

  beforeAll(() => {
    const bundle = {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [
        { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2050-01-01' },
        stay('whole', 'AMB', '2120-03-01T00:00:00Z', '2120-03-09T00:00:00Z'),
        stay('unit', 'ACUTE', '2120-03-02T00:00:00Z', '2120-03-04T00:00:00Z', {
          partOf: { reference: 'Encounter/whole' },
        }),
        potassium('before', 3.9, '2120-02-01T08:00:00Z'),
        potassium('intensive', 5.1, '2120-03-03T08:00:00Z'),
        potassium('ward', 4.4, '2120-03-06T08:00:00Z'),
      ].map((resource) => ({ resource })),
    };
    mkdirSync(join(data, 'mimic-iv-demo', 'patients'), { recursive: true });
    writeFileSync(join(data, 'mimic-iv-demo', 'patients', 'p.json.gz'), gzipSync(JSON.stringify(bundle)));
    writeFileSync(join(data, 'mimic-iv-demo', 'patients', 'broken.json'), '{');
  });

  test('each value belongs to the phase of its moment, and all to the record', async () => {
    const people = await all(readHospital(data));
    const byPhase = people.map((person) => [person.phase, valuesOf(person, 'potassium')]);
    expect(byPhase).toEqual([
      ['intensive care', [5.1]],
      ['ward', [4.4]],
      ['record', [3.9, 5.1, 4.4]],
    ]);
  });

  test('age and sex are those of the record', async () => {
    const [person] = await all(readHospital(data));
    expect(person).toMatchObject({ female: true, age: expect.closeTo(70.2, 1) as unknown });
  });
});
