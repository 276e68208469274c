import { z } from 'zod';
import { digestOf, uuidOf } from '../src/core/digest.ts';
import { AppError } from '../src/core/errors.ts';
import type { Instant } from '../src/core/time.ts';
import type { LedgerEntry } from '../src/domain/ledger-entry.ts';
import type { System } from '../src/domain/system.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Ledger } from '../src/ports/ledger.ts';
import type { GatheredRecord, RecordSource } from '../src/ports/record-source.ts';
import { countByReason, hookEntry, type RecordedRequest, type Versions } from '../src/provenance/entry.ts';
import type { CardFrame } from './card-frame.ts';
import type { CdsResponse } from './card.ts';
import type { HookCall } from './parse-request.ts';
import { renderCards } from './render-cards.ts';
import type { Review, Reviewer } from './review.ts';
import type { Service } from './services.ts';

/** What answering a hook takes. */
export interface AnswerParts {
  readonly system: System;
  readonly versions: Versions;
  readonly maximumCards: number;
  /** After this the forecasts that are not ready are left out. Unit: ms. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly review: Reviewer;
  readonly recordSourceOf: (service: Service) => RecordSource;
  /** Names a patient or user so that nobody outside can tell who it is. */
  readonly pseudonym: (reference: string) => string;
}

/** An answer that may leave, because the ledger holds it. */
export interface Answer {
  readonly entryId: string;
  /** The exact bytes. */
  readonly text: string;
  /** Set when the call is a repetition and the first answer was given again (interop REQ-13). */
  readonly isRepetition: boolean;
  /** Why the model failed, for the log. */
  readonly failures: readonly Error[];
}

/**
 * Answers a hook: gathers, reviews, renders, records, and only then lets the cards go.
 *
 * @throws AppError `prefetch.missing`, `patient.mismatch`, `hook.repeated` or `ledger.unavailable`.
 */
export async function answerHook(service: Service, call: HookCall, parts: AnswerParts): Promise<Answer> {
  const id = uuidOf('hook', service.id, call.hookInstance);
  const request = recordedRequest(service, call);
  const earlier = recallEntry(parts.ledger, id);
  if (earlier !== undefined) return answerFrom(earlier, request, true);

  const at = parts.clock.now();
  const { patientId, prefetch } = call;
  const gathered = await parts.recordSourceOf(service).gather({ patientId, prefetch });
  // One seed a patient: the same record gives the same numbers each time that somebody looks.
  const seed = parts.pseudonym(`Patient/${patientId}`);
  const deadline = AbortSignal.timeout(parts.deadline);
  const { looksAt } = service;
  const review = await parts.review({ looksAt, gathered, draftOrders: call.draftOrders, at, seed, deadline });
  const entry = record({ id, at, seed, request, gathered, review }, parts);
  // The ledger keeps the first of two concurrent calls; both get that one.
  return { ...answerFrom(entry, request, false), failures: review.failures };
}

interface Answered {
  readonly id: string;
  readonly at: Instant;
  readonly seed: string;
  readonly request: RecordedRequest;
  readonly gathered: GatheredRecord;
  readonly review: Review;
}

function record({ id, at, seed, request, gathered, review }: Answered, parts: AnswerParts): LedgerEntry {
  const frame = frameOf(id, at, request.patientId, review, parts);
  const response = renderCards(frame, review);
  const { system, ...storedFrame } = frame;
  return parts.ledger.append(
    hookEntry({
      id,
      at,
      request,
      pseudonyms: {
        patient: parts.pseudonym(`Patient/${request.patientId}`),
        user: parts.pseudonym(request.userId),
      },
      versions: parts.versions,
      seed,
      gathered,
      dropped: review.dropped,
      plans: review.plans,
      chart: review.chart,
      unread: review.unread,
      inference: review.inference,
      frame: { ...storedFrame, system: system.id },
      cards: response.cards.map(({ uuid, indicator, source }) => ({ uuid, kind: source.topic.code, indicator })),
      response: responseText(response),
      latency: parts.clock.now() - at,
    }),
  );
}

function frameOf(id: string, at: Instant, patientId: string, review: Review, parts: AnswerParts): CardFrame {
  return {
    entryId: id,
    patientId,
    at,
    system: parts.system,
    version: parts.versions.sextant,
    dropped: countByReason(review.dropped),
    maximumCards: parts.maximumCards,
  };
}

/** The bytes of an answer. */
export function responseText(response: CdsResponse): string {
  return JSON.stringify(response);
}

function recordedRequest(service: Service, call: HookCall): RecordedRequest {
  const { hook, hookInstance, patientId, userId, encounterId, draftOrders, prefetch } = call;
  return {
    service: service.id,
    hook,
    hookInstance,
    patientId,
    userId,
    ...(encounterId === undefined ? {} : { encounterId }),
    draftOrders,
    digest: digestOf({ patientId, userId, encounterId, draftOrders, prefetch }),
  };
}

function recallEntry(ledger: Ledger, id: string): LedgerEntry | undefined {
  try {
    return ledger.read(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'ledger.not-found') return undefined;
    throw error;
  }
}

const Recorded = z.looseObject({ request: z.looseObject({ digest: z.string() }), response: z.string() });

// Another request under a known hookInstance must not be handed the first one's cards: they are another patient's, perhaps.
function answerFrom(entry: LedgerEntry, request: RecordedRequest, isRepetition: boolean): Answer {
  const recorded = Recorded.safeParse(entry.sealed);
  if (!recorded.success || recorded.data.request.digest !== request.digest) throw new AppError('hook.repeated');
  return { entryId: entry.id, text: recorded.data.response, isRepetition, failures: [] };
}
