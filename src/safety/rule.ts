import type { Measured, Unit } from '../core/quantity.ts';
import type { Instant } from '../core/time.ts';
import type { Fact } from '../domain/evidence.ts';
import type { Violation } from '../domain/plan.ts';
import type { PatientRecord } from '../domain/record.ts';

/** What an order does to what the patient already takes of the same ingredient. */
export type Change = 'start' | 'increase' | 'continue' | 'decrease';

/** The drug that is being screened. */
export interface ScreenedDrug {
  readonly ingredient: string;
  readonly drugClass: string;
  readonly dailyDose?: Measured;
}

/** Another drug that is running, about to be signed, or lately ended. */
export interface OtherDrug extends ScreenedDrug {
  /** Absent while it runs. */
  readonly ended?: Instant;
  /** "lisinopril, running (MedicationRequest/7)". */
  readonly evidence: string;
}

/** All that a rule may look at. */
export interface Scene {
  readonly drug: ScreenedDrug;
  readonly change: Change;
  readonly record: PatientRecord;
  /** Without the drugs that the order replaces, except in `lately`. */
  readonly others: readonly OtherDrug[];
  /** Running, replaced and ended drugs, for what must not follow too soon upon another. */
  readonly lately: readonly OtherDrug[];
  /** An older reading is not judged. Unit: d. */
  readonly readingCounts: number;
  readonly fact: Fact;
}

/** What a rule found, before it is dressed as a `Violation`. */
export interface Finding {
  /** What is the case in this patient; the fact's statement follows it. */
  readonly finding: string;
  readonly liftedBy: string;
  readonly evidence: readonly string[];
}

/** Who in a hospital answers for a rule. */
export type OwnerRole = 'clinical pharmacist' | 'cardiologist' | 'nephrologist' | 'obstetrician';

/** One row of the safety table. The clinical value that it compares with is read from its fact. */
export interface SafetyRule {
  readonly id: string;
  readonly factId: string;
  readonly severity: Violation['severity'];
  readonly owner: OwnerRole;
  /** The unit in which the fact has to state its value; absent when the rule needs none. */
  readonly unit?: Unit;
  /** Rules of one ladder speak of the same thing, gravest first: only the first that holds is reported. */
  readonly ladder?: string;
  /** Set when the rule also speaks of drugs that run already, when the chart is opened. */
  readonly inChart?: true;
  readonly appliesTo: (drug: ScreenedDrug) => boolean;
  readonly check: (scene: Scene) => Finding | undefined;
}

/** Whether a drug is of one of these classes. */
export function ofClass(...classes: readonly string[]): (drug: ScreenedDrug) => boolean {
  return ({ drugClass }) => classes.includes(drugClass);
}

/** Whether a drug is one of these ingredients. */
export function ofIngredient(...ingredients: readonly string[]): (drug: ScreenedDrug) => boolean {
  return ({ ingredient }) => ingredients.includes(ingredient);
}

/** The value of a fact that a rule compares with. @throws TypeError when it has none: such a rule is disabled. */
export function limitOf(fact: Fact): number {
  if (fact.value === null) throw new TypeError(`the fact ${fact.id} states no value`);
  return fact.value;
}
