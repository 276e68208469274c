import { normalProbability } from '../../integrate.ts';
import type { RiskFactors } from './risk-factors.ts';

/** What the Kidney Failure Risk Equation reads; albuminuria in mg/g. */
export type KidneyFailureInput = Pick<RiskFactors, 'age' | 'female' | 'egfr' | 'uacr'>;

/** Where a cohort lived, which sets the level of the risk. */
export type Region = 'northAmerica' | 'elsewhere';

/**
 * Share without kidney failure at the mean of the cohorts, by region and years: Tangri N, JAMA 2016;315:164, doi
 * 10.1001/jama.2015.18202.
 */
const FREE: Readonly<Record<Region, Readonly<Record<2 | 5, number>>>> = {
  northAmerica: { 2: 0.975, 5: 0.924 },
  elsewhere: { 2: 0.9832, 5: 0.9365 },
};

/** Risk of kidney failure (dialysis or transplant) within two or five years, four variables, from 0 to 1. */
export function kidneyFailureRisk(
  input: KidneyFailureInput,
  { years, region }: { readonly years: 2 | 5; readonly region: Region },
): number {
  return 1 - FREE[region][years] ** Math.exp(prognosticIndex(input));
}

const LOG_BASELINE = Math.log(-Math.log(FREE.northAmerica[2]) / 2);

/** Least GFR (mL/min/{1.73_m2}) and albuminuria (mg/g) that enter: below them the equation was never fitted. */
const LEAST = { egfr: 5, uacr: 1 } as const;

/**
 * Natural logarithm of the hazard (/a) of kidney failure.
 *
 * From the two-year equation, since GFR and albuminuria move on in the simulation. It was developed below a GFR of 60;
 * above it is carried on, where it falls by two thirds for each 10 mL/min/{1.73_m2}. At the low end, where nobody lives
 * on without dialysis and the equation knows no such limit, the rate of starting dialysis takes over.
 */
export function logKidneyFailureHazard(factors: KidneyFailureInput, dialysis: DialysisStart): number {
  return Math.max(LOG_BASELINE + prognosticIndex(factors), logDialysisHazard(factors.egfr, dialysis));
}

/** At which GFR people start dialysis who do not start early, and how fast they come to it; mL/min/{1.73_m2} (`fall`: /a). */
export interface DialysisStart {
  readonly mean: number;
  readonly sd: number;
  readonly fall: number;
}

/**
 * A GFR that falls at an even speed past normally distributed starts: `fall` · density / share that has not started.
 * Beyond so many standard deviations above the mean nobody starts; beyond so many below, the rate rises no further.
 */
const STARTS_WITHIN = { above: 5, below: 3 } as const;

function logDialysisHazard(egfr: number, { mean, sd, fall }: DialysisStart): number {
  const z = (egfr - mean) / sd;
  if (z > STARTS_WITHIN.above) return -Infinity;
  const within = Math.max(z, -STARTS_WITHIN.below);
  const logDensity = -(within ** 2) / 2 - Math.log(Math.sqrt(2 * Math.PI));
  return Math.log(fall / sd) + logDensity - Math.log(normalProbability(within));
}

/** Coefficients of the four variables around their means: Tangri N, JAMA 2011;305:1553, doi 10.1001/jama.2011.451. */
function prognosticIndex({ age, female, egfr, uacr }: KidneyFailureInput): number {
  return (
    -0.2201 * (age / 10 - 7.036) +
    0.2467 * ((female ? 0 : 1) - 0.5642) -
    0.5567 * (Math.max(egfr, LEAST.egfr) / 5 - 7.222) +
    0.451 * (Math.log(Math.max(uacr, LEAST.uacr)) - 5.137)
  );
}
