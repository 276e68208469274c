import { instant, toIso } from '../../core/time.ts';
import { limitOf, ofClass } from '../rule.ts';
import type { Finding, OtherDrug, SafetyRule, Scene, ScreenedDrug } from '../rule.ts';

const MILLISECONDS_AN_HOUR = 3_600_000;

interface Pair extends Pick<SafetyRule, 'id' | 'factId' | 'severity' | 'owner' | 'ladder' | 'inChart'> {
  /** Drug classes of src/terminology/drugs; a pair is found whichever side is being ordered. */
  readonly one: readonly string[];
  readonly other: readonly string[];
}

const PAIRS: readonly Pair[] = [
  {
    id: 'raas.dual',
    factId: 'raas.dual',
    severity: 'contraindicated',
    owner: 'cardiologist',
    inChart: true,
    one: ['acei'],
    other: ['arb', 'direct-renin-inhibitor'],
  },
  {
    id: 'raas.dual.arb',
    factId: 'raas.dual',
    severity: 'contraindicated',
    owner: 'cardiologist',
    inChart: true,
    one: ['arb', 'arni'],
    other: ['direct-renin-inhibitor'],
  },
  {
    id: 'raas.dual.arni',
    factId: 'raas.dual',
    severity: 'contraindicated',
    owner: 'cardiologist',
    inChart: true,
    one: ['arni'],
    other: ['arb'],
  },
  {
    id: 'potassium_supplement.mra',
    factId: 'potassium_supplement.mra',
    severity: 'caution',
    owner: 'clinical pharmacist',
    one: ['mra'],
    other: ['potassium-supplement'],
  },
  {
    id: 'nsaid.raas',
    factId: 'nsaid.raas',
    severity: 'caution',
    owner: 'clinical pharmacist',
    one: ['acei', 'arb', 'arni'],
    other: ['nsaid'],
  },
  {
    id: 'trimethoprim.raas',
    factId: 'trimethoprim.raas',
    severity: 'caution',
    owner: 'clinical pharmacist',
    one: ['acei', 'arb', 'arni'],
    other: ['trimethoprim'],
  },
  {
    id: 'trimethoprim.mra',
    factId: 'trimethoprim.mra',
    severity: 'caution',
    owner: 'clinical pharmacist',
    one: ['mra'],
    other: ['trimethoprim'],
  },
];

interface Duplicate extends Pick<SafetyRule, 'id' | 'factId' | 'severity' | 'inChart'> {
  readonly classes: readonly string[];
}

/** A second drug of a class beside one that runs: signing it does not stop the first. */
const DUPLICATES: readonly Duplicate[] = [
  { id: 'raas.duplicate', factId: 'class.duplicate', severity: 'contraindicated', inChart: true, classes: ['acei'] },
  { id: 'raas.duplicate.arb', factId: 'arb.duplicate', severity: 'contraindicated', inChart: true, classes: ['arb'] },
  { id: 'raas.duplicate.mra', factId: 'mra.duplicate', severity: 'contraindicated', inChart: true, classes: ['mra'] },
  { id: 'class.duplicate', factId: 'class.duplicate', severity: 'caution', classes: ['arni', 'sglt2i', 'loop', 'bb'] },
];

/** Drugs that must not be taken together, and two drugs of one class where one was probably meant to stop. */
export const INTERACTION_RULES: readonly SafetyRule[] = [
  {
    id: 'acei.arni',
    factId: 'acei.arni',
    severity: 'contraindicated',
    owner: 'cardiologist',
    unit: 'h',
    inChart: true,
    appliesTo: ({ drugClass }) => drugClass === 'acei' || drugClass === 'arni',
    check: checkWashout,
  },
  ...PAIRS.map(pairRule),
  ...DUPLICATES.map(duplicateRule),
];

function duplicateRule({ classes, ...row }: Duplicate): SafetyRule {
  return {
    ...row,
    owner: 'clinical pharmacist',
    appliesTo: ofClass(...classes),
    check: ({ drug, others }) => {
      const partner = others.find(({ drugClass }) => drugClass === drug.drugClass);
      if (partner === undefined) return undefined;
      const { finding, evidence } = foundWith(drug, partner);
      return { finding, evidence, liftedBy: `${partner.ingredient} stopped; otherwise the order doubles the class` };
    },
  };
}

function pairRule({ one, other, ...row }: Pair): SafetyRule {
  return {
    ...row,
    appliesTo: ({ drugClass }) => one.includes(drugClass) || other.includes(drugClass),
    check: ({ drug, others }) => {
      const partners = one.includes(drug.drugClass) ? other : one;
      return found(
        drug,
        others.find(({ drugClass }) => partners.includes(drugClass)),
      );
    },
  };
}

function found(drug: ScreenedDrug, partner: OtherDrug | undefined): Finding | undefined {
  return partner === undefined ? undefined : foundWith(drug, partner);
}

function foundWith(drug: ScreenedDrug, partner: OtherDrug): Finding {
  return {
    finding: `${drug.ingredient} together with ${partner.ingredient}`,
    liftedBy: `${partner.ingredient} stopped`,
    evidence: [partner.evidence],
  };
}

/** Also a drug that this order replaces, or that ended lately, stands in the way until the washout is over. */
function checkWashout(scene: Scene): Finding | undefined {
  const opposite = scene.drug.drugClass === 'acei' ? 'arni' : 'acei';
  const washout = limitOf(scene.fact) * MILLISECONDS_AN_HOUR;
  const partner = scene.lately.find(
    ({ drugClass, ended }) => drugClass === opposite && (ended === undefined || scene.record.asOf - ended < washout),
  );
  if (partner === undefined) return undefined;
  const hours = limitOf(scene.fact);
  return {
    finding: `${scene.drug.ingredient} with or within ${hours} hours of ${partner.ingredient}`,
    liftedBy:
      partner.ended === undefined
        ? `${partner.ingredient} stopped, and ${hours} hours without it`
        : `waiting until ${toIso(instant(partner.ended + washout))}`,
    evidence: [partner.evidence],
  };
}
