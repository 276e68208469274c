import type { Belief, ModelIdentity, PatientHistory } from '../domain/belief.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { Trajectory } from '../domain/trajectory.ts';

/** How futures are drawn. All regimens of one call share their noise (common random numbers). */
export interface RollOutOptions {
  /** Days ahead (unit: d), ascending. */
  readonly days: readonly number[];
  /** Futures a regimen, over all ensemble members. */
  readonly samples: number;
  readonly seed: string;
}

/**
 * A world model: three verbs, and it knows nothing of planning.
 *
 * Both verbs that compute reject with AppError `model.unavailable` when the model cannot answer.
 */
export interface WorldModel {
  encode(history: PatientHistory): Promise<Belief>;
  /** One trajectory a regimen, in the order given; each holds what would be measured and the levels behind it. */
  rollOut(belief: Belief, regimens: readonly Regimen[], options: RollOutOptions): Promise<readonly Trajectory[]>;
  describe(): ModelIdentity;
}
