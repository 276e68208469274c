import { describe, expect, it } from 'vitest';
import { canonicalJson, digestBytes, digestOf, digestText, uuidOf } from '../../../src/core/digest.ts';

describe('digests', () => {
  it('match the published SHA-256 of "abc" (FIPS 180-4)', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(digestText('abc')).toBe(expected);
    expect(digestBytes(new TextEncoder().encode('abc'))).toBe(expected);
  });

  it('do not depend on the order of keys', () => {
    expect(digestOf({ b: 1, a: [1, 2] })).toBe(digestOf({ a: [1, 2], b: 1 }));
    expect(digestOf({ a: [2, 1] })).not.toBe(digestOf({ a: [1, 2] }));
  });

  it('refuse what has no JSON form', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson({ a: Number.NaN })).toThrow();
  });
});

describe('uuidOf', () => {
  it('is a version 8 UUID that depends on every part and on where the parts are cut', () => {
    expect(uuidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('a', 'b')).toBe(uuidOf('a', 'b'));
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'));
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('b', 'a'));
  });
});
