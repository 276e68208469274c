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
    setOpen(await api.sign(patient));
    setAdvice({ at: 'rest' });
    setMessage('Signed and filed in the chart.');
  };
  const check = async (): Promise<void> => {
    setAdvice({ at: 'waiting' });
    const exchanges = await api.fire(patient, 'order-sign');
    setAdvice({ at: 'answered', exchanges, isFollowed: false });
    const isSilent = exchanges.every(({ cards, problem }) => cards.length === 0 && problem === undefined);
    if (isSilent) await sign();
  };
  useEffect(() => {
    attempt(async () => {
      setOpen(await api.open(patient));
      setOnOpening(await api.fire(patient, 'patient-view'));
    });
    if (fireAtOnce) attempt(check);
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
    setOpen(await api.accept(patient, card, suggestion));
    setAdvice((now) => (now.at === 'answered' ? { ...now, isFollowed: true } : now));
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
            attempt(check);
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
