import type { Action } from './cards.ts';
import type { StoredResource } from './fhir-store.ts';

/** A suggestion that this EHR will not carry out. */
export class OrderFault extends Error {
  override readonly name = 'OrderFault';
}

/** A call about somebody who is not in this clinic. */
export class UnknownPatient extends OrderFault {
  constructor(patientId: string) {
    super(`No such patient: ${patientId}`);
  }
}

/** A drug that can be ordered. */
export interface OrderableDrug {
  readonly ingredient: string;
  /** RxNorm concept of the ingredient, when known. */
  readonly rxcui?: string;
  readonly drugClass: string;
  /** Usual single doses in ascending order. Unit: mg. */
  readonly doses: readonly number[];
  readonly timesPerDay: number;
}

/** What the clinician fills in. */
export interface OrderEntry {
  readonly drug: OrderableDrug;
  /** A single dose. Unit: mg. */
  readonly dose: number;
  readonly timesPerDay: number;
}

const TIMES_A_DAY = ['never', 'once daily', 'twice daily', 'three times daily', 'four times daily'];

/** Writes an order entry as a draft MedicationRequest (FHIR R4). */
export function draftRequest(
  { drug, dose, timesPerDay }: OrderEntry,
  at: { readonly id: string; readonly patientId: string; readonly userId: string; readonly authoredOn: string },
): StoredResource {
  return {
    resourceType: 'MedicationRequest',
    id: at.id,
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: {
      ...(drug.rxcui === undefined
        ? {}
        : {
            coding: [
              { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: drug.rxcui, display: drug.ingredient },
            ],
          }),
      text: `${drug.ingredient} ${dose} mg oral`,
    },
    subject: { reference: `Patient/${at.patientId}` },
    authoredOn: at.authoredOn,
    requester: { reference: at.userId },
    dosageInstruction: [
      {
        text: `${dose} mg ${TIMES_A_DAY[timesPerDay] ?? `${timesPerDay} times a day`}`,
        timing: { repeat: { frequency: timesPerDay, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: dose, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
      },
    ],
  };
}

/**
 * Carries out a suggestion on the scratchpad: deletes, then creates, then updates (interop SUG-02).
 *
 * @throws OrderFault when an action names an order that is not there, or another patient; then nothing is changed.
 */
export function applyActions(
  drafts: readonly StoredResource[],
  actions: readonly Action[],
  at: { readonly patientId: string; readonly newId: () => string },
): readonly StoredResource[] {
  return [...actions]
    .sort((a, b) => TURN[a.type] - TURN[b.type])
    .reduce((orders, action) => applyAction(orders, action, at), drafts);
}

const TURN: Readonly<Record<Action['type'], number>> = { delete: 0, create: 1, update: 2 };

function applyAction(
  drafts: readonly StoredResource[],
  action: Action,
  { patientId, newId }: { readonly patientId: string; readonly newId: () => string },
): readonly StoredResource[] {
  switch (action.type) {
    case 'create':
      return [...drafts, ofPatient({ ...action.resource, id: newId() }, patientId)];
    case 'update': {
      const { resource } = action;
      const reference = `${resource.resourceType}/${resource.id}`;
      refuseUnknown(drafts, reference);
      return drafts.map((draft) => (referenceTo(draft) === reference ? ofPatient(resource, patientId) : draft));
    }
    case 'delete':
      refuseUnknown(drafts, action.resourceId);
      return drafts.filter((draft) => referenceTo(draft) !== action.resourceId);
  }
}

function ofPatient(resource: StoredResource, patientId: string): StoredResource {
  const { reference } = (resource.subject ?? {}) as { readonly reference?: string };
  if (reference !== `Patient/${patientId}`) throw new OrderFault('the suggestion is about another patient');
  return resource;
}

function refuseUnknown(drafts: readonly StoredResource[], reference: string): void {
  if (!drafts.some((draft) => referenceTo(draft) === reference)) {
    throw new OrderFault('the suggestion changes an order that is not on the scratchpad');
  }
}

/** The relative reference of a resource, for example "MedicationRequest/draft-1". */
export function referenceTo(resource: StoredResource): string {
  return `${resource.resourceType}/${resource.id}`;
}
