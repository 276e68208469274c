import { at } from '../../core/array.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import { creatinineOfEgfr, egfrOfCreatinine } from '../ckd-epi.ts';
import type { CreatinineSubject } from '../ckd-epi.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import { stayBegan } from './hospital-stay.ts';
import { scaled } from './informed-levels.ts';
import type { Instruments } from './measurement.ts';
import { VARIABLES } from './schema.ts';
import { VARIABLE_INDEX } from './seen.ts';
import { LOGARITHMIC } from './state.ts';

/** One measured value of a record, on the scale on which its deviations add up. */
export interface Reading {
  /** Index of the visit. */
  readonly visit: number;
  /** Since the previous reading of the same variable; unit: d. */
  readonly gap: number;
  readonly value: number;
  /** Variance of the measurement's error. */
  readonly errorVariance: number;
  /** By how much the fluctuation in the gap exceeds the usual one. */
  readonly unrest: number;
}

/** What a record says of one variable. */
export interface Readings {
  readonly readings: readonly Reading[];
  /** Days from the last reading to now. */
  readonly untilNow: number;
}

/** Takes a record apart by variable, in the order of `System.variables`. */
export function evidenceOf(
  instruments: Instruments,
  { visits, covariates }: Pick<PatientHistory, 'visits' | 'covariates'>,
): readonly Readings[] {
  const stay = stayBegan(visits) ?? visits.length;
  return VARIABLES.map((_, index) => {
    let previous: number | undefined;
    const readings = visits.flatMap(({ values, daysBeforeNow }, visit): readonly Reading[] => {
      const value = values[index];
      if (value === undefined) return [];
      const gap = (previous ?? daysBeforeNow) - daysBeforeNow;
      previous = daysBeforeNow;
      const errorVariance = errorSd(instruments, covariates, index, value) ** 2;
      const unrest = visit > stay ? COHORT_DESIGN.illnessVariability : 1;
      return [{ visit, gap, value: scaled(value, at(LOGARITHMIC, index)), errorVariance, unrest }];
    });
    return { readings, untilNow: previous ?? 0 };
  });
}

function errorSd(instruments: Instruments, subject: CreatinineSubject, index: number, value: number): number {
  const { kind, sd } = at(instruments.errors, index);
  if (index === VARIABLE_INDEX.egfr) return sd * creatininePower(subject, value);
  const isRelative = kind === 'relative';
  if (at(LOGARITHMIC, index)) return isRelative ? sd : sd / value;
  return isRelative ? sd * value : sd;
}

/** A relative error of creatinine this small is one of eGFR by the equation's local power. */
const SMALL = 1e-3;

/** By what power of creatinine the equation's eGFR moves at an eGFR (CKD-EPI 2021: less while creatinine is low). */
function creatininePower(subject: CreatinineSubject, egfr: number): number {
  const creatinine = creatinineOfEgfr(egfr, subject);
  return Math.abs(Math.log(egfrOfCreatinine(creatinine * (1 + SMALL), subject) / egfr)) / SMALL;
}
