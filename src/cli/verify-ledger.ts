import { readConfig } from '../adapters/env-config.ts';
import { openLedgerFile } from './open-ledger-file.ts';

/**
 * Checks the whole ledger; needs no key.
 *
 * `args`: the hash of an earlier head, noted outside of this machine. Without one, a ledger whose last entries were cut
 * off, or that was rewritten from the start, looks whole: the hash that is printed here is the one to note.
 * Returns 0 when intact, 1 when not.
 */
export function runVerifyLedger(args: readonly string[], print: (line: string) => void): number {
  const [anchor] = args;
  const ledger = openLedgerFile(readConfig(process.env).dataFolder, 'open');
  try {
    const { entries, intact, lastHash, faults } = ledger.verify(anchor);
    faults.forEach(print);
    print(`${entries} entries, ${intact ? 'intact' : `${faults.length} faults`}`);
    print(`head ${lastHash}`);
    if (anchor === undefined) print('Note the head elsewhere and give it next time: only then can a cut tail be seen.');
    return intact ? 0 : 1;
  } finally {
    ledger.close();
  }
}
