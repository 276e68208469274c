import { at } from '../core/array.ts';
import { mean, quantileOfSorted, sortedCopy, variance } from '../core/statistics.ts';
import type { System, Threshold, Variable } from '../domain/system.ts';
import type { Chance, Forecast, Trajectory } from '../domain/trajectory.ts';
import { isBeyond, levelsOf, limitFor, sampleCount, samplesOf } from './samples.ts';

/** The patient's current value of a variable, if it was measured. */
export type CurrentOf = (variable: string) => number | undefined;

/**
 * Sums futures up as distributions: for each variable and day the median and the 90 % interval of what would be
 * measured, the share of the uncertainty that lies between ensemble members, and the chance that the patient's level
 * crosses each threshold on a day so far.
 */
export function summariseTrajectory(system: System, trajectory: Trajectory, currentOf: CurrentOf): readonly Forecast[] {
  return system.variables.flatMap((variable) => summariseVariable(variable, trajectory, currentOf(variable.id)));
}

function summariseVariable(
  variable: Variable,
  trajectory: Trajectory,
  current: number | undefined,
): readonly Forecast[] {
  const limits = variable.thresholds.flatMap((threshold) => {
    const limit = limitFor(threshold, current);
    return limit === undefined ? [] : [{ threshold, limit, crossed: new Uint8Array(sampleCount(trajectory)) }];
  });
  return trajectory.days.map((day, dayIndex) => {
    const values = samplesOf(trajectory, variable.id, dayIndex);
    const levels = levelsOf(trajectory, variable.id, dayIndex);
    for (const { threshold, limit, crossed } of limits) markCrossed(crossed, levels, threshold, limit);
    const sorted = sortedCopy(values);
    const share = epistemicShare(values, trajectory);
    return {
      variable: variable.id,
      day,
      median: quantileOfSorted(sorted, 0.5),
      low: quantileOfSorted(sorted, 0.05),
      high: quantileOfSorted(sorted, 0.95),
      ...(share === undefined ? {} : { epistemicShare: share }),
      chances: limits.map(({ threshold, crossed }): Chance => ({
        threshold: threshold.id,
        probability: mean(crossed),
      })),
    };
  });
}

function markCrossed(crossed: Uint8Array, values: Float64Array, { side }: Threshold, limit: number): void {
  values.forEach((value, sample) => {
    if (isBeyond(value, side, limit)) crossed[sample] = 1;
  });
}

/**
 * The between-member share of the variance; undefined when fewer than two members cannot disagree.
 *
 * By the unbiased estimates of a balanced one-way random-effects analysis (ANOVA; Searle, Casella & McCulloch, Variance
 * Components, doi 10.1002/9780470316856, ch. 3): the sample variance of the members' means, less what sampling alone
 * puts between them (within-member variance over the sample size), no less than 0, of the total.
 */
export function epistemicShare(
  values: Float64Array,
  { members, samplesPerMember }: Pick<Trajectory, 'members' | 'samplesPerMember'>,
): number | undefined {
  if (members < 2) return undefined;
  const groups = Array.from({ length: members }, (_, member) =>
    values.subarray(member * samplesPerMember, (member + 1) * samplesPerMember),
  );
  const within = mean(groups.map((group) => sampleVariance(group)));
  const ofMeans = sampleVariance(groups.map((group) => mean(group)));
  const between = Math.max(0, ofMeans - within / samplesPerMember);
  return between + within === 0 ? 0 : between / (between + within);
}

/** The variance with n − 1 below; a single value has none. */
function sampleVariance(values: ArrayLike<number>): number {
  return values.length < 2 ? 0 : (variance(values) * values.length) / (values.length - 1);
}

/** The forecast of a variable on the last day of the horizon. */
export function lastForecast(forecasts: readonly Forecast[], variable: string): Forecast | undefined {
  return forecasts.findLast((forecast) => forecast.variable === variable);
}

/** The chance (0–1) that a threshold is crossed within the horizon; undefined when it was not forecast. */
export function chanceWithinHorizon(forecasts: readonly Forecast[], { id }: Pick<Threshold, 'id'>): number | undefined {
  const holding = forecasts.filter(({ chances }) => chances.some(({ threshold }) => threshold === id));
  return holding.length === 0
    ? undefined
    : at(holding, holding.length - 1).chances.find(({ threshold }) => threshold === id)?.probability;
}
