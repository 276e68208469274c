import type { LedgerDraft, LedgerEntry, LedgerVerdict } from '../domain/ledger-entry.ts';

/** The append-only, hash-chained record of what was shown. */
export interface Ledger {
  /**
   * Makes an entry durable before it returns: it survives kill -9 and power loss.
   *
   * @throws AppError `ledger.unavailable` when it cannot; then nothing may be shown.
   */
  append(draft: LedgerDraft): LedgerEntry;
  /** @throws AppError `ledger.not-found`. */
  read(id: string): LedgerEntry;
  /** Newest first. */
  list(options: { readonly kind?: LedgerEntry['kind']; readonly limit: number }): readonly LedgerEntry[];
  verify(): LedgerVerdict;
  close(): void;
}
