import type { Confidence, SourceRef } from '../domain/record.ts';
import type { Coding } from '../terminology/code-systems.ts';
import type { NamedDrug } from '../terminology/drugs.ts';
import { identifyDrug, type IdentifiedDrug } from '../terminology/identify-drug.ts';
import type { FiledResources } from './file-resources.ts';
import { codingsOf, elementOf, elementsOf, referenceOf, textOf, wordsOf, type Element } from './read-fhir.ts';
import type { NamedMedication } from './strength.ts';

/** A medication with what it contains. */
export interface FoundMedication extends NamedMedication {
  readonly ingredients: readonly NamedDrug[];
  readonly identity: Confidence;
  /** The Medication resources it was read from: itself and what it is mixed from. */
  readonly sources: readonly SourceRef[];
}

/** Finds out what an order, dispense, statement or administration is about. */
export type FindMedication = (resource: Element) => FoundMedication | 'drug-missing' | 'drug-unknown';

/** Mixtures of mixtures do not occur; a cycle of references must end all the same. */
const DEEPEST_MIXTURE = 3;

/**
 * Opens a finder over one record's resources: `medicationCodeableConcept`, `medicationReference` to a gathered or a
 * contained Medication, the ingredients of a mixture, and the identifiers under which a hospital files a Medication.
 */
export function medicationFinder(filed: FiledResources): FindMedication {
  const memory = new Map<string, FoundMedication | 'drug-unknown'>();
  const rememberedConcept = (concept: Element): FoundMedication | 'drug-unknown' => {
    const named = namesOf(concept);
    return remembered(memory, JSON.stringify(named), () => identified(named));
  };
  return (resource) => {
    const concept = elementOf(resource.medicationCodeableConcept);
    if (concept !== undefined) return rememberedConcept(concept);
    const reference = referenceOf(resource.medicationReference);
    if (reference === undefined) return display(resource) ?? 'drug-missing';
    if (reference.startsWith('#')) {
      const contained = elementsOf(resource.contained).find(({ id }) => id === reference.slice(1));
      return contained === undefined ? 'drug-missing' : readMedication(contained, filed, undefined, 0);
    }
    const medication = filed.find(reference);
    if (medication === undefined) return display(resource) ?? 'drug-missing';
    return remembered(memory, medication.ref, () => readMedication(medication.resource, filed, medication.ref, 0));
  };
}

function remembered<T>(memory: Map<string, T>, key: string, read: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = read();
  memory.set(key, found);
  return found;
}

/** The words of a reference whose target was not sent. */
function display(resource: Element): FoundMedication | 'drug-unknown' | undefined {
  const words = textOf(elementOf(resource.medicationReference)?.display);
  return words === undefined ? undefined : identified({ codings: [], texts: [words] });
}

/** Codings and words of a concept; a code of a hospital's own list may itself be a name. */
function namesOf(concept: unknown): NamedMedication {
  const codings = codingsOf(concept);
  const codes = codings.flatMap(({ code }) => (code !== undefined && /[A-Za-z]{3}/.test(code) ? [code] : []));
  return { codings, texts: [...wordsOf(concept), ...codes] };
}

function readMedication(
  medication: Element,
  filed: FiledResources,
  source: SourceRef | undefined,
  depth: number,
): FoundMedication | 'drug-unknown' {
  const own = namesOf(medication.code);
  const filings: readonly Coding[] = elementsOf(medication.identifier).map(({ system, value }) => ({
    ...(typeof system === 'string' && { system }),
    ...(typeof value === 'string' && { code: value }),
  }));
  const listed = namesOf({ coding: filings });
  const found = identified({ codings: [...own.codings, ...filings], texts: [...own.texts, ...listed.texts] });
  const withSource = (part: FoundMedication): FoundMedication => ({
    ...part,
    sources: source === undefined ? part.sources : [source, ...part.sources],
  });
  if (found !== 'drug-unknown') return withSource(found);
  const mixture = depth < DEEPEST_MIXTURE ? readMixture(medication, filed, depth) : [];
  return mixture.length === 0 ? 'drug-unknown' : withSource(united(mixture));
}

function readMixture(medication: Element, filed: FiledResources, depth: number): readonly FoundMedication[] {
  return elementsOf(medication.ingredient).flatMap((ingredient) => {
    const concept = elementOf(ingredient.itemCodeableConcept);
    const target = filed.find(referenceOf(ingredient.itemReference));
    const found =
      concept !== undefined
        ? identified(namesOf(concept))
        : target === undefined
          ? 'drug-unknown'
          : readMedication(target.resource, filed, target.ref, depth + 1);
    return found === 'drug-unknown' ? [] : [found];
  });
}

function united(parts: readonly FoundMedication[]): FoundMedication {
  const ingredients = new Map(
    parts.flatMap((part) => part.ingredients.map((drug) => [drug.ingredient, drug] as const)),
  );
  const identity = parts.map((part) => part.identity).reduce((a, b) => (a.probability <= b.probability ? a : b));
  return {
    codings: [],
    texts: parts.flatMap(({ texts }) => texts),
    ingredients: [...ingredients.values()],
    identity,
    sources: parts.flatMap(({ sources }) => sources),
  };
}

function identified(named: NamedMedication): FoundMedication | 'drug-unknown' {
  const drug: IdentifiedDrug | undefined = identifyDrug(named);
  return drug === undefined
    ? 'drug-unknown'
    : { ...named, ingredients: drug.ingredients, identity: drug.confidence, sources: [] };
}
