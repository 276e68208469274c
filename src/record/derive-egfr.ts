import type { Measurement } from '../domain/record.ts';
import type { Variable } from '../domain/system.ts';
import { egfrOfCreatinine, GFR_ADULT_AGE, GFR_EQUATION } from '../systems/ckd-epi.ts';
import { readingOf, refuse, type Outcome, type Reading } from './dropped.ts';
import { ageAt, type Demographics } from './read-patient.ts';

/**
 * Adds an eGFR to each creatinine, unless the laboratory reported one of the same time.
 *
 * A creatinine that is only a bound, or of a patient without age or sex, yields none; the latter is said.
 */
export function deriveEgfr(
  measurements: readonly Measurement[],
  patient: Demographics,
  egfr: Variable | undefined,
): Reading<Measurement> {
  if (egfr === undefined) return { kept: [], dropped: [] };
  const reported = new Set(measurements.filter(({ variable }) => variable === egfr.id).map(({ at }) => at));
  const creatinines = measurements.filter(
    ({ variable, comparator, at }) => variable === 'creatinine' && comparator === undefined && !reported.has(at),
  );
  return readingOf(creatinines.map((creatinine) => derive(creatinine, patient, egfr)));
}

function derive(creatinine: Measurement, { sex, birthDate }: Demographics, egfr: Variable): Outcome<Measurement> {
  if (sex === 'unknown' || birthDate === undefined) return refuse(creatinine.source, 'egfr-needs-age-and-sex');
  const age = ageAt(birthDate, creatinine.at);
  if (age < GFR_ADULT_AGE) return refuse(creatinine.source, 'egfr-adults-only');
  const value = egfrOfCreatinine(creatinine.value, { age, female: sex === 'female' });
  const { low, high } = egfr.plausible;
  if (value < low || value > high) return refuse(creatinine.source, 'value-implausible', '(eGFR from creatinine)');
  return { kept: { ...creatinine, variable: egfr.id, value, derivedBy: GFR_EQUATION } };
}
