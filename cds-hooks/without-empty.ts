import type { FhirResource } from './card.ts';

/** Leaves out what JSON of CDS Hooks may not hold, at every depth: null, "", [] and {} (interop REQ-06). */
export function withoutEmpty(resource: FhirResource): FhirResource {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([element, value]) => {
      const pruned = prune(value);
      return isEmpty(pruned) ? [] : [[element, pruned]];
    }),
  );
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune).filter((item) => !isEmpty(item));
  return typeof value === 'object' && value !== null ? withoutEmpty(value as FhirResource) : value;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
