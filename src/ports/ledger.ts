import type { LedgerDraft, LedgerEntry, LedgerVerdict } from '../domain/ledger-entry.ts';

/** The append-only, hash-chained record of what was shown. */
export interface Ledger {
  /**
   * Makes an entry durable before it returns: it survives kill -9 and power loss.
   *
   * An id that stands already is not written again: the entry that stands is returned, so that a retried call gets the
   * first answer (interop REQ-13).
   *
   * @throws AppError `ledger.unavailable` when it cannot; then nothing may be shown.
   */
  append(draft: LedgerDraft): LedgerEntry;
  /** The entry, with its sealed part where the ledger has the key. @throws AppError `ledger.not-found`. */
  read(id: string): LedgerEntry;
  /** Newest first, without their sealed parts. */
  list(options: { readonly kind?: LedgerEntry['kind']; readonly limit: number }): readonly LedgerEntry[];
  /** Walks the whole chain; `anchor`, the hash of an earlier head, makes a cut tail visible too. */
  verify(anchor?: string): LedgerVerdict;
  close(): void;
}
