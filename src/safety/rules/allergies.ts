import type { PatientRecord, RecordedAllergy } from '../../domain/record.ts';
import { drugClassOf } from '../../terminology/drugs.ts';
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
    check: ({ record }) => found(record.allergies.find((entry) => classOf(entry) === 'acei')),
  },
  {
    id: 'arni.allergy',
    factId: 'arni.allergy',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: ofClass('arni'),
    check: checkRecorded,
  },
  {
    id: 'allergy.recorded',
    factId: 'allergy.recorded',
    severity: 'contraindicated',
    owner: OWNER,
    ladder: 'allergy',
    inChart: true,
    appliesTo: () => true,
    check: checkRecorded,
  },
  {
    id: 'sulfonamide.loop',
    factId: 'sulfonamide.loop',
    severity: 'caution',
    owner: OWNER,
    ladder: 'allergy',
    appliesTo: ({ drugClass, ingredient }) => drugClass === 'loop' && ingredient !== 'ethacrynic acid',
    check: ({ record }) => found(record.allergies.find((entry) => classOf(entry) === 'sulfonamide-antibiotic')),
  },
];

function checkRecorded({ drug, record }: Scene): Finding | undefined {
  return found(record.allergies.find(({ allergen }) => isMeant(drug, allergen)));
}

/** An allergy to a part ("valsartan") is one to every combination with it ("sacubitril-valsartan"). */
function isMeant({ ingredient, drugClass }: ScreenedDrug, allergen: string): boolean {
  return allergen === drugClass || allergen === ingredient || ingredient.split('-').includes(allergen);
}

function angioedemaFrom(record: PatientRecord, classes: readonly string[]): Finding | undefined {
  const allergy = record.allergies.find(
    (entry) => classes.includes(classOf(entry)) && /angio-?o?edema/i.test(entry.reaction ?? ''),
  );
  // A past angioedema counts as much as a present one.
  const condition = record.conditions.find((entry) => entry.condition === 'angioedema');
  if (allergy !== undefined) return found(allergy);
  if (condition === undefined) return undefined;
  return { finding: 'angioedema is recorded', liftedBy: LIFTED_BY, evidence: [condition.source] };
}

function classOf({ allergen }: RecordedAllergy): string {
  return drugClassOf(allergen) ?? allergen;
}

const LIFTED_BY = 'the entry disproved and corrected in the record';

function found(allergy: RecordedAllergy | undefined): Finding | undefined {
  if (allergy === undefined) return undefined;
  const reaction = allergy.reaction === undefined ? '' : ` (${allergy.reaction})`;
  return {
    finding: `allergy to ${allergy.allergen}${reaction} is recorded`,
    liftedBy: LIFTED_BY,
    evidence: [allergy.source],
  };
}
