import { useState, type ReactElement } from 'react';
import type { Card } from '../cards.ts';
import type { OverrideReason } from '../session.ts';

type Reasons = NonNullable<Card['overrideReasons']>;

/** Asks why a card is set aside: one of its reasons, a comment, or both. */
export function OverrideForm(props: {
  readonly reasons: Reasons;
  readonly submit: (why: OverrideReason) => void;
  readonly cancel: () => void;
}): ReactElement {
  const [chosen, setChosen] = useState<string>();
  const [comment, setComment] = useState('');
  return (
    <form
      className="override"
      onSubmit={(event) => {
        event.preventDefault();
        props.submit(reasonOf(props.reasons, chosen, comment.trim()));
      }}
    >
      <fieldset>
        <legend>Why is this card overridden?</legend>
        {props.reasons.map(({ code, display }) => (
          <label key={code}>
            <input
              type="radio"
              name="reason"
              checked={chosen === code}
              onChange={() => {
                setChosen(code);
              }}
            />
            {display ?? code}
          </label>
        ))}
        <label className="comment">
          Comment (no patient data)
          <input
            type="text"
            maxLength={1000}
            value={comment}
            onChange={(event) => {
              setComment(event.target.value);
            }}
          />
        </label>
      </fieldset>
      <p className="buttons">
        <button type="submit" className="primary" disabled={chosen === undefined && comment.trim() === ''}>
          Override
        </button>
        <button type="button" className="quiet" onClick={props.cancel}>
          Back
        </button>
      </p>
    </form>
  );
}

function reasonOf(reasons: Reasons, chosen: string | undefined, userComment: string): OverrideReason {
  const coding = reasons.find(({ code }) => code === chosen);
  const reason =
    coding === undefined
      ? undefined
      : { code: coding.code, ...(coding.system === undefined ? {} : { system: coding.system }) };
  return { ...(reason === undefined ? {} : { reason }), ...(userComment === '' ? {} : { userComment }) };
}
