import { z } from 'zod';
import { digestOf } from '../core/digest.ts';
import rows from './frozen-rows.json' with { type: 'json' };
import type { EndpointRow } from './row.ts';

/**
 * One row that the simulator is graded on: it counts as a miss where it cannot be evaluated.
 *
 * Keys alone, written down before anything was tuned; no estimate. scripts/freeze-rows.mjs made the file from the
 * calibration table.
 */
export interface FrozenRow {
  readonly trial: string;
  readonly arm: string;
  /** "" where the row describes one arm alone. */
  readonly comparator: string;
  readonly endpoint: string;
  /** Follow-up; null where the table gives none, and then a trial file may choose. */
  readonly month: number | null;
  readonly hasInterval: boolean;
}

const FROZEN = z
  .array(
    z.strictObject({
      trial: z.string().min(1),
      arm: z.string().min(1),
      comparator: z.string(),
      endpoint: z.string().min(1),
      month: z.number().positive().nullable(),
      hasInterval: z.boolean(),
    }),
  )
  .readonly();

/** The rows of the calibration table. */
export const FROZEN_ROWS: readonly FrozenRow[] = FROZEN.parse(rows);

/** The digest of a list of rows: another list is another test. */
export function digestOfRows(list: readonly FrozenRow[]): string {
  return digestOf(list);
}

/** The trials that may be cited by what is graded. */
export function frozenTrials(list: readonly FrozenRow[] = FROZEN_ROWS): ReadonlySet<string> {
  return new Set(list.map(({ trial }) => trial));
}

/** An arm as a file and a table may both name it: lower case, everything but letters and digits a hyphen. */
export function armSlug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** What of the frozen list a set of trial files covers. */
export interface FrozenMatch {
  /** The row of the files for each frozen row, in the order of the list; undefined where no file has it. */
  readonly rows: readonly (EndpointRow | undefined)[];
  /** Rows of frozen trials in the files that the list does not hold. */
  readonly surplus: readonly EndpointRow[];
}

/**
 * Finds the frozen rows in trial files.
 *
 * Arms match by slug of their id or label (`labels`: row key → the names of its arm and comparator as published).
 */
export function matchFrozen(
  list: readonly FrozenRow[],
  rows: readonly EndpointRow[],
  names: (row: EndpointRow) => ArmNames,
): FrozenMatch {
  const left = new Set(rows);
  const matched = list.map((frozen) => {
    const found = [...left].find((row) => isSame(frozen, row, names(row)));
    if (found !== undefined) left.delete(found);
    return found;
  });
  const trials = frozenTrials(list);
  return { rows: matched, surplus: [...left].filter(({ trial }) => trials.has(trial)) };
}

/** Every name by which the arms of a row go. */
export interface ArmNames {
  readonly arm: readonly string[];
  readonly comparator: readonly string[];
}

function isSame(frozen: FrozenRow, row: EndpointRow, names: ArmNames): boolean {
  return (
    frozen.trial === row.trial &&
    frozen.endpoint === row.endpoint &&
    (frozen.month === null || Math.abs(frozen.month - row.month) < MONTH_TOLERANCE) &&
    isNamed(frozen.arm, names.arm) &&
    isNamed(frozen.comparator, names.comparator)
  );
}

/** Months are written with two decimals. Unit: months. */
const MONTH_TOLERANCE = 0.02;

function isNamed(name: string, names: readonly string[]): boolean {
  return names.some((other) => armSlug(other) === armSlug(name));
}
