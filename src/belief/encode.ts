import { AppError } from '../core/errors.ts';
import type { Belief, PatientHistory } from '../domain/belief.ts';
import type { WorldModel } from '../ports/world-model.ts';

/**
 * Asks a world model what it believes about a patient.
 *
 * @throws AppError `model.unavailable` whatever went wrong inside: a lost model costs the forecast, never the screening.
 */
export async function encodeBelief(model: WorldModel, history: PatientHistory): Promise<Belief> {
  try {
    return await model.encode(history);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('model.unavailable', [], { cause });
  }
}
