import { COMPONENTS } from './components.ts';
import { ACTION_COUNT } from './actions.ts';
import { VARIABLES } from './schema.ts';

/**
 * What moves in a virtual patient, by name. Deviations are from the person's own setpoint, ratios multiply it, so that
 * a person whose level is learned later keeps the same course.
 */
const QUANTITIES = [
  /** Days since the start; unit: d. */
  'elapsed',
  /** GFR without any drug or illness; unit: mL/min/{1.73_m2}. */
  'structuralGfr',
  /** Acute fall of the logarithm of GFR, ≤ 0. */
  'acuteInjury',
  /** GFR with drugs and illness, as at the end of the last step; unit: mL/min/{1.73_m2}. */
  'gfr',
  /** Ratio. */
  'uacr',
  /** Deviation; unit: mmol/L. */
  'potassium',
  /** Insulin that the beta cells secrete, as a share of the start. */
  'betaCell',
  /** Mean plasma glucose; unit: mg/dL. */
  'glucose',
  /** Unit: %. */
  'hba1c',
  /** Deviation of fat and lean mass; unit: kg. */
  'mass',
  /** The part of it that carries pressure and lipids along (`A.carryingMass`); unit: kg. */
  'carryingMass',
  /** What is left of the effort that a person can put into each programme, 0 to 1. */
  'lifestyleEffort',
  'weightLossEffort',
  /** Ratios. */
  'ldl',
  'hdl',
  'triglycerides',
  'ntProbnp',
  'urate',
  /** Deviation; unit: %-points. */
  'lvef',
] as const;

/** What follows a target that itself moves: the target at the end of the last step is kept beside it. */
const FOLLOWERS = [
  'uacr',
  'potassium',
  'hba1c',
  'mass',
  'carryingMass',
  'ldl',
  'hdl',
  'triglycerides',
  'ntProbnp',
  'urate',
  'lvef',
] as const;

/** Names one of them. */
export type Follower = (typeof FOLLOWERS)[number];

function placesOf<T extends string>(names: readonly T[], start: number): Readonly<Record<T, number>> {
  return Object.fromEntries(names.map((name, index) => [name, start + index])) as Record<T, number>;
}

/** Where each quantity lies in a state. */
export const S = placesOf(QUANTITIES, 0);

/** Where the target of each follower lies. */
export const TARGET = placesOf(FOLLOWERS, QUANTITIES.length);

/** Where the present actions begin: multiples of the reference dose's effect, by `COMPONENTS`. */
export const EFFECTS = QUANTITIES.length + FOLLOWERS.length;

/** Where the sums and products of all that acts begin, by `A`. */
export const ACTIONS = EFFECTS + COMPONENTS.length;

/** Where the fluctuations begin, by `System.variables`: of `LOGARITHMIC` ones on the logarithm. */
export const FLUCTUATIONS = ACTIONS + ACTION_COUNT;

/** Numbers of one state. */
export const STATE_SIZE = FLUCTUATIONS + VARIABLES.length;

/**
 * One virtual patient at one moment; shape [STATE_SIZE]. Whoever made one may write into it (`advancePatient`,
 * `advancePhysiology`, a patient being drawn); for everyone else it is a value.
 */
export type PatientState = Float64Array;

const MULTIPLYING: ReadonlySet<string> = new Set([
  'egfr',
  'fasting_glucose',
  'ldl',
  'hdl',
  'triglycerides',
  'uacr',
  'nt_probnp',
  'urate',
]);

/** Whether a variable's fluctuation multiplies instead of adding, by `System.variables`. */
export const LOGARITHMIC: readonly boolean[] = VARIABLES.map(({ id }) => MULTIPLYING.has(id));
