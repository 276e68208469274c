import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  FIRST_HASH,
  hashOfLink,
  startChainWalk,
  type ChainLink,
  type StoredLink,
} from '../../../src/provenance/hash-chain.ts';

function chainOf(bodies: readonly object[]): readonly StoredLink[] {
  const links: StoredLink[] = [];
  for (const body of bodies) {
    const sequence = links.length + 1;
    const previousHash = links.at(-1)?.hash ?? FIRST_HASH;
    const link: ChainLink = {
      sequence,
      id: `e${sequence}`,
      kind: 'hook',
      at: sequence,
      body,
      keyId: null,
      sealedDigest: null,
      previousHash,
    };
    links.push({ ...link, sealed: null, hash: hashOfLink(link) });
  }
  return links;
}

function faultsOf(links: readonly StoredLink[]): readonly string[] {
  const walk = startChainWalk();
  links.forEach((link) => {
    walk.visit(link);
  });
  return walk.verdict().faults;
}

const bodies = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2, maxLength: 6 });

test('an untouched chain has no faults', () => {
  fc.assert(fc.property(bodies, (values) => faultsOf(chainOf(values)).length === 0));
});

test('removing any entry but the last is found', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), (values, pick) => {
      const links = chainOf(values);
      const removed = links.toSpliced(pick % (links.length - 1), 1);
      expect(faultsOf(removed).length).toBeGreaterThan(0);
    }),
  );
});

test('swapping two neighbours is found', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), (values, pick) => {
      const links = chainOf(values);
      const index = pick % (links.length - 1);
      const [one, other] = links.slice(index, index + 2) as [StoredLink, StoredLink];
      expect(faultsOf(links.toSpliced(index, 2, other, one)).length).toBeGreaterThan(0);
    }),
  );
});

test('one edited entry is one fault, at that entry', () => {
  const links = chainOf([{ a: 1 }, { a: 2 }, { a: 3 }]);
  const edited = links.map((link) => (link.sequence === 2 ? { ...link, body: { a: 9 } } : link));
  expect(faultsOf(edited)).toEqual(['entry 2: the content is not the one that was recorded']);
});

test('the hash does not depend on the order of keys', () => {
  const [link] = chainOf([{ a: 1, b: 2 }]) as [StoredLink];
  expect(hashOfLink({ ...link, body: { b: 2, a: 1 } })).toBe(link.hash);
});
