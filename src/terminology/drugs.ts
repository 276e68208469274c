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
  /**
   * The ingredient that a code or a text names when it does not say the kind: insulin, of insulin glargine; semaglutide, of
   * its tablets, of which a milligram does less.
   */
  readonly kindOf?: string;
  /**
   * The unit of its daily dose. "Insulin" without its kind has none: it stands for several that are taken side by side, and
   * their doses are no sum.
   */
  readonly doseUnit: 'mg/d' | 'U/d' | undefined;
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
  ...('kindOf' in row && { kindOf: row.kindOf }),
  doseUnit: row.ingredient === 'insulin' ? undefined : 'doseUnit' in row ? 'U/d' : 'mg/d',
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

/**
 * Names ingredients with their classes, once each, in table order; what another one absorbs, or says more closely, is left
 * out.
 */
export function namedDrugs(ingredients: Iterable<string>): readonly NamedDrug[] {
  const found = new Set(ingredients);
  const rows = [...found].flatMap((ingredient) => drugRow(ingredient) ?? []);
  const absorbed = new Set(
    rows.flatMap(({ absorbs, kindOf }) => [...absorbs, ...(kindOf === undefined ? [] : [kindOf])]),
  );
  return [...found]
    .filter((ingredient) => !absorbed.has(ingredient))
    .sort()
    .flatMap((ingredient) => {
      const drugClass = drugClassOf(ingredient);
      return drugClass === undefined ? [] : [{ ingredient, drugClass }];
    });
}
