import type { Dropped, SourceRef } from '../domain/record.ts';

/** All that is known of one reason for not using something: what it is, and what would help. */
interface DropReason {
  readonly detail: string;
  readonly fix: string;
}

/** The one table of reasons why a part of the input is not used. */
export const DROP_REASONS = {
  'not-a-resource': { detail: 'This is no FHIR resource.', fix: 'Send resources with a resourceType.' },
  'page-missing': {
    detail: 'The search found more than was sent: what is on its other pages is not known.',
    fix: 'Send all pages of the search in one Bundle.',
  },
  'resource-type-unread': { detail: 'No part of the record is read from this resource type.', fix: 'Nothing to do.' },
  'other-patient': {
    detail: 'The resource is about another patient.',
    fix: 'Send only data of the patient in context.',
  },
  'subject-missing': { detail: 'The resource does not say whom it is about.', fix: 'Fill subject (or patient).' },
  'subject-not-patient': { detail: 'The subject is no patient.', fix: 'Send only data of the patient in context.' },
  'conflicting-versions': {
    detail: 'Two resources of one id differ, and neither is marked as the newer; neither is used.',
    fix: 'Send the current version, with meta.versionId or meta.lastUpdated.',
  },
  superseded: { detail: 'A newer version of the same resource was sent.', fix: 'Nothing to do.' },
  duplicate: { detail: 'The same was said before.', fix: 'Nothing to do.' },
  'entered-in-error': { detail: 'The source says that it was entered in error.', fix: 'Nothing to do.' },
  cancelled: { detail: 'The source says that it was cancelled.', fix: 'Nothing to do.' },
  'status-missing': { detail: 'The status is missing.', fix: 'Fill status; it is mandatory in FHIR R4.' },
  'status-not-final': { detail: 'The result or event is not final.', fix: 'Send it again when it is final.' },
  'time-missing': {
    detail: 'No usable date says when this was.',
    fix: 'Fill the effective or recorded date (FHIR date).',
  },
  'after-as-of': {
    detail: 'It lies after the moment for which the record is built.',
    fix: 'Check the clock of the source.',
  },
  'code-missing': { detail: 'It carries no code.', fix: 'Send a LOINC, SNOMED CT, ICD or RxNorm code.' },
  'code-conflict': { detail: 'Its codes name different quantities.', fix: 'Send codes of one quantity.' },
  'variable-unknown': { detail: 'It is none of the quantities that the models use.', fix: 'Nothing to do.' },
  'equation-outdated': {
    detail: 'The eGFR was computed by an older equation; eGFR is computed from creatinine by CKD-EPI 2021.',
    fix: 'Send creatinine, or eGFR as LOINC 98979-8.',
  },
  'value-missing': { detail: 'It has no value.', fix: 'Send valueQuantity.' },
  'value-not-number': { detail: 'The value is not a number with a unit.', fix: 'Send valueQuantity instead of words.' },
  'comparator-unknown': {
    detail: 'The value is a bound, and its comparator is none of FHIR.',
    fix: 'Send comparator as <, <=, >= or >.',
  },
  'unit-missing': { detail: 'The value has no unit; none is guessed.', fix: 'Send the UCUM unit.' },
  'unit-unknown': { detail: 'The unit is not understood.', fix: 'Send a UCUM unit.' },
  'unit-mismatch': {
    detail: 'The unit does not measure this quantity.',
    fix: 'Check code and unit against each other.',
  },
  'unit-conflict': { detail: 'Unit text and unit code disagree.', fix: 'Make unit and code say the same.' },
  'unit-ambiguous': {
    detail: 'HbA1c by IFCC in per cent: the unit belongs to the NGSP scale as well.',
    fix: 'Send mmol/mol, or the NGSP value as LOINC 4548-4.',
  },
  'value-implausible': { detail: 'No living adult shows this value.', fix: 'Check value and unit at the source.' },
  'conflicting-values': {
    detail: 'Another value of the same quantity has the same time; neither is used.',
    fix: 'Correct one at the source, or measure again.',
  },
  'egfr-needs-age-and-sex': {
    detail: 'eGFR cannot be computed from this creatinine without birth date and sex.',
    fix: 'Send Patient with birthDate and gender.',
  },
  'egfr-adults-only': { detail: 'CKD-EPI 2021 holds for adults.', fix: 'Send eGFR by an equation for children.' },
  'patient-missing': { detail: 'The Patient resource is missing.', fix: 'Send Patient with birthDate and gender.' },
  'drug-missing': {
    detail: 'It names no medication.',
    fix: 'Fill medication[x], and send the Medication it points to.',
  },
  'drug-unknown': {
    detail: 'The medication is none that the house knows.',
    fix: 'Send an RxNorm code or a generic name.',
  },
  'medication-unused': {
    detail: 'No order, dispense or administration that is used points here.',
    fix: 'Nothing to do.',
  },
  'order-is-draft': { detail: 'The order is a draft; it is no part of the regimen.', fix: 'Nothing to do.' },
  'order-not-new': {
    detail: 'Among the drafts stands an order that has run or is stopped; it is not judged as a new one.',
    fix: 'Nothing to do.',
  },
  'order-is-proposal': { detail: 'It is a proposal, not an order.', fix: 'Nothing to do.' },
  'not-given': { detail: 'The drug was not given.', fix: 'Nothing to do.' },
  'not-taken': { detail: 'The patient does not take it.', fix: 'Nothing to do.' },
  'do-not-perform': { detail: 'The order forbids the drug.', fix: 'Nothing to do.' },
  'condition-unknown': { detail: 'No rule or model asks about this condition.', fix: 'Nothing to do.' },
  refuted: { detail: 'The source says that it is ruled out.', fix: 'Nothing to do.' },
  'no-known-allergy': { detail: 'It says that no allergy is known.', fix: 'Nothing to do.' },
  'allergy-not-active': { detail: 'The allergy is no longer active.', fix: 'Nothing to do.' },
  'allergen-unknown': {
    detail: 'The substance is no drug that the house knows.',
    fix: 'Send an RxNorm or SNOMED code.',
  },
  'encounter-undated': { detail: 'The stay has no dates.', fix: 'Fill Encounter.period.' },
} as const satisfies Record<string, DropReason>;

export type DropCode = keyof typeof DROP_REASONS;

/** Says that something was not used. `detail` adds what is particular, never a name. */
export function dropped(source: SourceRef, reason: DropCode, detail?: string): Dropped {
  const row = DROP_REASONS[reason];
  return { source, reason, detail: detail === undefined ? row.detail : `${row.detail} ${detail}`, fix: row.fix };
}

/** What became of one part of the input. */
export type Outcome<T> = { readonly kept: T } | { readonly dropped: Dropped };

/** What a reader made of its resources: every one of them is in one of the two lists. */
export interface Reading<T> {
  readonly kept: readonly T[];
  readonly dropped: readonly Dropped[];
}

/** Parts outcomes into what is kept and what is not. */
export function readingOf<T>(outcomes: Iterable<Outcome<T>>): Reading<T> {
  const reading: { kept: T[]; dropped: Dropped[] } = { kept: [], dropped: [] };
  for (const outcome of outcomes) {
    if ('kept' in outcome) reading.kept.push(outcome.kept);
    else reading.dropped.push(outcome.dropped);
  }
  return reading;
}

/** An outcome that is a refusal. */
export function refuse(source: SourceRef, reason: DropCode, detail?: string): { readonly dropped: Dropped } {
  return { dropped: dropped(source, reason, detail) };
}
