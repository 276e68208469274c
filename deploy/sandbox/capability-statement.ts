import { SEARCH_PARAMETERS } from './fhir-search.ts';

/** Says what the sandbox's FHIR API can do (R4 CapabilityStatement), from the table that does it. */
export function capabilityStatement(base: string): object {
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

function resourceOf([type, parameters]: readonly [string, (typeof SEARCH_PARAMETERS)[string]]): object {
  return {
    type,
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    searchParam: Object.entries(parameters).map(([name, { kind }]) => ({ name, type: kind })),
  };
}
