import type { Measured } from '../core/quantity.ts';
import type { DrugRow } from '../terminology/drugs.ts';
import { drugRow } from '../terminology/drugs.ts';
import { amountInWords, tabletCount, tabletsInWords } from './amount-in-words.ts';
import { readFrequency, type Frequency } from './frequency.ts';
import { elementOf, elementsOf, numberOf, textOf, type Element } from './read-fhir.ts';
import { insulinUnitsInWords, insulinUnitsOf } from './insulin-units.ts';
import { plainSig } from './sig-words.ts';
import { milligramsOf, strengthOf, wholeTablet, type NamedMedication } from './strength.ts';

/** How much of an ingredient an order means a day, and how it is to be taken. */
export interface ReadDose {
  readonly dailyDose?: Measured;
  readonly schedule: Frequency['schedule'];
  /** How often a regular dose is due, of several instructions the most frequent one. Unit: /d. */
  readonly timesADay?: number;
}

const TABLET = /^(?:\{?\(?tab|tbl|\{?tbl|cap|pill|each$|ea$|\{(?:tablet|capsule|tbl|pill)\}|1$|385055001$|385049006$)/i;

/** Where a sig goes on with another amount: "2 tablets in the morning and 1 tablet at noon". */
const NEXT_AMOUNT =
  /(?:\band\b|\bplus\b|[,;+])\s*(?=(?:then |also |take )*\.?\d[\d.,]*(?!\s*(?:am|pm|a\.m|p\.m|min|hour|hr|day|week|time|x\b|:))(?:\s|mg|tab|cap))/;

/** An ingredient of a medication, and whether it is the only one. */
interface DosedIngredient {
  readonly ingredient: string;
  readonly isAlone: boolean;
}

/**
 * Reads the total daily dose of one ingredient from Dosage elements: UCUM masses, tablets times their strength, units of
 * insulin, timing by repeat, code or words. A weekly dose counts a seventh a day.
 *
 * Concurrent instructions add up; of a sequence only the first step counts. What is taken as needed, or once, has no
 * daily dose. `medication` tells the strength of a tablet; combinations count only what belongs to this ingredient.
 */
export function readDailyDose(
  dosages: readonly Element[],
  medication: NamedMedication,
  drug: DosedIngredient,
): ReadDose {
  const current = firstStep(dosages).flatMap(spokenParts);
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
    ? { dailyDose: { value: Number(total.toPrecision(12)), unit: doseUnitOf(drug) ?? 'mg/d' }, ...regular }
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

/** A sig that names several amounts, each with its time, as an instruction an amount. */
function spokenParts(dosage: Element): readonly Element[] {
  if (elementOf(dosage.timing) !== undefined || Array.isArray(dosage.doseAndRate)) return [dosage];
  const parts = plainSig(textOf(dosage.text) ?? '').split(NEXT_AMOUNT);
  const spoken = parts.map((text) => ({ ...dosage, text }));
  return spoken.every((part) => readFrequency(part).timesADay !== undefined) ? spoken : [dosage];
}

function doseUnitOf({ ingredient }: DosedIngredient): DrugRow['doseUnit'] {
  return drugRow(ingredient)?.doseUnit;
}

/** How much of the ingredient one administration holds, in mg, or in units of insulin; undefined for a range. */
function amountOf(dosage: Element, medication: NamedMedication, drug: DosedIngredient): number | undefined {
  const rate = elementsOf(dosage.doseAndRate)[0];
  if (rate?.doseRange !== undefined) return undefined;
  const given = elementOf(rate?.doseQuantity) ?? elementOf(dosage.dose);
  const words = plainSig(textOf(dosage.text) ?? '');
  if (doseUnitOf(drug) !== 'U/d') return massOf({ given, words }, medication, drug);
  if (!drug.isAlone) return undefined;
  const value = numberOf(given?.value);
  return value === undefined ? insulinUnitsInWords(words) : insulinUnitsOf(value, unitOf(given));
}

/** What a dose element and the words of the sig say that is given. */
interface SaidAmount {
  readonly given: Element | undefined;
  readonly words: string;
}

function massOf({ given, words }: SaidAmount, medication: NamedMedication, drug: DosedIngredient): number | undefined {
  const value = numberOf(given?.value);
  const count = value ?? tabletCount(words) ?? 1;
  const strength = strengthHere(medication, { words, count, ingredient: drug.ingredient });
  const spoken = { words, strength, ingredient: drug.ingredient };
  if (value === undefined) return drug.isAlone ? amountInWords(spoken) : tabletsInWords(spoken);
  const unit = unitOf(given);
  if (unit === undefined) return undefined;
  if (TABLET.test(unit) || TABLET.test(textOf(given?.unit) ?? ''))
    return strength === undefined ? undefined : value * strength;
  const milligrams = milligramsOf(value, unit);
  return milligrams === undefined || !drug.isAlone ? undefined : wholeTablet(milligrams, drug.ingredient);
}

function unitOf(given: Element | undefined): string | undefined {
  return textOf(given?.code) ?? textOf(given?.unit);
}

/** A mass in the sig is the strength of the tablet only where one is taken; of two, it may be that of both. */
function strengthHere(
  medication: NamedMedication,
  { words, count, ingredient }: { readonly words: string; readonly count: number; readonly ingredient: string },
): number | undefined {
  const named = strengthOf(medication, ingredient);
  return named !== undefined || count !== 1 ? named : strengthOf({ codings: [], texts: [words] }, ingredient);
}
