import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of a text, as 64 hexadecimal digits. */
export function digestText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 of bytes, as 64 hexadecimal digits. */
export function digestBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a value as canonical JSON (RFC 8785), so that equal values have equal bytes.
 *
 * @throws TypeError when the value has no JSON form.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value has no JSON form');
  return text;
}

/** SHA-256 of a value's canonical JSON. */
export function digestOf(value: unknown): string {
  return digestText(canonicalJson(value));
}

/**
 * A UUID that is a function of its parts alone (RFC 9562 §5.8, version 8, SHA-256), so that the same call gives the
 * same identifiers.
 */
export function uuidOf(...parts: readonly string[]): string {
  const hex = digestText(canonicalJson(parts));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
