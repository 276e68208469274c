import type { Instant } from '../core/time.ts';
import type { RecordedAllergy } from '../domain/record.ts';
import { identifyAllergens, saysNoKnownAllergy } from '../terminology/allergens.ts';
import { identifyConditions } from '../terminology/conditions.ts';
import { readingOf, refuse, type Outcome, type Reading } from './dropped.ts';
import type { FiledResource, FiledResources } from './file-resources.ts';
import {
  codingsOf,
  elementOf,
  elementsOf,
  firstCode,
  isAfter,
  momentOf,
  textOf,
  wordsOf,
  type Element,
} from './read-fhir.ts';

/** Reads allergies and intolerances to drugs and drug classes; resolved or refuted ones do not count. */
export function readAllergies(filed: FiledResources, asOf: Instant): Reading<RecordedAllergy> {
  return readingOf(filed.ofType('AllergyIntolerance').flatMap((allergy) => readOne(allergy, asOf)));
}

function readOne({ ref, resource }: FiledResource, asOf: Instant): readonly Outcome<RecordedAllergy>[] {
  const verification = firstCode(resource.verificationStatus);
  if (verification === 'entered-in-error') return [refuse(ref, 'entered-in-error')];
  if (verification === 'refuted') return [refuse(ref, 'refuted')];
  const clinical = firstCode(resource.clinicalStatus);
  if (clinical === 'inactive' || clinical === 'resolved') return [refuse(ref, 'allergy-not-active')];
  const recorded = momentOf(resource.recordedDate);
  if (recorded !== undefined && isAfter(recorded, asOf)) return [refuse(ref, 'after-as-of')];
  return recordedAllergies(ref, resource);
}

function recordedAllergies(ref: string, resource: Element): readonly Outcome<RecordedAllergy>[] {
  const codings = codingsOf(resource.code);
  const reactions = elementsOf(resource.reaction);
  if (saysNoKnownAllergy(codings)) return [refuse(ref, 'no-known-allergy')];
  const substances = [resource.code, ...reactions.map(({ substance }) => substance)];
  const allergens = identifyAllergens({ codings: substances.flatMap(codingsOf), texts: substances.flatMap(textsOf) });
  if (allergens.length === 0) return [refuse(ref, 'allergen-unknown')];
  const reaction = reactionOf(reactions);
  const kind = resource.type === 'allergy' || resource.type === 'intolerance' ? resource.type : undefined;
  return allergens.map((allergen) => ({
    kept: {
      allergen,
      ...(kind !== undefined && { kind }),
      ...(reaction !== undefined && { reaction }),
      source: ref,
    },
  }));
}

function textsOf(concept: unknown): readonly string[] {
  const text = textOf(elementOf(concept)?.text);
  return text === undefined ? [] : [text];
}

/** The manifestations in words; angioedema under its one name, because rules ask for it. */
function reactionOf(reactions: readonly Element[]): string | undefined {
  const manifestations = reactions.flatMap(({ manifestation }) => elementsOf(manifestation));
  const descriptions = reactions.flatMap(({ description }) => textOf(description) ?? []);
  const words = [...manifestations.flatMap((concept) => wordsOf(concept).slice(0, 1)), ...descriptions];
  const isAngioedema =
    identifyConditions(manifestations.flatMap(codingsOf)).includes('angioedema') ||
    words.some((text) => /angio-?\s?o?edema/i.test(text));
  const named = isAngioedema ? ['angioedema', ...words.filter((text) => !/angio-?\s?o?edema/i.test(text))] : words;
  return named.length === 0 ? undefined : [...new Set(named)].join(', ');
}
