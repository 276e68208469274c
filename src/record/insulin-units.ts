import { readNumber } from './sig-words.ts';

/**
 * How records write units of insulin. UCUM has the international unit as [iU] and U for enzymes; orders use either, RxNorm
 * writes UNT, and SNOMED CT has 767525000 (unit).
 */
const UNIT = /^(?:\[?i?u\]?|iu|unt|\{?units?\}?|\[?iu\]?|unit\(s\)|international units?|767525000)$/i;

const WORDS = String.raw`(?:units?|iu|u|unt)\b(?!\s*\/)`;
const AMOUNT = new RegExp(String.raw`(?<![\d.,/-])((?:\d[\d,]*(?:\.\d+)?|\.\d+))\s*${WORDS}`, 'g');
const RANGE = new RegExp(String.raw`\d\s*(?:-|–|to|or)\s*[\d.]+\s*${WORDS}`);

/** An amount of insulin in units; undefined when it is stated in another unit: what a millilitre holds is not asked here. */
export function insulinUnitsOf(value: number, unit: string | undefined): number | undefined {
  return unit !== undefined && UNIT.test(unit.trim()) ? value : undefined;
}

/** The one number of units that a sig names ("inject 20 units at bedtime"); undefined for a range, a scale or several. */
export function insulinUnitsInWords(words: string): number | undefined {
  if (RANGE.test(words) || /\b(?:scale|per|correction|adjust|titrat)/.test(words)) return undefined;
  const amounts = new Set([...words.matchAll(AMOUNT)].map(([, value = '']) => readNumber(value)));
  return amounts.size === 1 ? [...amounts][0] : undefined;
}
