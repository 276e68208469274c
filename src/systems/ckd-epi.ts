/**
 * The CKD-EPI 2021 creatinine equation without race (Inker LA, N Engl J Med 2021;385:1737, doi
 * 10.1056/NEJMoa2102953): eGFR = 142 · min(Scr/κ, 1)^α · max(Scr/κ, 1)^−1.200 · 0.9938^age · 1.012 [if female].
 */
const SEX = {
  female: { kappa: 0.7, alpha: -0.241, factor: 1.012 },
  male: { kappa: 0.9, alpha: -0.302, factor: 1 },
} as const;

const ABOVE_KAPPA = -1.2;

/** How a derived eGFR names its equation. */
export const GFR_EQUATION = 'CKD-EPI 2021';

/** The age from which the equation holds, because it was developed in adults (same source). Unit: a. */
export const GFR_ADULT_AGE = 18;

/** Who the equation speaks about; age in a. */
export interface CreatinineSubject {
  readonly age: number;
  readonly female: boolean;
}

/** eGFR (mL/min/{1.73_m2}) at creatinine κ, where the equation bends: above it creatinine hardly falls any more. */
export function egfrAtKink({ age, female }: CreatinineSubject): number {
  return 142 * 0.9938 ** age * (female ? SEX.female : SEX.male).factor;
}

/** eGFR (mL/min/{1.73_m2}) of a serum creatinine (mg/dL) by CKD-EPI 2021. */
export function egfrOfCreatinine(creatinine: number, subject: CreatinineSubject): number {
  const { kappa, alpha } = subject.female ? SEX.female : SEX.male;
  const ratio = creatinine / kappa;
  return egfrAtKink(subject) * ratio ** (ratio < 1 ? alpha : ABOVE_KAPPA);
}

/** The serum creatinine (mg/dL) at which CKD-EPI 2021 gives an eGFR (mL/min/{1.73_m2}). */
export function creatinineOfEgfr(egfr: number, subject: CreatinineSubject): number {
  const { kappa, alpha } = subject.female ? SEX.female : SEX.male;
  const ratio = egfr / egfrAtKink(subject);
  return kappa * ratio ** (1 / (ratio > 1 ? alpha : ABOVE_KAPPA));
}
