import { AppError } from '../../core/errors.ts';
import { digestOf } from '../../core/digest.ts';
import { PARAMETER_UNITS, REQUIRED_IDS } from './parameter-units.ts';
import type { ClassParameter, RequiredParameter } from './parameter-units.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import type { ParameterRow, Spread } from './parameter-rows.ts';

/** All that the equations see of a row. */
export interface Parameter {
  readonly value: number;
  readonly spread: Spread;
  /** Baseline of the source's patients at which the value holds, by variable. */
  readonly at?: Readonly<Record<string, number>>;
}

/** The numbers of the virtual patient by id. A class row that is missing means no effect; any other is always there. */
export type Parameters = Readonly<Record<RequiredParameter, Parameter>> &
  Readonly<Partial<Record<ClassParameter, Parameter>>>;

/**
 * Builds the parameter set from its rows; rows of other readers (events) are passed over.
 *
 * @throws AppError `config.invalid` naming every missing id, foreign unit, repeated id and incomplete class at once.
 */
export function parametersFrom(rows: readonly ParameterRow[]): Parameters {
  const own = rows.filter(({ id }) => id in PARAMETER_UNITS);
  const faults = [...missingIds(own), ...foreignUnits(own), ...repeatedIds(own)];
  if (faults.length > 0) throw new AppError('config.invalid', faults);
  return Object.fromEntries(own.map((row) => [row.id, parameterOf(row)])) as unknown as Parameters;
}

function parameterOf({ value, spread, at }: ParameterRow): Parameter {
  return at === undefined ? { value, spread } : { value, spread, at };
}

function missingIds(rows: readonly ParameterRow[]): readonly string[] {
  const present = new Set<string>(rows.map((row) => row.id));
  return REQUIRED_IDS.filter((id) => !present.has(id)).map((id) => `parameter ${id} is missing`);
}

function foreignUnits(rows: readonly ParameterRow[]): readonly string[] {
  return rows.flatMap(({ id, unit }) => {
    const expected = PARAMETER_UNITS[id];
    return expected === unit ? [] : [`parameter ${id} is in ${unit}, the equations take ${String(expected)}`];
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

/** SHA-256 of every number that the equations read: freezes the simulator that a model was trained on. */
export function parameterDigest(): string {
  return equationsDigest(PARAMETER_ROWS);
}

/** The same of other rows. */
export function equationsDigest(rows: readonly ParameterRow[]): string {
  return digestOfNumbers(rows.filter(({ id }) => id in PARAMETER_UNITS));
}

/** SHA-256 of the numbers of rows, those of events too; what is said about them may be mended without another one. */
export function digestOfNumbers(rows: readonly ParameterRow[]): string {
  return digestOf(
    rows.map(({ id, value, unit, spread, uncertainty, at, seen }) => ({
      id,
      value,
      unit,
      spread,
      uncertainty,
      at,
      seen,
    })),
  );
}
