import { describe, expect, it } from 'vitest';

import { readDailyDose } from '../../../src/record/daily-dose.ts';
import type { Json } from './fhir-builders.ts';

const FURTHER = { codings: [], texts: [] };

function doseOf(
  dosage: Json,
  medication = 'metoprolol',
  ingredient = 'metoprolol',
  isAlone = true,
): number | undefined {
  return readDailyDose([dosage], { codings: [], texts: [medication] }, { ingredient, isAlone }).dailyDose?.value;
}

const mg = (value: number, unit = 'mg'): Json => ({ doseAndRate: [{ doseQuantity: { value, unit, code: unit } }] });
const every = (frequency: number, period: number, periodUnit: string): Json => ({
  timing: { repeat: { frequency, period, periodUnit } },
});
const code = (text: string): Json => ({ timing: { code: { coding: [{ code: text }] } } });

describe('the daily dose', () => {
  it.each<[dosage: Json, expected: number]>([
    [{ ...mg(25), ...every(2, 1, 'd') }, 50],
    [{ ...mg(25), ...every(1, 12, 'h') }, 50],
    [{ ...mg(0.05, 'g'), ...every(1, 1, 'd') }, 50],
    [{ ...mg(500, 'ug'), ...every(2, 1, 'd') }, 1],
    [{ ...mg(10), ...every(1, 2, 'd') }, 5],
    [{ ...mg(70), ...every(1, 1, 'wk') }, 10],
    [{ ...mg(25), timing: { repeat: { when: ['MORN', 'EVE'] } } }, 50],
    [{ ...mg(7), timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', dayOfWeek: ['mon'] } } }, 1],
    [{ ...mg(25), ...code('BID') }, 50],
    [{ ...mg(25), ...code('TID') }, 75],
    [{ ...mg(25), ...code('Q6H') }, 100],
    [{ ...mg(25), ...code('Q 12H') }, 50],
    [{ ...mg(25), ...code('QHS') }, 25],
    [{ ...mg(25), ...code('EVERY OTHER DAY') }, 12.5],
    [{ ...mg(25), ...code('DAILY') }, 25],
  ])('%j is %d mg/d', (dosage, expected) => {
    expect(doseOf(dosage)).toBeCloseTo(expected, 6);
  });

  it.each<[title: string, dosage: Json, medication: string, expected: number]>([
    ['tablets times their strength', { ...mg(2, 'TAB'), ...code('BID') }, 'Metoprolol 25 MG tablet', 100],
    ['half a tablet in words', { text: 'Take half tablet by mouth twice daily' }, 'metoprolol 25 mg tablet', 25],
    ['the words of a sig', { text: 'Take 1 tablet (25 mg total) by mouth 2 (two) times daily.' }, 'metoprolol', 50],
    ['milligrams in words', { text: '50 mg once daily' }, 'metoprolol', 50],
  ])('%s', (_, dosage, medication, expected) => {
    expect(doseOf(dosage, medication)).toBeCloseTo(expected, 6);
  });

  it.each<[sig: string, medication: string, expected: number | undefined]>([
    ['Take 1/2 tablet daily', 'metoprolol 50 mg tablet', 25],
    ['Take half a tablet by mouth daily', 'metoprolol 50 mg tablet', 25],
    ['Take one-half tablet daily', 'metoprolol 50 mg tablet', 25],
    ['Take ½ tablet daily', 'metoprolol 50 mg tablet', 25],
    ['Take 1 1/2 tablets daily', 'metoprolol 50 mg tablet', 75],
    ['Take one and a half tablets daily', 'metoprolol 50 mg tablet', 75],
    ['Take 1½ tablets daily', 'metoprolol 50 mg tablet', 75],
    ['Take 1 and 1/2 tablets daily', 'metoprolol 50 mg tablet', 75],
    ['Take two (2) tablets two (2) times daily', 'metoprolol 50 mg tablet', 200],
    ['Take 1 tablet daily', 'metoprolol 2,5 mg tablet', 2.5],
    ['Take 1 tablet daily', 'metoprolol .5 mg tablet', 0.5],
    ['Take 1 tablet daily', 'metoprolol 1,000 mg tablet', 1000],
    ['Take 2,5 mg daily', 'metoprolol', 2.5],
    ['Take .5 mg daily', 'metoprolol', 0.5],
    ['Take 2 tablets (40 mg) daily', 'metoprolol', 40],
    ['Take 40 mg (2 tablets) daily', 'metoprolol', 40],
    ['Take 2 tablets (40 mg) daily', 'metoprolol 20 mg tablet', 40],
    ['Take 40 mg (2 tablets) daily', 'metoprolol 20 mg tablet', 40],
    ['Take 2 tablets (20 mg) daily', 'metoprolol 20 mg tablet', undefined],
    ['Take 2 tablets 20 mg daily', 'metoprolol', undefined],
    ['Take 1 tablet (25 mg) daily', 'metoprolol', 25],
    ['Take 1-2 tablets daily', 'metoprolol 50 mg tablet', undefined],
    ['Take 1 to 2 tablets daily', 'metoprolol 50 mg tablet', undefined],
    ['Take one or two tablets daily', 'metoprolol 50 mg tablet', undefined],
    ['Take 25-50 mg daily', 'metoprolol', undefined],
    ['Take 25 mg or 50 mg daily', 'metoprolol', undefined],
  ])('"%s" of %s is %s mg/d', (text, medication, expected) => {
    expect(doseOf({ text }, medication)).toEqual(expected);
  });

  it('two tablets with the mass of both in the sig are not counted twice', () => {
    const dosage = { ...mg(2, 'TAB'), ...code('DAILY'), text: 'Take 2 tablets (40 mg) daily' };
    expect(doseOf(dosage, 'metoprolol')).toBeUndefined();
    expect(doseOf(dosage, 'metoprolol 20 mg tablet')).toBe(40);
  });

  it('a range of doses is no dose', () => {
    const dosage = {
      text: 'Take 25 mg daily',
      doseAndRate: [{ doseRange: { low: { value: 25, unit: 'mg' }, high: { value: 50, unit: 'mg' } } }],
    };
    expect(doseOf(dosage)).toBeUndefined();
  });

  it.each<[sig: string, expected: number | undefined]>([
    ['Take 1 tablet every morning and every evening', 40],
    ['Take 1 tablet in the morning and evening', 40],
    ['Take 1 tablet at 8 AM and 8 PM', 40],
    ['Take 1 tablet daily at 8 AM and 8 PM', 40],
    ['Take 1 tablet every morning at 8 am', 20],
    ['Take 1 tablet once daily in the morning, with breakfast', 20],
    ['Take 1 tablet twice daily (every 12 hours)', 40],
    ['Take 1 tablet on Monday, Wednesday, Friday', (20 * 3) / 7],
    ['Take 1 tablet daily on Mondays and Thursdays', (20 * 2) / 7],
    ['Take 1 tablet three times a week on Mon/Wed/Fri', (20 * 3) / 7],
    ['Take 1 tablet three times a week on Monday', undefined],
    ['Take 1 tablet Monday through Friday', undefined],
    ['Take 1 tablet daily except Sunday', undefined],
    ['Take 2 tablets in the morning and 1 tablet at noon', 60],
    ['Take 2 tablets in the morning, 1 tablet at noon', 60],
    ['Take 2 tablets in the morning and 1 at noon', undefined],
    ['Take 40 mg every morning and 20 mg every evening', 60],
    ['Take 1 tablet daily, 30 minutes before breakfast', 20],
    ['Take 2 tablets daily for 5 days, then 1 tablet daily', undefined],
    ['Take 2 tablets daily and decrease by 1 tablet every other day', undefined],
    ['Take 1 tablet every 6 hours, maximum 3 tablets daily', undefined],
    ['Take 1 tablet twice daily in the morning', undefined],
    ['Take 1 tablet 2 to 3 times daily', undefined],
    ['Take 1 tablet 2-3 times daily', undefined],
    ['Take 1 tablet once or twice daily', undefined],
    ['Take 1 tablet every 4 to 6 hours', undefined],
  ])('the words "%s" of a 20 mg tablet mean %s mg/d', (text, expected) => {
    const dose = doseOf({ text }, 'metoprolol 20 mg tablet');
    if (expected === undefined) expect(dose).toBeUndefined();
    else expect(dose).toBeCloseTo(expected, 6);
  });

  it.each<[name: string, timing: Json]>([
    ['"Once daily" as text', { code: { text: 'Once daily' } }],
    ['"once a day" as text', { code: { text: 'once a day' } }],
    ['QD with its display', { code: { coding: [{ code: 'QD', display: 'Once daily' }] } }],
    ['a SNOMED CT display', { code: { coding: [{ code: '229797004', display: 'Once daily (qualifier value)' }] } }],
    ['the hour of the day', { repeat: { timeOfDay: ['08:00:00'] } }],
  ])('%s is daily, and no single dose', (_, timing) => {
    expect(doseOf({ ...mg(25), timing })).toBe(25);
  });

  it.each<[title: string, repeat: Json, expected: number | undefined]>([
    [
      'three times a week on three days',
      { frequency: 3, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'wed', 'fri'] },
      3,
    ],
    ['daily on three days', { frequency: 1, period: 1, periodUnit: 'd', dayOfWeek: ['mon', 'wed', 'fri'] }, 3],
    ['once a week on two days', { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'wed'] }, undefined],
    ['two hours of the day', { timeOfDay: ['08:00:00', '20:00:00'] }, 14],
    [
      'two hours of the day, daily',
      { frequency: 1, period: 1, periodUnit: 'd', timeOfDay: ['08:00:00', '20:00:00'] },
      14,
    ],
    [
      'three times a day at two hours',
      { frequency: 3, period: 1, periodUnit: 'd', timeOfDay: ['08:00', '20:00'] },
      undefined,
    ],
    ['once or twice a day', { frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd' }, undefined],
    ['with meals, without a number', { when: ['C'] }, undefined],
    ['with meals, three times', { frequency: 3, period: 1, periodUnit: 'd', when: ['C'] }, 21],
  ])('%s: a week has that many doses', (_, repeat, weekly) => {
    const dose = doseOf({ ...mg(7), timing: { repeat } });
    if (weekly === undefined) expect(dose).toBeUndefined();
    else expect(dose).toBeCloseTo(weekly, 6);
  });

  it('sacubitril/valsartan 49/51 is 100 mg a tablet, however it is written', () => {
    const twice = code('BID');
    const arni = (dosage: Json, text: string): number | undefined => doseOf(dosage, text, 'sacubitril-valsartan');
    expect(arni({ ...mg(1, 'TAB'), ...twice }, 'Sacubitril-Valsartan (49mg-51mg)')).toBe(200);
    expect(arni({ ...mg(1, 'TAB'), ...twice }, 'sacubitril 49 MG / valsartan 51 MG Oral Tablet')).toBe(200);
    expect(arni({ ...mg(49), ...twice }, 'Entresto')).toBe(200);
    expect(arni({ ...mg(100), ...twice }, 'Entresto')).toBe(200);
  });

  it('a combination gives each ingredient its own strength', () => {
    const text = 'hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet';
    const tablet = { ...mg(1, 'TAB'), ...code('DAILY') };
    expect(doseOf(tablet, text, 'lisinopril', false)).toBe(10);
    expect(doseOf(tablet, text, 'hydrochlorothiazide', false)).toBe(12.5);
  });

  it('concurrent instructions add up', () => {
    const read = readDailyDose(
      [
        { ...mg(40), ...code('QAM') },
        { ...mg(20), ...code('QPM') },
      ],
      FURTHER,
      { ingredient: 'furosemide', isAlone: true },
    );
    expect(read.dailyDose).toEqual({ value: 60, unit: 'mg/d' });
  });

  it.each<[title: string, dosage: Json, timesADay: number | undefined]>([
    ['regular', { ...mg(40), ...code('BID') }, 2],
    ['regular, of an unknown amount', code('BID'), 2],
    ['every other day', { ...mg(40), ...every(1, 2, 'd') }, 0.5],
    ['as needed', { ...mg(5), ...code('Q6H:PRN') }, undefined],
    ['once', { ...mg(5), ...code('ONCE') }, undefined],
    ['without timing', mg(5), undefined],
  ])('how often it is due is known of what is regular: %s', (_, dosage, timesADay) => {
    expect(readDailyDose([dosage], FURTHER, { ingredient: 'furosemide', isAlone: true }).timesADay).toBe(timesADay);
  });

  it('of a sequence only the first step counts', () => {
    const steps = [
      { ...mg(40), ...code('DAILY'), sequence: 1 },
      { ...mg(20), ...code('DAILY'), sequence: 2 },
    ];
    expect(readDailyDose(steps, FURTHER, { ingredient: 'furosemide', isAlone: true }).dailyDose?.value).toBe(40);
  });

  it.each<[title: string, dosage: Json, schedule: string]>([
    ['as needed by flag', { ...mg(5), asNeededBoolean: true, ...every(4, 1, 'd') }, 'as-needed'],
    ['as needed by code', { ...mg(5), ...code('Q6H:PRN') }, 'as-needed'],
    ['as needed in words', { text: '5 mg every 6 hours as needed' }, 'as-needed'],
    ['once', { ...mg(5), ...code('ONCE') }, 'once'],
    ['once by count', { ...mg(5), timing: { repeat: { count: 1 } } }, 'once'],
    ['without timing', mg(5), 'unknown'],
    ['a period of nothing', { ...mg(5), ...every(1, 0, 'd') }, 'unknown'],
    ['a unit of time that is none', { ...mg(5), ...every(1, 1, 'constructor') }, 'unknown'],
    ['more often than once a minute', { ...mg(5), ...every(1, 1, 's') }, 'unknown'],
    ['in millilitres', { ...mg(5, 'mL'), ...code('BID') }, 'scheduled'],
    ['without an amount', code('BID'), 'scheduled'],
    ['a number without a unit', { doseAndRate: [{ doseQuantity: { value: 5 } }], ...code('BID') }, 'scheduled'],
    ['a negative dose', { ...mg(-5), ...code('BID') }, 'scheduled'],
    ['tablets of unknown strength', { ...mg(2, 'TAB'), ...code('BID') }, 'scheduled'],
  ])('%s: no daily dose is guessed', (_, dosage, schedule) => {
    const read = readDailyDose([dosage], FURTHER, { ingredient: 'metoprolol', isAlone: true });
    expect(read.dailyDose).toBeUndefined();
    expect(read.schedule).toBe(schedule);
  });

  it.each<[dosage: Json, ingredient: string, expected: number]>([
    [{ text: 'Inject 1 mg under the skin once weekly' }, 'semaglutide', 1 / 7],
    [{ text: 'inject 0.5 mg subcutaneously every 7 days' }, 'semaglutide', 0.5 / 7],
    [{ ...mg(1.5), ...every(1, 1, 'wk') }, 'dulaglutide', 1.5 / 7],
    [{ ...mg(140), ...every(1, 2, 'wk') }, 'evolocumab', 10],
    [{ text: '140 mg every 2 weeks' }, 'evolocumab', 10],
    [{ text: '140 mg subcutaneously every other week' }, 'evolocumab', 10],
    [{ text: '420 mg once a month' }, 'evolocumab', 13.799_051_315],
    [{ ...mg(420), ...code('Q4W') }, 'evolocumab', 15],
    [{ ...mg(10, 'ug'), ...code('BID') }, 'exenatide-twice-daily', 0.02],
  ])('a weekly dose counts a seventh a day: %j of %s is %d mg/d', (dosage, ingredient, expected) => {
    expect(doseOf(dosage, ingredient, ingredient)).toBeCloseTo(expected, 6);
  });

  it.each<[dosage: Json, expected: number | undefined]>([
    [{ ...mg(20, 'U'), ...code('QHS') }, 20],
    [{ ...mg(20, '[iU]'), ...code('QHS') }, 20],
    [{ ...mg(20, 'units'), ...every(1, 1, 'd') }, 20],
    [{ ...mg(12, 'UNT'), ...code('BID') }, 24],
    [{ text: 'Inject 20 units under the skin at bedtime' }, 20],
    [{ text: '18u every morning' }, 18],
    [{ text: 'Inject 10 units every morning and 20 units at bedtime' }, 30],
    [{ text: 'Inject 10-20 units at bedtime' }, undefined],
    [{ text: 'Inject 10 to 20 units at bedtime' }, undefined],
    [{ text: 'Inject per sliding scale with meals, 4 units' }, undefined],
    [{ text: 'insulin glargine 100 units/mL, inject daily' }, undefined],
    [{ ...mg(0.2, 'mL'), ...code('QHS') }, undefined],
    [{ ...mg(20, 'mg'), ...code('QHS') }, undefined],
    [{ doseAndRate: [{ doseRange: { low: { value: 10, unit: 'U' } } }], ...code('QHS') }, undefined],
  ])('insulin glargine is counted in units: %j is %d U/d', (dosage, expected) => {
    const read = readDailyDose([dosage], FURTHER, { ingredient: 'insulin glargine', isAlone: true });
    expect(read.dailyDose).toEqual(expected === undefined ? undefined : { value: expected, unit: 'U/d' });
  });

  it('insulin of no stated kind has no dose: several kinds are taken side by side', () => {
    const dosage = { ...mg(20, 'U'), ...code('QHS') };
    expect(readDailyDose([dosage], FURTHER, { ingredient: 'insulin', isAlone: true }).dailyDose).toBeUndefined();
  });

  it('units of another drug are no milligrams', () => {
    expect(doseOf({ ...mg(5000, 'U'), ...code('BID') }, 'heparin', 'heparin')).toBeUndefined();
  });
});
