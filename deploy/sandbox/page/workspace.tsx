import { useEffect, useState, type ReactElement } from 'react';
import type { Exchange } from '../cds-client.ts';
import type { OrderableDrug } from '../orders.ts';
import type { OpenChart } from '../session.ts';
import { api } from './api.ts';
import { faultSentence } from './fault-sentence.ts';
import { CardList } from './card-list.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { ExchangeDrawer } from './exchange-drawer.tsx';
import { OrderPad } from './order-pad.tsx';

/** What the service said, and when: while opening the chart, or while signing. */
type Advice =
  | { readonly at: 'rest' }
  | { readonly at: 'waiting' }
  | { readonly at: 'answered'; readonly exchanges: readonly Exchange[]; readonly isFollowed: boolean };

/** One open chart: the past on the left, what is about to be done on the right. */
export function Workspace(props: {
  readonly patient: string;
  readonly drugs: readonly OrderableDrug[];
  readonly fireAtOnce: boolean;
}): ReactElement | null {
  const { patient, drugs, fireAtOnce } = props;
  const [open, setOpen] = useState<OpenChart>();
  const [onOpening, setOnOpening] = useState<readonly Exchange[]>([]);
  const [advice, setAdvice] = useState<Advice>({ at: 'rest' });
  const [message, setMessage] = useState<string>();

  const attempt = (action: () => Promise<void>): void => {
    setMessage(undefined);
    action().catch((cause: unknown) => {
      setMessage(faultSentence(cause));
      setAdvice((now) => (now.at === 'waiting' ? { at: 'rest' } : now));
    });
  };
  const sign = async (): Promise<void> => {
    const left = await api.sign(patient);
    setOpen(left);
    setAdvice({ at: 'rest' });
    setMessage(
      left.drafts.length === 0
        ? 'Signed and filed in the chart.'
        : 'Signed what was checked; what has changed since is still unsigned.',
    );
  };
  const check = async (): Promise<readonly Exchange[]> => {
    setAdvice({ at: 'waiting' });
    const exchanges = await api.fire(patient, 'order-sign');
    setAdvice({ at: 'answered', exchanges, isFollowed: false });
    if (exchanges.length === 0) setMessage('No service listens: nothing has checked these orders.');
    else if (exchanges.every(isSilent)) setMessage('The check found nothing to say.');
    return exchanges;
  };
  /** Signs at once only where somebody looked and had nothing to say. */
  const checkAndSign = async (): Promise<void> => {
    const exchanges = await check();
    if (exchanges.length > 0 && exchanges.every(isSilent)) await sign();
  };
  useEffect(() => {
    attempt(async () => {
      setOpen(await api.open(patient));
      setOnOpening(await api.fire(patient, 'patient-view'));
    });
    // An address can be sent by anybody: it may ask for a check, never for a signature.
    if (fireAtOnce)
      attempt(async () => {
        await check();
      });
    // A workspace is made anew for each patient (its key), so this runs once a chart.
  }, [patient]);

  if (open === undefined) return message === undefined ? null : <p role="alert">{message}</p>;
  const changeOrders = (change: () => Promise<OpenChart>): void => {
    attempt(async () => {
      setOpen(await change());
      setAdvice({ at: 'rest' });
    });
  };
  const accept = async (card: string, suggestion: string): Promise<void> => {
    const changed = await api.accept(patient, card, suggestion);
    setOpen(changed);
    if (!changed.isChecked) setMessage('The orders have changed: signing checks them again.');
    setAdvice((now) => {
      if (!changed.isChecked) return { at: 'rest' };
      return now.at === 'answered' ? { ...now, isFollowed: true } : now;
    });
  };
  const exchanges = [...onOpening, ...(advice.at === 'answered' ? advice.exchanges : [])];
  return (
    <main className="workspace">
      <ChartPanel open={open} />
      <section className="actions" aria-label="Orders and decision support">
        <CardList exchanges={onOpening} accept={accept} />
        <OrderPad
          drafts={open.drafts}
          drugs={drugs}
          stage={advice.at === 'answered' && advice.isFollowed ? 'followed' : advice.at}
          add={(entry) => {
            changeOrders(() => api.addOrder(patient, entry));
          }}
          remove={(reference) => {
            changeOrders(() => api.removeOrder(patient, reference));
          }}
          check={() => {
            attempt(checkAndSign);
          }}
          sign={() => {
            attempt(sign);
          }}
        />
        <p className="message" role="status">
          {message}
        </p>
        {advice.at === 'answered' ? <CardList exchanges={advice.exchanges} accept={accept} /> : null}
        <ExchangeDrawer exchanges={exchanges} />
      </section>
    </main>
  );
}

function isSilent({ cards, problem }: Exchange): boolean {
  return cards.length === 0 && problem === undefined;
}
