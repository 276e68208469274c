import { groupBy } from '../core/array.ts';
import type { LargeMiss } from './large-misses.ts';
import { markdownTable } from './markdown-table.ts';
import type { RowVerdict, Verdict } from './referee.ts';
import { asReported } from './row.ts';
import type { EndpointRow } from './row.ts';

/** Ids of the parameter rows written down from memory that can move a row of a trial. */
export type RecalledFor = (row: EndpointRow) => readonly string[];

/** Every row with its prediction and what was reported, as Markdown. */
export function renderRows({ rows }: Verdict, recalledFor: RecalledFor): readonly string[] {
  return [
    '## Rows',
    '',
    'A ratio below 1: fewer events in the arm than in what it is against; other effects: arm minus that, in the unit of the',
    'endpoint. Predicted: with the 95 % interval of the Monte-Carlo error alone. Recalled rows: how many parameters written',
    'down from memory can move the prediction (listed below).',
    '',
    ...markdownTable(
      ['trial', 'arm', 'against', 'endpoint', 'months', 'predicted', 'reported', 'recalled rows', ''],
      rows.map((verdict) => [
        ...keyCells(verdict.row),
        writePrediction(verdict),
        writeReported(verdict.row),
        String(recalledFor(verdict.row).length),
        remarkOn(verdict),
      ]),
    ),
    '',
  ];
}

/** The promised rows that no file holds, as Markdown: a miss each. */
export function renderAbsent({ absent }: Verdict): readonly string[] {
  if (absent.length === 0) return [];
  const lines = absent.map(
    ({ trial, arm, comparator, endpoint }) =>
      `- **MISS** no trial file has ${trial}: ${arm} against ${comparator === '' ? 'nothing' : comparator}, ${endpoint}`,
  );
  return ['## Rows that were promised', '', ...lines, ''];
}

/** Predictions of trials that report nothing, as Markdown. */
export function renderPredictions({ rows }: Verdict, recalledFor: RecalledFor): readonly string[] {
  return [
    '## Predictions',
    '',
    'No row carries an estimate, so nothing is graded. Predicted: with the 95 % interval of the Monte-Carlo error alone;',
    'simulator ± sd: its whole uncertainty, of the logarithm for a ratio.',
    '',
    ...markdownTable(
      ['trial', 'arm', 'against', 'endpoint', 'months', 'predicted', 'simulator ± sd', 'recalled rows', ''],
      rows.map(({ row, prediction }) => [
        ...keyCells(row),
        writePrediction({ row, prediction }),
        prediction.evaluable ? prediction.predictiveSd.toFixed(2) : '—',
        String(recalledFor(row).length),
        prediction.evaluable ? '' : `not evaluable: ${prediction.reason}`,
      ]),
    ),
    '',
  ];
}

/** What a large miss says where nobody has explained it. */
export const UNEXPLAINED = 'no explanation yet';

/** The large misses with their explanations, as Markdown. */
export function renderLargeMisses(misses: readonly LargeMiss[]): readonly string[] {
  return [
    '## Large misses',
    '',
    'Outside the 90 % predictive interval (residual beyond 1.645), or without an interval off by more than half of the',
    'effect, or not evaluable. Residual: reported − predicted over √(se² + sd² + τ²).',
    '',
    ...(misses.length === 0
      ? ['None.']
      : markdownTable(
          ['row', 'predicted', 'reported', 'residual', 'why', 'best explanation'],
          misses.map(({ verdict, residual, explanation }) => [
            keyCells(verdict.row).join(', '),
            writeValue(verdict),
            writeReported(verdict.row),
            residual === undefined ? '—' : residual.toFixed(1),
            explanation?.kind ?? '',
            explanation?.explanation ?? UNEXPLAINED,
          ]),
        )),
    '',
  ];
}

/** Which rows of trials each recalled parameter can move, as Markdown. */
export function renderRecalled({ rows }: Verdict, recalledFor: RecalledFor): readonly string[] {
  const moved = rows.flatMap(({ row }) => recalledFor(row).map((id) => ({ id, row })));
  const byId = [...groupBy(moved, ({ id }) => id)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '## Recalled parameters',
    '',
    'Written down from memory and not yet read in a source. Rows that describe everybody are not counted.',
    '',
    ...(byId.length === 0
      ? ['None can move a row.']
      : markdownTable(
          ['parameter', 'rows', 'trials'],
          byId.map(([id, own]) => [id, String(own.length), [...new Set(own.map(({ row }) => row.trial))].join(', ')]),
        )),
    '',
  ];
}

/** What was taken for granted or left out in each trial, as Markdown. */
export function renderNotes(notes: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const lines = Object.entries(notes).flatMap(([trial, own]) => own.map((note) => `- ${trial}: ${note}`));
  if (lines.length === 0) return [];
  return ['## Notes', '', 'What was taken for granted or left out when people were drawn.', '', ...lines, ''];
}

function keyCells({ trial, arm, comparator, endpoint, unit, month }: EndpointRow): readonly string[] {
  return [trial, arm, comparator, `${endpoint} (${unit})`, String(month)];
}

function writeValue({ prediction }: RowVerdict): string {
  return prediction.evaluable ? prediction.predicted.toFixed(2) : '—';
}

function writePrediction({ prediction, row }: Pick<RowVerdict, 'prediction' | 'row'>): string {
  if (!prediction.evaluable) return '—';
  const { predicted, monteCarloSe } = prediction;
  const ends = [-1.96, 1.96].map((width) =>
    row.scale === 'log' ? predicted * Math.exp(width * monteCarloSe) : predicted + width * monteCarloSe,
  );
  return `${predicted.toFixed(2)} (${ends.map((end) => end.toFixed(2)).join(' to ')})`;
}

function writeReported({ observed, scale }: EndpointRow): string {
  if (observed === undefined) return 'not given';
  const write = (value: number): string => asReported(value, scale).toFixed(2);
  if (observed.low === undefined || observed.high === undefined) return `${write(observed.value)}, no interval`;
  return `${write(observed.value)} (${write(observed.low)} to ${write(observed.high)})`;
}

function remarkOn({ prediction, grade }: RowVerdict): string {
  if (!prediction.evaluable) return `**MISS** not evaluable: ${prediction.reason}`;
  const misses = [
    ...(grade?.isRightWay === false ? ['wrong direction'] : []),
    ...(grade?.isCovered === false ? ['outside the 90 % predictive interval'] : []),
  ];
  return misses.length === 0 ? '' : `**MISS** ${misses.join('; ')}`;
}
