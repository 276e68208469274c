import { resolvePrefetch } from '../../src/web/prefetch.ts';
import { parseCards, parseDiscovery, type Card, type Service } from './cards.ts';
import { answerFhir } from './fhir-api.ts';
import type { FhirStore, StoredResource } from './fhir-store.ts';

/** A hook that this EHR fires. */
export type Hook = 'patient-view' | 'order-sign';

/** What is on the screen when a hook fires. */
export interface HookMoment {
  readonly hook: Hook;
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly userId: string;
  /** The unsigned orders; part of the context of order-sign alone. */
  readonly drafts: readonly StoredResource[];
}

/** A call of one service, ready to be posted. */
export interface HookCall {
  readonly service: string;
  readonly url: string;
  readonly request: object;
}

/** A call and what came of it: what the page's drawer shows. */
export interface Exchange extends HookCall {
  /** HTTP status; 0 when the service could not be reached. */
  readonly status: number;
  readonly response: unknown;
  /** Unit: ms. */
  readonly milliseconds: number;
  readonly cards: readonly Card[];
  /** Why there are no cards, when there should have been an answer. */
  readonly problem?: string;
}

/** One entry of a feedback call (CDS Hooks 2.0.1, Feedback). */
export type Feedback = {
  readonly card: string;
  readonly outcomeTimestamp: string;
} & (
  | { readonly outcome: 'accepted'; readonly acceptedSuggestions: readonly { readonly id: string }[] }
  | {
      readonly outcome: 'overridden';
      readonly overrideReason?: { readonly reason?: { code: string; system?: string }; readonly userComment?: string };
    }
);

/** The EHR's side of CDS Hooks. */
export interface CdsClient {
  /** One call for each service that listens to the hook. */
  compose(moment: HookMoment): Promise<readonly HookCall[]>;
  fire(moment: HookMoment): Promise<readonly Exchange[]>;
  /** @throws Error when the service does not take the feedback. */
  sendFeedback(service: string, feedback: Feedback): Promise<void>;
}

/** A clinician does not wait longer for a card. Unit: ms. */
const PATIENCE = 10_000;

/** Opens a client of the CDS service at `serviceUrl`, which gathers prefetch from the sandbox's own store. */
export function openCdsClient(options: {
  readonly serviceUrl: string;
  readonly fhirBase: string;
  readonly store: FhirStore;
  readonly newId: () => string;
}): CdsClient {
  const { serviceUrl, fhirBase, store, newId } = options;

  async function compose(moment: HookMoment): Promise<readonly HookCall[]> {
    const { body, status } = await exchangeJson(`${serviceUrl}/cds-services`);
    if (status !== 200) throw new Error(`discovery answered ${status}`);
    const services = parseDiscovery(body).filter(({ hook }) => hook === moment.hook);
    return Promise.all(services.map((service) => composeCall(service, moment)));
  }

  async function composeCall(service: Service, moment: HookMoment): Promise<HookCall> {
    const context = contextOf(moment);
    const prefetch = await resolvePrefetch(service.prefetch ?? {}, context, (query) =>
      askStore(store, fhirBase, query),
    );
    return {
      service: service.id,
      url: `${serviceUrl}/cds-services/${service.id}`,
      request: { hook: moment.hook, hookInstance: newId(), fhirServer: fhirBase, context, prefetch },
    };
  }

  return {
    compose,
    fire: async (moment) => Promise.all((await compose(moment)).map(post)),
    sendFeedback: async (service, feedback) => {
      const url = `${serviceUrl}/cds-services/${service}/feedback`;
      const { status } = await exchangeJson(url, { feedback: [feedback] });
      if (status >= 300) throw new Error(`feedback was answered with ${status}`);
    },
  };
}

function contextOf({ hook, userId, patientId, encounterId, drafts }: HookMoment): Readonly<Record<string, unknown>> {
  return {
    userId,
    patientId,
    ...(encounterId === undefined ? {} : { encounterId }),
    ...(hook === 'order-sign' ? { draftOrders: bundleOf(drafts) } : {}),
  };
}

function bundleOf(resources: readonly StoredResource[]): object {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

function askStore(store: FhirStore, base: string, query: string): Promise<unknown> {
  const { status, body } = answerFhir(store, base, query);
  if (status === 200) return Promise.resolve(body);
  const isMissing = status === 404 && !query.includes('?');
  return isMissing ? Promise.resolve(null) : Promise.reject(new Error(`${query} was answered with ${status}`));
}

async function post(call: HookCall): Promise<Exchange> {
  const started = performance.now();
  try {
    const { status, body } = await exchangeJson(call.url, call.request);
    const milliseconds = performance.now() - started;
    return { ...call, status, response: body, milliseconds, ...readCards(status, body) };
  } catch (cause) {
    const problem = `The service could not be reached: ${messageOf(cause)}`;
    return { ...call, status: 0, response: null, milliseconds: performance.now() - started, cards: [], problem };
  }
}

function readCards(status: number, body: unknown): Pick<Exchange, 'cards' | 'problem'> {
  if (status !== 200) return { cards: [], problem: `The service answered ${status}.` };
  try {
    return { cards: parseCards(body) };
  } catch (cause) {
    return { cards: [], problem: `The answer breaks CDS Hooks 2.0.1: ${messageOf(cause)}` };
  }
}

async function exchangeJson(url: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
