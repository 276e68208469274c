import { describe, expect, it } from 'vitest';
import { CLASSES } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { cardioRenalMetabolic } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import {
  dailyDoseOf,
  formulationOf,
  interventionOfCode,
  isInert,
} from '../../../../src/trials/emulate/treatment-codes.ts';
import { classOfName } from '../../../../src/trials/emulate/treatment-names.ts';

const SAME: readonly (readonly [string, string])[] = [
  ['bempedoic-acid', 'bempedoic acid'],
  ['bempedoic_acid', 'bempedoic acid'],
  ['insulin-glargine', 'insulin glargine'],
  ['glargine', 'insulin glargine'],
  ['insulin_degludec', 'insulin degludec'],
  ['insulin-detemir', 'insulin detemir'],
  ['glibenclamide', 'glyburide'],
  ['torasemide', 'torsemide'],
  ['frusemide', 'furosemide'],
  ['bendrofluazide', 'bendroflumethiazide'],
  ['sacubitril/valsartan', 'sacubitril-valsartan'],
  ['valsartan-sacubitril', 'sacubitril-valsartan'],
  ['valsartan+sacubitril', 'sacubitril-valsartan'],
  ['oral-semaglutide', 'semaglutide-oral'],
  ['oral semaglutide', 'semaglutide-oral'],
  ['semaglutide-subcutaneous', 'semaglutide'],
  ['exenatide-once-weekly', 'exenatide'],
  ['exenatide-bid', 'exenatide-twice-daily'],
  ['omecamtiv-mecarbil', 'omecamtiv'],
  ['azilsartan-medoxomil', 'azilsartan'],
  ['metoprolol-succinate', 'metoprolol'],
  ['naltrexone/bupropion', 'naltrexone-bupropion'],
  ['topiramate/phentermine', 'phentermine-topiramate'],
  ['acetylsalicylic-acid', 'aspirin'],
  ['intensive-lifestyle', 'lifestyle-intensive'],
  ['Gliclazide MR', 'gliclazide'],
  ...cardioRenalMetabolic.interventions.map(({ ingredient }) => [ingredient, ingredient] as const),
];

const OF_CLASS: readonly (readonly [string, string])[] = [
  ['class:ace-inhibitors', 'acei'],
  ['class:angiotensin-II-receptor-blocker', 'arb'],
  ['class:GLP-1 receptor agonists', 'glp1ra'],
  ['class:glp1-receptor-agonist', 'glp1ra'],
  ['class:sglt2_inhibitors', 'sglt2i'],
  ['class:SGLT-2 inhibitor', 'sglt2i'],
  ['class:dpp-4-inhibitor', 'dpp4i'],
  ['class:beta-blockers', 'bb'],
  ['β-blocker', 'bb'],
  ['class:thiazides', 'thiazide'],
  ['class:thiazide-like diuretic', 'thiazide'],
  ['class:statins', 'statin'],
  ['class:sulphonylureas', 'sulfonylurea'],
  ['class:glitazone', 'tzd'],
  ['class:pcsk9-antibodies', 'pcsk9i'],
  ['class:α-glucosidase inhibitor', 'agi'],
  ['class:calcium-antagonist', 'ccb'],
  ['insulin', 'insulin'],
  ...CLASSES.map((id) => [`class:${id}`, id] as const),
];

const UNKNOWN = [
  'aliskiren',
  'nateglinide',
  'repaglinide',
  'enalaprilat',
  'topiroxostat',
  'perindopril-arginine',
  'insulin-nph',
  'insulin-aspart',
  'insulin-icodec',
  'ivabradine',
  'oral',
  'once-weekly',
  'class:diuretic',
  'class:ras-inhibitor',
  'class:',
  'class:semaglutide',
  'constructor',
  '',
];

describe('the names of treatments', () => {
  it.each(SAME)('%s is %s', (code, ingredient) => {
    expect(interventionOfCode(code)?.ingredient).toBe(ingredient);
  });

  it.each(OF_CLASS)('%s is a drug of %s that people take at its reference dose', (code, channel) => {
    const found = interventionOfCode(code);
    expect(found?.channel).toBe(channel);
    expect(found?.referenceDose).toBeLessThanOrEqual(found?.maximumDose ?? 0);
    expect(found?.isOffMarket).toBeUndefined();
  });

  it.each(UNKNOWN)('"%s" is nothing that the system has a row for', (code) => {
    expect(interventionOfCode(code)).toBeUndefined();
  });

  it('keep every class apart from every other', () => {
    expect(CLASSES.map((id) => classOfName(id))).toEqual([...CLASSES]);
  });

  it.each(['placebo', 'usual-care', 'usual care', 'standard-of-care', 'no treatment'])('%s acts on nothing', (code) => {
    expect(isInert(code)).toBe(true);
  });
});

function known(code: string): NonNullable<ReturnType<typeof interventionOfCode>> {
  const found = interventionOfCode(code);
  if (found === undefined) throw new TypeError(`the system does not know ${code}`);
  return found;
}

describe('the units of doses', () => {
  it.each([
    ['evolocumab', 140, 'mg/2wk', 10],
    ['evolocumab', 140, 'mg/(2.wk)', 10],
    ['evolocumab', 140, 'mg', 10],
    ['evolocumab', 420, 'mg/mo', 13.8],
    ['inclisiran', 284, 'mg/(6.mo)', 1.555],
    ['inclisiran', 284, 'mg/6 months', 1.555],
    ['inclisiran', 284, 'mg', 1.56],
    ['omarigliptin', 25, 'mg/wk', 3.571],
    ['efpeglenatide', 6, 'mg/week', 0.857],
    ['semaglutide', 1, 'mg', 0.143],
    ['metformin', 2, 'g/d', 2000],
    ['metformin', 1000, 'mg', 1000],
    ['lixisenatide', 20, 'ug/d', 0.02],
    ['insulin-glargine', 30, 'IU/day', 30],
  ])('%s %d %s is %d a day', (code, dose, unit, daily) => {
    expect(dailyDoseOf(known(code), dose, unit)).toBeCloseTo(daily, 2);
  });

  it.each([
    ['metformin', 'U/d'],
    ['metformin', 'mg/kg'],
    ['metformin', 'tablet'],
    ['insulin glargine', 'mg/d'],
    ['insulin glargine', 'U/kg/d'],
    ['metformin', 'constructor'],
  ])('%s in %s is not read', (code, unit) => {
    expect(dailyDoseOf(known(code), 1, unit)).toBeUndefined();
  });
});

describe('the formulation of a dose', () => {
  it.each([
    ['semaglutide', 14, 'mg/d', 'semaglutide-oral'],
    ['semaglutide', 14, 'mg', 'semaglutide-oral'],
    ['semaglutide', 2.4, 'mg/wk', 'semaglutide'],
    ['semaglutide', 7.2, 'mg/wk', 'semaglutide'],
    ['semaglutide', 1, 'mg', 'semaglutide'],
    ['semaglutide', undefined, undefined, 'semaglutide'],
    ['exenatide', 20, 'ug/d', 'exenatide-twice-daily'],
    ['exenatide', 2, 'mg/wk', 'exenatide'],
    ['metformin', 2000, 'mg/d', 'metformin'],
  ])('%s %s %s is %s', (code, dose, unit, ingredient) => {
    expect(formulationOf(known(code), dose, unit).ingredient).toBe(ingredient);
  });
});
