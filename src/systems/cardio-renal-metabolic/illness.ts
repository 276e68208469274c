import { at } from '../../core/array.ts';
import type { Case } from './case.ts';
import { COHORT_DESIGN as DESIGN } from './cohort-design.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';
import type { Seen } from './seen.ts';
import { S } from './state.ts';
import type { PatientState } from './state.ts';

/** Fall of the logarithm of GFR beyond which an acute illness is felt: a tenth of kidney function. */
const FELT_INJURY = -0.1;

/** How ill a patient feels today, 0 to 1: the burden of what they have, an acute illness, and values out of bounds. */
export function illnessOf({ person, chronicKidneyDisease }: Case, state: PatientState, truth: Seen): number {
  const { burden } = DESIGN;
  const felt =
    (person.heartFailure ? burden.heartFailure : 0) +
    (person.ascvd ? burden.ascvd : 0) +
    (person.type2Diabetes ? burden.type2Diabetes : 0) +
    (chronicKidneyDisease ? burden.chronicKidneyDisease : 0) +
    (at(state, S.acuteInjury) < FELT_INJURY ? burden.acute : 0) +
    (isAlarming(truth) ? burden.alarming : 0);
  return Math.min(1, felt);
}

/** Values that bring a patient, or a clinician, back sooner. */
export function isAlarming({ potassium, egfr, sbp, hba1c }: Seen): boolean {
  return (
    (potassium ?? 0) > LIMITS.potassiumReduce.value ||
    (potassium ?? Infinity) < LIMITS.potassiumLow.value ||
    (egfr ?? Infinity) < LIMITS.egfrRaas.value ||
    (sbp ?? Infinity) < LIMITS.sbpLow.value ||
    (hba1c ?? 0) > LIMITS.hba1cInsulin.value
  );
}
