import type { Concept } from './fhir-resource.ts';
import { ICD10, SNOMED } from './fhir-resource.ts';

function concept(text: string, snomed: string, icd10: string): Concept {
  return {
    text,
    coding: [
      { system: SNOMED, code: snomed, display: text },
      { system: ICD10, code: icd10, display: text },
    ],
  };
}

/** Problems of virtual patients with their SNOMED CT and ICD-10-CM codes; all of them are rows of src/terminology/conditions. */
export const PROBLEMS = {
  heartFailureReduced: concept('Heart failure with reduced ejection fraction', '703272007', 'I50.20'),
  heartFailure: concept('Heart failure', '84114007', 'I50.9'),
  type2Diabetes: concept('Type 2 diabetes mellitus', '44054006', 'E11.9'),
  kidneyDisease3: concept('Chronic kidney disease stage 3', '433144002', 'N18.30'),
  kidneyDisease4: concept('Chronic kidney disease stage 4', '431857002', 'N18.4'),
  ischaemicHeartDisease: concept('Ischemic heart disease', '414545008', 'I25.9'),
  hypertension: concept('Essential hypertension', '59621000', 'I10'),
  pregnancy: concept('Pregnancy', '77386006', 'Z33.1'),
  dialysis: concept('Dependence on renal dialysis', '105502003', 'Z99.2'),
} as const satisfies Record<string, Concept>;
