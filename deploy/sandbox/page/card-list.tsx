import type { ReactElement } from 'react';
import type { Card } from '../cards.ts';
import type { Exchange } from '../cds-client.ts';
import { CardView } from './card-view.tsx';

/** Most urgent first. */
const URGENCY: Readonly<Record<Card['indicator'], number>> = { critical: 0, warning: 1, info: 2 };

/** All cards of an answer, and what prevented one. */
export function CardList(props: {
  readonly exchanges: readonly Exchange[];
  readonly accept: (card: string, suggestion: string) => Promise<void>;
}): ReactElement {
  const cards = props.exchanges.flatMap((exchange) => exchange.cards);
  const problems = props.exchanges.flatMap(({ service, problem }) =>
    problem === undefined ? [] : [{ service, problem }],
  );
  return (
    <div className="cards" aria-live="polite">
      {problems.map(({ service, problem }) => (
        <p key={service} className="fault" role="alert">
          <strong>{service}:</strong> {problem}
        </p>
      ))}
      {cards
        .toSorted((a, b) => URGENCY[a.indicator] - URGENCY[b.indicator])
        .map((card) => (
          <CardView key={card.uuid} card={card} accept={props.accept} />
        ))}
    </div>
  );
}
