import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { digestBytes } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';

/** What encrypts patient data at rest, and gives patients a name that means nothing outside. */
export interface SealingKey {
  /** Tells keys apart; reveals nothing of the key. */
  readonly id: string;
  /** Encrypts a JSON value for one ledger entry; `context` (the entry's id) is authenticated with it. */
  seal(value: object, context: string): Uint8Array;
  /** @throws AppError `ledger.broken` when the bytes were changed or belong to another entry. */
  unseal(bytes: Uint8Array, context: string): object;
  /** The same reference gives the same 32 hexadecimal digits, and nobody without the key can tell whose they are. */
  pseudonym(reference: string): string;
}

const KEY_BYTES = 32;
// 96-bit random nonces are safe for 2^32 messages a key (NIST SP 800-38D §8.3).
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Opens the sealing key in a file, or makes one where there is none.
 *
 * The file holds 32 random bytes in base64 and must be readable by its owner alone. Whoever loses it loses the sealed
 * part of every entry, but not the proof that the entries are whole.
 *
 * @throws AppError `config.invalid` when the file is not a key or others may read it.
 */
export function openSealingKey(path: string): SealingKey {
  try {
    if (!existsSync(path)) makeKeyFile(path);
    return sealingKeyOf(readKeyFile(path));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('config.invalid', [`The sealing key ${path} cannot be opened.`], { cause });
  }
}

/** A sealing key from its 32 bytes; encryption and pseudonyms use separate keys (HKDF, RFC 5869). */
export function sealingKeyOf(secret: Uint8Array): SealingKey {
  const encryption = derive(secret, 'sextant/seal');
  const naming = derive(secret, 'sextant/pseudonym');
  return {
    id: digestBytes(derive(secret, 'sextant/key-id')).slice(0, 16),
    seal: (value, context) => encrypt(encryption, Buffer.from(JSON.stringify(value)), context),
    unseal: (bytes, context) => JSON.parse(decrypt(encryption, bytes, context).toString('utf8')) as object,
    pseudonym: (reference) => createHmac('sha256', naming).update(reference).digest('hex').slice(0, 32),
  };
}

function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

function readKeyFile(path: string): Uint8Array {
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  const isPrivate = process.platform === 'win32' || (statSync(path).mode & 0o077) === 0;
  const problems = [
    ...(secret.length === KEY_BYTES ? [] : [`${path} must hold ${KEY_BYTES} bytes in base64.`]),
    ...(isPrivate ? [] : [`${path} must be readable by its owner alone (chmod 600).`]),
  ];
  if (problems.length > 0) throw new AppError('config.invalid', problems);
  return secret;
}

function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, KEY_BYTES));
}

// Bytes: nonce, tag, ciphertext of the deflated text. Gathered Bundles shrink about tenfold.
function encrypt(key: Uint8Array, text: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(deflateRawSync(text, { level: 1 })), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(key: Uint8Array, bytes: Uint8Array, context: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const ciphertext = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return inflateRawSync(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  } catch (cause) {
    throw new AppError('ledger.broken', ['The encrypted part of an entry does not open.'], { cause });
  }
}
