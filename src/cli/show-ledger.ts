import { readConfig } from '../adapters/env-config.ts';
import { toIso } from '../core/time.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { Ledger } from '../ports/ledger.ts';
import { openLedgerFile } from './open-ledger-file.ts';

type Print = (line: string) => void;

const USAGE = 'ledger list [how many] | ledger show <id> | ledger unseal <id>   (unseal prints patient data)';

/** Shows what the ledger holds. Returns 0, or 2 when the arguments make no sense. */
export function runShowLedger(args: readonly string[], print: Print): number {
  const [verb = 'list', operand] = args;
  const { dataFolder } = readConfig(process.env);
  switch (verb) {
    case 'list':
      if (operand !== undefined && !/^[1-9]\d{0,5}$/.test(operand)) break;
      return withLedger(openLedgerFile(dataFolder, 'open'), (ledger) => {
        ledger.list({ limit: Number(operand ?? 20) }).forEach((entry) => {
          print(listLine(entry));
        });
      });
    case 'show':
    case 'unseal':
      if (operand === undefined) break;
      return withLedger(openLedgerFile(dataFolder, verb === 'show' ? 'open' : 'sealed'), (ledger) => {
        print(JSON.stringify(ledger.read(operand), null, 2));
      });
  }
  print(USAGE);
  return 2;
}

function withLedger(ledger: Ledger, work: (ledger: Ledger) => void): number {
  try {
    work(ledger);
    return 0;
  } finally {
    ledger.close();
  }
}

function listLine({ sequence, at, kind, id, body }: LedgerEntry): string {
  const { service, outcome, cards } = body as { service?: unknown; outcome?: unknown; cards?: unknown };
  const what = [service, outcome].filter((word): word is string => typeof word === 'string');
  const count = Array.isArray(cards) ? [`${cards.length} cards`] : [];
  return [sequence, toIso(at), kind, id, ...what, ...count].join('  ');
}
