import { DRUGS } from './drugs.ts';
import words from './drug-name-words.json' with { type: 'json' };

/** What a medication text says, word by word. */
export interface ReadName {
  readonly ingredients: readonly string[];
  /** Words that are neither a drug nor a salt, form, strength, route or brand: reasons to doubt the reading. */
  readonly unexplained: readonly string[];
}

/** A phrase that names one or more ingredients, for example a brand of a fixed combination. */
interface Phrase {
  readonly words: readonly string[];
  readonly ingredients: readonly string[];
}

const MODIFIERS: ReadonlySet<string> = new Set(words.modifiers.split(' '));
const REFUSED: ReadonlySet<string> = new Set(words.refused.split(' '));
const NUMBER_WITH_UNIT = /^\d[\d.]*(?:mg|mcg|ug|g|gm|ml|l|meq|mmol|units?|u|iu|hr?|%)?$/;

let phrases: ReadonlyMap<string, readonly Phrase[]> | undefined;
const memory = new Map<string, ReadName | undefined>();

/**
 * Reads the ingredients that a medication text names: "Metoprolol Tartrate 25 mg tablet", "furosemide [Lasix]",
 * "Bactrim DS". Whole words only, the longest name first, so that no drug is found inside another word or name.
 *
 * Undefined when no drug is named, or when the text is about a drug without being one ("furosemide level",
 * "incompatibility", "insulin syringe needles").
 */
export function readDrugName(text: string): ReadName | undefined {
  if (!memory.has(text)) {
    // Texts of one hospital repeat; a bound keeps hostile input from filling the memory.
    if (memory.size >= 10_000) memory.clear();
    memory.set(text, readWords(wordsOf(text)));
  }
  return memory.get(text);
}

/** Letters and digits in lower case; everything else parts words. Accents are dropped. */
function wordsOf(text: string): readonly string[] {
  const plain = text.slice(0, 300).normalize('NFKD').toLowerCase();
  return plain.match(/[a-z0-9](?:[a-z0-9.%]*[a-z0-9%])?/g) ?? [];
}

function readWords(text: readonly string[]): ReadName | undefined {
  if (text.some((word) => REFUSED.has(word))) return undefined;
  const ingredients = new Set<string>();
  const unexplained: string[] = [];
  for (let position = 0; position < text.length;) {
    const phrase = phraseAt(text, position, ingredients.size > 0);
    if (phrase === undefined) {
      const word = text[position] ?? '';
      if (!isModifier(word)) unexplained.push(word);
      position += 1;
    } else {
      for (const ingredient of phrase.ingredients) ingredients.add(ingredient);
      position += phrase.words.length;
    }
  }
  return ingredients.size === 0 ? undefined : { ingredients: [...ingredients], unexplained };
}

function isModifier(word: string): boolean {
  return word.length === 1 || MODIFIERS.has(word) || NUMBER_WITH_UNIT.test(word);
}

/** The longest phrase at a position; behind a drug, "potassium" is its salt and no drug of its own. */
function phraseAt(text: readonly string[], position: number, behindDrug: boolean): Phrase | undefined {
  phrases ??= indexPhrases();
  const word = text[position] ?? '';
  const phrase = phrases
    .get(word)
    ?.find((candidate) => candidate.words.every((part, at) => part === text[position + at]));
  return phrase?.words.length === 1 && behindDrug && MODIFIERS.has(word) ? undefined : phrase;
}

function indexPhrases(): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  const add = (name: string, ingredients: readonly string[]): void => {
    const parts = wordsOf(name);
    const [first] = parts;
    if (first === undefined) return;
    const list = index.get(first);
    if (list === undefined) index.set(first, [{ words: parts, ingredients }]);
    else list.push({ words: parts, ingredients });
  };
  for (const { ingredient, names } of DRUGS) for (const name of [ingredient, ...names]) add(name, [ingredient]);
  for (const { names, ingredients } of words.combinations) for (const name of names) add(name, ingredients);
  for (const list of index.values()) list.sort((a, b) => b.words.length - a.words.length);
  return index;
}
