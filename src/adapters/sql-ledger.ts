import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { canonicalJson, digestBytes } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import { instant } from '../core/time.ts';
import type { LedgerDraft, LedgerEntry } from '../domain/ledger-entry.ts';
import type { Ledger } from '../ports/ledger.ts';
import { FIRST_HASH, hashOfLink, startChainWalk, type ChainLink, type StoredLink } from '../provenance/hash-chain.ts';
import type { SealingKey } from './sealing-key.ts';

/** Where the ledger lies, and what opens its sealed parts. */
export interface SqlLedgerOptions {
  readonly path: string;
  /** Without a key the ledger can be read and checked, but holds back and takes no sealed parts. */
  readonly key?: SealingKey;
}

// The three triggers make the table append-only even for somebody with an SQL prompt, who has to drop them first: the
// chain is what finds that out. The insert trigger also closes the way round through INSERT OR REPLACE.
const TABLE = `
  CREATE TABLE IF NOT EXISTS entry (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    key_id TEXT,
    sealed BLOB,
    sealed_digest TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entry_by_kind ON entry (kind, sequence);
  CREATE TRIGGER IF NOT EXISTS entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entry_in_order BEFORE INSERT ON entry
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
      OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
`;

const COLUMNS = `sequence, id, kind, at, body, key_id AS keyId, sealed, sealed_digest AS sealedDigest,
  previous_hash AS previousHash, hash`;

const Row = z.object({
  sequence: z.number(),
  id: z.string(),
  kind: z.enum(['hook', 'feedback', 'verification']),
  at: z.number(),
  body: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
  keyId: z.string().nullable(),
  sealed: z.instanceof(Uint8Array).nullable(),
  sealedDigest: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
});

/**
 * Opens the ledger in one SQLite file, making it where there is none.
 *
 * Durability: write-ahead log with synchronous=FULL, so each commit is on the disk before `append` returns (SQLite,
 * "PRAGMA synchronous"; EXTRA adds nothing in this mode). Writers of several processes take turns: an append holds the
 * write lock from reading the head to writing the next entry. See docs/decisions/0003-ledger-engine.md.
 *
 * @throws AppError `ledger.unavailable` when the file cannot be opened, `config.invalid` when another key sealed it.
 */
export function openSqlLedger({ path, key }: SqlLedgerOptions): Ledger {
  const database = attempt(() => openDatabase(path));
  refuseForeignKey(database, path, key);
  const head = database.prepare('SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1');
  const byId = database.prepare(`SELECT ${COLUMNS} FROM entry WHERE id = ?`);
  const newest = database.prepare(
    `SELECT ${COLUMNS} FROM entry WHERE ?1 IS NULL OR kind = ?1 ORDER BY sequence DESC LIMIT ?2`,
  );
  const insert = database.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');

  function find(id: string): LedgerEntry | undefined {
    const row: unknown = byId.get(id);
    return row === undefined ? undefined : entryOf(linkOf(row), key);
  }

  function write(draft: LedgerDraft): void {
    const sealed = draft.sealed === undefined ? null : sealWith(key, draft.sealed, draft.id);
    const last = z.object({ sequence: z.number(), hash: z.string() }).optional().parse(head.get());
    const link: ChainLink = {
      sequence: (last?.sequence ?? 0) + 1,
      id: draft.id,
      kind: draft.kind,
      at: draft.at,
      body: draft.body,
      keyId: sealed === null ? null : (key?.id ?? null),
      sealedDigest: sealed === null ? null : digestBytes(sealed),
      previousHash: last?.hash ?? FIRST_HASH,
    };
    const { sequence, id, kind, at, body, keyId, sealedDigest, previousHash } = link;
    const hash = hashOfLink(link);
    insert.run(sequence, id, kind, at, canonicalJson(body), keyId, sealed, sealedDigest, previousHash, hash);
  }

  return {
    append(draft) {
      return attempt(() =>
        inTransaction(database, () => {
          if (byId.get(draft.id) === undefined) write(draft);
          return find(draft.id) ?? missing(draft.id);
        }),
      );
    },
    read: (id) => attempt(() => find(id) ?? missing(id)),
    list: ({ kind, limit }) =>
      attempt(() => newest.all(kind ?? null, limit).map((row: unknown) => entryOf(linkOf(row), undefined))),
    verify: (anchor) => attempt(() => walk(database).verdict(anchor)),
    close: () => {
      database.close();
    },
  };
}

function openDatabase(path: string): DatabaseSyncInstance {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  // SQLite syncs the folder for its log, but not for the database file that we have just made.
  syncFolder(dirname(path));
  const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;');
  database.exec(TABLE);
  return database;
}

// With another key nothing that stands could be unsealed, and every patient would get a second pseudonym.
function refuseForeignKey(database: DatabaseSyncInstance, path: string, key: SealingKey | undefined): void {
  if (key === undefined) return;
  const newest = database.prepare('SELECT key_id FROM entry WHERE key_id IS NOT NULL ORDER BY sequence DESC LIMIT 1');
  const row = z.object({ key_id: z.string() }).optional().parse(newest.get());
  if (row === undefined || row.key_id === key.id) return;
  database.close();
  throw new AppError('config.invalid', [
    `The ledger ${path} was sealed with another key: restore its key, or move the ledger away.`,
  ]);
}

/** How long an append waits for another writer. Unit: ms. */
const LOCK_TIMEOUT_MS = 2000;

function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function inTransaction<T>(database: DatabaseSyncInstance, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function walk(database: DatabaseSyncInstance): ReturnType<typeof startChainWalk> {
  const chain = startChainWalk();
  let position = 0;
  for (const row of database.prepare(`SELECT ${COLUMNS} FROM entry ORDER BY sequence`).iterate() as Iterable<unknown>) {
    position += 1;
    try {
      chain.visit(linkOf(row));
    } catch {
      chain.visitUnreadable(position, 'its columns do not parse');
    }
  }
  return chain;
}

function linkOf(row: unknown): StoredLink {
  return Row.parse(row);
}

function entryOf(link: StoredLink, key: SealingKey | undefined): LedgerEntry {
  const { sequence, id, kind, at, body, previousHash, hash, sealed, keyId } = link;
  const entry = { sequence, id, kind, at: instant(at), body, previousHash, hash };
  const opener = key?.id === keyId ? key : undefined;
  return sealed === null || opener === undefined ? entry : { ...entry, sealed: opener.unseal(sealed, id) };
}

function sealWith(key: SealingKey | undefined, value: object, id: string): Uint8Array {
  if (key === undefined) throw new TypeError('a ledger that was opened without a key takes no sealed part');
  return key.seal(value, id);
}

function missing(id: string): never {
  throw new AppError('ledger.not-found', [id]);
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError || error instanceof TypeError) throw error;
    throw new AppError('ledger.unavailable', [], { cause: error });
  }
}
