import { describe, expect, it } from 'vitest';

import type { Coding } from '../../../src/terminology/code-systems.ts';
import { identifyDrug } from '../../../src/terminology/identify-drug.ts';

const rxnorm = (code: string): Coding => ({ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code });
const ndc = (code: string): Coding => ({ system: 'http://hl7.org/fhir/sid/ndc', code });

function ingredientsOf(codings: readonly Coding[], ...texts: readonly string[]): readonly string[] {
  return identifyDrug({ codings, texts })?.ingredients.map(({ ingredient }) => ingredient) ?? [];
}

function sureness(codings: readonly Coding[], ...texts: readonly string[]): number {
  return identifyDrug({ codings, texts })?.confidence.probability ?? 0;
}

describe('identifyDrug', () => {
  it.each([
    ['Metoprolol Tartrate', ['metoprolol']],
    ['metoprolol succinate XL', ['metoprolol']],
    ['LOPRESSOR 50 mg tablet', ['metoprolol']],
    ['Furosemide 40 mg PO', ['furosemide']],
    ['furosemide [Lasix]', ['furosemide']],
    ['Aldactone', ['spironolactone']],
    ['Losartan Potassium', ['losartan']],
    ['Penicillin G Potassium', ['penicillin g']],
    ['Potassium Chloride 20 mEq packet', ['potassium chloride']],
    ['potassium', ['potassium chloride']],
    ['Sodium Bicarbonate', ['sodium bicarbonate']],
    ['Entresto', ['sacubitril-valsartan']],
    ['sacubitril-valsartan (24mg-26mg)', ['sacubitril-valsartan']],
    ['lisinopril/hydrochlorothiazide', ['hydrochlorothiazide', 'lisinopril']],
    ['Hyzaar', ['hydrochlorothiazide', 'losartan']],
    ['Bactrim DS', ['sulfamethoxazole', 'trimethoprim']],
    ['sulfamethoxazole-trimethoprim', ['sulfamethoxazole', 'trimethoprim']],
    ['Insulin - Humalog', ['insulin']],
    ['Insulin - Lantus', ['insulin glargine']],
    ['insulin degludec (Tresiba) 100 units/mL pen', ['insulin degludec']],
    ['Galvus 50 mg', ['vildagliptin']],
    ['Ozempic 1 mg weekly pen', ['semaglutide']],
    ['semaglutide 7 MG Oral Tablet', ['semaglutide-oral']],
    ['semaglutide (Rybelsus)', ['semaglutide-oral']],
    ['Byetta 5 mcg pen', ['exenatide-twice-daily']],
  ])('the name %s means %j', (name, expected) => {
    expect(ingredientsOf([], name)).toEqual(expected);
  });

  it.each([
    'Sodium Chloride 0.9% Flush',
    'Furosemidex',
    'prelisinopril',
    'Furosemide-Heparin incompatibility',
    'digoxin level',
    'insulin needles (disposable)',
    'IV therapy',
    '',
    '💊',
  ])('%j names no drug', (name) => {
    expect(identifyDrug({ codings: [], texts: [name] })).toBeUndefined();
  });

  it.each([
    ['29046', ['lisinopril']],
    ['314076', ['lisinopril']],
    ['197885', ['hydrochlorothiazide', 'lisinopril']],
    ['1656349', ['sacubitril-valsartan']],
    ['866427', ['metoprolol']],
    ['1545653', ['empagliflozin']],
    ['17767', ['amlodipine']],
    ['9997', ['spironolactone']],
  ])('RxNorm %s is %j', (code, expected) => {
    expect(ingredientsOf([rxnorm(code)])).toEqual(expected);
  });

  it.each(['00093111310', '0093-1113-10', '00093-1113-10', '00093-1113'])('NDC %s is lisinopril', (code) => {
    expect(ingredientsOf([ndc(code)])).toEqual(['lisinopril']);
  });

  it.each(['123', '0', 'lisinopril', '99999-999-99'])('NDC %s is nothing', (code) => {
    expect(identifyDrug({ codings: [ndc(code)], texts: [] })).toBeUndefined();
  });

  it('a code is surer than a name, and RxNorm than an NDC', () => {
    expect(sureness([rxnorm('29046')])).toBeGreaterThan(sureness([ndc('00093111310')]));
    expect(sureness([ndc('00093111310')])).toBeGreaterThan(sureness([], 'lisinopril'));
  });

  it('words that nobody understands lower the confidence and are named', () => {
    const drug = identifyDrug({ codings: [], texts: ['lisinopril zzyzx'] });
    expect(drug?.confidence.probability).toBeLessThan(sureness([], 'lisinopril'));
    expect(drug?.confidence.reason).toContain('zzyzx');
  });

  it('a code and a name of different drugs lower the confidence below one half and say so', () => {
    const drug = identifyDrug({ codings: [rxnorm('29046')], texts: ['metoprolol'] });
    expect(drug?.ingredients[0]?.ingredient).toBe('lisinopril');
    expect(drug?.confidence.probability).toBeLessThan(0.5);
    expect(drug?.confidence.reason).toContain('different drugs');
  });

  it('a code for insulin and a name for its kind agree, and the kind counts', () => {
    const drug = identifyDrug({ codings: [rxnorm('253182')], texts: ['insulin glargine 100 unit/mL'] });
    expect(drug?.ingredients).toEqual([{ ingredient: 'insulin glargine', drugClass: 'insulin' }]);
    expect(drug?.confidence.probability).toBeGreaterThan(0.95);
    expect(ingredientsOf([rxnorm('274783')], 'Insulin')).toEqual(['insulin glargine']);
  });

  it('a code for one kind of insulin and a name for another are different drugs', () => {
    expect(sureness([rxnorm('274783')], 'insulin degludec')).toBeLessThan(0.5);
  });

  it('a code under an unknown system is not read as RxNorm', () => {
    expect(ingredientsOf([{ system: 'urn:local', code: '29046' }])).toEqual([]);
  });

  it('a hospital that publishes NDCs under its own URI is understood', () => {
    const coding = { system: 'http://hospital.example/CodeSystem/our-medication-ndc', code: '00093111310' };
    expect(ingredientsOf([coding])).toEqual(['lisinopril']);
  });
});
