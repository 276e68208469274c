import { AppError, ERRORS, type ErrorCode, type ErrorKind } from '../core/errors.ts';
import { CANONICAL } from './canonical.ts';

/** A failure as HTTP tells it: a status, and an OperationOutcome without stack traces or patient data (interop REQ-10). */
export interface Problem {
  readonly code: ErrorCode;
  readonly status: number;
  readonly body: object;
}

/** What express and its body reader throw, by their `type`, in our words. */
const BODY_READER_ERRORS: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'request.too-large',
  'encoding.unsupported': 'request.media-type',
  'charset.unsupported': 'request.media-type',
  'entity.verify.failed': 'request.malformed',
  'request.aborted': 'request.malformed',
  'request.size.invalid': 'request.malformed',
  'stream.encoding.set': 'request.malformed',
};

/** Turns anything that was thrown into an answer; what was not foreseen becomes `internal` and says nothing more. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, details } = error instanceof AppError ? error : { code: codeOf(error), details: [] };
  const kind: ErrorKind = ERRORS[code];
  return { code, status: kind.status, body: operationOutcome(code, kind, [...details, `Request ${requestId}.`]) };
}

function codeOf(error: unknown): ErrorCode {
  const { type, status } = (error ?? {}) as { readonly type?: unknown; readonly status?: unknown };
  const known = typeof type === 'string' ? BODY_READER_ERRORS[type] : undefined;
  if (known !== undefined) return known;
  // Express and its readers mark what the caller did wrong with a 4xx status (a broken %-escape, a broken gzip stream).
  return typeof status === 'number' && status >= 400 && status < 500 ? 'request.malformed' : 'internal';
}

function operationOutcome(code: ErrorCode, kind: ErrorKind, details: readonly string[]): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: kind.status >= 500 ? 'fatal' : 'error',
        code: kind.issue,
        details: { coding: [{ system: `${CANONICAL}/CodeSystem/error`, code }], text: kind.title },
        diagnostics: [...details, kind.fix].join(' '),
      },
    ],
  };
}
