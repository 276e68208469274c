import type { Random } from '../../core/random.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import type { Instruments } from './measurement.ts';
import { VARIABLES } from './schema.ts';
import type { VariableId } from './seen.ts';
import type { World } from './worlds.ts';

/** The instruments that one person's values come from; in a world of new assays they change on a day of the record. */
export function laboratoryOf({ instruments, habits: { newAssays } }: World, random: Random): Instruments {
  if (newAssays === undefined) return instruments;
  const { bias, scatter } = newAssays;
  const next: Instruments = {
    ...instruments,
    errors: instruments.errors.map((error, index) => {
      const isNew = bias[VARIABLES[index]?.id as VariableId] !== undefined;
      return isNew ? { ...error, sd: error.sd * scatter } : error;
    }),
    bias: VARIABLES.map(({ id }) => bias[id as VariableId] ?? 1),
  };
  return { ...instruments, next: { day: COHORT_DESIGN.longestHistory * random.uniform(), instruments: next } };
}
