import { z } from 'zod';
import { AppError } from '../src/core/errors.ts';
import type { FhirResource } from './card.ts';
import { findVersionProblems } from './fhir-version.ts';
import type { Service } from './services.ts';

/** A hook call that holds together: all that the rest of the service may know of the request. */
export interface HookCall {
  readonly hook: Service['hook'];
  readonly hookInstance: string;
  readonly patientId: string;
  /** "Practitioner/p1"; not always a practitioner (interop HOOK-13). */
  readonly userId: string;
  readonly encounterId?: string;
  /** Every resource of `context.draftOrders`, orders or not (interop HOOK-14). */
  readonly draftOrders: readonly FhirResource[];
  readonly prefetch: Readonly<Record<string, unknown>>;
}

/** A FHIR id (R4 datatypes). */
const FhirId = z.string('is missing; send the FHIR id').regex(/^[A-Za-z0-9\-.]{1,64}$/, 'is not a FHIR id');

const Resource = z.looseObject({ resourceType: z.string() });

const DraftOrders = z.object(
  {
    resourceType: z.literal('Bundle', 'must be a FHIR Bundle'),
    entry: z
      .array(z.looseObject({ resource: Resource.nullish() }, 'is not a Bundle entry'), 'must be an array')
      .nullish(),
  },
  'is missing; send a Bundle of the unsigned orders (HOOK-03)',
);

// Unknown fields and extensions are allowed everywhere and left alone (interop REQ-05).
const Context = {
  userId: z
    .string('is missing; send the user as Type/id')
    .regex(/^[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/, 'must be a reference such as Practitioner/123 (HOOK-13)'),
  patientId: FhirId,
  encounterId: FhirId.nullish(),
};

const REQUESTS = {
  // `catch`: patient-view has no drafts, and a stray field is no reason to refuse.
  'patient-view': requestOf(DraftOrders.optional().catch(undefined)),
  'order-sign': requestOf(DraftOrders),
} as const satisfies Record<Service['hook'], z.ZodType>;

function requestOf<Orders extends z.ZodType<z.infer<typeof DraftOrders> | undefined>>(draftOrders: Orders) {
  return z.object(
    {
      hook: z.string('is missing; send the name of the hook'),
      hookInstance: z.guid('must be a UUID, a new one for each call'),
      context: z.object({ ...Context, draftOrders }, 'is missing; send the context of the hook'),
      prefetch: z.record(z.string(), z.unknown(), 'must be an object of the prefetch keys').nullish(),
      fhirServer: z.url('must be an absolute URL').nullish(),
      fhirAuthorization: z.looseObject({}, 'must be an object').nullish(),
      extension: z.unknown().optional(),
    },
    'must be a JSON object',
  );
}

/**
 * Reads a hook call. All that is wrong is reported together.
 *
 * @throws AppError `request.malformed`, `hook.mismatch`, `fhir.version` or `patient.mismatch`.
 */
export function parseRequest(service: Service, body: unknown): HookCall {
  const parsed = REQUESTS[service.hook].safeParse(body);
  if (!parsed.success) throw new AppError('request.malformed', parsed.error.issues.flatMap(problemLines));
  const request = parsed.data;
  if (request.hook !== service.hook) throw new AppError('hook.mismatch', [`${service.id} answers ${service.hook}.`]);
  // Logical model, invariant cds-r-1 (interop REQ-03).
  if (request.fhirAuthorization != null && request.fhirServer == null) {
    throw new AppError('request.malformed', ['fhirServer: is missing; fhirAuthorization is sent only with it.']);
  }
  const { userId, patientId, encounterId, draftOrders } = request.context;
  const call: HookCall = {
    hook: service.hook,
    hookInstance: request.hookInstance.toLowerCase(),
    patientId,
    userId,
    ...(encounterId == null ? {} : { encounterId }),
    draftOrders: resourcesOf(draftOrders),
    prefetch: request.prefetch ?? {},
  };
  refuseOtherVersions(call, request.extension);
  refuseForeignOrders(call);
  return call;
}

function resourcesOf(bundle: z.infer<typeof DraftOrders> | undefined): readonly FhirResource[] {
  return (bundle?.entry ?? []).flatMap((entry) => (entry.resource == null ? [] : [entry.resource]));
}

function refuseOtherVersions(call: HookCall, extension: unknown): void {
  const problems = findVersionProblems(call.draftOrders, extension);
  if (problems.length > 0) throw new AppError('fhir.version', problems);
}

function refuseForeignOrders(call: HookCall): void {
  const foreign = call.draftOrders.flatMap((order, index) =>
    isOfAnother(order, call.patientId) ? [`context.draftOrders.entry[${index}]: is for another patient.`] : [],
  );
  if (foreign.length > 0) throw new AppError('patient.mismatch', foreign);
}

const Subject = z.looseObject({ reference: z.string() });

/** Whether a resource names a patient that is not this one. */
function isOfAnother(resource: FhirResource, patientId: string): boolean {
  const subject = Subject.safeParse(resource.subject ?? resource.patient);
  if (!subject.success) return false;
  const [, id] = /(?:^|\/)Patient\/([^/]+)/.exec(subject.data.reference) ?? [];
  return id !== undefined && id !== patientId;
}

function problemLines(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return [`${path === '' ? 'body' : path.replace(/^\./, '')}: ${issue.message}.`];
}
