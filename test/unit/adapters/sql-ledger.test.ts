import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealingKeyOf } from '../../../src/adapters/sealing-key.ts';
import { openSqlLedger } from '../../../src/adapters/sql-ledger.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { aDraft } from '../../contracts/ledger.ts';

const KEY = sealingKeyOf(new Uint8Array(32).fill(7));
const OTHER_KEY = sealingKeyOf(new Uint8Array(32).fill(8));

let path: string;
let ledger: Ledger;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'sextant-ledger-')), 'deep', 'ledger.sqlite');
  ledger = openSqlLedger({ path, key: KEY });
  for (const id of ['a', 'b', 'c', 'd']) ledger.append(aDraft(id));
});

afterEach(() => {
  ledger.close();
});

/** What somebody with the file and an SQL prompt can do: drop the triggers first, then anything. */
function tamper(...statements: readonly string[]): void {
  const database = new DatabaseSync(path);
  for (const trigger of ['entry_no_update', 'entry_no_delete', 'entry_in_order'])
    database.exec(`DROP TRIGGER ${trigger}`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

describe('an append-only table', () => {
  test.each([
    ['an update', "UPDATE entry SET body = '{}' WHERE sequence = 2"],
    ['a delete', 'DELETE FROM entry WHERE sequence = 4'],
    ['a replacement', 'INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE sequence = 2'],
    ['a gap', "INSERT INTO entry VALUES (9, 'x', 'hook', 0, '{}', NULL, NULL, NULL, '', '')"],
  ])('%s is refused by the database itself', (_, statement) => {
    const database = new DatabaseSync(path);
    expect(() => {
      database.exec(statement);
    }).toThrow(/append-only/);
    database.close();
    expect(ledger.verify()).toMatchObject({ intact: true, entries: 4 });
  });
});

describe('a ledger that was tampered with', () => {
  test('an edited body is found at its entry', () => {
    tamper(`UPDATE entry SET body = '{"named":"x"}' WHERE sequence = 2`);
    expect(ledger.verify()).toMatchObject({
      intact: false,
      faults: ['entry 2: the content is not the one that was recorded'],
    });
  });

  test('an edited body with its hash made to fit is found at the next entry', () => {
    tamper(`UPDATE entry SET hash = '${'0'.repeat(64)}' WHERE sequence = 2`);
    expect(ledger.verify().faults).toContain('entry 3: does not follow the entry before it');
  });

  test('an edited time, kind, id and key id are found', () => {
    tamper(
      'UPDATE entry SET at = at + 1 WHERE sequence = 1',
      "UPDATE entry SET kind = 'feedback' WHERE sequence = 2",
      "UPDATE entry SET id = 'z' WHERE sequence = 3",
      "UPDATE entry SET key_id = 'another' WHERE sequence = 4",
    );
    expect(ledger.verify().faults).toHaveLength(4);
  });

  test('an exchanged sealed part is found without a key', () => {
    tamper('UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE sequence = 1) WHERE sequence = 2');
    const keyless = openSqlLedger({ path });
    expect(keyless.verify().faults).toEqual(['entry 2: the encrypted part is not the one that was recorded']);
    keyless.close();
  });

  test('a deleted entry is found', () => {
    tamper('DELETE FROM entry WHERE sequence = 2');
    expect(ledger.verify().faults).toContain('entry 3: expected entry 2 here; entries are missing or out of order');
  });

  test('a body that is no JSON is found, and the walk goes on', () => {
    tamper("UPDATE entry SET body = 'nonsense' WHERE sequence = 2");
    expect(ledger.verify()).toMatchObject({ intact: false });
    expect(ledger.verify().faults[0]).toMatch(/^row 2: not an entry/);
  });

  test('a tail that was cut off looks whole without an anchor and is found with one', () => {
    const { lastHash } = ledger.verify();
    tamper('DELETE FROM entry WHERE sequence = 4');
    expect(ledger.verify()).toMatchObject({ intact: true, entries: 3 });
    expect(ledger.verify(lastHash)).toMatchObject({ intact: false });
  });
});

describe('sealed parts', () => {
  test('a ledger without the key reads bodies and holds back what is sealed', () => {
    const keyless = openSqlLedger({ path });
    expect(keyless.read('a')).not.toHaveProperty('sealed');
    expect(keyless.read('a').body).toEqual({ named: 'a' });
    expect(() => keyless.append(aDraft('e'))).toThrow(TypeError);
    keyless.close();
  });

  test('a ledger that another key sealed is not opened, and the remedy is named', () => {
    expect(() => openSqlLedger({ path, key: OTHER_KEY })).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        details: [expect.stringMatching(/restore its key, or move the ledger away/)],
      }) as Error,
    );
  });

  test('nothing sealed stands in the file in the clear', () => {
    const database = new DatabaseSync(path);
    const rows = database.prepare('SELECT hex(sealed) AS sealed, body FROM entry').all() as { sealed: string }[];
    database.close();
    const clear = Buffer.from('secret').toString('hex').toUpperCase();
    expect(rows.every(({ sealed }) => !sealed.includes(clear))).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('the file is readable by its owner alone', () => {
    expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('two writers', () => {
  test('entries of two connections make one chain', () => {
    const second = openSqlLedger({ path, key: KEY });
    for (let turn = 0; turn < 5; turn += 1) {
      ledger.append(aDraft(`first-${turn}`));
      second.append(aDraft(`second-${turn}`));
    }
    expect(second.verify()).toMatchObject({ intact: true, entries: 14 });
    second.close();
  });

  test('an append that cannot get the lock says that nothing was recorded', { timeout: 20_000 }, () => {
    const blocker = new DatabaseSync(path);
    blocker.exec('BEGIN IMMEDIATE');
    expect(() => ledger.append(aDraft('e'))).toThrow(expect.objectContaining({ code: 'ledger.unavailable' }) as Error);
    blocker.exec('ROLLBACK');
    blocker.close();
    expect(ledger.append(aDraft('e')).sequence).toBe(5);
  });
});

test('a file that is no database is an unavailable ledger', () => {
  expect(() => openSqlLedger({ path: '/dev/null/ledger.sqlite' })).toThrow(
    expect.objectContaining({ code: 'ledger.unavailable' }) as Error,
  );
});
