import { useState, type ReactElement } from 'react';
import type { OrderableDrug } from '../orders.ts';
import type { StoredResource } from '../fhir-store.ts';

const TIMES = ['once daily', 'twice daily', 'three times daily', 'four times daily'];

/** The order scratchpad: what waits for a signature, and a form for more. */
export function OrderPad(props: {
  readonly drafts: readonly StoredResource[];
  readonly drugs: readonly OrderableDrug[];
  /** How far the check of these orders is; "followed" when a suggestion has been accepted. */
  readonly stage: 'rest' | 'waiting' | 'answered' | 'followed';
  readonly add: (entry: { ingredient: string; dose: number; timesPerDay: number }) => void;
  readonly remove: (reference: string) => void;
  readonly check: () => void;
  readonly sign: () => void;
}): ReactElement {
  const { drafts } = props;
  return (
    <section className="panel orders">
      <h2>Orders to sign</h2>
      {drafts.length === 0 ? <p className="none">Nothing to sign.</p> : null}
      <ul>
        {drafts.map((draft) => (
          <Draft key={`${draft.resourceType}/${draft.id}`} draft={draft} remove={props.remove} />
        ))}
      </ul>
      {drafts.length === 0 ? null : <SignButtons {...props} />}
      <details>
        <summary>Add an order</summary>
        <OrderForm drugs={props.drugs} add={props.add} />
      </details>
    </section>
  );
}

/** Signing asks the service first; once it has answered, the clinician decides. */
function SignButtons({ drafts, stage, check, sign }: Parameters<typeof OrderPad>[0]): ReactElement {
  const orders = drafts.length === 1 ? 'order' : `${drafts.length} orders`;
  if (stage === 'rest' || stage === 'waiting') {
    return (
      <p className="buttons">
        <button type="button" className="primary" disabled={stage === 'waiting'} onClick={check}>
          {stage === 'waiting' ? 'Checking …' : `Sign ${orders}`}
        </button>
      </p>
    );
  }
  return (
    <p className="buttons">
      <button type="button" className={stage === 'followed' ? 'primary' : ''} onClick={sign}>
        {stage === 'followed' ? `Sign ${orders}` : `Sign ${orders} as drafted`}
      </button>
      <button type="button" className="quiet" onClick={check}>
        Check again
      </button>
    </p>
  );
}

function Draft(props: { readonly draft: StoredResource; readonly remove: (reference: string) => void }): ReactElement {
  const { draft } = props;
  const what = describe(draft);
  return (
    <li>
      <span>
        <strong>{what.title}</strong> <span className="note">{what.note}</span>
      </span>
      <button
        type="button"
        className="quiet"
        aria-label={`Remove ${what.title}`}
        onClick={() => {
          props.remove(`${draft.resourceType}/${draft.id}`);
        }}
      >
        Remove
      </button>
    </li>
  );
}

interface Concept {
  readonly text?: string;
  readonly coding?: readonly { readonly display?: string }[];
}

/** What an order says to a human, for the kinds of order that suggestions make. */
function describe(draft: StoredResource): { readonly title: string; readonly note: string } {
  const concept = (draft.medicationCodeableConcept ?? draft.code ?? {}) as Concept;
  const [dosage] = (draft.dosageInstruction ?? []) as readonly { readonly text?: string }[];
  const occurrence = typeof draft.occurrenceDateTime === 'string' ? `on ${draft.occurrenceDateTime.slice(0, 10)}` : '';
  const state = typeof draft.status === 'string' && draft.status !== 'draft' ? draft.status : '';
  return {
    title: concept.text ?? concept.coding?.[0]?.display ?? draft.resourceType,
    note: [dosage?.text ?? '', occurrence, state].filter(Boolean).join(' · '),
  };
}

function OrderForm(props: {
  readonly drugs: readonly OrderableDrug[];
  readonly add: (entry: { ingredient: string; dose: number; timesPerDay: number }) => void;
}): ReactElement {
  const { drugs } = props;
  const [ingredient, setIngredient] = useState(drugs[0]?.ingredient ?? '');
  const drug = drugs.find((row) => row.ingredient === ingredient);
  const [dose, setDose] = useState(drug?.doses[0] ?? 1);
  const [timesPerDay, setTimesPerDay] = useState(drug?.timesPerDay ?? 1);
  const choose = (chosen: string): void => {
    const row = drugs.find((candidate) => candidate.ingredient === chosen);
    setIngredient(chosen);
    setDose(row?.doses[0] ?? 1);
    setTimesPerDay(row?.timesPerDay ?? 1);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.add({ ingredient, dose, timesPerDay });
      }}
    >
      <label>
        Drug
        <select
          value={ingredient}
          onChange={(event) => {
            choose(event.target.value);
          }}
        >
          {drugs.map((row) => (
            <option key={row.ingredient} value={row.ingredient}>
              {row.ingredient} ({row.drugClass})
            </option>
          ))}
        </select>
      </label>
      <label>
        Dose, mg
        <input
          type="number"
          min="0.1"
          step="any"
          list="usual-doses"
          value={dose}
          onChange={(event) => {
            setDose(event.target.valueAsNumber);
          }}
        />
        <datalist id="usual-doses">
          {drug?.doses.map((usual) => (
            <option key={usual} value={usual} />
          ))}
        </datalist>
      </label>
      <label>
        How often
        <select
          value={timesPerDay}
          onChange={(event) => {
            setTimesPerDay(Number(event.target.value));
          }}
        >
          {TIMES.map((words, index) => (
            <option key={words} value={index + 1}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Add</button>
    </form>
  );
}
