import type { Trajectory } from '../../src/domain/trajectory.ts';

/**
 * Futures of one variable, written out: one row a future, one column a day. All other variables stay away.
 * Measurements are without error unless `levels` say otherwise.
 */
export function aTrajectory(
  futures: readonly (readonly number[])[],
  {
    regimenId = 'draft',
    variable = 'potassium',
    members = 1,
    days = futures[0]?.map((_, index) => index + 1) ?? [],
    levels = futures,
  }: {
    regimenId?: string;
    variable?: string;
    members?: number;
    days?: readonly number[];
    levels?: readonly (readonly number[])[];
  } = {},
): Trajectory {
  return {
    regimenId,
    days,
    variables: [variable],
    members,
    samplesPerMember: futures.length / members,
    samples: Float32Array.from(futures.flat()),
    levels: Float32Array.from(levels.flat()),
  };
}
