import { AppError } from '../../core/errors.ts';
import clinicRows from './clinics.json' with { type: 'json' };
import type { ParameterRow } from './parameter-rows.ts';
import { PARAMETER_UNITS } from './parameter-units.ts';

/** A kind of clinic: who is seen there, as parameter rows that stand in place of the population's. */
export interface Clinic {
  readonly id: string;
  readonly name: string;
  /** Of the cohort's people; all add up to 1. A choice of design, so that each kind is learned. */
  readonly share: number;
  readonly rows: readonly ParameterRow[];
}

/** The clinics that people are drawn from. */
export const CLINICS: readonly Clinic[] = clinicsFrom(clinicRows as readonly Clinic[]);

/**
 * Checks clinics.
 *
 * @throws AppError `config.invalid` naming every foreign id and unit at once, and shares that do not add up.
 */
export function clinicsFrom(clinics: readonly Clinic[]): readonly Clinic[] {
  const total = clinics.reduce((sum, { share }) => sum + share, 0);
  const faults = [
    ...(Math.abs(total - 1) < 1e-9 ? [] : [`the shares of the clinics add up to ${total}`]),
    ...clinics.flatMap(({ id, rows }) =>
      rows.flatMap((row) =>
        PARAMETER_UNITS[row.id] === row.unit ? [] : [`${id}: ${row.id} in ${row.unit} is unknown`],
      ),
    ),
  ];
  if (faults.length > 0) throw new AppError('config.invalid', faults);
  return clinics;
}

/** The clinic at a place in the shares; `place` in [0, 1). @throws RangeError when there is no clinic. */
export function clinicAt<T extends { readonly share: number }>(clinics: readonly T[], place: number): T {
  let reached = 0;
  const found = clinics.find(({ share }) => {
    reached += share;
    return place < reached;
  });
  const chosen = found ?? clinics.at(-1);
  if (chosen === undefined) throw new RangeError('there is no clinic');
  return chosen;
}
