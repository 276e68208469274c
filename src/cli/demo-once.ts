import type { Card } from '../../deploy/sandbox/cards.ts';
import type { Exchange } from '../../deploy/sandbox/cds-client.ts';
import type { Config } from '../adapters/env-config.ts';
import type { ModelIdentity } from '../domain/belief.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { Ledger } from '../ports/ledger.ts';
import { openLedgerFile } from './open-ledger-file.ts';
import { startDemo } from './start-demo.ts';

type Print = (line: string) => void;

/** Entries among which the one of this call is looked for: nothing else writes between the call and the look. */
const RECENT = 20;

/**
 * Fires one order-sign hook as the sandbox page does, over HTTP, and prints the cards and what the ledger says of them.
 *
 * Returns 0 when there is a card, the learned model answered, and the ledger holds together; 1 otherwise.
 */
export async function runOnce(config: Config, print: Print): Promise<number> {
  const exchange = await fireOnce(config, print);
  exchange.cards.forEach((card, index) => {
    print('');
    cardLines(card, index + 1).forEach(print);
  });
  const ledger = openLedgerFile(config.dataFolder, 'open');
  try {
    return reportLedger(exchange, ledger, print);
  } finally {
    ledger.close();
  }
}

async function fireOnce(config: Config, print: Print): Promise<Exchange> {
  const demo = await startDemo(config, 0);
  const { sandboxUrl, clinic } = demo;
  try {
    const patient = clinic.find(({ draft }) => draft !== undefined);
    if (patient === undefined) throw new TypeError('no patient of the demo has an order to sign');
    print(patient.story);
    const answer = await fetch(`${sandboxUrl}/api/patients/${patient.patientId}/hooks/order-sign`, { method: 'POST' });
    const [exchange] = (await answer.json()) as readonly Exchange[];
    if (exchange === undefined) throw new TypeError('no service listens to order-sign');
    print(`POST ${exchange.url} → ${exchange.status} in ${Math.round(exchange.milliseconds)} ms`);
    if (exchange.problem !== undefined) print(exchange.problem);
    return exchange;
  } finally {
    await demo.close();
  }
}

/** A card as text: urgency and summary, detail, then what can be done. */
export function cardLines(card: Card, number: number): readonly string[] {
  const suggestions = (card.suggestions ?? []).map(({ label }) => `  [ ] ${label}`);
  const reasons = (card.overrideReasons ?? []).map(({ display, code }) => `  ( ) ${display ?? code}`);
  return [
    `── Card ${number} · ${card.indicator.toUpperCase()} ${'─'.repeat(60)}`,
    card.summary,
    ...(card.detail === undefined ? [] : ['', ...card.detail.split('\n')]),
    ...(suggestions.length === 0 ? [] : ['', 'Suggestions', ...suggestions]),
    ...(reasons.length === 0 ? [] : ['', 'Override reasons', ...reasons]),
    '',
    `Source: ${card.source.label}`,
  ];
}

function reportLedger(exchange: Exchange, ledger: Ledger, print: Print): number {
  const { hookInstance } = exchange.request as { readonly hookInstance: string };
  const entry = ledger.list({ kind: 'hook', limit: RECENT }).find((row) => bodyOf(row).hookInstance === hookInstance);
  const models = entry === undefined ? [] : (bodyOf(entry).models ?? []);
  const verdict = ledger.verify();
  print('');
  print(`Ledger entry  ${entry?.id ?? 'none'}`);
  print(`Answered by   ${models.map(modelLine).join('; ') || 'no model'}`);
  print(`Ledger        ${verdict.entries} entries, ${verdict.intact ? 'chain intact' : verdict.faults.join('; ')}`);
  const faults = [
    ...(exchange.cards.length === 0 ? ['no card came'] : []),
    ...(models.some(({ kind }) => kind === 'learned') ? [] : ['the learned model did not answer']),
    ...(verdict.intact ? [] : ['the ledger does not hold together']),
  ];
  faults.forEach((fault) => {
    print(`FAILED: ${fault}`);
  });
  return faults.length === 0 ? 0 : 1;
}

function bodyOf(entry: LedgerEntry): { readonly hookInstance?: string; readonly models?: readonly ModelIdentity[] } {
  return entry.body;
}

function modelLine({ id, kind, version, weightsDigest }: ModelIdentity): string {
  return `${id} ${version} (${kind}, weights ${weightsDigest.slice(0, 12)})`;
}
