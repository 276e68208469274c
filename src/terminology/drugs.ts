import drugRows from './drugs.json' with { type: 'json' };

/** An ingredient with its class. */
export interface NamedDrug {
  readonly ingredient: string;
  readonly drugClass: string;
}

/** All that the house knows of one ingredient's names and codes. */
export interface DrugRow extends NamedDrug {
  /** RxNorm concept of the ingredient; null where RxNorm has none that we could verify. */
  readonly rxcui: string | null;
  /** Brand names, synonyms and spellings beside the ingredient's own name. */
  readonly names: readonly string[];
  /** Ingredients that are part of this one: valsartan within sacubitril/valsartan is not a second ARB. */
  readonly absorbs: readonly string[];
  /** Strengths that labels write in parts (49/51): mg of each part in one tablet; the dose is their sum. */
  readonly tabletParts: readonly (readonly number[])[];
}

/**
 * Every ingredient that the house can name.
 *
 * Names are those of RxNorm (release of October 2025; for the letter A, whose pages the public copy lacks, of 2015),
 * in the public domain. Classes are the house's own words: one for each way of acting on potassium, kidney, pressure or
 * glucose, coarser elsewhere. Intravenous fluids and diluents are no drugs here.
 */
export const DRUGS: readonly DrugRow[] = drugRows.map((row) => ({
  ingredient: row.ingredient,
  drugClass: row.class,
  rxcui: row.rxcui,
  names: row.names,
  absorbs: 'absorbs' in row ? row.absorbs : [],
  tabletParts: 'tabletParts' in row ? row.tabletParts : [],
}));

const BY_INGREDIENT: ReadonlyMap<string, DrugRow> = new Map(DRUGS.map((row) => [row.ingredient, row]));

/** The row of an ingredient, if the house knows it. */
export function drugRow(ingredient: string): DrugRow | undefined {
  return BY_INGREDIENT.get(ingredient);
}

/** The class of an ingredient, if the house knows it. */
export function drugClassOf(ingredient: string): string | undefined {
  return BY_INGREDIENT.get(ingredient)?.drugClass;
}

/** The ingredients of a class. */
export function ingredientsOfClass(drugClass: string): readonly string[] {
  return DRUGS.filter((row) => row.drugClass === drugClass).map((row) => row.ingredient);
}

/** Names ingredients with their classes, once each, in table order; what another one absorbs is left out. */
export function namedDrugs(ingredients: Iterable<string>): readonly NamedDrug[] {
  const found = new Set(ingredients);
  const absorbed = new Set([...found].flatMap((ingredient) => drugRow(ingredient)?.absorbs ?? []));
  return [...found]
    .filter((ingredient) => !absorbed.has(ingredient))
    .sort()
    .flatMap((ingredient) => {
      const drugClass = drugClassOf(ingredient);
      return drugClass === undefined ? [] : [{ ingredient, drugClass }];
    });
}
