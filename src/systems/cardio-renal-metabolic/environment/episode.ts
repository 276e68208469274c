import type { Traces } from '../events/traces.ts';
import type { Individual } from '../individual.ts';
import type { Instruments } from '../measurement.ts';
import type { PatientState } from '../state.ts';
import type { World } from '../worlds.ts';
import type { Weights } from './objectives.ts';
import type { Amounts } from './outcomes.ts';

/** What stays the same through an episode. */
export interface Setting {
  readonly seed: string;
  readonly world: World;
  readonly instruments: Instruments;
  readonly individual: Individual;
  /** Of worlds that hide one; in standard deviations. */
  readonly frailty: number;
  readonly weights: Weights;
  /** Unit: d. */
  readonly horizon: number;
  /** `clinic`: who is measured when depends on the patient, as in the cohort; `everything`: all variables at every step. */
  readonly observe: 'clinic' | 'everything';
}

/** One moment of an episode: plain data that every step takes and returns, and that may be stepped from again. */
export interface Episode {
  readonly setting: Setting;
  /** Since the start; unit: d. */
  readonly day: number;
  readonly state: PatientState;
  /** Fraction of the reference dose, [channels]: what was taken up to now. */
  readonly doses: readonly number[];
  readonly traces: Traces;
  /** GFR and diabetes at the start, with which derived events compare. */
  readonly start: { readonly egfr: number; readonly type2Diabetes: boolean };
  /** Events that are not counted again: a first or derived one for good, a reversible one until a drug is stopped. */
  readonly lasting: ReadonlySet<string>;
  /** Latest measured values, by variable. */
  readonly seen: readonly (number | undefined)[];
  /** Days on which each panel was last measured. */
  readonly measuredOn: readonly number[];
  readonly isDead: boolean;
}

/** One event of a step. */
export interface Happening {
  readonly id: string;
  /** Since the start; unit: d. */
  readonly day: number;
  readonly isFatal: boolean;
}

/** What an agent sees. */
export interface Observation {
  /** Since the start; unit: d. */
  readonly day: number;
  /** Unit: a. */
  readonly age: number;
  readonly female: boolean;
  /** By `System.traits`. */
  readonly traits: readonly boolean[];
  /** Measured today, by `System.variables`; undefined where not measured. */
  readonly values: readonly (number | undefined)[];
  /** What was taken up to today: fraction of the reference dose, [channels]. */
  readonly doses: readonly number[];
  /** What struck since the last observation. */
  readonly events: readonly Happening[];
}

/** What no record shows. */
export interface Info {
  /** By `System.variables`. */
  readonly truth: readonly number[];
  /** What the step cost, by outcome; the reward weighs these. */
  readonly outcomes: Amounts;
}

/** The answer to a step, in the words of Gymnasium (arXiv 2407.17032). */
export interface Transition {
  readonly episode: Episode;
  readonly observation: Observation;
  readonly reward: number;
  /** The patient died. */
  readonly terminated: boolean;
  /** The horizon is reached. */
  readonly truncated: boolean;
  readonly info: Info;
}
