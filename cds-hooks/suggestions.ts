import { addDays, toIso } from '../src/core/time.ts';
import type { DraftOrder } from '../src/domain/intervention.ts';
import type { Candidate, MonitoringStep } from '../src/domain/plan.ts';
import { interventionOf } from '../src/systems/doses.ts';
import { drugRow } from '../src/terminology/drugs.ts';
import type { Action, FhirResource, Suggestion } from './card.ts';
import { suggestionId, type CardFrame } from './card-frame.ts';
import { capitalised, dayWords, doseWords, optionWords } from './wording.ts';

/** Labels a resource as asserted by artificial intelligence (AI Transparency on FHIR; interop AIP-01). */
export const AI_LABEL = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'AIAST',
  display: 'Artificial Intelligence asserted',
} as const;

const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** LOINC 24321-2, the panel that holds serum or plasma potassium and creatinine (US Core, example "metabolic-panel"). */
const BASIC_METABOLIC_PANEL = {
  coding: [{ system: 'http://loinc.org', code: '24321-2', display: 'Basic metabolic 2000 panel - Serum or Plasma' }],
  text: 'Basic metabolic panel',
};

/** What a candidate would order. */
type Order = NonNullable<Candidate['order']>;

/** Whether the client gave the order an id, without which nothing can be said to be done to it (SUG-07). */
function isAddressable(draft: DraftOrder): boolean {
  return typeof draft.resource.id === 'string';
}

/** Takes the drafted order back (SUG-06). */
export function suggestRemoval(frame: CardFrame, draft: DraftOrder): readonly Suggestion[] {
  if (!isAddressable(draft)) return [];
  const words = `Remove the ${draft.ingredient} order`;
  return [
    {
      label: words,
      uuid: suggestionId(frame, draft.reference, 'remove'),
      actions: [{ type: 'delete', description: `${words}.`, resourceId: draft.reference }],
    },
  ];
}

/** Orders the laboratory check of a monitoring step in its week; nothing for steps that are no laboratory order. */
export function suggestMonitoring(frame: CardFrame, draft: DraftOrder, step: MonitoringStep): readonly Suggestion[] {
  if (step.what !== 'basic-metabolic-panel') return [];
  const words = `Basic metabolic panel in ${dayWords(step.day)}`;
  const resource = {
    resourceType: 'ServiceRequest',
    meta: { security: [AI_LABEL] },
    status: 'draft',
    intent: 'proposal',
    code: BASIC_METABOLIC_PANEL,
    subject: { reference: `Patient/${frame.patientId}` },
    occurrenceDateTime: toIso(addDays(frame.at, step.day)).slice(0, 10),
    reasonCode: [{ text: `Potassium and kidney function after ${draft.ingredient}` }],
  };
  return [
    {
      label: words,
      uuid: suggestionId(frame, draft.reference, `monitor-${step.day}`),
      actions: [{ type: 'create', description: `${words} (potassium, creatinine).`, resource }],
    },
  ];
}

/**
 * Orders a candidate in place of the draft: another dose of the same drug updates the order as a whole (SUG-05), another
 * drug takes it back and creates a new one.
 */
export function suggestReplacement(frame: CardFrame, draft: DraftOrder, candidate: Candidate): readonly Suggestion[] {
  const { order } = candidate;
  if (order === undefined || !isAddressable(draft)) return [];
  const words = optionWords(candidate);
  return [
    {
      label: words,
      uuid: suggestionId(frame, draft.reference, `replace-${order.ingredient}-${order.dailyDoseMg}`),
      actions: replacementActions(frame, draft, order, words),
    },
  ];
}

function replacementActions(frame: CardFrame, draft: DraftOrder, order: Order, words: string): Suggestion['actions'] {
  // Ranks know harm alone (docs/decisions/0001): whoever accepts a lower dose has to know that.
  const description = `${words}: fewer limits crossed by the forecast; benefit is not weighed. Set quantity and refills.`;
  if (order.ingredient === draft.ingredient) {
    return [{ type: 'update', description, resource: withDose(frame, draft.resource, order) }];
  }
  const template = without(draft.resource, ['id']);
  // Deletes come first (SUG-02).
  const removal: Action = {
    type: 'delete',
    description: `Remove the ${draft.ingredient} order.`,
    resourceId: draft.reference,
  };
  return [removal, { type: 'create', description, resource: withDose(frame, template, order) }];
}

// What spoke of the old dose or product goes: narrative, dispense quantity, product codes of another strength.
function withDose(frame: CardFrame, resource: FhirResource, order: Order): FhirResource {
  const kept = without(resource, ['text', 'dispenseRequest', 'medicationReference']);
  const meta = typeof kept.meta === 'object' ? kept.meta : {};
  return {
    ...kept,
    meta: { ...meta, security: [AI_LABEL] },
    status: 'draft',
    medicationCodeableConcept: conceptOf(order.ingredient),
    dosageInstruction: [dosageOf(frame, order)],
  };
}

function without(resource: FhirResource, elements: readonly string[]): FhirResource {
  return Object.fromEntries(Object.entries(resource).filter(([element]) => !elements.includes(element)));
}

function conceptOf(ingredient: string): object {
  const rxcui = drugRow(ingredient)?.rxcui ?? null;
  const coding = rxcui === null ? {} : { coding: [{ system: RXNORM, code: rxcui, display: ingredient }] };
  return { ...coding, text: capitalised(ingredient) };
}

function dosageOf(frame: CardFrame, order: Order): object {
  const frequency = interventionOf(frame.system, order.ingredient)?.dosesPerDay ?? 1;
  const value = order.dailyDoseMg / frequency;
  return {
    text: `${doseWords(value)} mg ${frequency === 1 ? 'once' : `${frequency} times`} a day`,
    timing: { repeat: { frequency, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: { value, unit: 'mg', system: UCUM, code: 'mg' } }],
  };
}
