import type { PatientRecord, RecordedCondition } from '../../domain/record.ts';
import { ofClass, ofIngredient } from '../rule.ts';
import type { Finding, SafetyRule } from '../rule.ts';

interface ConditionRow extends Pick<SafetyRule, 'id' | 'severity' | 'owner' | 'appliesTo' | 'ladder' | 'inChart'> {
  /** The id of the rule unless given. */
  readonly factId?: string;
  /** Ids of src/terminology/conditions. */
  readonly conditions: readonly string[];
  /** Conditions that make up for them. */
  readonly unless?: readonly string[];
  readonly words: string;
  readonly liftedBy: string;
}

const PREGNANCY = {
  owner: 'obstetrician',
  conditions: ['pregnancy'],
  words: 'pregnancy is recorded as active',
  liftedBy: 'the end of the pregnancy',
  ladder: 'pregnancy',
  inChart: true,
} as const;

const ROWS: readonly ConditionRow[] = [
  { id: 'acei.pregnancy', severity: 'contraindicated', appliesTo: ofClass('acei'), ...PREGNANCY },
  { id: 'arb.pregnancy', severity: 'contraindicated', appliesTo: ofClass('arb'), ...PREGNANCY },
  { id: 'arni.pregnancy', severity: 'contraindicated', appliesTo: ofClass('arni'), ...PREGNANCY },
  { id: 'mra.pregnancy', severity: 'contraindicated', appliesTo: ofIngredient('spironolactone'), ...PREGNANCY },
  { id: 'mra.pregnancy.eplerenone', severity: 'caution', appliesTo: ofIngredient('eplerenone'), ...PREGNANCY },
  { id: 'mra.pregnancy.finerenone', severity: 'caution', appliesTo: ofIngredient('finerenone'), ...PREGNANCY },
  { id: 'sglt2i.pregnancy', severity: 'contraindicated', appliesTo: ofClass('sglt2i'), ...PREGNANCY },
  {
    id: 'bb.heart_block',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: ofClass('bb'),
    conditions: ['heart_block'],
    unless: ['pacemaker'],
    words: 'second- or third-degree atrioventricular block is recorded',
    liftedBy: 'a pacemaker, confirmed by a cardiologist',
    ladder: 'heart block',
  },
  {
    id: 'bb.heart_block.paced',
    factId: 'bb.heart_block',
    severity: 'caution',
    owner: 'cardiologist',
    appliesTo: ofClass('bb'),
    conditions: ['heart_block'],
    words: 'second- or third-degree atrioventricular block is recorded, and a pacemaker',
    liftedBy: 'a cardiologist who knows that the pacemaker works',
    ladder: 'heart block',
  },
  {
    id: 'bb.bradycardia.label',
    severity: 'contraindicated',
    owner: 'cardiologist',
    appliesTo: ofClass('bb'),
    conditions: ['sick_sinus_syndrome'],
    unless: ['pacemaker'],
    words: 'sick sinus syndrome is recorded, and no pacemaker',
    liftedBy: 'a pacemaker',
  },
  {
    id: 'bb.asthma',
    severity: 'contraindicated',
    owner: 'clinical pharmacist',
    appliesTo: ofClass('bb'),
    conditions: ['asthma'],
    words: 'asthma is recorded as active',
    liftedBy: 'asthma excluded',
  },
  {
    id: 'loop.anuria',
    severity: 'contraindicated',
    owner: 'nephrologist',
    appliesTo: ofClass('loop'),
    conditions: ['anuria'],
    words: 'anuria is recorded as active',
    liftedBy: 'urine output',
  },
];

/** Conditions that rule a drug out or question it. */
export const CONDITION_RULES: readonly SafetyRule[] = ROWS.map(
  ({ conditions, unless = [], words, liftedBy, ...row }) => ({
    ...row,
    factId: row.factId ?? row.id,
    check: ({ record }) =>
      activeOf(record, unless) === undefined ? found(activeOf(record, conditions), words, liftedBy) : undefined,
  }),
);

function activeOf(record: PatientRecord, conditions: readonly string[]): RecordedCondition | undefined {
  return record.conditions.find(({ condition, active }) => active && conditions.includes(condition));
}

function found(entry: RecordedCondition | undefined, words: string, liftedBy: string): Finding | undefined {
  return entry === undefined ? undefined : { finding: words, liftedBy, evidence: [entry.source] };
}
