import { CHANNELS } from '../schema.ts';
import type { RiskFactors } from './risk-factors.ts';

const STATIN = CHANNELS.findIndex(({ id }) => id === 'statin');

/**
 * In whom an effect on an event was seen, by the name that ends a row's id (`bb.cv_death_other.reduced_ef`).
 *
 * `chronic_kidney_disease`: GFR below 60 or albuminuria of 30 mg/g and more (KDIGO 2024, doi
 * 10.1016/j.kint.2023.10.018).
 */
export const CONDITIONS = {
  heart_failure: (factors) => factors.heartFailure,
  no_heart_failure: (factors) => !factors.heartFailure,
  reduced_ef: (factors) => factors.heartFailure && factors.reducedEjectionFraction,
  preserved_ef: (factors) => factors.heartFailure && !factors.reducedEjectionFraction,
  diabetes: (factors) => factors.type2Diabetes,
  no_diabetes: (factors) => !factors.type2Diabetes,
  ascvd: (factors) => factors.ascvd,
  no_ascvd: (factors) => !factors.ascvd,
  smoker: (factors) => factors.smoker,
  chronic_kidney_disease: (factors) => factors.egfr < 60 || factors.uacr >= 30,
  on_statin: (factors) => (factors.effects[STATIN] ?? 0) > 0,
} as const satisfies Readonly<Record<string, (factors: RiskFactors) => boolean>>;

/** Names one condition. */
export type ConditionId = keyof typeof CONDITIONS;

const IDS = Object.keys(CONDITIONS) as readonly ConditionId[];
const TESTS: readonly ((factors: RiskFactors) => boolean)[] = IDS.map((id) => CONDITIONS[id]);

/** Whether a name is that of a condition. */
export function isConditionId(id: string): id is ConditionId {
  return Object.hasOwn(CONDITIONS, id);
}

/** The bits that must be set in `conditionsOf` for all the conditions to hold. */
export function maskOf(ids: readonly ConditionId[]): number {
  return ids.reduce((mask, id) => mask | (1 << IDS.indexOf(id)), 0);
}

/** Which conditions hold of a patient, one bit each. */
export function conditionsOf(factors: RiskFactors): number {
  let bits = 0;
  for (let index = 0; index < TESTS.length; index += 1) if (TESTS[index]?.(factors) === true) bits |= 1 << index;
  return bits;
}
