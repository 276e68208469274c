import { at } from '../core/array.ts';
import { mean, variance } from '../core/statistics.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import { isBeyond, levelsOf, limitFor, sampleCount } from './samples.ts';
import type { CurrentOf } from './summarise.ts';

/** The variables whose thresholds make up the safe range. */
export const SAFETY_VARIABLES: readonly string[] = ['potassium', 'egfr', 'sbp'];

/** Standard errors that a paired difference must exceed before one candidate is called safer than another. */
const TIE_STANDARD_ERRORS = 2;

/** How likely a regimen is to leave the safe range, with what is needed to compare it in pairs. */
export interface RegimenRisk {
  readonly regimenId: string;
  readonly probability: number;
  /**
   * Monte-Carlo standard error of `probability`, as if every future were independent: too small for the mechanistic
   * model, whose futures share as few particles as its effective sample size.
   */
  readonly standardError: number;
  /** 1 for each future that leaves the safe range, in the order of the samples. */
  readonly leaves: Uint8Array;
}

/**
 * The chance that the patient's potassium, eGFR or systolic pressure crosses any of their thresholds on any forecast day.
 *
 * Levels are counted, not measurements: an assay or a cuff that errs is no harm.
 * This is safety and nothing else: what the drug is given for (fewer deaths, fewer admissions) is not modelled yet, so a
 * lower risk is no recommendation.
 */
export function riskOf(system: System, trajectory: Trajectory, currentOf: CurrentOf): RegimenRisk {
  const leaves = new Uint8Array(sampleCount(trajectory));
  for (const variable of system.variables.filter(({ id }) => SAFETY_VARIABLES.includes(id))) {
    for (const threshold of variable.thresholds) {
      const limit = limitFor(threshold, currentOf(variable.id));
      if (limit === undefined) continue;
      trajectory.days.forEach((_, dayIndex) => {
        levelsOf(trajectory, variable.id, dayIndex).forEach((value, sample) => {
          if (isBeyond(value, threshold.side, limit)) leaves[sample] = 1;
        });
      });
    }
  }
  const probability = mean(leaves);
  const standardError = Math.sqrt((probability * (1 - probability)) / leaves.length);
  return { regimenId: trajectory.regimenId, probability, standardError, leaves };
}

/**
 * Ranks regimens by risk, 1 being the safest.
 *
 * In ascending order of risk, a regimen shares the rank of the leader, the safest of that rank, unless their paired
 * difference, future by future under the same noise, exceeds two standard errors; then it leads the next rank, whose
 * number counts all regimens before it. Two neighbours on different ranks may therefore differ by less.
 */
export function rankByRisk(risks: readonly RegimenRisk[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  let leader: RegimenRisk | undefined;
  let rank = 1;
  risks
    .toSorted((a, b) => a.probability - b.probability)
    .forEach((risk, index) => {
      if (leader === undefined || isRiskier(risk, leader)) {
        leader = risk;
        rank = index + 1;
      }
      ranks.set(risk.regimenId, rank);
    });
  return ranks;
}

function isRiskier(risk: RegimenRisk, leader: RegimenRisk): boolean {
  const differences = Array.from(risk.leaves, (left, sample) => left - at(leader.leaves, sample));
  const standardError = Math.sqrt(variance(differences) / differences.length);
  return mean(differences) > TIE_STANDARD_ERRORS * standardError;
}
