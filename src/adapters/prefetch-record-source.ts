import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Availability, PatientRecord } from '../domain/record.ts';
import type { GatheredRecord, RecordSource } from '../ports/record-source.ts';

/** What a prefetch key fills, and whether the service can do without it. */
export interface PrefetchPart {
  readonly part: 'patient' | keyof PatientRecord['availability'];
  readonly required: boolean;
}

type Resource = Readonly<Record<string, unknown>>;

interface Arrived {
  readonly availability: Availability;
  readonly resources: readonly Resource[];
}

const Resource = z.looseObject({ resourceType: z.string() });
const Entry = z.looseObject({ resource: Resource.nullish() });
const Bundle = z.looseObject({ resourceType: z.literal('Bundle'), entry: z.array(Entry).nullish() });
const Outcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.looseObject({ severity: z.string(), code: z.string().nullish() })).nullish(),
});

/**
 * Gathers a record from what the client prefetched, and from nothing else.
 *
 * A key is given, empty, absent or failed (interop PF-07, PF-10). Resources are passed on as received; the record stage
 * leaves out those of another patient.
 *
 * @throws AppError `prefetch.missing` when a required key is absent, `patient.mismatch` when the patient is another one.
 */
export function createPrefetchRecordSource(keys: Readonly<Record<string, PrefetchPart>>): RecordSource {
  return {
    // A promise even for a synchronous reader: the port also serves sources that ask a server.
    gather: ({ patientId, prefetch }) => Promise.resolve().then(() => gather(keys, patientId, prefetch)),
  };
}

function gather(
  keys: Readonly<Record<string, PrefetchPart>>,
  patientId: string,
  prefetch: Readonly<Record<string, unknown>>,
): GatheredRecord {
  const arrived = new Map(
    Object.keys(keys).map((key) => [key, arrivalOf(prefetch[key], Object.hasOwn(prefetch, key))]),
  );
  const stateOf = (key: string): Availability => arrived.get(key)?.availability ?? 'absent';
  const missing = Object.entries(keys).filter(([key, { part, required }]) =>
    part === 'patient' ? stateOf(key) !== 'given' : required && stateOf(key) === 'absent',
  );
  if (missing.length > 0)
    throw new AppError('prefetch.missing', [`Missing: ${missing.map(([key]) => key).join(', ')}.`]);

  const resources = [...arrived.values()].flatMap((arrival) => arrival.resources);
  refuseForeignPatient(resources, patientId);
  const availabilityOf = (part: PrefetchPart['part']): Availability =>
    summarise(
      Object.keys(keys)
        .filter((key) => keys[key]?.part === part)
        .map(stateOf),
    );
  return {
    patientId,
    resources,
    availability: {
      observations: availabilityOf('observations'),
      medications: availabilityOf('medications'),
      conditions: availabilityOf('conditions'),
      allergies: availabilityOf('allergies'),
    },
    keys: Object.fromEntries(Object.keys(keys).map((key) => [key, stateOf(key)])),
  };
}

function arrivalOf(value: unknown, wasSent: boolean): Arrived {
  if (!wasSent || value === undefined) return { availability: 'absent', resources: [] };
  if (value === null) return { availability: 'empty', resources: [] };
  const bundle = Bundle.safeParse(value);
  const resource = Resource.safeParse(value);
  if (!bundle.success && !resource.success) return { availability: 'failed', resources: [] };
  const all = bundle.success
    ? (bundle.data.entry ?? []).flatMap((entry) => (entry.resource == null ? [] : [entry.resource]))
    : resource.success
      ? [resource.data]
      : [];
  const outcomes = all.filter((one) => one.resourceType === 'OperationOutcome');
  const resources = all.filter((one) => one.resourceType !== 'OperationOutcome');
  if (outcomes.some(isFailure)) return { availability: 'failed', resources };
  return { availability: resources.length > 0 ? 'given' : 'empty', resources };
}

/** An outcome that only says "nothing found" (Epic's warning 4101, interop EPIC-07; a read's not-found) is no failure. */
function isFailure(outcome: Resource): boolean {
  const parsed = Outcome.safeParse(outcome);
  if (!parsed.success) return true;
  const issues = parsed.data.issue ?? [];
  return issues.some(({ severity, code }) => (severity === 'error' || severity === 'fatal') && code !== 'not-found');
}

/** A part with several keys is as bad as what failed of it, else as good as what came. */
function summarise(states: readonly Availability[]): Availability {
  const order: readonly Availability[] = ['failed', 'given', 'empty'];
  return order.find((state) => states.includes(state)) ?? 'absent';
}

function refuseForeignPatient(resources: readonly Resource[], patientId: string): void {
  const foreign = resources.some((resource) => resource.resourceType === 'Patient' && resource.id !== patientId);
  if (foreign) throw new AppError('patient.mismatch', ['prefetch.patient: is another patient than context.patientId.']);
}
