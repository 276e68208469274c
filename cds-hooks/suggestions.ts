import type { ServiceRequest } from 'fhir/r4';
import { addDays, toIso } from '../src/core/time.ts';
import type { DraftOrder } from '../src/domain/intervention.ts';
import type { Candidate, MonitoringStep } from '../src/domain/plan.ts';
import { AI_LABEL } from './ai-label.ts';
import type { Action, Suggestion } from './card.ts';
import { suggestionId, type CardFrame } from './card-frame.ts';
import { withOtherDose, withOtherDrug, type Order } from './replacement-order.ts';
import { dayWords, optionWords } from './wording.ts';

/** LOINC 24321-2, the panel that holds serum or plasma potassium and creatinine (US Core, example "metabolic-panel"). */
const BASIC_METABOLIC_PANEL = {
  coding: [{ system: 'http://loinc.org', code: '24321-2', display: 'Basic metabolic 2000 panel - Serum or Plasma' }],
  text: 'Basic metabolic panel',
};

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
    // No drug is named: the draft may be replaced by another suggestion of the same card.
    reasonCode: [{ text: 'Potassium and kidney function after a change of medication' }],
  } satisfies ServiceRequest;
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
    return [{ type: 'update', description, resource: withOtherDose(frame, draft, order) }];
  }
  // Deletes come first (SUG-02).
  const removal: Action = {
    type: 'delete',
    description: `Remove the ${draft.ingredient} order.`,
    resourceId: draft.reference,
  };
  return [removal, { type: 'create', description, resource: withOtherDrug(frame, draft, order) }];
}
