import type { Plan, Violation } from '../src/domain/plan.ts';
import type { Card, CdsResponse } from './card.ts';
import type { CardFrame } from './card-frame.ts';
import { forecastCard } from './forecast-card.ts';
import { chartCards, refusalCard } from './refusal-card.ts';
import { silenceCard } from './silence-card.ts';

/** What there is to say: plans for the orders about to be signed, and conflicts in the chart. */
export interface Findings {
  readonly plans: readonly Plan[];
  readonly chart: readonly Violation[];
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
      ...forecastCard(frame, plan),
      ...silenceCard(frame, plan),
    ]),
  ];
  const byUrgency = URGENCY.flatMap((indicator) => cards.filter((card) => card.indicator === indicator));
  return { cards: byUrgency.slice(0, frame.maximumCards) };
}
