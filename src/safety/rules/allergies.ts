import type { PatientRecord, RecordedAllergy } from '../../domain/record.ts';
import { drugClassOf, drugRow } from '../../terminology/drugs.ts';
import { ofClass } from '../rule.ts';
import type { Finding, SafetyRule, Scene, ScreenedDrug } from '../rule.ts';

const OWNER = 'clinical pharmacist';

/** Recorded allergies against the ingredient, a part of it or its class, and angioedema against RAAS inhibitors. */
export const ALLERGY_RULES: readonly SafetyRule[] = [
  {
    id: 'acei.angioedema',
    factId: 'acei.angioedema',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: ofClass('acei'),
    check: ({ record }) => angioedemaFrom(record, ['acei', 'arni']),
  },
  {
    id: 'arni.angioedema',
    factId: 'arni.angioedema',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: ofClass('arni'),
    check: ({ record }) => angioedemaFrom(record, ['acei', 'arb', 'arni']),
  },
  {
    id: 'acei.allergy',
    factId: 'acei.allergy',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: ofClass('acei'),
    check: ({ record }) => found(allergiesOf(record).find((entry) => classOf(entry) === 'acei')),
  },
  {
    id: 'arni.allergy',
    factId: 'arni.allergy',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: ofClass('arni'),
    check: checkAllergies,
  },
  {
    id: 'allergy.recorded',
    factId: 'allergy.recorded',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: () => true,
    check: checkAllergies,
  },
  {
    id: 'arb.angioedema',
    factId: 'arb.angioedema',
    severity: 'caution',
    owner: OWNER,
    ladder: 'allergy',
    appliesTo: ofClass('arb'),
    check: ({ record }) => found(angioedemaOn(record, ['acei', 'arb', 'arni'])),
  },
  {
    id: 'allergy.intolerance',
    factId: 'allergy.recorded',
    severity: 'caution',
    owner: OWNER,
    ladder: 'allergy',
    appliesTo: () => true,
    check: checkIntolerances,
  },
  {
    id: 'sulfonamide.loop',
    factId: 'sulfonamide.loop',
    severity: 'caution',
    owner: OWNER,
    ladder: 'allergy',
    appliesTo: ({ drugClass, ingredient }) => drugClass === 'loop' && ingredient !== 'ethacrynic acid',
    check: ({ record }) => found(allergiesOf(record).find((entry) => classOf(entry) === 'sulfonamide-antibiotic')),
  },
];

function checkAllergies({ drug, record }: Scene): Finding | undefined {
  return found(allergiesOf(record).find(({ allergen }) => isMeant(drug, allergen)));
}

/** Cough on one ACE inhibitor comes back on the next: an intolerance counts for its class there, as an allergy does. */
function checkIntolerances({ drug, record }: Scene): Finding | undefined {
  const isOfClass = (entry: RecordedAllergy) => drug.drugClass === 'acei' && classOf(entry) === 'acei';
  return found(
    record.allergies.find((entry) => isIntolerance(entry) && (isMeant(drug, entry.allergen) || isOfClass(entry))),
  );
}

function allergiesOf(record: PatientRecord): readonly RecordedAllergy[] {
  return record.allergies.filter((entry) => !isIntolerance(entry));
}

/** Reactions that are hypersensitivity whatever the entry calls itself. */
const HYPERSENSITIVITY =
  /angio-?o?edema|anaphyla|hypersens|allerg|urticaria|hives|rash|exanthem|erupti|erythem|prurit|itch|swell|swollen|bronchospasm|wheez|stevens|epidermal necrolysis|\bdress\b|\bsjs\b|\bten\b/i;

function isIntolerance({ kind, reaction }: RecordedAllergy): boolean {
  return kind === 'intolerance' && !HYPERSENSITIVITY.test(reaction ?? '');
}

/**
 * An allergy to a part ("valsartan") is one to every combination with it ("sacubitril-valsartan"), and the reverse; one to a
 * kind of insulin, to every insulin.
 */
function isMeant({ ingredient, drugClass }: ScreenedDrug, allergen: string): boolean {
  const [given, feared] = [ingredient, allergen].map((name) => drugRow(name)?.kindOf ?? name);
  const parts = new Set(ingredient.split('-'));
  return feared === drugClass || feared === given || allergen.split('-').some((part) => parts.has(part));
}

function angioedemaFrom(record: PatientRecord, classes: readonly string[]): Finding | undefined {
  const allergy = angioedemaOn(record, classes);
  // A past angioedema counts as much as a present one.
  const condition = record.conditions.find((entry) => entry.condition === 'angioedema');
  if (allergy !== undefined) return found(allergy);
  if (condition === undefined) return undefined;
  return { finding: 'angioedema is recorded', liftedBy: LIFTED_BY, evidence: [condition.source] };
}

function angioedemaOn(record: PatientRecord, classes: readonly string[]): RecordedAllergy | undefined {
  return record.allergies.find(
    (entry) => classes.includes(classOf(entry)) && /angio-?o?edema/i.test(entry.reaction ?? ''),
  );
}

function classOf({ allergen }: RecordedAllergy): string {
  return drugClassOf(allergen) ?? allergen;
}

const LIFTED_BY = 'the entry disproved and corrected in the record';

function found(allergy: RecordedAllergy | undefined): Finding | undefined {
  if (allergy === undefined) return undefined;
  const reaction = allergy.reaction === undefined ? '' : ` (${allergy.reaction})`;
  return {
    finding: `${isIntolerance(allergy) ? 'intolerance of' : 'allergy to'} ${allergy.allergen}${reaction} is recorded`,
    liftedBy: LIFTED_BY,
    evidence: [allergy.source],
  };
}
