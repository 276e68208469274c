import { at } from '../../core/array.ts';
import type { FreeParameter } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import { replaceValues } from '../../systems/cardio-renal-metabolic/replace-values.ts';
import type { Replacement } from '../../systems/cardio-renal-metabolic/replace-values.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';

/** Where a free parameter stands: the logarithm of the factor on its rows, with its standard deviation. */
export interface FreeValue {
  readonly logFactor: number;
  readonly sd: number;
}

/** The trials that a row rests on. */
export function trialsBehind({ source }: ParameterRow): readonly string[] {
  return [source.trial ?? []].flat();
}

/** The ids of the rows that rest on a trial which is held out and are not fitted: another value stands for them. */
export function withheldRows(
  published: readonly ParameterRow[],
  free: readonly FreeParameter[],
  isHeldOut: (trial: string) => boolean,
): readonly string[] {
  const fitted = new Set(free.flatMap(({ rows }) => rows));
  return published.filter((row) => !fitted.has(row.id) && trialsBehind(row).some(isHeldOut)).map(({ id }) => id);
}

/**
 * The rows of the simulator with free parameters at their values (in the order of `free`) and without what rests on trials
 * that are held out.
 *
 * @throws TypeError naming a row that must be withheld and has nothing to stand for it.
 */
export function changedRows(
  published: readonly ParameterRow[],
  free: readonly FreeParameter[],
  values: readonly FreeValue[],
  isHeldOut: (trial: string) => boolean,
): readonly ParameterRow[] {
  const withheld = new Set(withheldRows(published, free, isHeldOut));
  const rest = published.flatMap((row) => (withheld.has(row.id) ? withoutTrial(row) : [row]));
  return replaceValues(rest, replacementsOf(published, free, values));
}

/** What stands for a row; it is not as sure as the trial was, so that it takes the usual error. */
function withoutTrial(row: ParameterRow): readonly ParameterRow[] {
  if (row.without === undefined) throw new TypeError(`${row.id} rests on a trial and has no value without it`);
  const { value } = row.without;
  if (value === null) return [];
  const { id, unit, spread, at: baseline, seen, basis, source, note } = row;
  const rest = { ...(baseline !== undefined && { at: baseline }), ...(seen !== undefined && { seen }) };
  return [{ id, value, unit, spread, ...rest, basis, source, note }];
}

/** The values of the free parameters' rows. */
export function replacementsOf(
  published: readonly ParameterRow[],
  free: readonly FreeParameter[],
  values: readonly FreeValue[],
): readonly Replacement[] {
  return free.flatMap((parameter, index) =>
    parameter.rows.map((id) => {
      const { logFactor, sd } = at(values, index);
      const value = priorValue(published, parameter, id) * Math.exp(logFactor);
      return { id, value, uncertainty: Math.abs(value) * sd };
    }),
  );
}

/** Where the prior of a free parameter's row has its centre, in the unit of the row. @throws TypeError without such a row. */
export function priorValue(published: readonly ParameterRow[], { start }: FreeParameter, id: string): number {
  const row = published.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`no row is called ${id}`);
  return start?.value ?? row.value;
}
