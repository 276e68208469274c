import { quantity, type Quantity } from '../core/quantity.ts';

/**
 * Estimates the glomerular filtration rate from serum creatinine by CKD-EPI 2021, without race.
 *
 * eGFR = 142 × min(Scr/κ, 1)^α × max(Scr/κ, 1)^−1.200 × 0.9938^age × 1.012 [if female]; κ 0.7 (female) or 0.9 (male),
 * α −0.241 (female) or −0.302 (male). Adults only. Inker and others 2021, doi 10.1056/NEJMoa2102953, table S9 and text.
 */
export function estimateGfr(
  creatinine: Quantity<'mg/dL'>,
  { age, female }: { readonly age: Quantity<'a'>; readonly female: boolean },
): Quantity<'mL/min/{1.73_m2}'> {
  const kappa = female ? 0.7 : 0.9;
  const alpha = female ? -0.241 : -0.302;
  const ratio = creatinine / kappa;
  const gfr = 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * (female ? 1.012 : 1);
  return quantity(gfr, 'mL/min/{1.73_m2}');
}

/** How a derived eGFR names its equation. */
export const GFR_EQUATION = 'CKD-EPI 2021';

/** The age from which the equation holds: it was developed in adults (doi 10.1056/NEJMoa2102953). */
export const GFR_ADULT_AGE = quantity(18, 'a');
