import { at } from '../core/array.ts';
import type { Threshold } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';

/** How many futures a trajectory holds. */
export function sampleCount({ members, samplesPerMember }: Trajectory): number {
  return members * samplesPerMember;
}

/**
 * What would be measured of one variable on one day, one value a future, in the order of the samples.
 *
 * @throws TypeError when the trajectory does not hold the variable.
 */
export function samplesOf(trajectory: Trajectory, variable: string, dayIndex: number): Float64Array {
  return columnOf(trajectory, 'samples', variable, dayIndex);
}

/**
 * The patient's own level of one variable on one day, without measurement noise: what limits are held against.
 *
 * One value a future, in the order of the samples. @throws TypeError when the trajectory does not hold the variable.
 */
export function levelsOf(trajectory: Trajectory, variable: string, dayIndex: number): Float64Array {
  return columnOf(trajectory, 'levels', variable, dayIndex);
}

function columnOf(
  trajectory: Trajectory,
  kind: 'samples' | 'levels',
  variable: string,
  dayIndex: number,
): Float64Array {
  const { days, variables } = trajectory;
  const column = variables.indexOf(variable);
  if (column === -1) throw new TypeError(`the trajectory does not hold ${variable}`);
  const width = days.length * variables.length;
  const offset = dayIndex * variables.length + column;
  return Float64Array.from({ length: sampleCount(trajectory) }, (_, sample) =>
    at(trajectory[kind], sample * width + offset),
  );
}

/** The limit of a threshold for this patient; undefined when it is relative to a value that is not known. */
export function limitFor(threshold: Threshold, current: number | undefined): number | undefined {
  if (threshold.relativeToCurrent !== true) return threshold.value;
  return current === undefined ? undefined : current * (1 + threshold.value);
}

/** Whether a value lies beyond a limit on the side of a threshold. */
export function isBeyond(value: number, side: Threshold['side'], limit: number): boolean {
  return side === 'above' ? value > limit : value < limit;
}
