import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { instant } from '../../src/core/time.ts';
import type { LedgerDraft } from '../../src/domain/ledger-entry.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { FIRST_HASH } from '../../src/provenance/hash-chain.ts';

/** A draft with a body that names it, for ledgers under test. */
export function aDraft(id: string, change: Partial<LedgerDraft> = {}): LedgerDraft {
  return { id, kind: 'hook', at: instant(1_750_000_000_000), body: { named: id }, sealed: { secret: id }, ...change };
}

/** What every ledger must do. `open` gives a fresh, empty one that can seal. */
export function describeLedgerContract(name: string, open: () => Ledger): void {
  describe(`${name} as a ledger`, () => {
    let ledger: Ledger;
    beforeEach(() => {
      ledger = open();
    });
    afterEach(() => {
      ledger.close();
    });

    test('an appended entry reads back with its body and its sealed part', () => {
      ledger.append(aDraft('a'));
      expect(ledger.read('a')).toMatchObject({ ...aDraft('a'), sequence: 1, previousHash: FIRST_HASH });
    });

    test('each entry carries the hash of the one before', () => {
      const first = ledger.append(aDraft('a'));
      const second = ledger.append(aDraft('b'));
      expect(second).toMatchObject({ sequence: 2, previousHash: first.hash });
    });

    test('an id that stands already is not written again, and its first entry comes back', () => {
      const first = ledger.append(aDraft('a'));
      const again = ledger.append(aDraft('a', { body: { named: 'another' } }));
      expect(again).toEqual(first);
      expect(ledger.verify().entries).toBe(1);
    });

    test('an entry without a sealed part has none', () => {
      const { id, kind, at, body } = aDraft('a');
      ledger.append({ id, kind, at, body });
      expect(ledger.read('a')).not.toHaveProperty('sealed');
    });

    test('an unknown id is not found', () => {
      expect(() => ledger.read('nobody')).toThrow(new AppError('ledger.not-found', ['nobody']));
    });

    test('the list is newest first, bounded, by kind, and without sealed parts', () => {
      ledger.append(aDraft('a'));
      ledger.append(aDraft('b', { kind: 'feedback' }));
      ledger.append(aDraft('c'));
      expect(ledger.list({ limit: 2 }).map((entry) => entry.id)).toEqual(['c', 'b']);
      expect(ledger.list({ kind: 'hook', limit: 9 }).map((entry) => entry.id)).toEqual(['c', 'a']);
      expect(ledger.list({ limit: 9 }).every((entry) => entry.sealed === undefined)).toBe(true);
    });

    test('an empty ledger is intact', () => {
      expect(ledger.verify()).toEqual({ entries: 0, intact: true, lastHash: FIRST_HASH, faults: [] });
    });

    test('a ledger that was only appended to is intact, and its last hash is its head', () => {
      ledger.append(aDraft('a'));
      const head = ledger.append(aDraft('b'));
      expect(ledger.verify()).toEqual({ entries: 2, intact: true, lastHash: head.hash, faults: [] });
    });

    test('an earlier head is found as an anchor, and a hash that never stood is a fault', () => {
      const first = ledger.append(aDraft('a'));
      ledger.append(aDraft('b'));
      expect(ledger.verify(first.hash).intact).toBe(true);
      expect(ledger.verify('f'.repeat(64))).toMatchObject({ intact: false });
    });

    test('a body that has no JSON form is a bug of the caller, and nothing is written', () => {
      expect(() => ledger.append(aDraft('a', { body: { value: Number.NaN } }))).toThrow();
      expect(ledger.verify().entries).toBe(0);
      expect(ledger.append(aDraft('b')).sequence).toBe(1);
    });
  });
}
