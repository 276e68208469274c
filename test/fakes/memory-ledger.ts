import { canonicalJson, digestOf } from '../../src/core/digest.ts';
import { AppError } from '../../src/core/errors.ts';
import type { LedgerDraft, LedgerEntry } from '../../src/domain/ledger-entry.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { FIRST_HASH, hashOfLink, startChainWalk, type StoredLink } from '../../src/provenance/hash-chain.ts';

/** A ledger in memory that a test may also tell to fail. */
export interface MemoryLedger extends Ledger {
  /** From now on nothing can be recorded. */
  fail(): void;
}

/** Opens an empty ledger in memory. Sealed parts are kept as text; their digest stands for the encrypted bytes'. */
export function openMemoryLedger(): MemoryLedger {
  const entries: LedgerEntry[] = [];
  const links: StoredLink[] = [];
  let failing = false;

  function write(draft: LedgerDraft): LedgerEntry {
    const text = draft.sealed === undefined ? undefined : new TextEncoder().encode(canonicalJson(draft.sealed));
    const link = {
      sequence: entries.length + 1,
      id: draft.id,
      kind: draft.kind,
      at: draft.at,
      body: JSON.parse(canonicalJson(draft.body)) as object,
      keyId: text === undefined ? null : 'memory',
      sealedDigest: draft.sealed === undefined ? null : digestOf(draft.sealed),
      previousHash: entries.at(-1)?.hash ?? FIRST_HASH,
    };
    const hash = hashOfLink(link);
    links.push({ ...link, sealed: text ?? null, hash });
    const { sequence, id, kind, body, previousHash } = link;
    const sealed = draft.sealed === undefined ? {} : { sealed: JSON.parse(canonicalJson(draft.sealed)) as object };
    const entry = { sequence, id, kind, at: draft.at, body, previousHash, hash, ...sealed };
    entries.push(entry);
    return entry;
  }

  return {
    append(draft) {
      if (failing) throw new AppError('ledger.unavailable');
      return entries.find((entry) => entry.id === draft.id) ?? write(draft);
    },
    read(id) {
      const entry = entries.find((candidate) => candidate.id === id);
      if (entry === undefined) throw new AppError('ledger.not-found', [id]);
      return entry;
    },
    list: ({ kind, limit }) =>
      entries
        .filter((entry) => kind === undefined || entry.kind === kind)
        .reverse()
        .slice(0, limit)
        .map(({ sequence, id, kind, at, body, previousHash, hash }) => ({
          sequence,
          id,
          kind,
          at,
          body,
          previousHash,
          hash,
        })),
    verify(anchor) {
      const chain = startChainWalk();
      links.forEach((link) => {
        chain.visit(link);
      });
      return chain.verdict(anchor);
    },
    close: () => undefined,
    fail() {
      failing = true;
    },
  };
}
