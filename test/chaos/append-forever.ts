import { sealingKeyOf } from '../../src/adapters/sealing-key.ts';
import { openSqlLedger } from '../../src/adapters/sql-ledger.ts';
import { instant } from '../../src/core/time.ts';

/*
 * Appends until it is killed, and names an entry on standard output only after its append has returned.
 */
const [path = '', name = ''] = process.argv.slice(2);
const ledger = openSqlLedger({ path, key: sealingKeyOf(new Uint8Array(32).fill(3)) });
for (let turn = 0; ; turn += 1) {
  const id = `${name}-${turn}`;
  ledger.append({ id, kind: 'hook', at: instant(turn), body: { turn }, sealed: { filling: 'x'.repeat(20_000) } });
  process.stdout.write(`${id}\n`);
}
