import type { Service } from './services.ts';

/**
 * What an administrator types into an EHR that never reads discovery (Epic; interop DISC-13), as Markdown.
 */
export function registrationSheet(services: readonly Service[], baseUrl: string): string {
  return [
    '# Registering Sextant with an EHR',
    'Sextant is not a medical device. Until clients are authenticated it answers loopback callers alone: this sheet is for test systems on the same machine.',
    ...services.map((service) => serviceSection(service, baseUrl)),
    '## All services',
    [
      '- FHIR version: R4. CDS Hooks: 2.0.1.',
      '- JSON Web Token: none is expected or checked yet.',
      '- FHIR scopes: none, the FHIR server is not called.',
      '- A server that takes bare codes only may be given the queries without `http://loinc.org|`; the keys must stay.',
      '- Links and SMART apps: none yet.',
    ].join('\n'),
    '',
  ].join('\n\n');
}

function serviceSection(service: Service, baseUrl: string): string {
  const endpoint = `${baseUrl}/cds-services/${service.id}`;
  const rows = Object.entries(service.prefetch).map(
    ([key, { query, required }]) => `| ${key} | ${required ? 'yes' : 'no'} | \`${query.replaceAll('|', '\\|')}\` |`,
  );
  return [
    `## ${service.title}`,
    [
      `- Hook: ${service.hook} ${service.hookVersion}`,
      `- Endpoint: ${endpoint}`,
      `- Feedback: ${endpoint}/feedback`,
    ].join('\n'),
    service.description,
    ['| prefetch key | needed | query |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}
