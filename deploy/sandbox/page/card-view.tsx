import { useState, type ReactElement } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Card, Suggestion } from '../cards.ts';
import { api } from './api.ts';
import { faultSentence } from './fault-sentence.ts';
import { OverrideForm } from './override-form.tsx';

/** Colour is never the only sign of urgency. */
const WORDS: Readonly<Record<Card['indicator'], string>> = { info: 'Info', warning: 'Warning', critical: 'Critical' };

/** What the clinician did with a card. */
type Outcome =
  | { readonly is: 'open'; readonly accepted: readonly string[] }
  | { readonly is: 'overriding' }
  | { readonly is: 'overridden' };

/** One card, as EHRs show them: what, why, and what can be done about it. */
export function CardView(props: {
  readonly card: Card;
  readonly accept: (card: string, suggestion: string) => Promise<void>;
}): ReactElement {
  const { card } = props;
  const [outcome, setOutcome] = useState<Outcome>({ is: 'open', accepted: [] });
  const [fault, setFault] = useState<string>();
  const follow = (action: Promise<unknown>, next: Outcome): void => {
    setFault(undefined);
    action.then(
      () => {
        setOutcome(next);
      },
      (cause: unknown) => {
        setFault(faultSentence(cause));
      },
    );
  };
  return (
    <article className={`card ${card.indicator}`} aria-labelledby={`summary-${card.uuid}`}>
      <header>
        <span className="indicator">{WORDS[card.indicator]}</span>
        <h3 id={`summary-${card.uuid}`}>{card.summary}</h3>
      </header>
      {card.detail === undefined ? null : <Detail text={card.detail} />}
      {outcome.is === 'open' ? (
        <Choices
          card={card}
          accepted={outcome.accepted}
          accept={({ uuid }) => {
            follow(props.accept(card.uuid, uuid), { is: 'open', accepted: [...outcome.accepted, uuid] });
          }}
          override={() => {
            setOutcome({ is: 'overriding' });
          }}
        />
      ) : null}
      {outcome.is === 'overriding' ? (
        <OverrideForm
          reasons={card.overrideReasons ?? []}
          submit={(why) => {
            follow(api.override(card.uuid, why), { is: 'overridden' });
          }}
          cancel={() => {
            setOutcome({ is: 'open', accepted: [] });
          }}
        />
      ) : null}
      {outcome.is === 'overridden' ? (
        <p className="outcome" role="status">
          Overridden; the reason was sent to the service.
        </p>
      ) : null}
      {fault === undefined ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <footer>
        <Origin source={card.source} />
        {card.links?.map((link) => (
          <a key={link.url} href={link.url} target="_blank" rel="noreferrer">
            {link.label}
          </a>
        ))}
      </footer>
    </article>
  );
}

/** A detail longer than this is folded, as EHRs do; about one screen. Unit: characters. */
const LONG = 1200;

function Detail({ text }: { readonly text: string }): ReactElement {
  const [isWhole, setIsWhole] = useState(text.length <= LONG);
  return (
    <>
      <div className={isWhole ? 'detail' : 'detail folded'}>
        <Markdown remarkPlugins={[remarkGfm]}>{text}</Markdown>
      </div>
      {text.length <= LONG ? null : (
        <p className="unfold">
          <button
            type="button"
            aria-expanded={isWhole}
            onClick={() => {
              setIsWhole(!isWhole);
            }}
          >
            {isWhole ? 'Show less' : 'Show the whole card'}
          </button>
        </p>
      )}
    </>
  );
}

function Choices(props: {
  readonly card: Card;
  readonly accepted: readonly string[];
  readonly accept: (suggestion: Suggestion) => void;
  readonly override: () => void;
}): ReactElement {
  const { card, accepted } = props;
  const isClosed = accepted.length > 0 && card.selectionBehavior !== 'any';
  return (
    <div className="choices">
      {card.suggestions?.map((suggestion) => {
        const isAccepted = accepted.includes(suggestion.uuid);
        return (
          <button
            key={suggestion.uuid}
            type="button"
            className={isAccepted ? 'accepted' : 'choice'}
            disabled={isAccepted || isClosed}
            onClick={() => {
              props.accept(suggestion);
            }}
          >
            {isAccepted ? `✓ ${suggestion.label}` : suggestion.label}
          </button>
        );
      })}
      {accepted.length > 0 ? null : (
        <button type="button" className="quiet" onClick={props.override}>
          Override …
        </button>
      )}
    </div>
  );
}

function Origin({ source }: { readonly source: Card['source'] }): ReactElement {
  return (
    <span>
      Source:{' '}
      {source.url === undefined ? (
        source.label
      ) : (
        <a href={source.url} target="_blank" rel="noreferrer">
          {source.label}
        </a>
      )}
    </span>
  );
}
