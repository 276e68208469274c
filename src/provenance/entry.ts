import { digestText } from '../core/digest.ts';
import type { Instant } from '../core/time.ts';
import type { ModelIdentity } from '../domain/belief.ts';
import type { LedgerDraft } from '../domain/ledger-entry.ts';
import type { Candidate, Plan, Violation } from '../domain/plan.ts';
import type { Dropped } from '../domain/record.ts';
import type { GatheredRecord } from '../ports/record-source.ts';

/** Which code and which tables spoke: the same versions and the same input give the same answer. */
export interface Versions {
  readonly sextant: string;
  /** "cardio-renal-metabolic@0.1.0". */
  readonly system: string;
  /** SHA-256 of the tensor schema. */
  readonly schema: string;
  /** SHA-256 of the terminology tables. */
  readonly terminology: string;
  /** SHA-256 of the facts. */
  readonly knowledge: string;
}

/** The call as it came. */
export interface RecordedRequest {
  readonly service: string;
  readonly hook: string;
  readonly hookInstance: string;
  readonly patientId: string;
  readonly userId: string;
  readonly encounterId?: string;
  readonly draftOrders: readonly Readonly<Record<string, unknown>>[];
  /** SHA-256 of context and prefetch: tells a repeated call from another one with the same hookInstance. */
  readonly digest: string;
}

/** What an answer was inferred from and with; all of it is sealed, for it holds the patient's history. */
export interface InferenceFacts {
  /** SHA-256 of the record that was built from the gathered resources. */
  readonly recordDigest: string;
  /** Rules that did not speak because their fact has not been read. */
  readonly disabledRules: readonly { readonly rule: string }[];
  /** How futures were drawn; absent where none were asked for. */
  readonly rollOut?: { readonly days: readonly number[]; readonly samples: number; readonly seed: string };
}

/** Everything that one answered hook leaves behind. */
export interface HookFacts {
  readonly id: string;
  readonly at: Instant;
  readonly request: RecordedRequest;
  /** Patient and user under names that mean nothing outside of this ledger. */
  readonly pseudonyms: { readonly patient: string; readonly user: string };
  readonly versions: Versions;
  readonly seed: string;
  readonly gathered: GatheredRecord;
  readonly dropped: readonly Dropped[];
  readonly plans: readonly Plan[];
  readonly chart: readonly Violation[];
  /** Drafted orders that could not be read. */
  readonly unread: readonly Dropped[];
  readonly inference: InferenceFacts;
  /** What the cards were rendered with, beside plans and chart. */
  readonly frame: object;
  readonly cards: readonly { readonly uuid: string; readonly kind: string; readonly indicator: string }[];
  /** The exact bytes of the answer. */
  readonly response: string;
  /** From the arrival of the call to the writing of the entry. Unit: ms. */
  readonly latency: number;
}

/** The sealed part of a hook's entry, as it reads back. */
export interface SealedHook {
  readonly request: RecordedRequest;
  readonly gathered: GatheredRecord;
  readonly dropped: readonly Dropped[];
  readonly plans: readonly Plan[];
  readonly chart: readonly Violation[];
  /** Absent in entries of versions that did not tell. */
  readonly unread?: readonly Dropped[];
  readonly inference: InferenceFacts;
  readonly frame: object;
  readonly response: string;
}

/**
 * Writes down one answered hook.
 *
 * The body can be read and counted without a key. It says which rules and versions spoke and how, under pseudonyms; it
 * holds no value, name, date of birth, drug or identifier of the record. Everything that does is sealed, the cards too.
 * See docs/operations.md, "What the ledger holds".
 */
export function hookEntry(facts: HookFacts): LedgerDraft {
  const { request, gathered, dropped, plans, chart, unread, inference, frame, response } = facts;
  const sealed: SealedHook = { request, gathered, dropped, plans, chart, unread, inference, frame, response };
  return { id: facts.id, kind: 'hook', at: facts.at, body: bodyOf(facts), sealed };
}

function bodyOf(facts: HookFacts): object {
  return {
    format: 'hook-1',
    service: facts.request.service,
    hook: facts.request.hook,
    hookInstance: facts.request.hookInstance,
    ...facts.pseudonyms,
    versions: facts.versions,
    models: modelsOf(facts.plans),
    seed: facts.seed,
    prefetch: facts.gathered.keys,
    availability: facts.gathered.availability,
    resources: facts.gathered.resources.length,
    dropped: countByReason(facts.dropped),
    orders: facts.plans.map(orderSummary),
    chart: facts.chart.map(({ rule }) => rule),
    unread: facts.unread.length,
    recordDigest: facts.inference.recordDigest,
    disabledRules: facts.inference.disabledRules.map(({ rule }) => rule),
    ...(facts.inference.rollOut === undefined
      ? {}
      : { days: facts.inference.rollOut.days, samples: facts.inference.rollOut.samples }),
    cards: facts.cards,
    responseDigest: digestText(facts.response),
    latency: facts.latency,
    status: 200,
  };
}

/** How many items of a record were left out, by reason. */
export function countByReason(dropped: readonly Dropped[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reason } of dropped) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function modelsOf(plans: readonly Plan[]): readonly ModelIdentity[] {
  const byDigest = new Map(
    plans.flatMap(({ model }) => (model === undefined ? [] : [[model.weightsDigest, model] as const])),
  );
  return [...byDigest.values()];
}

function orderSummary(plan: Plan): object {
  return {
    violations: plan.violations.map(({ rule, severity }) => ({ rule, severity })),
    ...(plan.applicability === undefined
      ? {}
      : { applicability: plan.applicability.answer, unusual: plan.applicability.reasons.map(({ code }) => code) }),
    ...(plan.abstention === undefined ? {} : { abstention: plan.abstention.code }),
    candidates: plan.candidates.map(candidateSummary),
  };
}

function candidateSummary({ role, violations, forecasts, rank }: Candidate): object {
  return {
    role,
    refusedBy: violations.map(({ rule }) => rule),
    forecasts: forecasts.length,
    ...(rank === undefined ? {} : { rank }),
  };
}
