import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAXIMUM_DEPTH, readJson } from '../../../src/web/read-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test('any JSON reads back as itself', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
      const text = JSON.stringify(value);
      expect(readJson(bytes(text))).toEqual(JSON.parse(text));
    }),
  );
});

test('the deepest JSON that is allowed is read, and one level more is not', () => {
  expect(readJson(bytes(nested(MAXIMUM_DEPTH)))).toBeDefined();
  expect(() => readJson(bytes(nested(MAXIMUM_DEPTH + 1)))).toThrow(
    expect.objectContaining({ code: 'request.too-deep' }) as Error,
  );
});

test('brackets in strings, behind escaped quotes too, are not depth', () => {
  const value = { note: `\\"${'['.repeat(500)}`, other: `"${'{'.repeat(500)}\\` };
  expect(readJson(bytes(JSON.stringify(value)))).toEqual(value);
});

test('a string of megabytes is read', () => {
  const value = { data: 'a'.repeat(5_000_000) };
  expect(readJson(bytes(JSON.stringify(value)))).toEqual(value);
});

test.each(['', '{', '{"a":1,}', 'undefined', '{"name":"Okafor" x}', '"'])(
  '%s is malformed, and is not quoted',
  (text) => {
    expect(() => readJson(bytes(text))).toThrow(expect.objectContaining({ code: 'request.malformed' }) as Error);
    expect(() => readJson(bytes(text))).not.toThrow(/Okafor/);
  },
);

test('bytes that are not UTF-8 are malformed', () => {
  expect(() => readJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(/not UTF-8/);
});

test.each(['1e999', '-1e999', '{"a":[{"b":1e400}]}'])(
  '%s, which has no JSON form as a number, is malformed',
  (text) => {
    expect(() => readJson(bytes(text))).toThrow(expect.objectContaining({ code: 'request.malformed' }) as Error);
  },
);

test('the largest number is read', () => {
  expect(readJson(bytes('1.7976931348623157e308'))).toBe(Number.MAX_VALUE);
});
