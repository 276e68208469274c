import type { Coding } from '../terminology/code-systems.ts';
import { readDrugName } from '../terminology/drug-names.ts';
import { drugRow } from '../terminology/drugs.ts';
import { tabletStrength } from '../terminology/rxnorm-products.ts';
import { convertUnit } from '../terminology/units.ts';
import { readNumber } from './sig-words.ts';

/** A medication's codes and words, as far as its strength stands in them. */
export interface NamedMedication {
  readonly codings: readonly Coding[];
  readonly texts: readonly string[];
}

const AMOUNT = /((?:\d[\d,]*)?\.\d+|\d[\d,]*)\s*(mg|mcg|µg|ug|g|gm)\b(?!\s*\/\s*(?:\d|ml|l\b|h\b|hr|kg|actuat))/gi;
const IN_PARTS = /(\d+(?:\.\d+)?)\s*(?:mg)?\s*[-/]\s*(\d+(?:\.\d+)?)\s*mg/i;

/**
 * What one tablet or capsule holds of an ingredient, in mg: from its RxNorm code, else from its words ("25mg Tablet").
 *
 * Undefined for a concentration, and for a combination whose words do not say which strength is whose.
 */
export function strengthOf({ codings, texts }: NamedMedication, ingredient: string): number | undefined {
  const coded = tabletStrength(codings, ingredient);
  if (coded !== undefined) return coded;
  for (const text of texts) {
    const strength = strengthInWords(text, ingredient);
    if (strength !== undefined) return strength;
  }
  return undefined;
}

/** The strength of a tablet that labels write in parts, by any of them: 49, 51 and 49/51 all mean 100 mg. */
export function wholeTablet(milligrams: number, ingredient: string): number {
  const parts = drugRow(ingredient)?.tabletParts.find((tablet) => tablet.includes(milligrams));
  return parts === undefined ? milligrams : parts.reduce((sum, part) => sum + part, 0);
}

function strengthInWords(words: string, ingredient: string): number | undefined {
  const text = words.slice(0, 300);
  const inParts = IN_PARTS.exec(text);
  const isWhole = (drugRow(ingredient)?.tabletParts.length ?? 0) > 0;
  if (isWhole && inParts !== null) return Number(inParts[1]) + Number(inParts[2]);
  const amounts = [...text.matchAll(AMOUNT)].flatMap(([, value = '', unit]) => massOf(value, unit) ?? []);
  const [first, ...others] = amounts;
  if (first === undefined) return undefined;
  if (others.length === 0 && inParts === null && isAlone(text)) return isWhole ? wholeTablet(first, ingredient) : first;
  return isWhole ? sumOfParts(amounts, ingredient) : strengthBehindName(text, ingredient);
}

/** "sacubitril 49 MG / valsartan 51 MG", or one of the two. */
function sumOfParts(amounts: readonly number[], ingredient: string): number {
  const [first = 0, second] = amounts;
  return second === undefined ? wholeTablet(first, ingredient) : first + second;
}

function isAlone(text: string): boolean {
  return (readDrugName(text)?.ingredients.length ?? 1) === 1;
}

/** "hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet": the amount that follows the ingredient's own name. */
function strengthBehindName(text: string, ingredient: string): number | undefined {
  const parts = text.split(/\s+\/\s+/);
  const own = parts.find((part) => readDrugName(part)?.ingredients.join() === ingredient);
  if (own === undefined || own === text) return undefined;
  return strengthInWords(own, ingredient);
}

function massOf(value: string, unit: string | undefined): number | undefined {
  const number = readNumber(value);
  return number === undefined ? undefined : milligramsOf(number, unit);
}

/** An amount of drug in mg; undefined when the unit is no mass. */
export function milligramsOf(value: number, unit: string | undefined): number | undefined {
  const converted = convertUnit(value, unit, 'mg');
  return 'value' in converted ? converted.value : undefined;
}
