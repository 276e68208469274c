import type { Confidence } from '../domain/record.ts';
import type { Coding } from './code-systems.ts';
import { readDrugName, type ReadName } from './drug-names.ts';
import { drugRow, namedDrugs, type NamedDrug } from './drugs.ts';
import { ingredientsOfNdc } from './national-drug-codes.ts';
import { ingredientsOfRxNorm } from './rxnorm-products.ts';

/** Which drug a medication is, and how sure that is. */
export interface IdentifiedDrug {
  readonly ingredients: readonly NamedDrug[];
  readonly confidence: Confidence;
}

/**
 * How sure each way of naming a drug makes us. Judgements of ours, ordered: a code says one thing, a name may say more
 * than it names; words that nobody understood, or a code and a name that disagree, are a reason to look.
 */
const CONFIDENCE = {
  rxnorm: { probability: 0.99, reason: 'RxNorm code' },
  ndc: { probability: 0.97, reason: 'National Drug Code' },
  name: { probability: 0.95, reason: 'name' },
  partOfName: { probability: 0.7, reason: 'part of the name; not understood:' },
  partlyAgree: { probability: 0.7, reason: 'code and name agree only in part; the code counts:' },
  conflict: { probability: 0.4, reason: 'code and name say different drugs; the code counts:' },
} as const satisfies Record<string, Confidence>;

/**
 * Identifies the ingredients of a medication: RxNorm code first, then National Drug Code, then the name in words.
 *
 * `texts` are alternative names (CodeableConcept.text, displays). Undefined when nothing names a drug of the table.
 */
export function identifyDrug(medication: {
  readonly codings: readonly Coding[];
  readonly texts: readonly string[];
}): IdentifiedDrug | undefined {
  const name = bestName(medication);
  const byCode = identifyByCode(medication.codings);
  if (byCode === undefined) return name === undefined ? undefined : identifiedByName(name);
  if (name === undefined) return byCode;
  return weighed(byCode, namedDrugs(name.ingredients));
}

function identifyByCode(codings: readonly Coding[]): IdentifiedDrug | undefined {
  const rxnorm = namedDrugs(ingredientsOfRxNorm(codings));
  if (rxnorm.length > 0) return { ingredients: rxnorm, confidence: CONFIDENCE.rxnorm };
  const ndc = namedDrugs(ingredientsOfNdc(codings));
  return ndc.length > 0 ? { ingredients: ndc, confidence: CONFIDENCE.ndc } : undefined;
}

/** The name with the fewest words that nobody understood. */
function bestName({ codings, texts }: Parameters<typeof identifyDrug>[0]): ReadName | undefined {
  const displays = codings.flatMap(({ display }) => (display === undefined ? [] : [display]));
  const read = [...texts, ...displays].flatMap((text) => readDrugName(text) ?? []);
  return read.toSorted((a, b) => a.unexplained.length - b.unexplained.length)[0];
}

function identifiedByName({ ingredients, unexplained }: ReadName): IdentifiedDrug {
  if (unexplained.length === 0) return { ingredients: namedDrugs(ingredients), confidence: CONFIDENCE.name };
  const { probability, reason } = CONFIDENCE.partOfName;
  return {
    ingredients: namedDrugs(ingredients),
    confidence: { probability, reason: `${reason} ${unexplained.slice(0, 5).join(' ')}` },
  };
}

function weighed(byCode: IdentifiedDrug, named: readonly NamedDrug[]): IdentifiedDrug {
  const ingredients = asClosely(byCode.ingredients, named);
  const coded = new Set(ingredients.map(({ ingredient }) => ingredient));
  const said = asClosely(named, byCode.ingredients);
  const shared = said.filter(({ ingredient }) => coded.has(ingredient)).length;
  if (shared === coded.size && shared === said.length) {
    const { probability, reason } = byCode.confidence;
    return { ingredients, confidence: { probability, reason: `${reason}; the name agrees` } };
  }
  const { probability, reason } = shared > 0 ? CONFIDENCE.partlyAgree : CONFIDENCE.conflict;
  return { ingredients, confidence: { probability, reason: `${reason} ${byCode.confidence.reason}` } };
}

/** Ingredients, each as the kind that another reading of the same medication names: insulin beside insulin glargine. */
function asClosely(ingredients: readonly NamedDrug[], others: readonly NamedDrug[]): readonly NamedDrug[] {
  return ingredients.map(
    (drug) => others.find(({ ingredient }) => drugRow(ingredient)?.kindOf === drug.ingredient) ?? drug,
  );
}
