import { writeEstimate, writeShare } from './bars.ts';
import type { ContestantFigures } from './figures.ts';
import type { Graded, RowVerdict, Verdict } from './referee.ts';
import { asReported } from './row.ts';

/** A verdict as a Markdown report: bars first, misses called misses. */
export function renderVerdict(verdict: Verdict): readonly string[] {
  const rows = ['## Rows', '', ...rowTable(verdict.rows), '', ...absentLines(verdict)];
  return verdict.kind === 'graded' ? [...renderGraded(verdict), ...rows] : rows;
}

/** One row as `--json` prints it (§6 of the format); ratios as ratios, their errors of the logarithm. */
export interface RowJson {
  readonly trial: string;
  readonly arm: string;
  readonly comparator: string;
  readonly endpoint: string;
  readonly month: number;
  readonly predicted: number | null;
  readonly monteCarloSe: number | null;
  readonly predictiveSd: number | null;
  readonly evaluable: boolean;
  readonly reason: string | null;
}

/** The rows of a verdict as JSON. */
export function rowsAsJson({ rows }: Verdict): readonly RowJson[] {
  return rows.map(({ row, prediction }) => ({
    trial: row.trial,
    arm: row.arm,
    comparator: row.comparator,
    endpoint: row.endpoint,
    month: row.month,
    predicted: prediction.evaluable ? prediction.predicted : null,
    monteCarloSe: prediction.evaluable ? prediction.monteCarloSe : null,
    predictiveSd: prediction.evaluable ? prediction.predictiveSd : null,
    evaluable: prediction.evaluable,
    reason: prediction.evaluable ? null : prediction.reason,
  }));
}

/** A graded verdict as JSON: its figures, and its rows as `rowsAsJson` writes them. */
export function verdictAsJson(verdict: Verdict): object {
  return { ...verdict, rows: rowsAsJson(verdict) };
}

function renderGraded(verdict: Graded): readonly string[] {
  const { bars, simulator, rivals, gains, classes, classOut, references, listDigest } = verdict;
  return [
    '## Bars',
    '',
    ...(listDigest === undefined ? [] : [`Frozen list ${listDigest}.`, '']),
    ...table(
      ['bar', 'demand', 'reached', ''],
      bars.map(({ name, demand, reached, isMet }) => [name, demand, reached, isMet ? 'met' : '**MISS**']),
    ),
    '',
    'Without a bar, beside what others published about other comparisons:',
    '',
    ...table(
      ['who', 'figure', 'source'],
      [
        ['simulator', `direction ${writeShare(simulator.direction)}; inside ${writeShare(simulator.inside)}`, ''],
        ...references.map(({ who, figure, source }) => [who, figure, source]),
      ],
    ),
    '',
    '## Simulator and rivals',
    '',
    ...contestTable([simulator, ...rivals]),
    '',
    ...table(
      ['log-score gain over', 'rows', 'mean (95 %)', 'mean over trials'],
      gains.map(({ over, rows, mean, byTrial }) => [over, String(rows), writeEstimate(mean), fixed(byTrial)]),
    ),
    '',
    '## By kind of endpoint',
    '',
    ...kindTable([simulator, ...rivals]),
    '',
    '## By class of drug',
    '',
    ...table(
      ['class', 'rows', 'continuous error', 'class mean', 'ratio error', 'class mean', 'direction'],
      classes.map(({ drugClass, simulator: own, classMean }) => [
        drugClass,
        writeShare(own.predicted),
        fixed(own.continuousError),
        fixed(classMean.continuousError),
        fixed(own.ratioError),
        fixed(classMean.ratioError),
        writeShare(own.direction),
      ]),
    ),
    '',
    '## Whole classes left out',
    '',
    ...contestTable(classOut),
    '',
  ];
}

function contestTable(contestants: readonly ContestantFigures[]): readonly string[] {
  return table(
    ['', 'predicted', 'log score', 'continuous error', 'slope', 'ratio error', 'r', 'coverage', 'direction', 'inside'],
    contestants.map((one) => [
      one.name,
      writeShare(one.predicted),
      fixed(one.logScore),
      fixed(one.continuousError),
      writeEstimate(one.continuousSlope),
      fixed(one.ratioError),
      writeEstimate(one.ratioCorrelation),
      writeShare(one.coverage),
      writeShare(one.direction),
      writeShare(one.inside),
    ]),
  );
}

function kindTable(contestants: readonly ContestantFigures[]): readonly string[] {
  return table(
    ['kind', '', 'rows', 'mean absolute error', 'bias', 'slope', 'r', 'log score'],
    contestants
      .flatMap(({ name, kinds }) =>
        kinds.map(({ kind, rows, meanAbsoluteError, bias, slope, correlation, logScore }) => [
          kind,
          name,
          String(rows),
          fixed(meanAbsoluteError),
          fixed(bias),
          fixed(slope),
          fixed(correlation),
          fixed(logScore),
        ]),
      )
      .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
  );
}

function rowTable(rows: readonly RowVerdict[]): readonly string[] {
  return table(
    ['trial', 'arm', 'against', 'endpoint', 'months', 'predicted', 'reported', ''],
    rows.map((verdict) => [
      verdict.row.trial,
      verdict.row.arm,
      verdict.row.comparator,
      verdict.row.endpoint,
      String(verdict.row.month),
      writePrediction(verdict),
      writeReported(verdict),
      remarkOn(verdict),
    ]),
  );
}

function writePrediction({ prediction, row }: RowVerdict): string {
  if (!prediction.evaluable) return '—';
  const { predicted, monteCarloSe } = prediction;
  if (row.scale === 'identity') return `${predicted.toFixed(2)} (Monte Carlo ± ${(1.96 * monteCarloSe).toFixed(2)})`;
  const [low, high] = [-1.96, 1.96].map((width) => (predicted * Math.exp(width * monteCarloSe)).toFixed(2));
  return `${predicted.toFixed(2)} (Monte Carlo ${String(low)} to ${String(high)})`;
}

function writeReported({ row: { observed, scale } }: RowVerdict): string {
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

function absentLines({ absent }: Verdict): readonly string[] {
  return absent.map(
    ({ trial, arm, comparator, endpoint }) =>
      `- **MISS** no trial file has ${trial}: ${arm} against ${comparator === '' ? 'nothing' : comparator}, ${endpoint}`,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`);
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function fixed(value: number | undefined): string {
  return value === undefined ? '—' : value.toFixed(2);
}
