import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { SEARCH_PARAMETERS } from './fhir-search.ts';

/** Says what the sandbox's FHIR API can do (R4 CapabilityStatement), from the table that does it. */
export function capabilityStatement(base: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    // The day on which this set of interactions was last changed.
    date: '2026-11-22',
    kind: 'instance',
    implementation: { description: 'Sextant sandbox EHR: virtual patients only', url: base },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [{ mode: 'server', resource: Object.entries(SEARCH_PARAMETERS).map(resourceOf) }],
  };
}

function resourceOf([type, parameters]: readonly [
  string,
  (typeof SEARCH_PARAMETERS)[string],
]): CapabilityStatementRestResource {
  return {
    // The table's keys are the resource types that it serves.
    type: type as CapabilityStatementRestResource['type'],
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    searchParam: Object.entries(parameters).map(([name, { kind }]) => ({ name, type: kind })),
  };
}
