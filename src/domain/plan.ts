import type { Applicability, ModelIdentity } from './belief.ts';
import type { CausalLink, Source } from './evidence.ts';
import type { DraftOrder, Regimen } from './intervention.ts';
import type { Forecast } from './trajectory.ts';

/** A clinical no: which rule, how grave, why, on whose word, and what would lift it. */
export interface Violation {
  readonly rule: string;
  /** What it was found in: the record alone, or the forecast. */
  readonly basis: 'record' | 'forecast';
  readonly severity: 'contraindicated' | 'caution';
  /** The order or the active drug that the rule speaks of. */
  readonly subject: string;
  readonly reason: string;
  readonly liftedBy: string;
  readonly factId: string;
  readonly source: Source;
  /** What in the record it rests on. */
  readonly evidence: readonly string[];
}

/** Why the model stays silent: a value, not an error. */
export interface Abstention {
  readonly code: string;
  readonly reason: string;
  /** What would end the silence; empty when nothing would, and then no card is due. */
  readonly help: string;
}

export type CandidateRole = 'draft' | 'no-change' | 'lower-dose' | 'higher-dose' | 'alternative';

/** One course of action, screened and, where allowed, forecast. */
export interface Candidate {
  readonly role: CandidateRole;
  /** "Spironolactone 12.5 mg/d instead". */
  readonly label: string;
  readonly regimen: Regimen;
  /** What would be ordered; absent for "no change". */
  readonly order?: { readonly ingredient: string; readonly dailyDoseMg: number };
  readonly violations: readonly Violation[];
  readonly forecasts: readonly Forecast[];
  /** Chance (0–1) of leaving the safe range of potassium, eGFR or blood pressure within the horizon. */
  readonly risk?: { readonly probability: number; readonly standardError: number };
  /**
   * 1 is safest. A candidate shares the rank of the safest on it unless their risks, compared future by future under the
   * same noise, differ by more than two standard errors. Absent when refused or not forecast.
   */
  readonly rank?: number;
}

/** What should be measured when. */
export interface MonitoringStep {
  readonly day: number;
  readonly what: 'basic-metabolic-panel' | 'blood-pressure-and-heart-rate';
  readonly reason: string;
  readonly factId: string;
  readonly source: Source;
}

/** The value of a variable on which the forecast stands. */
export interface CurrentValue {
  readonly variable: string;
  readonly value: number;
  readonly daysOld: number;
  readonly source: string;
}

/** Everything the card will say about one draft order: plain data that only the last step renders. */
export interface Plan {
  readonly draft: DraftOrder;
  readonly violations: readonly Violation[];
  /** Parts of the record that were not given or failed, such as "allergies": no rule could look at them. */
  readonly unscreened?: readonly string[];
  readonly applicability?: Applicability;
  readonly abstention?: Abstention;
  readonly model?: ModelIdentity;
  readonly current: readonly CurrentValue[];
  readonly candidates: readonly Candidate[];
  readonly reasons: readonly CausalLink[];
  readonly monitoring: readonly MonitoringStep[];
}
