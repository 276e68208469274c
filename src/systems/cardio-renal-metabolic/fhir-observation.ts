import { quantityAs } from './fhir-hospital.ts';
import type { Hospital } from './fhir-hospital.ts';
import { loincConcept } from './fhir-resource.ts';
import type { Concept, FhirResource } from './fhir-resource.ts';
import { reportedValue } from './laboratory-forms.ts';
import type { ReportedId } from './laboratory-forms.ts';

/** Whose result it is, and when it came. */
export interface ResultFrame {
  readonly id: string;
  readonly patientId: string;
  readonly effectiveDateTime: string;
  readonly hospital: Hospital;
}

const CATEGORIES: Readonly<Partial<Record<ReportedId, string>>> = {
  heart_rate: 'vital-signs',
  body_weight: 'vital-signs',
  lvef: 'imaging',
};

/** One measured value as the hospital reports it; `value` in the variable's unit. */
export function resultObservation(frame: ResultFrame, id: ReportedId, value: number): FhirResource {
  return {
    ...observation(frame, CATEGORIES[id] ?? 'laboratory', conceptOf(frame.hospital, id)),
    valueQuantity: quantityOf(frame.hospital, id, value),
  };
}

/** A blood pressure: a panel with what was read of it. Unit: mm[Hg]. */
export function pressurePanel(
  frame: ResultFrame,
  read: Readonly<Record<'sbp' | 'dbp', number | undefined>>,
): FhirResource {
  const component = (['sbp', 'dbp'] as const).flatMap((id) => {
    const value = read[id];
    if (value === undefined) return [];
    return [{ code: conceptOf(frame.hospital, id), valueQuantity: quantityOf(frame.hospital, id, value) }];
  });
  return {
    ...observation(frame, 'vital-signs', loincConcept('85354-9', 'Blood pressure panel with all children optional')),
    component,
  };
}

function conceptOf({ forms }: Hospital, id: ReportedId): Concept {
  const { loinc, title } = forms[id];
  return loincConcept(loinc, title);
}

function quantityOf(hospital: Hospital, id: ReportedId, value: number): object {
  const form = hospital.forms[id];
  return quantityAs(hospital, reportedValue(id, value, form), form.unit);
}

function observation({ id, patientId, effectiveDateTime }: ResultFrame, category: string, code: Concept): FhirResource {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code,
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime,
  };
}
