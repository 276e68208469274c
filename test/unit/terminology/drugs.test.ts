import { describe, expect, it } from 'vitest';

import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { isForecastClass } from '../../../src/systems/doses.ts';
import { DRUGS, drugClassOf, drugRow, ingredientsOfClass, namedDrugs } from '../../../src/terminology/drugs.ts';
import { identifyDrug } from '../../../src/terminology/identify-drug.ts';
import { readNdc } from '../../../src/terminology/national-drug-codes.ts';
import { tabletStrength } from '../../../src/terminology/rxnorm-products.ts';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

describe('the drug table', () => {
  it('names every drug of the system', () => {
    for (const { ingredient, unit } of cardioRenalMetabolic.interventions)
      expect(drugClassOf(ingredient) !== undefined, ingredient).toBe(unit !== '1');
  });

  it('names every drug whose orders cards forecast under the class of its channel', () => {
    for (const { ingredient, channel } of cardioRenalMetabolic.interventions)
      if (isForecastClass(cardioRenalMetabolic, channel)) expect(drugClassOf(ingredient)).toBe(channel);
  });

  it('counts the doses of every drug of the system in the unit of its intervention', () => {
    for (const { ingredient, unit } of cardioRenalMetabolic.interventions)
      if (unit !== '1') expect(drugRow(ingredient)?.doseUnit, ingredient).toBe(unit);
  });

  it('keeps the kinds of insulin that the system models in the class that rules know', () => {
    expect(ingredientsOfClass('insulin')).toEqual([
      'insulin',
      'insulin glargine',
      'insulin degludec',
      'insulin detemir',
    ]);
    expect(namedDrugs(['insulin', 'insulin glargine']).map(({ ingredient }) => ingredient)).toEqual([
      'insulin glargine',
    ]);
  });

  it('names every ingredient once', () => {
    expect(new Set(DRUGS.map(({ ingredient }) => ingredient)).size).toBe(DRUGS.length);
  });

  it.each(DRUGS.map(({ ingredient }) => ingredient))('%s is found by its own name', (ingredient) => {
    const drug = identifyDrug({ codings: [], texts: [ingredient] });
    expect(drug?.ingredients.map((found) => found.ingredient)).toContain(ingredient);
  });

  it('each RxNorm concept belongs to one ingredient', () => {
    const codes = DRUGS.flatMap(({ rxcui }) => rxcui ?? []);
    expect(codes.filter((code, position) => codes.indexOf(code) !== position)).toEqual([]);
  });

  it('drugs that move potassium stand under the classes that rules ask for', () => {
    expect(ingredientsOfClass('potassium-supplement')).toContain('potassium chloride');
    expect(ingredientsOfClass('nsaid')).toContain('ibuprofen');
    expect(drugClassOf('aliskiren')).toBe('direct-renin-inhibitor');
    expect(drugClassOf('nothing')).toBeUndefined();
  });

  it('valsartan within sacubitril/valsartan is no second ARB', () => {
    expect(namedDrugs(['valsartan', 'sacubitril-valsartan']).map(({ drugClass }) => drugClass)).toEqual(['arni']);
  });

  it('RxNorm products tell what a tablet holds', () => {
    const strength = (code: string, ingredient: string): number | undefined =>
      tabletStrength([{ system: RXNORM, code }], ingredient);
    expect(strength('314076', 'lisinopril')).toBe(10);
    expect(strength('197885', 'hydrochlorothiazide')).toBe(12.5);
    expect(strength('1656349', 'sacubitril-valsartan')).toBe(100);
    expect(strength('29046', 'lisinopril')).toBeUndefined();
  });
});

describe('readNdc', () => {
  it.each([
    ['00093111310', ['000931113']],
    ['0093-1113-10', ['000931113']],
    ['12345-678-90', ['123450678']],
    ['12345-6789-1', ['123456789']],
    ['1234567890', ['012345678', '123450678', '123456789']],
    ['12345', []],
    ['a-b-c', []],
    ['-', []],
  ])('%s may mean %j', (code, expected) => {
    expect(readNdc(code)).toEqual(expected);
  });
});
