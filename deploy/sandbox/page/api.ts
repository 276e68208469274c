import type { Exchange } from '../cds-client.ts';
import type { OrderableDrug } from '../orders.ts';
import type { OpenChart, OverrideReason, PatientLine } from '../session.ts';

/** What the page needs once. */
export interface Overview {
  readonly patients: readonly PatientLine[];
  readonly drugs: readonly OrderableDrug[];
  readonly serviceUrl: string;
}

/** The sandbox's own calls; each rejects with a sentence that can be shown. */
export const api = {
  overview: (): Promise<Overview> => call('GET', '/api/overview'),
  open: (patient: string): Promise<OpenChart> => call('GET', `/api/patients/${patient}`),
  fire: (patient: string, hook: 'patient-view' | 'order-sign'): Promise<readonly Exchange[]> =>
    call('POST', `/api/patients/${patient}/hooks/${hook}`),
  addOrder: (patient: string, entry: { ingredient: string; dose: number; timesPerDay: number }): Promise<OpenChart> =>
    call('POST', `/api/patients/${patient}/orders`, entry),
  removeOrder: (patient: string, reference: string): Promise<OpenChart> =>
    call('DELETE', `/api/patients/${patient}/orders/${reference}`),
  sign: (patient: string): Promise<OpenChart> => call('POST', `/api/patients/${patient}/sign`),
  accept: (patient: string, card: string, suggestion: string): Promise<OpenChart> =>
    call('POST', `/api/patients/${patient}/accept`, { card, suggestion }),
  override: (card: string, why: OverrideReason): Promise<object> => call('POST', '/api/override', { card, ...why }),
};

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer & { readonly error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}
