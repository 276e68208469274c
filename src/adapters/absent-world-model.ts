import { AppError } from '../core/errors.ts';
import type { System } from '../domain/system.ts';
import type { WorldModel } from '../ports/world-model.ts';

/**
 * Stands where a world model should be when it could not be opened.
 *
 * Every question is answered with `model.unavailable`: forecasts are withheld, refusals stay.
 */
export function createAbsentWorldModel(system: System, cause: unknown): WorldModel {
  const refuse = (): Promise<never> => Promise.reject(new AppError('model.unavailable', [], { cause }));
  return {
    encode: refuse,
    rollOut: refuse,
    describe: () => ({
      id: 'absent',
      kind: 'learned',
      version: '0',
      system: system.id,
      weightsDigest: '',
      schemaDigest: '',
    }),
  };
}
