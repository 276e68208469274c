import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openLog } from '../../src/adapters/pino-log.ts';
import { createPrefetchRecordSource } from '../../src/adapters/prefetch-record-source.ts';
import { digestText } from '../../src/core/digest.ts';
import { openKnowledge } from '../../src/knowledge/index.ts';
import type { WorldModel } from '../../src/ports/world-model.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { createCdsHooksApp, type AppParts } from '../../cds-hooks/app.ts';
import { createReviewer } from '../../cds-hooks/review.ts';
import { servicesOf } from '../../cds-hooks/services.ts';
import { versionsOf } from '../../cds-hooks/versions.ts';
import { CALL_TIME, type Json } from './a-hook-call.ts';
import { linearWorldModel } from './linear-world-model.ts';
import { openMemoryLedger, type MemoryLedger } from './memory-ledger.ts';

/** What the service answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

/** The whole service on a free port, with a ledger in memory. Everything else of it is real but the model and the clock. */
export interface CdsServer {
  readonly url: string;
  readonly ledger: MemoryLedger;
  readonly logged: readonly string[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Posts JSON, or a text as it is. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  send(path: string, init: RequestInit): Promise<Answered>;
  close(): Promise<void>;
}

/** Starts the service. */
export async function startCdsServer(
  change: Partial<AppParts> & { readonly model?: WorldModel } = {},
): Promise<CdsServer> {
  const { model = linearWorldModel(cardioRenalMetabolic), ...parts } = change;
  const ledger = openMemoryLedger();
  const logged: string[] = [];
  const knowledge = openKnowledge();
  const system = cardioRenalMetabolic;
  const app = createCdsHooksApp({
    system,
    services: servicesOf(system),
    versions: versionsOf(system, knowledge),
    ledger,
    pseudonym: (reference) => digestText(`test ${reference}`).slice(0, 32),
    log: openLog('debug', { write: (line) => void logged.push(line) }),
    clock: { now: () => CALL_TIME },
    review: createReviewer({ system, model, knowledge, buildRecord }),
    recordSourceOf: ({ prefetch }) => createPrefetchRecordSource(prefetch),
    maximumCards: 6,
    deadline: 10_000,
    corsOrigins: ['http://localhost:8080'],
    bodyLimit: 1024 * 1024,
    ...parts,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function send(path: string, init: RequestInit): Promise<Answered> {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, body: isJson ? (JSON.parse(text) as Json) : {} };
  }

  return {
    url,
    ledger,
    logged,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
