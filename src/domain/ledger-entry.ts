import type { Instant } from '../core/time.ts';

/** What happened: an answered hook, or what the clinician made of it. */
export type LedgerKind = 'hook' | 'feedback' | 'verification';

/** An event that is to be recorded. `body` is JSON; `sealed` is encrypted at rest (patient data). */
export interface LedgerDraft {
  readonly id: string;
  readonly kind: LedgerKind;
  readonly at: Instant;
  readonly body: object;
  readonly sealed?: object;
}

/** A recorded event, chained to the one before it. */
export interface LedgerEntry extends LedgerDraft {
  readonly sequence: number;
  /** Hash of the previous entry; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 over everything above and the encrypted bytes of `sealed`. */
  readonly hash: string;
}

/** What a check of the whole chain found. */
export interface LedgerVerdict {
  readonly entries: number;
  readonly intact: boolean;
  readonly lastHash: string;
  /** One line a fault: sequence and what does not hold. */
  readonly faults: readonly string[];
}
