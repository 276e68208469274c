import { normalQuantile } from '../normal.ts';

/** What a trial must achieve: the two-sided level, and the chance to find the effect if it is there. */
export interface Aim {
  readonly alpha: number;
  readonly power: number;
}

/** z(1 − α/2) + z(power): by how many standard errors the expected effect must lie off 0. */
export function neededDrift({ alpha, power }: Aim): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}

/**
 * People per arm to compare two normal means: 2 (z(1 − α/2) + z(1 − β))² σ² / δ² (Machin, Sample Sizes for Clinical,
 * Laboratory and Epidemiology Studies, chapter on two means). `sd` and `difference` in one unit.
 */
export function textbookPerArm(
  aim: Aim,
  { sd, difference }: { readonly sd: number; readonly difference: number },
): number {
  return 2 * (neededDrift(aim) * (sd / difference)) ** 2;
}

/**
 * Events in both arms together for a log-rank test with equal allocation: 4 (z(1 − α/2) + z(1 − β))² / (ln HR)²
 * (Schoenfeld 1983, doi 10.2307/2531021).
 */
export function textbookEvents(aim: Aim, logHazardRatio: number): number {
  return 4 * (neededDrift(aim) / logHazardRatio) ** 2;
}
