import { seededRandom } from '../../core/random.ts';
import { quantileOfSorted, sortedCopy } from '../../core/statistics.ts';
import type { EventRow } from '../../systems/cardio-renal-metabolic/events/direct-effects.ts';
import { PARAMETER_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import { PARAMETER_UNITS } from '../../systems/cardio-renal-metabolic/parameter-units.ts';

/** Rows that only events read. */
const EVENT_ROWS: readonly ParameterRow[] = PARAMETER_ROWS.filter(({ id }) => !(id in PARAMETER_UNITS));

/** Relative standard error of an event's row whose source gives none: the median of those whose source does. */
const DEFAULT_RELATIVE_ERROR = quantileOfSorted(
  sortedCopy(EVENT_ROWS.flatMap(({ value, uncertainty }) => (uncertainty === undefined ? [] : [uncertainty / value]))),
  0.5,
);

/**
 * The rows that hazards are built from, with the values of a world's parameters.
 *
 * `draw`: the name of a draw from what the sources leave open, as of the world; without it the rows stand as published.
 * All of an event's rows are above 0, so that they are drawn lognormal.
 */
export function eventRowsOf(parameters: Parameters, draw?: string): readonly EventRow[] {
  const known = parameters as Readonly<Record<string, { readonly value: number } | undefined>>;
  const random = draw === undefined ? undefined : seededRandom(`events/${draw}`);
  return [
    ...PARAMETER_ROWS.filter(({ id }) => id in PARAMETER_UNITS).map((row) => ({
      ...row,
      value: known[row.id]?.value ?? row.value,
    })),
    ...EVENT_ROWS.map((row) => {
      const error = row.uncertainty === undefined ? DEFAULT_RELATIVE_ERROR : row.uncertainty / row.value;
      return random === undefined
        ? row
        : { ...row, value: row.value * Math.exp(error * random.split(row.id).normal()) };
    }),
  ];
}
