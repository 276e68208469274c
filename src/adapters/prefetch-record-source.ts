import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Availability, Dropped, PatientRecord } from '../domain/record.ts';
import type { GatheredRecord, RecordSource } from '../ports/record-source.ts';
import { dropped } from '../record/dropped.ts';

/** What a prefetch key fills, and whether the service can do without it. */
export interface PrefetchPart {
  /** `background` fills no part that anything is screened against. */
  readonly part: 'patient' | 'background' | keyof PatientRecord['availability'];
  readonly required: boolean;
}

type Resource = Readonly<Record<string, unknown>>;

interface Arrived {
  readonly availability: Availability;
  readonly resources: readonly Resource[];
  readonly dropped: readonly Dropped[];
}

const Resource = z.looseObject({ resourceType: z.string() });
const Entry = z.looseObject({ resource: Resource, search: z.unknown().optional() });
const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  // Each entry is read alone: one that is malformed must not hide the others.
  entry: z.array(z.unknown()).nullish(),
  link: z.array(z.unknown()).nullish().catch(undefined),
  total: z.number().nullish().catch(undefined),
});
const PatientReference = z.looseObject({ reference: z.string().regex(/(^|\/)Patient\/[^/]+$/) });
const NextPage = z.looseObject({ relation: z.literal('next') });
const SearchMode = z.looseObject({ mode: z.literal('match') });
const Outcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.looseObject({ severity: z.string(), code: z.string().nullish() })).nullish(),
});

/**
 * Gathers a record from what the client prefetched, and from nothing else.
 *
 * A key is given, empty, absent or failed (interop PF-07, PF-10); an entry that cannot be read and a page that did not
 * come are listed in `dropped`. Resources are passed on as received.
 *
 * @throws AppError `prefetch.missing` when a required key is absent, `patient.mismatch` when any resource is another
 *   patient's.
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
    Object.keys(keys).map((key) => [key, arrivalOf(key, prefetch[key], Object.hasOwn(prefetch, key))]),
  );
  const stateOf = (key: string): Availability => arrived.get(key)?.availability ?? 'absent';
  const missing = Object.entries(keys).filter(([key, { part, required }]) =>
    part === 'patient' ? stateOf(key) !== 'given' : required && stateOf(key) === 'absent',
  );
  if (missing.length > 0)
    throw new AppError('prefetch.missing', [`Missing: ${missing.map(([key]) => key).join(', ')}.`]);

  refuseForeignPatient(arrived, patientId);
  const resources = [...arrived.values()].flatMap((arrival) => arrival.resources);
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
    dropped: [...arrived.values()].flatMap((arrival) => arrival.dropped),
  };
}

function arrivalOf(key: string, value: unknown, wasSent: boolean): Arrived {
  if (!wasSent || value === undefined) return { availability: 'absent', resources: [], dropped: [] };
  if (value === null) return { availability: 'empty', resources: [], dropped: [] };
  const resource = Resource.safeParse(value);
  if (!resource.success) return { availability: 'failed', resources: [], dropped: [] };
  if (resource.data.resourceType === 'Bundle') return arrivalOfBundle(key, value);
  return { ...arrivalOfResources([resource.data]), dropped: [] };
}

/** An entry that cannot be read may be the one that matters: what came is used, and the part has failed. */
function arrivalOfBundle(key: string, value: unknown): Arrived {
  const bundle = Bundle.safeParse(value);
  if (!bundle.success) return { availability: 'failed', resources: [], dropped: [] };
  const entries = (bundle.data.entry ?? []).map((entry) => Entry.safeParse(entry));
  const unread = entries.flatMap(({ success }, position) =>
    success ? [] : [dropped(`prefetch.${key}/entry/${position}`, 'not-a-resource')],
  );
  const read = entries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const arrived = arrivalOfResources(read.map(({ resource }) => resource));
  const missing = isPartial(bundle.data, read) ? [dropped(`prefetch.${key}`, 'page-missing')] : [];
  return {
    availability: unread.length > 0 ? 'failed' : arrived.availability,
    resources: arrived.resources,
    dropped: [...unread, ...missing],
  };
}

function arrivalOfResources(all: readonly Resource[]): Omit<Arrived, 'dropped'> {
  const outcomes = all.filter((one) => one.resourceType === 'OperationOutcome');
  const resources = all.filter((one) => one.resourceType !== 'OperationOutcome');
  if (outcomes.some(isFailure)) return { availability: 'failed', resources };
  return { availability: resources.length > 0 ? 'given' : 'empty', resources };
}

/** A page of a searchset says that another follows, or counts more matches than it holds (FHIR R4 §3.1.1.4, Bundle.total). */
function isPartial({ link, total }: z.infer<typeof Bundle>, read: readonly z.infer<typeof Entry>[]): boolean {
  if (link?.some((one) => NextPage.safeParse(one).success) === true) return true;
  return typeof total === 'number' && total > matchesOf(read);
}

/** Where entries say how they were found, what was included with a match is none. */
function matchesOf(read: readonly z.infer<typeof Entry>[]): number {
  const found = read.filter(({ resource }) => resource.resourceType !== 'OperationOutcome');
  const marked = found.filter(({ search }) => SearchMode.safeParse(search).success);
  return marked.length > 0 ? marked.length : found.length;
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

/** A client that mixes patients in one call may have mixed them anywhere: nothing of the call is trusted. */
function refuseForeignPatient(arrived: ReadonlyMap<string, Arrived>, patientId: string): void {
  const mixed = [...arrived].filter(([, { resources }]) => resources.some((one) => isForeign(one, patientId)));
  if (mixed.length === 0) return;
  const problems = mixed.map(([key]) => `prefetch.${key}: holds data of another patient than context.patientId.`);
  throw new AppError('patient.mismatch', problems);
}

function isForeign(resource: Resource, patientId: string): boolean {
  if (resource.resourceType === 'Patient') return resource.id !== patientId;
  return [resource.subject, resource.patient].some((reference) => {
    const parsed = PatientReference.safeParse(reference);
    return parsed.success && parsed.data.reference.replace(/^.*Patient\//, '') !== patientId;
  });
}
