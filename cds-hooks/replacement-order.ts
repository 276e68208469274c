import type { DraftOrder } from '../src/domain/intervention.ts';
import type { Candidate } from '../src/domain/plan.ts';
import { readFrequency } from '../src/record/frequency.ts';
import { elementOf, elementsOf, textOf, type Element } from '../src/record/read-fhir.ts';
import { interventionOf } from '../src/systems/doses.ts';
import { drugRow } from '../src/terminology/drugs.ts';
import { AI_LABEL } from './ai-label.ts';
import type { Coding, FhirResource } from './card.ts';
import type { CardFrame } from './card-frame.ts';
import { withoutEmpty } from './without-empty.ts';
import { capitalised, doseWords } from './wording.ts';

const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** What a candidate would order. */
export type Order = NonNullable<Candidate['order']>;

/** Spoke of the old amount. */
const OF_THE_OLD_DOSE = ['text', 'dispenseRequest'];
/** Spoke of the old drug, or of the one order that has it. */
const OF_THE_OLD_ORDER = [
  ...OF_THE_OLD_DOSE,
  'id',
  'identifier',
  'contained',
  'implicitRules',
  'note',
  'groupIdentifier',
  'priorPrescription',
  'substitution',
  'detectedIssue',
  'eventHistory',
];

/** The draft with another dose of the same drug: its salt, product, route and frequency stay. */
export function withOtherDose(frame: CardFrame, draft: DraftOrder, order: Order): FhirResource {
  const { resource } = draft;
  const [dosage, ...others] = elementsOf(resource.dosageInstruction);
  const kept = dosage === undefined || others.length > 0 ? {} : dosage;
  return proposal(
    frame,
    { ...without(resource, [...OF_THE_OLD_DOSE, ...MEDICATION, 'contained']), ...medicationOf(draft) },
    dosageOf(frame, order, kept),
  );
}

/** A new order for another drug, for the same patient, by the same prescriber, in the same stay. */
export function withOtherDrug(frame: CardFrame, draft: DraftOrder, order: Order): FhirResource {
  const kept = without(draft.resource, [...OF_THE_OLD_ORDER, ...MEDICATION]);
  const meta = without(elementOf(kept.meta) ?? {}, ['versionId', 'lastUpdated', 'source']);
  const { ingredient } = order;
  const medicationCodeableConcept = { coding: codingsOfIngredient(ingredient), text: capitalised(ingredient) };
  return proposal(
    frame,
    { ...withoutLocalReferences(kept), meta, medicationCodeableConcept },
    dosageOf(frame, order, {}),
  );
}

const MEDICATION = ['medicationReference', 'medicationCodeableConcept'];

function proposal(frame: CardFrame, resource: FhirResource, dosage: object): FhirResource {
  const meta = elementOf(resource.meta) ?? {};
  const labels = elementsOf(meta.security).filter(({ code }) => code !== AI_LABEL.code);
  const labelled = { ...meta, security: [...labels, AI_LABEL] };
  const subject = resource.subject ?? { reference: `Patient/${frame.patientId}` };
  return withoutEmpty({ ...resource, subject, meta: labelled, status: 'draft', dosageInstruction: [dosage] });
}

function without(resource: Element, elements: readonly string[]): Element {
  return Object.fromEntries(Object.entries(resource).filter(([element]) => !elements.includes(element)));
}

// What pointed into `contained` points nowhere once that is gone.
function withoutLocalReferences(resource: Element): Element {
  return Object.fromEntries(Object.entries(resource).filter(([, value]) => !isLocal(value)));
}

function isLocal(value: unknown): boolean {
  return (Array.isArray(value) ? elementsOf(value) : [elementOf(value) ?? {}]).some(
    ({ reference }) => typeof reference === 'string' && reference.startsWith('#'),
  );
}

/**
 * The medication of the draft without its strength: metoprolol tartrate must not become metoprolol, for its salts differ in
 * how often they are taken.
 */
function medicationOf({ ingredient, resource }: DraftOrder): object {
  const { contained } = resource;
  const concept = elementOf(resource.medicationCodeableConcept);
  if (concept !== undefined)
    return { ...containedOf(contained), medicationCodeableConcept: named(concept, ingredient) };
  const pointer = elementOf(resource.medicationReference) ?? {};
  const id = textOf(pointer.reference);
  if (id?.startsWith('#') !== true) return { ...containedOf(contained), medicationReference: pointer };
  const target = elementsOf(contained).find((candidate) => `#${String(candidate.id)}` === id);
  const code = { text: textOf(pointer.display), ...elementOf(target?.code) };
  const others = elementsOf(contained).filter((candidate) => candidate !== target);
  return { ...containedOf(others), medicationCodeableConcept: named(code, ingredient) };
}

function containedOf(contained: unknown): object {
  return { contained: elementsOf(contained) };
}

function named(concept: Element, ingredient: string): object {
  const codings = elementsOf(concept.coding);
  const displays = codings.flatMap(({ display }) => textOf(display) ?? []);
  const words = textOf(concept.text) ?? displays[0];
  const ofIngredient = codingsOfIngredient(ingredient);
  const isStrengthless = ({ code, display }: Element): boolean =>
    ofIngredient.some((coding) => coding.code === code) || withoutStrength(textOf(display) ?? '1 mg') === display;
  const kept = codings.filter(isStrengthless);
  return {
    coding: kept.length > 0 ? kept : ofIngredient,
    text: (words === undefined ? '' : withoutStrength(words)) || capitalised(ingredient),
  };
}

const STRENGTH = /\b\d[\d.,]*(?:[/-]\d[\d.,]*)*\s*(?:mg|mcg|µg|ug|g)\b(?:\s*\/\s*\d*\s*(?:ml|tablet|tab|d|day))?/gi;

/** "Metoprolol Tartrate 50 MG Oral Tablet" without the amount. */
function withoutStrength(words: string): string {
  return words.replace(STRENGTH, ' ').replace(/\s+/g, ' ').trim();
}

function codingsOfIngredient(ingredient: string): readonly Coding[] {
  const rxcui = drugRow(ingredient)?.rxcui ?? null;
  return rxcui === null ? [] : [{ system: RXNORM, code: rxcui, display: ingredient }];
}

/** Where it is put and how often stay; words and limits that spoke of the old amount go. */
function dosageOf(frame: CardFrame, order: Order, draft: Element): object {
  const usual = interventionOf(frame.system, order.ingredient)?.dosesPerDay ?? 1;
  const drafted = frequencyOf(draft);
  const isKept = drafted !== undefined && isWritable(order.dailyDoseMg / drafted);
  const frequency = isKept ? drafted : usual;
  const value = Number((order.dailyDoseMg / frequency).toFixed(3));
  const { route, site, method, timing } = draft;
  return {
    text: `${doseWords(value)} mg ${TIMES[frequency] ?? `${frequency} times`} a day`,
    timing: isKept && elementOf(timing) !== undefined ? timing : timingOf(frequency),
    route,
    site,
    method,
    doseAndRate: [{ doseQuantity: { value, unit: 'mg', system: UCUM, code: 'mg' } }],
  };
}

const TIMES: Readonly<Record<number, string>> = { 1: 'once', 2: 'twice' };

function timingOf(frequency: number): object {
  return { repeat: { frequency, period: 1, periodUnit: 'd' } };
}

/** How often a day the draft gives a dose, where that is a whole number. */
function frequencyOf(dosage: Element): number | undefined {
  const { timesADay, schedule } = readFrequency(dosage);
  return schedule === 'scheduled' && Number.isInteger(timesADay) ? timesADay : undefined;
}

/** Whether an amount can be written without rounding: a third of 10 mg cannot. */
function isWritable(milligrams: number): boolean {
  return Math.abs(milligrams - Number(milligrams.toFixed(3))) < 1e-9;
}
