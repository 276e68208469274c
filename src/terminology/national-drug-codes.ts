import { codesOf, type Coding } from './code-systems.ts';
import rows from './drugs-ndc.json' with { type: 'json' };

/** By ingredient, by labeller (5 digits): the products (4 digits each). RxNorm, October 2025; public domain. */
const ROWS: readonly (readonly [string, Readonly<Record<string, string>>])[] = Object.entries(rows);

let byProduct: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The labeller and product (5 + 4 digits) that a National Drug Code may mean.
 *
 * With hyphens the segments say themselves where a zero is missing (4-4-2, 5-3-2, 5-4-1); 11 digits are 5-4-2; of 10
 * digits without hyphens every one of the three layouts is possible, so up to three readings come back. Source: 21 CFR
 * 207.33; HIPAA's 11-digit form.
 */
export function readNdc(code: string): readonly string[] {
  const segments = code.trim().split('-');
  if (segments.length > 1) return hyphenated(segments);
  const digits = code.trim();
  if (/^\d{11}$/.test(digits)) return [digits.slice(0, 9)];
  if (/^\d{10}$/.test(digits)) return tenDigits(digits);
  return /^\d{9}$/.test(digits) ? [digits] : [];
}

function hyphenated([labeller, product, pack]: readonly string[]): readonly string[] {
  if (labeller === undefined || product === undefined) return [];
  if (!/^\d{4,5}$/.test(labeller) || !/^\d{3,4}$/.test(product)) return [];
  if (pack !== undefined && !/^\d{1,2}$/.test(pack)) return [];
  return [labeller.padStart(5, '0') + product.padStart(4, '0')];
}

function tenDigits(digits: string): readonly string[] {
  return [...new Set([`0${digits.slice(0, 8)}`, `${digits.slice(0, 5)}0${digits.slice(5, 8)}`, digits.slice(0, 9)])];
}

/**
 * The ingredients that the NDC among codings names; empty when none is known, or when the readings of a 10-digit code
 * without hyphens name different drugs.
 */
export function ingredientsOfNdc(codings: readonly Coding[]): readonly string[] {
  const codes = codesOf(codings, 'ndc');
  if (codes.length === 0) return [];
  byProduct ??= indexProducts();
  const products = byProduct;
  return [...new Set(codes.flatMap((code) => onlyReading(readNdc(code), products)))];
}

function onlyReading(readings: readonly string[], products: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = readings.flatMap((reading) => {
    const ingredients = products.get(reading);
    return ingredients === undefined ? [] : [ingredients];
  });
  const [first, ...others] = found;
  return first !== undefined && others.every((other) => other.join() === first.join()) ? first : [];
}

function indexProducts(): ReadonlyMap<string, readonly string[]> {
  const products = new Map<string, string[]>();
  for (const [ingredient, labellers] of ROWS) {
    for (const [labeller, list] of Object.entries(labellers)) {
      for (const product of list.split(' ')) {
        const ingredients = products.get(labeller + product);
        if (ingredients === undefined) products.set(labeller + product, [ingredient]);
        else ingredients.push(ingredient);
      }
    }
  }
  return products;
}
