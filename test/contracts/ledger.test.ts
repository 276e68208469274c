import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealingKeyOf } from '../../src/adapters/sealing-key.ts';
import { openSqlLedger } from '../../src/adapters/sql-ledger.ts';
import { openMemoryLedger } from '../fakes/memory-ledger.ts';
import { describeLedgerContract } from './ledger.ts';

describeLedgerContract('the SQL ledger', () =>
  openSqlLedger({
    path: join(mkdtempSync(join(tmpdir(), 'sextant-ledger-')), 'ledger.sqlite'),
    key: sealingKeyOf(randomBytes(32)),
  }),
);

describeLedgerContract('the memory ledger', openMemoryLedger);
