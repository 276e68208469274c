import rows from './allergens.json' with { type: 'json' };
import { codesOf, type Coding } from './code-systems.ts';
import { readDrugName } from './drug-names.ts';
import { ingredientsOfRxNorm } from './rxnorm-products.ts';

const BY_SNOMED: ReadonlyMap<string, string> = new Map(
  rows.flatMap(({ allergen, snomed }) => snomed.map((code) => [code, allergen] as const)),
);
const BY_NAME: ReadonlyMap<string, string> = new Map(
  rows.flatMap(({ allergen, names }) => names.map((name) => [plain(name), allergen] as const)),
);

/** SNOMED CT: no known allergy, no known drug allergy, no known food allergy. */
const NO_KNOWN_ALLERGY: ReadonlySet<string> = new Set(['716186003', '409137002', '429625007', '428607008']);

/**
 * What an allergy is to: ingredients, or drug classes of src/terminology/drugs ("ACE inhibitors", "sulfa").
 *
 * RxNorm and SNOMED codes first, then the words. Empty when it is no drug that the house knows.
 */
export function identifyAllergens(allergy: {
  readonly codings: readonly Coding[];
  readonly texts: readonly string[];
}): readonly string[] {
  const coded = [
    ...ingredientsOfRxNorm(allergy.codings),
    ...codesOf(allergy.codings, 'snomed').flatMap((code) => BY_SNOMED.get(code) ?? []),
  ];
  if (coded.length > 0) return [...new Set(coded)];
  const displays = allergy.codings.flatMap(({ display }) => (display === undefined ? [] : [display]));
  return [...new Set([...allergy.texts, ...displays].flatMap(identifyByName))];
}

/** Whether codes say that no allergy is known: a statement, not an allergen. */
export function saysNoKnownAllergy(codings: readonly Coding[]): boolean {
  return codesOf(codings, 'snomed').some((code) => NO_KNOWN_ALLERGY.has(code));
}

function identifyByName(text: string): readonly string[] {
  // "Allergy to penicillin", "lisinopril allergy": here the word does not speak against the drug.
  const substance = text
    .slice(0, 300)
    .replace(/\b(?:allerg(?:y|ies|ic)|hypersensitivity|intolerance|adverse reaction|substance|caused|by|to)\b/gi, ' ');
  const drugClass = BY_NAME.get(plain(substance));
  return drugClass === undefined ? (readDrugName(substance)?.ingredients ?? []) : [drugClass];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
