import { digestBytes, digestOf } from '../core/digest.ts';
import type { LedgerKind, LedgerVerdict } from '../domain/ledger-entry.ts';

/** What stands for "the hash before" in the first entry. */
export const FIRST_HASH = '0'.repeat(64);

/** Everything that an entry's hash covers. The encrypted part enters by its digest, so no key is needed to check it. */
export interface ChainLink {
  readonly sequence: number;
  readonly id: string;
  readonly kind: LedgerKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly body: object;
  /** Which key sealed the encrypted part; null when there is none. */
  readonly keyId: string | null;
  /** SHA-256 of the encrypted bytes; null when there are none. */
  readonly sealedDigest: string | null;
  readonly previousHash: string;
}

/** A link as it lies in a store. */
export interface StoredLink extends ChainLink {
  readonly hash: string;
  readonly sealed: Uint8Array | null;
}

/** SHA-256 over the canonical JSON (RFC 8785) of all that the link says. */
export function hashOfLink(link: ChainLink): string {
  const { sequence, id, kind, at, body, keyId, sealedDigest, previousHash } = link;
  return digestOf({ sequence, id, kind, at, body, keyId, sealedDigest, previousHash });
}

/** Walks a chain from its first entry and collects every fault on the way. */
export interface ChainWalk {
  visit(link: StoredLink): void;
  /** Notes a row that is not an entry at all. */
  visitUnreadable(position: number, why: string): void;
  /**
   * What was found. With the hash of an earlier head as `anchor`, a chain that was cut short or rewritten as a whole is
   * found too; without one it cannot be.
   */
  verdict(anchor?: string): LedgerVerdict;
}

/** Starts a walk along a chain. */
export function startChainWalk(): ChainWalk {
  const faults: string[] = [];
  const hashes = new Set<string>();
  let entries = 0;
  let expected = 1;
  let lastHash = FIRST_HASH;

  return {
    visit(link) {
      faults.push(...faultsOf(link, expected, lastHash));
      entries += 1;
      expected = link.sequence + 1;
      lastHash = link.hash;
      hashes.add(link.hash);
    },
    visitUnreadable(position, why) {
      faults.push(`row ${position}: not an entry (${why})`);
    },
    verdict(anchor) {
      const cut = anchor === undefined || hashes.has(anchor) ? [] : [`no entry has the anchored hash ${anchor}`];
      const found = [...faults, ...cut];
      return { entries, intact: found.length === 0, lastHash, faults: found };
    },
  };
}

function faultsOf(link: StoredLink, expected: number, previousHash: string): readonly string[] {
  const digest = link.sealed === null ? null : digestBytes(link.sealed);
  const checks: readonly (readonly [boolean, string])[] = [
    [link.sequence === expected, `expected entry ${expected} here; entries are missing or out of order`],
    [link.previousHash === previousHash, 'does not follow the entry before it'],
    [link.sealedDigest === digest, 'the encrypted part is not the one that was recorded'],
    [link.hash === hashOfLink(link), 'the content is not the one that was recorded'],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => `entry ${link.sequence}: ${fault}`);
}
