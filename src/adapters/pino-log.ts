import { pino, type DestinationStream, type Logger } from 'pino';
import { AppError } from '../core/errors.ts';

/**
 * Where patient data or secrets could enter a log line, in the one list that keeps them out.
 *
 * Nothing that Sextant logs holds these; the list is the second lock on the door.
 */
export const REDACTED_PATHS: readonly string[] = [
  'authorization',
  'body',
  'context',
  'fhirAuthorization',
  'headers',
  'patientId',
  'prefetch',
  'resource',
  'sealed',
  'userComment',
  'userId',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** What may be said of a failure: its kind and where it happened. The message of an unforeseen one may quote patient data. */
export interface SafeError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly at: readonly string[];
  readonly cause?: SafeError;
}

/** Opens the log: JSON lines, without patient data. Lines go to standard output unless a stream is given. */
export function openLog(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: [...REDACTED_PATHS], censor: '[redacted]' },
    serializers: { err: safeError },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

/** Describes a failure for the log. */
export function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const code = error instanceof AppError ? error.code : (error as { readonly code?: unknown }).code;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    // Only an AppError's message is ours by contract.
    ...(error instanceof AppError ? { message: error.message } : {}),
    at: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}

// The stack begins with the message, whose lines may look like frames: where it cannot be cut off, nothing is said.
function framesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(`${message}\n    at `);
  if (start < 0) return [];
  const lines = stack.slice(start + message.length).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 6);
}
