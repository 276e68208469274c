import { groupBy } from '../core/array.ts';
import type { Dropped, SourceRef } from '../domain/record.ts';
import { currentVersions } from './current-versions.ts';
import { dropped, type DropCode } from './dropped.ts';
import { referenceOf, textOf, type Element } from './read-fhir.ts';

/** A resource with the name under which the record cites it. */
export interface FiledResource {
  readonly ref: SourceRef;
  readonly resource: Element;
}

/** One patient's resources by type; what may not be used is already out. */
export interface FiledResources {
  ofType(type: ReadType): readonly FiledResource[];
  /** The resource that a reference ("Type/id" or a bare id) points to. */
  find(reference: string | undefined): FiledResource | undefined;
  readonly dropped: readonly Dropped[];
}

/** Where each resource type says whom it is about; undefined: about nobody. */
const SUBJECT = {
  Patient: undefined,
  Medication: undefined,
  Encounter: 'subject',
  Observation: 'subject',
  Condition: 'subject',
  MedicationRequest: 'subject',
  MedicationStatement: 'subject',
  MedicationDispense: 'subject',
  MedicationAdministration: 'subject',
  AllergyIntolerance: 'patient',
} as const;

/** The resource types that a record is read from. */
export type ReadType = keyof typeof SUBJECT;

/** How resources are filed. */
export interface FilingOptions {
  /** An order that does not say whom it is about is about the patient in context: drafts of a hook. */
  readonly isSubjectImplied?: boolean;
}

type NamedResource = FiledResource & { readonly type: string };

/**
 * Sorts gathered resources by type, and keeps out what no reader may see: other patients' data first of all.
 *
 * A resource without id is cited by its position ("Observation/#12"). Of several versions of one the newest is filed.
 */
export function fileResources(
  resources: readonly unknown[],
  patientId: string,
  options: FilingOptions = {},
): FiledResources {
  const candidates = resources.map(named);
  const refused = candidates.flatMap((item) => {
    const reason = reasonToRefuse(item, patientId, options);
    return reason === undefined ? [] : [{ item, dropped: dropped(item.ref, reason) }];
  });
  const out = new Set(refused.map(({ item }) => item));
  const { kept, dropped: older } = currentVersions(candidates.filter((item) => !out.has(item)));
  const byType = groupBy(kept, ({ resource }) => textOf(resource.resourceType) ?? 'Unknown');
  const byReference = referencesTo(kept);
  return {
    ofType: (type) => byType.get(type) ?? [],
    find: (reference) => (reference === undefined ? undefined : byReference.get(reference)),
    dropped: [...refused.map((item) => item.dropped), ...older],
  };
}

/** By "Type/id", and by the bare id where it is no reference already. */
function referencesTo(filed: readonly FiledResource[]): ReadonlyMap<string, FiledResource> {
  const byReference = new Map(filed.map((item) => [item.ref, item]));
  for (const item of filed) {
    const id = item.ref.slice(item.ref.indexOf('/') + 1);
    if (!byReference.has(id)) byReference.set(id, item);
  }
  return byReference;
}

function named(candidate: unknown, position: number): NamedResource {
  const resource = typeof candidate === 'object' && candidate !== null ? (candidate as Element) : {};
  const type = textOf(resource.resourceType) ?? 'Unknown';
  return { ref: `${type}/${textOf(resource.id) ?? `#${position}`}`, resource, type };
}

function reasonToRefuse(
  { type, resource }: NamedResource,
  patientId: string,
  { isSubjectImplied = false }: FilingOptions,
): DropCode | undefined {
  if (type === 'Unknown') return 'not-a-resource';
  if (!isReadType(type)) return 'resource-type-unread';
  if (type === 'Patient') return resource.id === patientId ? undefined : 'other-patient';
  const field = SUBJECT[type];
  if (field === undefined || (isSubjectImplied && (resource[field] ?? undefined) === undefined)) return undefined;
  return reasonOfSubject(referenceOf(resource[field]), patientId);
}

function isReadType(type: string): type is ReadType {
  return Object.hasOwn(SUBJECT, type);
}

function reasonOfSubject(reference: string | undefined, patientId: string): DropCode | undefined {
  if (reference === undefined || reference.startsWith('#')) return 'subject-missing';
  const [type, id] = reference.includes('/') ? reference.split('/') : ['Patient', reference];
  if (type !== 'Patient') return 'subject-not-patient';
  return id === patientId ? undefined : 'other-patient';
}
