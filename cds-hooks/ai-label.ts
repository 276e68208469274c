/** Labels a resource as asserted by artificial intelligence (AI Transparency on FHIR; interop AIP-01). */
export const AI_LABEL = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'AIAST',
  display: 'Artificial Intelligence asserted',
} as const;
