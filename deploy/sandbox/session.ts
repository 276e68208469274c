import type { Patient } from 'fhir/r4.js';
import { toIso } from '../../src/core/time.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Action, Card } from './cards.ts';
import type { CdsClient, Exchange, Feedback, Hook, HookCall, HookMoment } from './cds-client.ts';
import { chartOf, headerOf, type Chart, type PatientHeader } from './chart.ts';
import { CLINICIAN, type ClinicPatient } from './clinic.ts';
import type { FhirStore, StoredResource } from './fhir-store.ts';
import { applyActions, draftRequest, OrderFault, referenceTo, UnknownPatient, type OrderableDrug } from './orders.ts';

/** A patient as the list shows them. */
export interface PatientLine extends PatientHeader {
  readonly story: string;
  readonly draftCount: number;
}

/** A chart with its unsigned orders. */
export interface OpenChart {
  readonly chart: Chart;
  readonly story: string;
  readonly drafts: readonly StoredResource[];
  /** Whether each draft was in the last check, or follows what it said. */
  readonly isChecked: boolean;
}

/** Why a card was set aside. */
export interface OverrideReason {
  readonly reason?: { readonly code: string; readonly system?: string };
  readonly userComment?: string;
}

/** One clinician's session at the sandbox: charts, the order scratchpad, and the cards that were shown. */
export interface Session {
  patients(): readonly PatientLine[];
  drugs(): readonly OrderableDrug[];
  /** @throws UnknownPatient when there is none; so do all below. */
  open(patientId: string): OpenChart;
  compose(patientId: string, hook: Hook): Promise<readonly HookCall[]>;
  fire(patientId: string, hook: Hook): Promise<readonly Exchange[]>;
  addOrder(patientId: string, entry: { ingredient: string; dose: number; timesPerDay: number }): OpenChart;
  removeOrder(patientId: string, reference: string): OpenChart;
  /**
   * Files in the chart the orders that were in the last order-sign check; others stay unsigned.
   *
   * @throws OrderFault when none was.
   */
  sign(patientId: string): OpenChart;
  /** Carries out a suggestion of a card that was shown, and tells the service. */
  accept(patientId: string, cardId: string, suggestionId: string): Promise<OpenChart>;
  /** Sets a card aside, and tells the service. */
  override(cardId: string, reason: OverrideReason): Promise<void>;
}

const USER = referenceTo(CLINICIAN);

/** Opens a session over the clinic's patients. */
export function openSession(options: {
  readonly clinic: readonly ClinicPatient[];
  readonly store: FhirStore;
  readonly drugs: readonly OrderableDrug[];
  readonly client: CdsClient;
  readonly clock: Clock;
  readonly newId: () => string;
}): Session {
  const { clinic, store, drugs, client, clock, newId } = options;
  const pads = new Map(clinic.map(({ patientId, draft }) => [patientId, draft === undefined ? [] : [draft]]));
  const shown = new Map<string, { readonly card: Card; readonly service: string }>();

  // The very drafts that the last order-sign carried: one that was changed since is another.
  const checked = new WeakSet<StoredResource>();

  const today = (): string => toIso(clock.now()).slice(0, 10);
  const patient = (patientId: string): ClinicPatient => {
    const found = clinic.find((row) => row.patientId === patientId);
    if (found === undefined) throw new UnknownPatient(patientId);
    return found;
  };
  const draftsOf = (patientId: string): readonly StoredResource[] => pads.get(patient(patientId).patientId) ?? [];
  const open = (patientId: string): OpenChart => ({
    chart: chartOf(store, patient(patientId).patientId, today()),
    story: patient(patientId).story,
    drafts: draftsOf(patientId),
    isChecked: draftsOf(patientId).every((draft) => checked.has(draft)),
  });
  const replaceDrafts = (patientId: string, drafts: readonly StoredResource[]): OpenChart => {
    pads.set(patient(patientId).patientId, [...drafts]);
    return open(patientId);
  };
  const momentOf = (patientId: string, hook: Hook): HookMoment => ({
    hook,
    patientId: patient(patientId).patientId,
    encounterId: encounterOf(store, patientId),
    userId: USER,
    drafts: draftsOf(patientId),
  });
  const shownCard = (cardId: string): { readonly card: Card; readonly service: string } => {
    const found = shown.get(cardId);
    if (found === undefined) throw new OrderFault('this card was not shown');
    return found;
  };
  const tell = (service: string, feedback: FeedbackOutcome): Promise<void> =>
    client.sendFeedback(service, { ...feedback, outcomeTimestamp: toIso(clock.now()) });

  return {
    patients: () => clinic.map((row) => patientLine(row, store, draftsOf(row.patientId).length, today())),
    drugs: () => drugs,
    open,
    compose: async (patientId, hook) => client.compose(momentOf(patientId, hook)),
    fire: async (patientId, hook) => {
      const moment = momentOf(patientId, hook);
      const exchanges = await client.fire(moment);
      if (hook === 'order-sign') for (const draft of moment.drafts) checked.add(draft);
      for (const { cards, service } of exchanges) for (const card of cards) shown.set(card.uuid, { card, service });
      return exchanges;
    },
    addOrder: (patientId, { ingredient, dose, timesPerDay }) => {
      const drug = drugs.find((row) => row.ingredient === ingredient);
      if (drug === undefined) throw new OrderFault('this drug cannot be ordered here');
      const at = { id: newId(), patientId, userId: USER, authoredOn: toIso(clock.now()) };
      return replaceDrafts(patientId, [...draftsOf(patientId), draftRequest({ drug, dose, timesPerDay }, at)]);
    },
    removeOrder: (patientId, reference) =>
      replaceDrafts(
        patientId,
        draftsOf(patientId).filter((draft) => referenceTo(draft) !== reference),
      ),
    sign: (patientId) => {
      const signed = draftsOf(patientId).filter((draft) => checked.has(draft));
      if (signed.length === 0) throw new OrderFault('no order was checked: check before signing');
      for (const draft of signed) store.put({ ...draft, id: newId(), status: 'active' });
      return replaceDrafts(
        patientId,
        draftsOf(patientId).filter((draft) => !checked.has(draft)),
      );
    },
    accept: async (patientId, cardId, suggestionId) => {
      const { card, service } = shownCard(cardId);
      const suggestion = card.suggestions?.find(({ uuid }) => uuid === suggestionId);
      if (suggestion === undefined) throw new OrderFault('this card has no such suggestion');
      const drafts = applyActions(draftsOf(patientId), suggestion.actions ?? [], { patientId, newId });
      await tell(service, { card: cardId, outcome: 'accepted', acceptedSuggestions: [{ id: suggestionId }] });
      // A lower dose and a laboratory order are part of what was checked; another drug is not.
      const isNewDrug = suggestion.actions?.some(isNewDrugOrder) === true;
      if (!isNewDrug && open(patientId).isChecked) for (const draft of drafts) checked.add(draft);
      return replaceDrafts(patientId, drafts);
    },
    override: async (cardId, overrideReason) => {
      const isGiven = Object.keys(overrideReason).length > 0;
      const { service } = shownCard(cardId);
      await tell(service, { card: cardId, outcome: 'overridden', ...(isGiven ? { overrideReason } : {}) });
    },
  };
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'outcomeTimestamp'> : never;
type FeedbackOutcome = WithoutTime<Feedback>;

function isNewDrugOrder(action: Action): boolean {
  return action.type === 'create' && action.resource.resourceType === 'MedicationRequest';
}

function encounterOf(store: FhirStore, patientId: string): string | undefined {
  const isOpen = ({ subject, status }: StoredResource): boolean =>
    (subject as { reference?: string }).reference === `Patient/${patientId}` && status === 'in-progress';
  return store.all('Encounter').find(isOpen)?.id;
}

function patientLine(row: ClinicPatient, store: FhirStore, draftCount: number, today: string): PatientLine {
  const resource = store.read('Patient', row.patientId) ?? { id: row.patientId };
  return { ...headerOf(resource as Partial<Patient>, today), story: row.story, draftCount };
}
