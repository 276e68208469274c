import { at } from '../core/array.ts';
import { mean, quantileOfSorted, sortedCopy, variance } from '../core/statistics.ts';
import type { System, Threshold, Variable } from '../domain/system.ts';
import type { Chance, Forecast, Trajectory } from '../domain/trajectory.ts';
import { isBeyond, limitFor, sampleCount, samplesOf } from './samples.ts';

/** The patient's current value of a variable, if it was measured. */
export type CurrentOf = (variable: string) => number | undefined;

/**
 * Sums futures up as distributions: for each variable and day the median, the 90 % interval, the share of the
 * uncertainty that lies between ensemble members, and the chance that each threshold is crossed on a day so far.
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
    for (const { threshold, limit, crossed } of limits) markCrossed(crossed, values, threshold, limit);
    const sorted = sortedCopy(values);
    return {
      variable: variable.id,
      day,
      median: quantileOfSorted(sorted, 0.5),
      low: quantileOfSorted(sorted, 0.05),
      high: quantileOfSorted(sorted, 0.95),
      epistemicShare: epistemicShare(values, trajectory),
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
 * The between-member share of the variance, as in a one-way random-effects analysis: the variance of the members'
 * means, less what sampling alone would give (within-member variance over the sample size), of the total.
 */
export function epistemicShare(values: Float64Array, { members, samplesPerMember }: Trajectory): number {
  if (members < 2) return 0;
  const groups = Array.from({ length: members }, (_, member) =>
    values.subarray(member * samplesPerMember, (member + 1) * samplesPerMember),
  );
  const within = mean(groups.map((group) => variance(group)));
  const between = Math.max(0, variance(groups.map((group) => mean(group))) - within / samplesPerMember);
  return between + within === 0 ? 0 : between / (between + within);
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
