import type { Dropped, SourceRef } from '../domain/record.ts';
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

/**
 * Sorts gathered resources by type, and keeps out what no reader may see: other patients' data first of all.
 *
 * A resource without id is cited by its position ("Observation/#12").
 */
export function fileResources(resources: readonly unknown[], patientId: string): FiledResources {
  const byType = new Map<string, FiledResource[]>();
  const byReference = new Map<string, FiledResource>();
  const refused: Dropped[] = [];
  resources.forEach((candidate, position) => {
    const { ref, resource, type } = named(candidate, position);
    const reason = reasonToRefuse(type, resource, patientId) ?? (byReference.has(ref) ? 'duplicate' : undefined);
    if (reason !== undefined) {
      refused.push(dropped(ref, reason));
      return;
    }
    const filed = { ref, resource };
    byReference.set(ref, filed);
    const id = ref.slice(ref.indexOf('/') + 1);
    if (!byReference.has(id)) byReference.set(id, filed);
    const list = byType.get(type);
    if (list === undefined) byType.set(type, [filed]);
    else list.push(filed);
  });
  return {
    ofType: (type) => byType.get(type) ?? [],
    find: (reference) => (reference === undefined ? undefined : byReference.get(reference)),
    dropped: refused,
  };
}

function named(candidate: unknown, position: number): FiledResource & { readonly type: string } {
  const resource = typeof candidate === 'object' && candidate !== null ? (candidate as Element) : {};
  const type = textOf(resource.resourceType) ?? 'Unknown';
  return { ref: `${type}/${textOf(resource.id) ?? `#${position}`}`, resource, type };
}

function reasonToRefuse(type: string, resource: Element, patientId: string): DropCode | undefined {
  if (type === 'Unknown') return 'not-a-resource';
  if (!isReadType(type)) return 'resource-type-unread';
  if (type === 'Patient') return resource.id === patientId ? undefined : 'other-patient';
  const field = SUBJECT[type];
  return field === undefined ? undefined : reasonOfSubject(referenceOf(resource[field]), patientId);
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
