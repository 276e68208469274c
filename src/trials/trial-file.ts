import type { Criterion } from './eligibility.ts';

/** How a baseline item is distributed in the people of a trial. */
export type BaselineItem =
  | { readonly form: 'mean'; readonly mean: number; readonly sd?: number; readonly unit: string }
  | {
      readonly form: 'median';
      readonly median: number;
      readonly q1?: number;
      readonly q3?: number;
      readonly unit: string;
    };

/** The people of a trial, as its baseline table describes them. */
export interface TrialPopulation {
  /** People randomised; absent where the publication does not say. */
  readonly n?: number;
  /** In the units of the system, by its own names. */
  readonly baseline: Readonly<Record<string, BaselineItem>>;
  /** Shares from 0 to 1. */
  readonly proportion: Readonly<Record<string, number>>;
  /** Share of people on each background treatment, 0 to 1. */
  readonly background: Readonly<Record<string, number>>;
  readonly eligibility: readonly Criterion[];
  /** Why an item of the baseline table could not be read and stands in no cohort, by item. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Why a condition of eligibility could mean two things. */
  readonly unclear?: string;
}

/** One treatment of an arm. */
export interface ArmIntervention {
  /** Generic ingredient in lower case, a named programme, "placebo", or "class:<class>". */
  readonly code: string;
  readonly dose?: number;
  readonly unit?: string;
  readonly doseMin?: number;
  readonly doseMax?: number;
  readonly titrated: boolean;
  /** Where given, each person of the arm gets exactly one of the interventions, this one with this chance. */
  readonly share?: number;
}

export interface TrialArm {
  readonly id: string;
  /** The arm as the publication names it, when the id is only a slug. */
  readonly label?: string;
  readonly interventions: readonly ArmIntervention[];
}

/** What an effect is measured as: the vocabulary of the calibration table. */
export const MEASURES = [
  'mean_difference',
  'percent_change',
  'hazard_ratio',
  'risk_ratio',
  'arm_means',
  'rate',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One effect that is reported, or asked for when it carries no estimate. */
export interface TrialEndpoint {
  readonly endpoint: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly arm: string;
  /** "baseline" for a change within the arm, "" where the row describes one arm alone. */
  readonly comparator: string;
  readonly estimate?: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
  readonly ciLevel: number;
  readonly followUpMonths: number;
  /** Why the row cannot be evaluated, whoever simulates it. */
  readonly unreadable?: string;
}

/** One trial in the format of docs/trials.md. */
export interface TrialFile {
  readonly id: string;
  readonly population: TrialPopulation;
  readonly arms: readonly TrialArm[];
  readonly followUpMonths: number;
  readonly endpoints: readonly TrialEndpoint[];
  readonly source?: string;
}

/** Whether an effect of this measure is a ratio, so that it is compared on the log scale. */
export function isRatioMeasure(measure: Measure): boolean {
  return measure === 'hazard_ratio' || measure === 'risk_ratio';
}

/** The arm of an id, if the trial has it. */
export function armOf(file: TrialFile, id: string): TrialArm | undefined {
  return file.arms.find((arm) => arm.id === id);
}
