import { codesOf, type Coding } from './code-systems.ts';
import { DRUGS } from './drugs.ts';
import rows from './drugs-rxnorm.json' with { type: 'json' };

/** The RxNorm concepts of one ingredient: names, strengths, products and brands; and what a tablet of it holds. */
interface RxNormRow {
  readonly codes: string;
  /** By strength of one tablet or capsule (mg of this ingredient), the products that have it. */
  readonly tabletMg?: Readonly<Record<string, string>>;
}

// RxNorm, release of October 2025 (letter A: 2015), National Library of Medicine; public domain.
const ROWS: readonly (readonly [ingredient: string, row: RxNormRow])[] = Object.entries(rows);

interface Index {
  readonly ingredients: ReadonlyMap<string, readonly string[]>;
  readonly strengths: ReadonlyMap<string, number>;
}

let index: Index | undefined;

/** The ingredients that any RxNorm code among codings names; empty when no code is known. */
export function ingredientsOfRxNorm(codings: readonly Coding[]): readonly string[] {
  const codes = codesOf(codings, 'rxnorm');
  if (codes.length === 0) return [];
  index ??= buildIndex();
  const { ingredients } = index;
  return [...new Set(codes.flatMap((code) => ingredients.get(code) ?? []))];
}

/** What one tablet or capsule of a coded product holds of an ingredient, in mg; undefined when RxNorm does not say. */
export function tabletStrength(codings: readonly Coding[], ingredient: string): number | undefined {
  const codes = codesOf(codings, 'rxnorm');
  if (codes.length === 0) return undefined;
  index ??= buildIndex();
  const { strengths } = index;
  return codes.map((code) => strengths.get(`${ingredient}|${code}`)).find((strength) => strength !== undefined);
}

function buildIndex(): Index {
  const ingredients = new Map<string, string[]>();
  const strengths = new Map<string, number>();
  const add = (code: string, ingredient: string): void => {
    const list = ingredients.get(code);
    if (list === undefined) ingredients.set(code, [ingredient]);
    else if (!list.includes(ingredient)) list.push(ingredient);
  };
  for (const { ingredient, rxcui } of DRUGS) if (rxcui !== null) add(rxcui, ingredient);
  for (const [ingredient, row] of ROWS) {
    for (const code of words(row.codes)) add(code, ingredient);
    for (const [strength, codes] of Object.entries(row.tabletMg ?? {})) {
      for (const code of words(codes)) {
        add(code, ingredient);
        strengths.set(`${ingredient}|${code}`, Number(strength));
      }
    }
  }
  return { ingredients, strengths };
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}
