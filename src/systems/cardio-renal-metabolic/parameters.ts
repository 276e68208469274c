import { AppError } from '../../core/errors.ts';
import { digestOf } from '../../core/digest.ts';
import { PARAMETER_IDS, PARAMETER_UNITS } from './parameter-units.ts';
import type { ParameterId } from './parameter-units.ts';
import drugEffects from './parameters/drug-effects.json' with { type: 'json' };
import observation from './parameters/observation.json' with { type: 'json' };
import physiology from './parameters/physiology.json' with { type: 'json' };
import population from './parameters/population.json' with { type: 'json' };

/** How a parameter differs between persons. `lognormal`: the value is the median, `sd` that of the logarithm. */
export interface Spread {
  readonly distribution: 'normal' | 'lognormal' | 'none';
  readonly sd: number;
}

/** One published number of the virtual patient, with where it stands. */
export interface ParameterRow {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly spread: Spread;
  readonly basis: 'read' | 'recalled';
  readonly source: object;
  readonly note: string;
}

/** The numbers of the virtual patient by id: all that its equations see of the rows. */
export type Parameters = Readonly<Record<ParameterId, { readonly value: number; readonly spread: Spread }>>;

/** The rows of the four parameter files. */
export const PARAMETER_ROWS = [...drugEffects, ...physiology, ...population, ...observation] as readonly ParameterRow[];

/**
 * Builds the parameter set from its rows.
 *
 * @throws AppError `config.invalid` naming every missing id, foreign unit and repeated id at once.
 */
export function parametersFrom(rows: readonly ParameterRow[]): Parameters {
  const faults = [...missingIds(rows), ...foreignUnits(rows), ...repeatedIds(rows)];
  if (faults.length > 0) throw new AppError('config.invalid', faults);
  return Object.fromEntries(rows.map((row) => [row.id, { value: row.value, spread: row.spread }])) as Parameters;
}

function missingIds(rows: readonly ParameterRow[]): readonly string[] {
  const present = new Set(rows.map((row) => row.id));
  return PARAMETER_IDS.filter((id) => !present.has(id)).map((id) => `parameter ${id} is missing`);
}

function foreignUnits(rows: readonly ParameterRow[]): readonly string[] {
  const units: Readonly<Record<string, string>> = PARAMETER_UNITS;
  return rows.flatMap(({ id, unit }) => {
    const expected = units[id];
    return expected === undefined || expected === unit
      ? []
      : [`parameter ${id} is in ${unit}, the equations take ${expected}`];
  });
}

function repeatedIds(rows: readonly ParameterRow[]): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id }) => (seen.size === seen.add(id).size ? [`parameter ${id} stands twice`] : []));
}

let loaded: Parameters | undefined;

/** The published parameters of the cardio-renal-metabolic system. @throws AppError `config.invalid`. */
export function publishedParameters(): Parameters {
  loaded ??= parametersFrom(PARAMETER_ROWS);
  return loaded;
}

/** SHA-256 of every parameter row: freezes the simulator that a model was trained on. */
export function parameterDigest(): string {
  return digestOf(PARAMETER_ROWS);
}
