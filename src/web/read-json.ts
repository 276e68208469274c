import { AppError } from '../core/errors.ts';

/** How deep JSON may nest. FHIR resources stay below 20; recursion over the parsed value stays far from the stack's end. */
export const MAXIMUM_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Parses a request body.
 *
 * The depth is checked before parsing. The parser's own message quotes the input, so it is dropped.
 *
 * @throws AppError `request.too-deep` or `request.malformed`.
 */
export function readJson(bytes: Uint8Array): unknown {
  if (depthOf(bytes) > MAXIMUM_DEPTH) throw new AppError('request.too-deep', [`At most ${MAXIMUM_DEPTH} levels.`]);
  const value = parse(decode(bytes));
  if (!isFinite(value)) throw new AppError('request.malformed', ['body: holds a number that is out of range.']);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('request.malformed', ['body: is not valid JSON.']);
  }
}

// 1e999 parses to Infinity, which has no JSON form and could not be recorded.
function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isFinite);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('request.malformed', ['body: is not UTF-8.']);
  }
}

// A loop over bytes, not a pattern: a pattern over a string of megabytes overflows the stack of the regex engine.
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) deepest = Math.max(deepest, (depth += 1));
    else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
  }
  return deepest;
}
