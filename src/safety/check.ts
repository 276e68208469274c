import type { Violation } from '../domain/plan.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { SCREENING_POLICY } from './policy.ts';
import type { Finding, ScreenedDrug, Scene } from './rule.ts';
import { activeRules } from './rules.ts';
import type { ActiveRule } from './rules.ts';
import { READING_LIMIT_RULES } from './rules/reading-limits.ts';
import { runningCourses, sceneOf } from './scene.ts';
import type { Surroundings } from './scene.ts';

/** What a screening needs besides the order and the record. */
export interface ScreeningContext extends Surroundings {
  readonly knowledge: Knowledge;
}

/**
 * Screens an order straight from the record, with or without a forecast. The gravest violation comes first.
 */
export function screenOrder(
  drug: ScreenedDrug,
  record: PatientRecord,
  context: ScreeningContext,
): readonly Violation[] {
  const rules = activeRules(context.knowledge).filter(({ rule }) => rule.appliesTo(drug));
  return screenWith(rules, sceneOf(drug, record, context));
}

/**
 * Screens what the patient takes already: combinations, conditions, allergies and stop limits of a reading that rule out
 * a running drug.
 */
export function screenRunningDrugs(
  record: PatientRecord,
  knowledge: Knowledge,
  around: Pick<Surroundings, 'readingCounts'> = {},
): readonly Violation[] {
  return screenRunning(record, chartRules(knowledge), around);
}

/** Running drugs whose last reading is beyond the limit at which they are stopped, whatever is being ordered. */
export function screenStopLimits(record: PatientRecord, knowledge: Knowledge): readonly Violation[] {
  const limits = chartRules(knowledge).filter(({ rule }) => READING_LIMIT_RULES.includes(rule));
  return screenRunning(record, limits, {});
}

function chartRules(knowledge: Knowledge): readonly ActiveRule[] {
  return activeRules(knowledge).filter(({ rule }) => rule.inChart === true && rule.severity === 'contraindicated');
}

function screenRunning(
  record: PatientRecord,
  rules: readonly ActiveRule[],
  around: Pick<Surroundings, 'readingCounts'>,
): readonly Violation[] {
  const running = runningCourses(record, SCREENING_POLICY.isTaken.value);
  const found = running.flatMap((course) => {
    const scene = sceneOf(course, record, around);
    const others = scene.others.filter(({ ingredient }) => running.some((other) => other.ingredient === ingredient));
    const own = rules.filter(({ rule }) => rule.appliesTo(course));
    return screenWith(own, { ...scene, others, lately: others });
  });
  return oncePerRule(found);
}

function screenWith(rules: readonly ActiveRule[], scene: Omit<Scene, 'fact'>): readonly Violation[] {
  const climbed = new Set<string>();
  const violations: Violation[] = [];
  for (const active of rules) {
    const { ladder } = active.rule;
    if (ladder !== undefined && climbed.has(ladder)) continue;
    const finding = active.rule.check({ ...scene, fact: active.fact });
    if (finding === undefined) continue;
    if (ladder !== undefined) climbed.add(ladder);
    violations.push(violationOf(active, scene.drug, finding));
  }
  return violations.toSorted((a, b) => gravity(b) - gravity(a));
}

function violationOf({ rule, fact }: ActiveRule, drug: ScreenedDrug, finding: Finding): Violation {
  return {
    rule: rule.id,
    severity: rule.severity,
    subject: drug.ingredient,
    reason: `${finding.finding}: ${fact.statement}`,
    basis: 'record',
    liftedBy: finding.liftedBy,
    factId: fact.id,
    source: fact.source,
    evidence: finding.evidence,
  };
}

function gravity({ severity }: Violation): number {
  return severity === 'contraindicated' ? 1 : 0;
}

/** Both drugs of a forbidden pair report it; one report is enough. */
function oncePerRule(violations: readonly Violation[]): readonly Violation[] {
  return violations.filter(({ rule }, index) => violations.findIndex((other) => other.rule === rule) === index);
}
