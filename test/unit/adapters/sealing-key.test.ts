import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSealingKey, sealingKeyOf } from '../../../src/adapters/sealing-key.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'sextant-key-'));
const key = sealingKeyOf(new Uint8Array(32).fill(1));

test('what is sealed opens again under its own context', () => {
  const value = { potassium: 5.1, name: 'Zoë' };
  expect(key.unseal(key.seal(value, 'entry-1'), 'entry-1')).toEqual(value);
});

test('the same value is never sealed to the same bytes', () => {
  expect(key.seal({ a: 1 }, 'x')).not.toEqual(key.seal({ a: 1 }, 'x'));
});

test.each([
  ['another context', (bytes: Uint8Array) => [bytes, 'entry-2'] as const],
  ['a flipped bit', (bytes: Uint8Array) => [bytes.with(40, (bytes[40] ?? 0) ^ 1), 'entry-1'] as const],
  ['a cut end', (bytes: Uint8Array) => [bytes.subarray(0, -1), 'entry-1'] as const],
  ['no bytes', () => [new Uint8Array(), 'entry-1'] as const],
])('%s does not open', (_, change) => {
  const [bytes, context] = change(new Uint8Array(key.seal({ value: 'x'.repeat(100) }, 'entry-1')));
  expect(() => key.unseal(bytes, context)).toThrow(expect.objectContaining({ code: 'ledger.broken' }) as Error);
});

test('a pseudonym is stable, differs by patient and by key, and does not hold the reference', () => {
  const other = sealingKeyOf(new Uint8Array(32).fill(2));
  expect(key.pseudonym('Patient/p1')).toBe(key.pseudonym('Patient/p1'));
  expect(key.pseudonym('Patient/p1')).not.toBe(key.pseudonym('Patient/p2'));
  expect(key.pseudonym('Patient/p1')).not.toBe(other.pseudonym('Patient/p1'));
  expect(key.pseudonym('Patient/p1')).toMatch(/^[0-9a-f]{32}$/);
});

test('a key file is made once, for its owner alone, and read again', () => {
  const path = join(folder(), 'data', 'sealing.key');
  const made = openSealingKey(path);
  expect(openSealingKey(path).id).toBe(made.id);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).not.toContain(made.id);
});

test.skipIf(process.platform === 'win32')('a key that others may read is refused', () => {
  const path = join(folder(), 'sealing.key');
  openSealingKey(path);
  chmodSync(path, 0o644);
  expect(() => openSealingKey(path)).toThrow(/owner alone/);
});

test('a file that holds no key is refused and left as it is', () => {
  const path = join(folder(), 'sealing.key');
  writeFileSync(path, 'short', { mode: 0o600 });
  expect(() => openSealingKey(path)).toThrow(expect.objectContaining({ code: 'config.invalid' }) as Error);
  expect(readFileSync(path, 'utf8')).toBe('short');
});
