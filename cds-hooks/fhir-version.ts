import { z } from 'zod';
import type { FhirResource } from './card.ts';

/** Order types that R4 no longer has; each names the version that it comes from. */
const OLDER_TYPES: Readonly<Record<string, string>> = {
  MedicationOrder: 'DSTU2',
  MedicationPrescription: 'DSTU1',
  ProcedureRequest: 'STU3',
  DiagnosticOrder: 'DSTU2',
};

/** Epic says in an extension which version it speaks (interop EPIC-03). */
const EpicExtension = z.looseObject({ 'com.epic.cdshooks.request.fhir-version': z.string() });

/** Names what shows that a request does not speak FHIR R4 (interop REQ-14); empty when nothing does. */
export function findVersionProblems(resources: readonly FhirResource[], extension: unknown): readonly string[] {
  const epic = EpicExtension.safeParse(extension);
  const said = epic.success ? epic.data['com.epic.cdshooks.request.fhir-version'] : 'R4';
  const isR4 = /^(?:R4|4(?:\.\d+)*)$/i.test(said);
  return [
    ...(isR4 ? [] : ['extension: says another FHIR version than R4.']),
    ...resources.flatMap(({ resourceType }) => {
      const version = typeof resourceType === 'string' ? OLDER_TYPES[resourceType] : undefined;
      return version === undefined ? [] : [`context.draftOrders: holds a resource type of ${version}.`];
    }),
  ];
}
