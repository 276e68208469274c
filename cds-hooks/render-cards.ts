import type { Plan, Violation } from '../src/domain/plan.ts';
import type { Dropped } from '../src/domain/record.ts';
import type { Card, CdsResponse } from './card.ts';
import type { CardFrame } from './card-frame.ts';
import { forecastCard } from './forecast-card.ts';
import { chartCards, refusalCard } from './refusal-card.ts';
import { silenceCard } from './silence-card.ts';
import { unreadCard } from './unread-card.ts';

/** What there is to say: plans for the orders about to be signed, and conflicts in the chart. */
export interface Findings {
  readonly plans: readonly Plan[];
  readonly chart: readonly Violation[];
  /** Drafted medication orders that could not be read; absent in ledger entries that did not know of them. */
  readonly unread?: readonly Dropped[];
}

const URGENCY: readonly Card['indicator'][] = ['critical', 'warning', 'info'];

/**
 * Renders findings as cards, the most urgent first, and as many as one answer may have (interop CARD-16).
 *
 * The same findings and frame give the same bytes: this is what a replay repeats.
 */
export function renderCards(frame: CardFrame, findings: Findings): CdsResponse {
  const cards = [
    ...chartCards(frame, findings.chart),
    ...findings.plans.flatMap((plan) => [
      ...refusalCard(frame, plan),
      ...forecastCard(frame, plan, isCombination(plan, findings.plans)),
      ...silenceCard(frame, plan),
    ]),
    ...unreadCard(frame, findings.unread ?? []),
  ];
  const byUrgency = URGENCY.flatMap((indicator) => cards.filter((card) => card.indicator === indicator));
  return { cards: byUrgency.slice(0, frame.maximumCards) };
}

/** Whether an order holds several drugs: each has a plan of its own. */
function isCombination({ draft }: Plan, plans: readonly Plan[]): boolean {
  return plans.filter((plan) => plan.draft.reference === draft.reference).length > 1;
}
