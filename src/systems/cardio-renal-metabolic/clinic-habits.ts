import type { VariableId } from './seen.ts';

/** What a world's clinics do, and hide, beyond what its parameters and equations say. Designs of experiments, not claims about care. */
export interface ClinicHabits {
  /**
   * A frailty that nobody records: change of a logarithm a standard deviation of it. `decline`: loss of kidney
   * function; `illness`: rate of acute illness; `starting`: how readily drugs are started; `withholding`: how readily
   * limits are obeyed. 0 everywhere: there is none.
   */
  readonly frailty: {
    readonly decline: number;
    readonly illness: number;
    readonly starting: number;
    readonly withholding: number;
  };
  /** By what the chance of a measurement is multiplied in someone who feels well and in someone who feels ill. */
  readonly attention: { readonly well: number; readonly ill: number };
  /** New assays of the laboratory, from a day that differs between people: what they show of what is there, and their scatter. */
  readonly newAssays?: {
    readonly bias: Readonly<Partial<Record<VariableId, number>>>;
    readonly scatter: number;
  };
}

/** Clinics as the parameters describe them: people who feel ill are measured more often than those who feel well. */
export const USUAL_HABITS: ClinicHabits = {
  frailty: { decline: 0, illness: 0, starting: 0, withholding: 0 },
  attention: { well: 0.85, ill: 1.25 },
};
