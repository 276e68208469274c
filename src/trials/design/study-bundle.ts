import type { Bundle, CodeableConcept, Group, GroupCharacteristic, Quantity, ResearchStudy } from 'fhir/r4.js';
import { uuidOf } from '../../core/digest.ts';
import { ICD10, LOINC, SNOMED } from '../../systems/cardio-renal-metabolic/fhir-resource.ts';
import { INPUTS, VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { CONDITIONS } from '../../terminology/conditions.ts';
import { drugRow } from '../../terminology/drugs.ts';
import { interventionOfCode, isInert } from '../emulate/treatment-codes.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { designCriteria } from './criteria.ts';
import type { DesignCriterion } from './criteria.ts';

/** What is exported of a design. */
export interface StudyExport {
  readonly trial: TrialFile;
  readonly primary: TrialEndpoint;
  /** People to randomise in all arms; absent where no size was found. */
  readonly target?: number;
  /** Sentences for `ResearchStudy.note`. */
  readonly notes: readonly string[];
}

const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
/** The element of R5 that R4 lacks, by HL7's cross-version extension: ResearchStudy.recruitment. */
const RECRUITMENT = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-ResearchStudy.recruitment';

/**
 * A trial design as FHIR R4 resources (hl7.org/fhir/R4/researchstudy.html, group.html): a ResearchStudy in review whose
 * enrolment is a Group of everybody eligible. All characteristics of a Group hold together. The same design, the same ids.
 */
export function studyBundle(design: StudyExport): Bundle {
  const group = eligibilityGroup(design.trial);
  const study = researchStudy(design, group.id ?? '');
  return {
    resourceType: 'Bundle',
    id: uuidOf(design.trial.id, 'bundle'),
    type: 'collection',
    entry: [study, group].map((resource) => ({ fullUrl: `urn:uuid:${resource.id ?? ''}`, resource })),
  };
}

function researchStudy({ trial, primary, target, notes }: StudyExport, groupId: string): ResearchStudy {
  return {
    resourceType: 'ResearchStudy',
    id: uuidOf(trial.id, 'study'),
    ...(target !== undefined && {
      extension: [{ url: RECRUITMENT, extension: [{ url: 'targetNumber', valueUnsignedInt: target }] }],
    }),
    title: trial.id,
    status: 'in-review',
    primaryPurposeType: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type',
          code: 'treatment',
          display: 'Treatment',
        },
      ],
    },
    focus: drugsOf(trial),
    enrollment: [{ reference: `urn:uuid:${groupId}`, display: 'Everybody eligible' }],
    arm: trial.arms.map((arm) => ({
      name: arm.label ?? arm.id,
      type: { text: arm.interventions.every(({ code }) => isInert(code)) ? 'Comparator' : 'Experimental' },
      description: arm.interventions.map(writeIntervention).join(' + '),
    })),
    objective: trial.endpoints.map((endpoint) => ({
      name: `${endpoint.endpoint} at ${endpoint.followUpMonths} months (${endpoint.measure}, ${endpoint.unit}): ${endpoint.arm} against ${endpoint.comparator}`,
      type: objectiveType(endpoint === primary),
    })),
    note: notes.map((text) => ({ text })),
  };
}

function objectiveType(isPrimary: boolean): CodeableConcept {
  const code = isPrimary ? 'primary' : 'secondary';
  const display = isPrimary ? 'Primary' : 'Secondary';
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/research-study-objective-type', code, display }] };
}

function writeIntervention({ code, dose, doseMax, unit }: TrialFile['arms'][number]['interventions'][number]): string {
  const amount = dose ?? doseMax;
  return amount === undefined ? code : `${code} ${amount} ${unit ?? ''}`.trim();
}

function drugsOf({ arms }: TrialFile): CodeableConcept[] {
  const codes = [...new Set(arms.flatMap(({ interventions }) => interventions.map(({ code }) => code)))];
  return codes.filter((code) => !isInert(code)).map(drugConceptOf);
}

function drugConceptOf(code: string): CodeableConcept {
  const rxcui = drugRow(code)?.rxcui ?? null;
  return rxcui === null
    ? { text: code.replace('class:', '') }
    : { text: code, coding: [{ system: RXNORM, code: rxcui, display: code }] };
}

/** Everybody whom a trial would take, as a Group that is defined and not enumerated. */
function eligibilityGroup(trial: TrialFile): Group {
  return {
    resourceType: 'Group',
    id: uuidOf(trial.id, 'eligibility'),
    type: 'person',
    actual: false,
    name: `Eligible for ${trial.id}`,
    characteristic: characteristicsOf(designCriteria(trial)),
  };
}

/** One characteristic an item, where its bounds make a FHIR Range; else one a condition. */
function characteristicsOf(criteria: readonly DesignCriterion[]): GroupCharacteristic[] {
  const items = [...new Set(criteria.map(({ item }) => item))];
  return items.flatMap((item) => {
    const own = criteria.filter((criterion) => criterion.item === item);
    return isYesNo(item, own) ? own.map(yesNoOf) : rangesOf(item, own);
  });
}

function isYesNo(item: string, criteria: readonly DesignCriterion[]): boolean {
  const isMeasured = ITEMS[item] !== undefined || [...VARIABLES, ...INPUTS].some(({ id }) => id === item);
  return !isMeasured && criteria.every(({ comparison, value }) => comparison === '=' && (value === 0 || value === 1));
}

/** A trait that must be there, or must not: a value of true, excluded where it must not. */
function yesNoOf({ item, value, label }: DesignCriterion): GroupCharacteristic {
  if (item === 'female') return { code: SEX, valueCodeableConcept: genderConcept(value === 1), exclude: false };
  const concept = item.startsWith('on ') ? drugConceptOf(medicine(item)) : conditionConcept(item);
  return { code: { ...concept, text: concept.text ?? label }, valueBoolean: true, exclude: value === 0 };
}

function medicine(item: string): string {
  const code = item.slice('on '.length);
  const own = code.startsWith('class:') ? interventionOfCode(code)?.channel : undefined;
  return own === undefined ? code : `class:${own}`;
}

/** Items that are no variable of the system. LOINC 2.80. */
const ITEMS: Readonly<Record<string, { readonly loinc: string; readonly name: string; readonly unit: string }>> = {
  age: { loinc: '30525-0', name: 'Age', unit: 'a' },
  bmi: { loinc: '39156-5', name: 'Body mass index', unit: 'kg/m2' },
};
const SEX: CodeableConcept = { text: 'Sex', coding: [{ system: LOINC, code: '46098-0', display: 'Sex' }] };

function genderConcept(isFemale: boolean): CodeableConcept {
  const code = isFemale ? 'female' : 'male';
  return { text: code, coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code }] };
}

/** The condition's first SNOMED CT code, which is the concept itself, and the first ICD-10-CM prefix. */
function conditionConcept(item: string): CodeableConcept {
  const text = item.replaceAll('_', ' ');
  const row = CONDITIONS.find(({ condition }) => condition === item);
  if (row === undefined) return { text };
  const [snomed, icd10] = [row.snomed[0], row.icd10[0]];
  const coding = [
    ...(snomed === undefined ? [] : [{ system: SNOMED, code: snomed }]),
    ...(icd10 === undefined ? [] : [{ system: ICD10, code: dotted(icd10) }]),
  ];
  return { text, ...(coding.length > 0 && { coding }) };
}

/** The table writes ICD-10-CM without its dot. */
function dotted(code: string): string {
  return code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}

/**
 * The bounds of a measured item. A Range includes its ends (R4 datatypes, Range), so only `>=` and `<=` make one;
 * an open bound is a Quantity with its comparator.
 */
function rangesOf(item: string, criteria: readonly DesignCriterion[]): GroupCharacteristic[] {
  const { code, unit } = codeOf(item);
  const low = Math.max(...criteria.flatMap(({ comparison, value }) => (comparison === '>=' ? [value] : [])));
  const high = Math.min(...criteria.flatMap(({ comparison, value }) => (comparison === '<=' ? [value] : [])));
  const quantity = (value: number): Quantity => ({ value, unit, system: UCUM, code: unit });
  const range = {
    ...(Number.isFinite(low) && { low: quantity(low) }),
    ...(Number.isFinite(high) && { high: quantity(high) }),
  };
  const open = criteria.flatMap(({ comparison, value }) => {
    if (comparison === '>=' || comparison === '<=') return [];
    return [comparison === '=' ? quantity(value) : { ...quantity(value), comparator: comparison }];
  });
  return [
    ...(Object.keys(range).length > 0 ? [{ code, valueRange: range, exclude: false }] : []),
    ...open.map((valueQuantity) => ({ code, valueQuantity, exclude: false })),
  ];
}

function codeOf(item: string): { readonly code: CodeableConcept; readonly unit: string } {
  const variable = [...VARIABLES, ...INPUTS].find(({ id }) => id === item);
  const known = variable === undefined ? ITEMS[item] : { ...variable, loinc: variable.loinc[0] ?? '' };
  if (known === undefined) return { code: { text: item }, unit: '1' };
  const coding = [{ system: LOINC, code: known.loinc, display: known.name }];
  return { code: { text: known.name, coding }, unit: known.unit };
}
