import { readNumber } from './sig-words.ts';
import { milligramsOf, wholeTablet } from './strength.ts';

const NUMBER = String.raw`(?<![\d.,/])((?:\d[\d,]*(?:\.\d+)?|\.\d+))`;
const TABLETS = String.raw`(?:\s*\([a-z0-9./]+\))?\s*(?:tab|cap|pill)`;
const MASS = String.raw`${NUMBER}\s*(mg|mcg|µg|ug|g)\b(?!\s*\/)`;

const TABLET_COUNT = new RegExp(`${NUMBER}${TABLETS}`, 'g');
const TABLET_RANGE = new RegExp(String.raw`\d\s*(?:-|–|to|or)\s*${NUMBER.replace('(?<![\\d.,/])', '')}${TABLETS}`);
const TOTAL = new RegExp(String.raw`\(\s*${MASS}\s*total\s*\)`);
/** "2 tablets (40 mg)", "40 mg (2 tablets)": the mass is that of all tablets together. */
const MASS_OF_TABLETS = [
  new RegExp(String.raw`(?:tab|cap|pill)[a-z]*\s*\(\s*${MASS}\s*\)`),
  new RegExp(String.raw`${MASS}\s*\(\s*[\d.]+\s*(?:tab|cap|pill)[a-z]*\s*\)`),
];
const LEADING_MASS = new RegExp(String.raw`^\s*(?:take|give|inject|administer)?\s*${MASS}(?!\s*(?:-|–|to|or)\s*[\d.])`);

/** What an instruction in words is about. */
export interface SpokenAmount {
  /** In the words of `plainSig`. */
  readonly words: string;
  /** What one tablet holds, as the medication says. Unit: mg. */
  readonly strength: number | undefined;
  readonly ingredient: string;
}

/**
 * How much one administration holds, in mg, from the words of a sig.
 *
 * Undefined for a range, for several counts, and where the stated mass is not that of the stated tablets.
 */
export function amountInWords(spoken: SpokenAmount): number | undefined {
  const { words, ingredient } = spoken;
  if (TABLET_RANGE.test(words)) return undefined;
  const total = TOTAL.exec(words);
  if (total !== null) return massOf(total, ingredient);
  const counted = tabletsInWords(spoken);
  const stated = MASS_OF_TABLETS.map((pattern) => pattern.exec(words)).find((found) => found !== null);
  if (stated !== undefined) return agreed(massOf(stated, ingredient), counted);
  const leading = LEADING_MASS.exec(words);
  return counted ?? (leading === null ? undefined : massOf(leading, ingredient));
}

/** A count of tablets times their strength, in mg; undefined for a range, or when several counts are named. */
export function tabletsInWords({ words, strength }: SpokenAmount): number | undefined {
  const count = tabletCount(words);
  return count === undefined || strength === undefined ? undefined : count * strength;
}

/** The one count of tablets that a sig names; undefined for a range, or when several are named. */
export function tabletCount(words: string): number | undefined {
  if (TABLET_RANGE.test(words)) return undefined;
  const counts = new Set([...words.matchAll(TABLET_COUNT)].map(([, count = '']) => readNumber(count)));
  return counts.size === 1 ? [...counts][0] : undefined;
}

/** The stated mass, unless the tablets counted out make another one. */
function agreed(stated: number | undefined, counted: number | undefined): number | undefined {
  if (stated === undefined || counted === undefined) return stated ?? counted;
  return Math.abs(stated - counted) <= 1e-6 * counted ? stated : undefined;
}

function massOf([, value = '', unit]: RegExpExecArray, ingredient: string): number | undefined {
  const number = readNumber(value);
  const milligrams = number === undefined ? undefined : milligramsOf(number, unit);
  return milligrams === undefined ? undefined : wholeTablet(milligrams, ingredient);
}
