import type { Fact } from '../domain/evidence.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import type { SafetyRule } from './rule.ts';
import { ALLERGY_RULES } from './rules/allergies.ts';
import { CONDITION_RULES } from './rules/conditions.ts';
import { INTERACTION_RULES } from './rules/interactions.ts';
import { READING_LIMIT_RULES, UNKNOWN_POTASSIUM_RULES } from './rules/reading-limits.ts';

/** The safety table: every rule that can refuse or question an order. A new rule is one row. */
export const RULES: readonly SafetyRule[] = [
  ...ALLERGY_RULES,
  ...CONDITION_RULES,
  ...READING_LIMIT_RULES,
  ...UNKNOWN_POTASSIUM_RULES,
  ...INTERACTION_RULES,
];

/** A rule that may not speak, and why: shown by the service, so that nobody believes it is on watch. */
export interface DisabledRule {
  readonly rule: string;
  readonly factId: string;
  readonly why: string;
}

/** A rule with the fact that gives it its value and its source. */
export interface ActiveRule {
  readonly rule: SafetyRule;
  readonly fact: Fact;
}

/** The rules whose facts have been read and state what the rule needs. */
export function activeRules(knowledge: Knowledge, rules: readonly SafetyRule[] = RULES): readonly ActiveRule[] {
  return rules.flatMap((rule) => {
    const fact = knowledge.find(rule.factId);
    return fact === undefined || obstacle(rule, fact) !== undefined ? [] : [{ rule, fact }];
  });
}

/** The rules that are off, each with the reason. */
export function disabledRules(knowledge: Knowledge, rules: readonly SafetyRule[] = RULES): readonly DisabledRule[] {
  return rules.flatMap((rule) => {
    const why = obstacle(rule, knowledge.find(rule.factId));
    return why === undefined ? [] : [{ rule: rule.id, factId: rule.factId, why }];
  });
}

function obstacle({ unit }: SafetyRule, fact: Fact | undefined): string | undefined {
  if (fact === undefined) return 'its fact is missing';
  if (fact.basis === 'recalled') return 'its fact is recalled and has not been read';
  if (unit === undefined) return undefined;
  if (fact.value === null) return 'its fact states no value';
  return fact.unit === unit ? undefined : `its fact is in ${fact.unit ?? 'no unit'}, not in ${unit}`;
}
