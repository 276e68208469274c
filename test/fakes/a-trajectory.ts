import type { Trajectory } from '../../src/domain/trajectory.ts';

/**
 * Futures of one variable, written out: one row a future, one column a day. All other variables stay away.
 */
export function aTrajectory(
  futures: readonly (readonly number[])[],
  {
    regimenId = 'draft',
    variable = 'potassium',
    members = 1,
    days = futures[0]?.map((_, index) => index + 1) ?? [],
  }: { regimenId?: string; variable?: string; members?: number; days?: readonly number[] } = {},
): Trajectory {
  return {
    regimenId,
    days,
    variables: [variable],
    members,
    samplesPerMember: futures.length / members,
    samples: Float32Array.from(futures.flat()),
  };
}
