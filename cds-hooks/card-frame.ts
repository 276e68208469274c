import { uuidOf } from '../src/core/digest.ts';
import type { Instant } from '../src/core/time.ts';
import type { System } from '../src/domain/system.ts';
import { CANONICAL, EXTENSION_PREFIX } from '../src/web/canonical.ts';
import type { Card, Coding, Suggestion } from './card.ts';
import { shorten } from './markdown.ts';
import { OVERRIDE_REASONS } from './override-reasons.ts';

/** What all cards of one answer share. */
export interface CardFrame {
  /** The ledger entry that the cards are recorded in. */
  readonly entryId: string;
  readonly patientId: string;
  readonly at: Instant;
  readonly system: System;
  /** Version of Sextant. */
  readonly version: string;
  /** How many items of the record were left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly maximumCards: number;
}

/** The kinds of card; each has a topic of its own, static, so that a client can keep settings for it (CARD-08). */
const TOPICS = {
  refusal: 'Contraindication or caution',
  forecast: 'Forecast of effect and risk',
  silence: 'Why there is no forecast',
} as const;

/** The kind of a card. */
export type CardKind = keyof typeof TOPICS;

/** What distinguishes one card from another. */
export interface CardContent {
  readonly kind: CardKind;
  /** The order or drug that the card is about. */
  readonly about: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
  readonly indicator: Card['indicator'];
  readonly source: { readonly label: string; readonly url?: string };
  readonly suggestions: readonly Suggestion[];
  /** `any` when suggestions go together, `at-most-one` when they exclude each other. */
  readonly selectionBehavior?: Card['selectionBehavior'];
  /** Whether `about` is a draft order, which a client can mark (CARD-17). */
  readonly isDraft: boolean;
}

/** Longest summary (CARD-03). Unit: characters. */
const SUMMARY_LIMIT = 139;

/** Builds a card that obeys CARD-*: everything that cards have in common is here. */
export function buildCard(frame: CardFrame, content: CardContent): Card {
  const [first, ...rest] = content.suggestions;
  return {
    uuid: uuidOf('card', frame.entryId, content.kind, content.about),
    summary: shorten(content.summary, SUMMARY_LIMIT),
    detail: [...content.paragraphs, footer(frame)].join('\n\n'),
    indicator: content.indicator,
    source: { ...content.source, topic: topicOf(content.kind) },
    // A suggestion list is never empty and never without its selectionBehavior (CARD-09).
    ...(first === undefined
      ? {}
      : { suggestions: [first, ...rest], selectionBehavior: content.selectionBehavior ?? 'any' }),
    overrideReasons: OVERRIDE_REASONS,
    ...(content.isDraft ? { extension: aboutOrder(content.about) } : {}),
  };
}

/** The identifier of a suggestion: the same call gives the same one. */
export function suggestionId(frame: CardFrame, about: string, what: string): string {
  return uuidOf('suggestion', frame.entryId, about, what);
}

function topicOf(kind: CardKind): Coding {
  return { system: `${CANONICAL}/CodeSystem/card-topic`, code: kind, display: TOPICS[kind] };
}

function aboutOrder(reference: string): Readonly<Record<string, object>> {
  return { [`${EXTENSION_PREFIX}.associated-resource`]: { reference } };
}

function footer(frame: CardFrame): string {
  return [
    `Sextant ${frame.version} · ledger entry \`${frame.entryId}\``,
    'Not a medical device: research software that informs a clinician and decides nothing.',
  ].join('\n\n');
}
