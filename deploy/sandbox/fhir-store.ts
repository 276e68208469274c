/** A FHIR R4 resource as the sandbox keeps it. */
export interface StoredResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** The sandbox's chart room: everything is in memory and gone when it stops. */
export interface FhirStore {
  read(type: string, id: string): StoredResource | undefined;
  /** In the order in which they were first put. */
  all(type: string): readonly StoredResource[];
  /** Adds a resource, or replaces the one with its type and id. */
  put(resource: StoredResource): void;
}

/** Opens a store that holds these resources. */
export function openFhirStore(resources: Iterable<StoredResource>): FhirStore {
  const types = new Map<string, Map<string, StoredResource>>();
  const put = (resource: StoredResource): void => {
    const ofType = types.get(resource.resourceType) ?? new Map<string, StoredResource>();
    types.set(resource.resourceType, ofType.set(resource.id, resource));
  };
  for (const resource of resources) put(resource);
  return {
    read: (type, id) => types.get(type)?.get(id),
    all: (type) => [...(types.get(type)?.values() ?? [])],
    put,
  };
}
