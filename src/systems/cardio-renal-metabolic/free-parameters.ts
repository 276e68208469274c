import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import { PUBLISHED_ROWS } from './parameter-rows.ts';
import rows from './free-parameters.json' with { type: 'json' };

/**
 * One number that the calibration trials may move: its rows are multiplied by exp θ, θ ~ N(0, sd²).
 *
 * The prior takes no number from a calibration trial. A pool of many trials may hold calibration trials among them, which
 * nobody can take out again (docs/decisions/0006); a pool of a drug's whole programme may not stand.
 */
export interface FreeParameter {
  readonly id: string;
  /** Ids of the parameter rows that move together. */
  readonly rows: readonly string[];
  /** The prior's centre in the unit of the one row, where its published value rests on a calibration trial. */
  readonly start?: { readonly value: number; readonly why: string } | undefined;
  /** Of the logarithm of the factor. */
  readonly sd: number;
  readonly why: string;
}

const START = z.strictObject({
  value: z.number().refine((value) => value !== 0, 'a factor cannot move 0'),
  why: z.string().min(1),
});
const FREE = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      rows: z.array(z.string().min(1)).min(1).readonly(),
      start: START.optional(),
      sd: z.number().positive(),
      why: z.string().min(1),
    }),
  )
  .readonly();

/**
 * The free parameters of the system, in the order in which they are fitted.
 *
 * Which direct effects on events are free is no choice by outcome: a class whose outcome trials are graded has the same
 * prior, 0.90 times or over exp 0.15, on infarction, stroke, cardiovascular death and admission for heart failure, as far
 * as these trials count them. Those of drugs for heart failure count no infarction or stroke. Sacubitril/valsartan has the
 * prior on top of an ACE inhibitor; beta blockers start from a pool without the graded trials.
 */
export const FREE_PARAMETERS: readonly FreeParameter[] = freeParametersFrom(
  rows,
  new Set(PUBLISHED_ROWS.map(({ id }) => id)),
);

/**
 * Reads free parameters; `known`: the ids of the rows that may be free.
 *
 * @throws AppError `config.invalid` naming every fault at once: a foreign shape, a row that is unknown or free twice, an
 *   id that stands twice, a start for several rows.
 */
export function freeParametersFrom(content: unknown, known: ReadonlySet<string>): readonly FreeParameter[] {
  const parsed = FREE.safeParse(content);
  if (!parsed.success) throw new AppError('config.invalid', [z.prettifyError(parsed.error)]);
  const faults = [
    ...repeated(parsed.data.map(({ id }) => id)).map((id) => `free parameter ${id} stands twice`),
    ...repeated(parsed.data.flatMap((free) => free.rows)).map((id) => `parameter ${id} is free twice`),
    ...parsed.data.flatMap((free) => faultsOf(free, known)),
  ];
  if (faults.length > 0) throw new AppError('config.invalid', faults);
  return parsed.data;
}

function faultsOf({ id, rows: moved, start }: FreeParameter, known: ReadonlySet<string>): readonly string[] {
  const unknown = moved.filter((row) => !known.has(row)).map((row) => `free parameter ${id}: there is no row ${row}`);
  return start !== undefined && moved.length > 1
    ? [...unknown, `free parameter ${id}: a start for several rows`]
    : unknown;
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
