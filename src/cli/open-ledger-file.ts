import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSealingKey } from '../adapters/sealing-key.ts';
import { openSqlLedger } from '../adapters/sql-ledger.ts';
import { AppError } from '../core/errors.ts';
import type { Ledger } from '../ports/ledger.ts';

/** Whether the sealed parts are needed, and so the key. */
export type LedgerAccess = 'open' | 'sealed';

/**
 * Opens the ledger of a data folder for a command.
 *
 * @throws AppError `ledger.unavailable` when there is none: a command never makes one.
 */
export function openLedgerFile(dataFolder: string, access: LedgerAccess): Ledger {
  const path = join(dataFolder, 'ledger.sqlite');
  if (!existsSync(path)) throw new AppError('ledger.unavailable', [`There is no ledger at ${path}.`]);
  const keyPath = join(dataFolder, 'sealing.key');
  if (access === 'open') return openSqlLedger({ path });
  if (!existsSync(keyPath)) throw new AppError('ledger.unavailable', [`There is no sealing key at ${keyPath}.`]);
  return openSqlLedger({ path, key: openSealingKey(keyPath) });
}
