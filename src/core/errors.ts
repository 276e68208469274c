/** All that is known of one foreseen failure: what the caller is told, and what to do about it. */
export interface ErrorKind {
  /** HTTP status of the answer. */
  readonly status: number;
  /** FHIR R4 issue type (http://hl7.org/fhir/issue-type). */
  readonly issue: string;
  readonly title: string;
  readonly fix: string;
}

/** The one table of foreseen failures; README lists the same codes, and a test says so. */
export const ERRORS = {
  'request.malformed': {
    status: 400,
    issue: 'structure',
    title: 'The request is not a CDS Hooks call.',
    fix: 'Send the fields that the diagnostics name (CDS Hooks 2.0.1, HTTP Request).',
  },
  'request.too-deep': {
    status: 400,
    issue: 'too-costly',
    title: 'The JSON is nested too deeply.',
    fix: 'Send plain FHIR resources; the limit is in the diagnostics.',
  },
  'request.too-large': {
    status: 413,
    issue: 'too-costly',
    title: 'The request body is too large.',
    fix: 'Narrow the prefetch queries (dates, _count).',
  },
  'request.media-type': {
    status: 415,
    issue: 'not-supported',
    title: 'The body is not JSON.',
    fix: 'Send Content-Type: application/json.',
  },
  'request.method': {
    status: 405,
    issue: 'not-supported',
    title: 'This method is not served here.',
    fix: 'Use the method that the Allow header names.',
  },
  'route.unknown': {
    status: 404,
    issue: 'not-found',
    title: 'Nothing is served here.',
    fix: 'GET /cds-services lists the services.',
  },
  'service.unknown': {
    status: 404,
    issue: 'not-found',
    title: 'No service has this id.',
    fix: 'GET /cds-services lists the services.',
  },
  'hook.mismatch': {
    status: 400,
    issue: 'invalid',
    title: 'The hook is not the one of this service.',
    fix: 'Call the service that is registered for this hook.',
  },
  'patient.mismatch': {
    status: 400,
    issue: 'security',
    title: 'The request mixes patients.',
    fix: 'Send only data of the patient in context.patientId.',
  },
  'hook.repeated': {
    status: 409,
    issue: 'duplicate',
    title: 'This hookInstance was used for another request.',
    fix: 'Send a new hookInstance with each call; only an unchanged call may be repeated.',
  },
  'fhir.version': {
    status: 412,
    issue: 'not-supported',
    title: 'The resources are not FHIR R4.',
    fix: 'Register this service with the R4 endpoint of the client.',
  },
  'prefetch.missing': {
    status: 412,
    issue: 'required',
    title: 'Data that this service needs was not sent.',
    fix: 'Send the prefetch keys that the diagnostics name.',
  },
  'model.unavailable': {
    status: 503,
    issue: 'transient',
    title: 'The world model did not answer.',
    fix: 'Try again; refusals are unaffected. See docs/operations.md.',
  },
  'ledger.unavailable': {
    status: 503,
    issue: 'transient',
    title: 'The answer could not be recorded, so it is not given.',
    fix: 'Check the disk of the ledger. See docs/operations.md.',
  },
  'ledger.not-found': {
    status: 404,
    issue: 'not-found',
    title: 'The ledger has no such entry.',
    fix: 'Use the id that the card shows.',
  },
  'ledger.broken': {
    status: 500,
    issue: 'exception',
    title: 'The ledger does not hold together.',
    fix: 'Stop the service, keep the file, run verify-ledger. See docs/operations.md.',
  },
  'config.invalid': {
    status: 500,
    issue: 'exception',
    title: 'The configuration is invalid.',
    fix: 'Mend the settings that the message names.',
  },
  internal: {
    status: 500,
    issue: 'exception',
    title: 'Sextant failed.',
    fix: 'Give the request id to the operator; the log has the cause.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** A foreseen failure. Its message and details never carry patient data. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** One line a problem, for example the missing prefetch keys. */
  readonly details: readonly string[];

  constructor(code: ErrorCode, details: readonly string[] = [], options?: ErrorOptions) {
    super([ERRORS[code].title, ...details].join(' '), options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
