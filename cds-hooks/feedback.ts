import { z } from 'zod';
import { digestOf, uuidOf } from '../src/core/digest.ts';
import { AppError } from '../src/core/errors.ts';
import type { Instant } from '../src/core/time.ts';
import type { LedgerDraft } from '../src/domain/ledger-entry.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Ledger } from '../src/ports/ledger.ts';
import { ownReasonCode } from './override-reasons.ts';
import type { Service } from './services.ts';

const Identifier = z.string().min(1).max(200);

/** A reason as clients send it: coded, with or without display (interop FB-05). */
const Reason = z.looseObject({ code: Identifier.nullish(), system: z.string().nullish() });
const OverrideReason = z.looseObject({ reason: Reason.nullish(), userComment: z.string().max(20_000).nullish() });

const Item = z.looseObject({
  // Epic's card ids are not UUIDs (interop FB-07).
  card: Identifier,
  outcome: z.enum(['accepted', 'overridden']),
  outcomeTimestamp: z.iso.datetime({ offset: true }),
  acceptedSuggestions: z.array(z.looseObject({ id: Identifier })).nullish(),
  overrideReason: OverrideReason.nullish(),
  // Epic's name for the same property.
  overrideReasons: OverrideReason.nullish(),
  extension: z.looseObject({}).nullish(),
});

type Item = z.infer<typeof Item>;

/** Each item is made durable by itself, in some milliseconds: more than this would hold up the cards of others. */
const MAXIMUM_ITEMS = 100;

const Batch = z.looseObject({ feedback: z.array(z.unknown()).min(1) });

const EPIC_REASON = 'com.epic.cdshooks.feedback.overrideReason.';

/** What became of a batch of feedback. */
export interface FeedbackOutcome {
  readonly recorded: number;
  /** Items that are no feedback; they do not fail the others (interop FB-09). */
  readonly ignored: number;
}

/**
 * Records what clinicians made of cards.
 *
 * A card that is not known is recorded all the same: it may be one whose answer another instance gave.
 *
 * @throws AppError `request.malformed` when no item of the batch is feedback, `ledger.unavailable`.
 */
export function recordFeedback(
  service: Service,
  body: unknown,
  parts: { readonly ledger: Ledger; readonly clock: Clock },
): FeedbackOutcome {
  const batch = Batch.safeParse(body);
  if (!batch.success)
    throw new AppError('request.malformed', ['feedback: must be an array that is not empty (FB-02).']);
  if (batch.data.feedback.length > MAXIMUM_ITEMS)
    throw new AppError('request.malformed', [
      `feedback: at most ${MAXIMUM_ITEMS} items a call; send the rest in another.`,
    ]);
  const parsed = batch.data.feedback.map((item) => Item.safeParse(item));
  const problems = parsed.flatMap(({ error }, index) => (error === undefined ? [] : problemLines(error, index)));
  const items = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (items.length === 0) throw new AppError('request.malformed', problems);
  items.forEach((item) => parts.ledger.append(feedbackEntry(service, item, parts.clock.now())));
  return { recorded: items.length, ignored: parsed.length - items.length };
}

/** The id is a function of the content, so a batch that is sent twice is recorded once. */
function feedbackEntry(service: Service, item: Item, at: Instant): LedgerDraft {
  const reason = (item.overrideReason ?? item.overrideReasons)?.reason ?? epicReason(item);
  const code = reason == null ? undefined : ownReasonCode(reason);
  return {
    id: uuidOf('feedback', service.id, digestOf(item)),
    kind: 'feedback',
    at,
    body: {
      format: 'feedback-1',
      service: service.id,
      ...(UUID.test(item.card) ? { card: item.card } : {}),
      outcome: item.outcome,
      outcomeTimestamp: item.outcomeTimestamp,
      ...(item.acceptedSuggestions == null ? {} : { acceptedSuggestions: uuidsOf(item.acceptedSuggestions) }),
      ...(code === undefined ? {} : { reason: code }),
    },
    // Free text may name people (interop FB-11), and so may any code or id that is not ours.
    sealed: item,
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuidsOf(suggestions: readonly { readonly id: string }[]): readonly string[] {
  return suggestions.map(({ id }) => id).filter((id) => UUID.test(id));
}

/** Reasons that were built in Epic arrive as an extension (interop FB-07, EPIC-16). */
function epicReason({ extension }: Item): { readonly code?: string | null | undefined } | undefined {
  const [, value] = Object.entries(extension ?? {}).find(([key]) => key.startsWith(EPIC_REASON)) ?? [];
  if (typeof value === 'string') return { code: value };
  const reason = Reason.safeParse(value);
  return reason.success ? reason.data : undefined;
}

function problemLines(error: z.ZodError, index: number): readonly string[] {
  return error.issues.map(({ path, message }) => `feedback[${index}].${path.join('.')}: ${message}.`);
}
