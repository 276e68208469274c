import type { ReactElement } from 'react';
import type { Exchange } from '../cds-client.ts';

/** What went over the wire, for those who build the other side. */
export function ExchangeDrawer({ exchanges }: { readonly exchanges: readonly Exchange[] }): ReactElement | null {
  if (exchanges.length === 0) return null;
  return (
    <details className="drawer">
      <summary>
        CDS Hooks calls <span className="count">{exchanges.length}</span>
      </summary>
      {exchanges.map((exchange) => (
        <section key={exchange.url}>
          <h3>
            <code>POST {exchange.url}</code>{' '}
            <span className="note">
              {exchange.status === 0 ? 'no answer' : exchange.status} · {Math.round(exchange.milliseconds)} ms
            </span>
          </h3>
          <Json title="Request" value={exchange.request} />
          <Json title="Response" value={exchange.response} />
        </section>
      ))}
    </details>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }): ReactElement {
  return (
    <details>
      <summary>{title}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
