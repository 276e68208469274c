import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sealingKeyOf } from '../../src/adapters/sealing-key.ts';
import { openSqlLedger } from '../../src/adapters/sql-ledger.ts';

const SCRIPT = fileURLToPath(new URL('append-forever.ts', import.meta.url));

/** Runs a writer, kills it without warning once it has named some entries, and returns the names. */
async function killedWriter(path: string, name: string, after: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, path, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return output.split('\n').filter((line) => /^\w+-\d+$/.test(line));
}

test('every entry that was named before kill -9 is there, and the chain is whole', { timeout: 60_000 }, async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'sextant-chaos-')), 'ledger.sqlite');
  const names = [...(await killedWriter(path, 'first', 20)), ...(await killedWriter(path, 'second', 45))];
  expect(names.length).toBeGreaterThanOrEqual(60);
  const ledger = openSqlLedger({ path, key: sealingKeyOf(new Uint8Array(32).fill(3)) });
  for (const name of names) expect(ledger.read(name)).toHaveProperty('sealed');
  expect(ledger.verify()).toMatchObject({ intact: true });
  ledger.close();
});
