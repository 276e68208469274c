import { at } from '../core/array.ts';
import { mean, variance } from '../core/statistics.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import { isBeyond, limitFor, sampleCount, samplesOf } from './samples.ts';
import type { CurrentOf } from './summarise.ts';

/** The variables whose thresholds make up the safe range. */
export const SAFETY_VARIABLES: readonly string[] = ['potassium', 'egfr', 'sbp'];

/** Standard errors that a paired difference must exceed before one candidate is called safer than another. */
const TIE_STANDARD_ERRORS = 2;

/** How likely a regimen is to leave the safe range, with what is needed to compare it in pairs. */
export interface RegimenRisk {
  readonly regimenId: string;
  readonly probability: number;
  /** Monte-Carlo standard error of `probability`. */
  readonly standardError: number;
  /** 1 for each future that leaves the safe range, in the order of the samples. */
  readonly leaves: Uint8Array;
}

/**
 * The chance that potassium, eGFR or systolic pressure crosses any of their thresholds within the horizon.
 *
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
        samplesOf(trajectory, variable.id, dayIndex).forEach((value, sample) => {
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
 * Ranks regimens by risk, 1 being the safest. A regimen shares the rank of the one before it unless their paired
 * difference, future by future under the same noise, exceeds two standard errors.
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
