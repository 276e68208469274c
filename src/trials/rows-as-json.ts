import type { Verdict } from './referee.ts';
import { asReported } from './row.ts';
import type { EndpointRow } from './row.ts';

/** What a trial reported, in the unit of its row; null where it gave none. */
interface ReportedJson {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** One row as `--json` prints it (§6 of the format); ratios as ratios, their errors of the logarithm. */
export interface RowJson {
  readonly trial: string;
  readonly arm: string;
  readonly comparator: string;
  readonly endpoint: string;
  readonly unit: string;
  readonly measure: string;
  readonly month: number;
  readonly predicted: number | null;
  readonly monteCarloSe: number | null;
  readonly predictiveSd: number | null;
  readonly evaluable: boolean;
  readonly reason: string | null;
  readonly reported: ReportedJson | null;
  /** What was taken for granted or left out in the trial; absent where there is nothing to say. */
  readonly notes?: readonly string[];
}

/** The rows of a verdict as JSON; `notes`: by trial. */
export function rowsAsJson(
  { rows }: Verdict,
  notes: Readonly<Record<string, readonly string[]>> = {},
): readonly RowJson[] {
  return rows.map(({ row, prediction }) => ({
    trial: row.trial,
    arm: row.arm,
    comparator: row.comparator,
    endpoint: row.endpoint,
    unit: row.unit,
    measure: row.measure,
    month: row.month,
    predicted: prediction.evaluable ? prediction.predicted : null,
    monteCarloSe: prediction.evaluable ? prediction.monteCarloSe : null,
    predictiveSd: prediction.evaluable ? prediction.predictiveSd : null,
    evaluable: prediction.evaluable,
    reason: prediction.evaluable ? null : prediction.reason,
    reported: reportedIn(row),
    ...notesOf(notes[row.trial]),
  }));
}

/** A graded verdict as JSON: its figures, and its rows as `rowsAsJson` writes them. */
export function verdictAsJson(verdict: Verdict): object {
  return { ...verdict, rows: rowsAsJson(verdict) };
}

function notesOf(notes: readonly string[] = []): Pick<RowJson, 'notes'> {
  return notes.length === 0 ? {} : { notes };
}

/** Printed back through the logarithm a ratio would end in a tail of nines. */
const DIGITS = 12;

function reportedIn({ observed, scale }: EndpointRow): ReportedJson | null {
  if (observed === undefined) return null;
  const write = (value: number): number => Number(asReported(value, scale).toPrecision(DIGITS));
  const { value, low, high } = observed;
  return {
    estimate: write(value),
    low: low === undefined ? null : write(low),
    high: high === undefined ? null : write(high),
  };
}
