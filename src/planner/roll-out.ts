import { AppError } from '../core/errors.ts';
import type { Belief } from '../domain/belief.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../ports/world-model.ts';

/** Futures a regimen: a standard error of 0.016 at the least favourable probability, 0.007 at one in twenty. */
export const SAMPLES = 1000;

/**
 * Rolls all regimens out in one call, so that they share their noise (common random numbers) and can be compared in
 * pairs.
 *
 * @throws AppError `model.unavailable` whatever went wrong inside the model.
 */
export async function rollOutRegimens(
  model: WorldModel,
  belief: Belief,
  regimens: readonly Regimen[],
  options: RollOutOptions,
): Promise<ReadonlyMap<string, Trajectory>> {
  try {
    const trajectories = await model.rollOut(belief, regimens, options);
    return new Map(trajectories.map((trajectory) => [trajectory.regimenId, trajectory]));
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('model.unavailable', [], { cause });
  }
}
