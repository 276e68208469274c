import type { Measured } from '../core/quantity.ts';
import { readFrequency, type Frequency } from './frequency.ts';
import { elementOf, elementsOf, numberOf, textOf, type Element } from './read-fhir.ts';
import { milligramsOf, strengthOf, wholeTablet, type NamedMedication } from './strength.ts';

/** How much of an ingredient an order means a day, and how it is to be taken. */
export interface ReadDose {
  readonly dailyDose?: Measured;
  readonly schedule: Frequency['schedule'];
  /** How often a regular dose is due, of several instructions the most frequent one. Unit: /d. */
  readonly timesADay?: number;
}

const TABLET = /^(?:\{?\(?tab|tbl|\{?tbl|cap|pill|each$|ea$|\{(?:tablet|capsule|tbl|pill)\}|1$|385055001$|385049006$)/i;
const TABLETS_IN_WORDS = /\b(\d+(?:\.\d+)?|half|one|two|three|four|an?)(?:\s*\([a-z0-9.]+\))?\s+(?:tab|cap|pill)/i;
const TOTAL_IN_WORDS = /\(\s*([\d.]+)\s*(mg|mcg|g)\s+total\s*\)/i;
const AMOUNT_IN_WORDS = /^\s*(?:take|give|inject|administer)?\s*([\d.,]+)\s*(mg|mcg|g)\b(?!\s*\/)/i;
const COUNT_WORDS: Readonly<Record<string, number>> = { half: 0.5, a: 1, an: 1, one: 1, two: 2, three: 3, four: 4 };

/**
 * Reads the total daily dose of one ingredient from Dosage elements: UCUM masses, tablets times their strength, timing
 * by repeat, code or words.
 *
 * Concurrent instructions add up; of a sequence only the first step counts. What is taken as needed, or once, has no
 * daily dose. `medication` tells the strength of a tablet; combinations count only what belongs to this ingredient.
 */
export function readDailyDose(
  dosages: readonly Element[],
  medication: NamedMedication,
  drug: { readonly ingredient: string; readonly isAlone: boolean },
): ReadDose {
  const current = firstStep(dosages);
  const frequencies = current.map(readFrequency);
  const schedule = scheduleOf(frequencies);
  if (schedule !== 'scheduled') return { schedule };
  const regular = { schedule, timesADay: Math.max(...frequencies.map(({ timesADay }) => timesADay ?? 0)) };
  let total = 0;
  for (const [position, dosage] of current.entries()) {
    const { timesADay, schedule: own } = frequencies[position] ?? { schedule: 'unknown' as const };
    if (own === 'as-needed' || own === 'once') continue;
    const amount = amountOf(dosage, medication, drug);
    if (amount === undefined || timesADay === undefined) return regular;
    total += amount * timesADay;
  }
  return total > 0 && Number.isFinite(total)
    ? { dailyDose: { value: Number(total.toPrecision(12)), unit: 'mg/d' }, ...regular }
    : regular;
}

/** The instructions of the first step: those with the lowest sequence number, or without one. */
function firstStep(dosages: readonly Element[]): readonly Element[] {
  const numbers = dosages.flatMap(({ sequence }) => numberOf(sequence) ?? []);
  const first = Math.min(...numbers);
  return numbers.length === dosages.length ? dosages.filter(({ sequence }) => sequence === first) : dosages;
}

/** A regular instruction makes an order regular, whatever is added as needed. */
function scheduleOf(frequencies: readonly Frequency[]): Frequency['schedule'] {
  const schedules = frequencies.map(({ schedule }) => schedule);
  return (['scheduled', 'unknown', 'as-needed', 'once'] as const).find((kind) => schedules.includes(kind)) ?? 'unknown';
}

/** How much of the ingredient one administration holds, in mg. */
function amountOf(
  dosage: Element,
  medication: NamedMedication,
  drug: { readonly ingredient: string; readonly isAlone: boolean },
): number | undefined {
  const given = elementOf(elementsOf(dosage.doseAndRate)[0]?.doseQuantity) ?? elementOf(dosage.dose);
  const words = textOf(dosage.text)?.slice(0, 300) ?? '';
  const strength = strengthOf({ ...medication, texts: [...medication.texts, words] }, drug.ingredient);
  const value = numberOf(given?.value);
  if (value === undefined)
    return drug.isAlone ? amountInWords(words, strength, drug.ingredient) : tabletsInWords(words, strength);
  const unit = textOf(given?.code) ?? textOf(given?.unit);
  if (unit === undefined) return undefined;
  if (TABLET.test(unit) || TABLET.test(textOf(given?.unit) ?? ''))
    return strength === undefined ? undefined : value * strength;
  const milligrams = milligramsOf(value, unit);
  return milligrams === undefined || !drug.isAlone ? undefined : wholeTablet(milligrams, drug.ingredient);
}

function amountInWords(words: string, strength: number | undefined, ingredient: string): number | undefined {
  const total = TOTAL_IN_WORDS.exec(words);
  if (total !== null) return wholeIn(total, ingredient);
  const tablets = tabletsInWords(words, strength);
  if (tablets !== undefined) return tablets;
  const amount = AMOUNT_IN_WORDS.exec(words);
  return amount === null ? undefined : wholeIn(amount, ingredient);
}

function wholeIn([, value, unit]: RegExpExecArray, ingredient: string): number | undefined {
  const milligrams = milligramsOf(Number(value?.replaceAll(',', '')), unit);
  return milligrams === undefined ? undefined : wholeTablet(milligrams, ingredient);
}

function tabletsInWords(words: string, strength: number | undefined): number | undefined {
  const count = TABLETS_IN_WORDS.exec(words)?.[1]?.toLowerCase();
  if (count === undefined || strength === undefined) return undefined;
  return (COUNT_WORDS[count] ?? Number(count)) * strength;
}
