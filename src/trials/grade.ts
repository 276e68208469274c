import { groupBy } from '../core/array.ts';
import type { DesignedRow } from './contrast.ts';
import { studyOfDoubt, varianceAround } from './heterogeneity.ts';
import type { Residual } from './heterogeneity.ts';
import { normalHalfWidth, normalLogDensity } from './normal.ts';
import type { PredictedEffect } from './prediction.ts';
import { constantEffect } from './rivals/constant.ts';
import { LEAVE_TRIAL_OUT } from './rivals/rival.ts';
import type { Fold, Predictor } from './rivals/rival.ts';
import type { EndpointRow } from './row.ts';

/** What one contestant made of one row that has an estimate. All numbers are on the scale of the row. */
export interface Grade {
  readonly row: EndpointRow;
  readonly observed: number;
  /** Absent where the contestant gave nothing: then the grade is a miss. */
  readonly predicted?: PredictedEffect;
  /** What enters slope and correlation: the prediction, or for a miss the constant. */
  readonly point?: number;
  readonly absoluteError?: number;
  /** Only rows with an interval in kinds that other trials inform; natural logarithm of a density. */
  readonly logScore?: number;
  /** Between-trial variance around this contestant's predictions of the other trials. */
  readonly tau2?: number;
  /** Whether the estimate lies in the 90 % predictive interval, sampling error and τ² included. */
  readonly isCovered?: boolean;
  /** Whether the sign is right; only where the reported interval leaves out "no effect". */
  readonly isRightWay?: boolean;
  /** Whether the prediction lies inside the reported interval. */
  readonly isInside?: boolean;
}

/** Rows that are graded, and everything that is known of other trials. */
export interface Examination {
  readonly rows: readonly DesignedRow[];
  /** The rows from which τ² is learned; those of the graded row's own fold are left out. */
  readonly pool: readonly DesignedRow[];
  readonly fold?: Fold;
}

/** Half-width of a central 90 % interval in standard deviations. */
const COVERAGE_WIDTH = normalHalfWidth(0.9);
/** Other trials of the kind that τ² needs; with fewer there is no log score for anyone. */
export const INFORMING_TRIALS = 2;

/**
 * Grades a contestant row by row: log score with variance se² + se_pred² + τ², error, coverage, direction, inside.
 *
 * τ² is learned for each row around this contestant's own predictions of the other trials of the kind, and by the same
 * rule for everyone, so that no contestant is punished for a width it was not asked for. Where the contestant predicted
 * too few of those, τ² around the constant stands in. Rows without an interval count in error, slope and correlation
 * alone.
 */
export function gradeRows({ rows, pool, fold = LEAVE_TRIAL_OUT }: Examination, predictor: Predictor): readonly Grade[] {
  const kinds = groupBy(pool, ({ row }) => row.kind);
  const known = new Map<string, number | undefined>();
  const tau2For = (target: DesignedRow): number | undefined => {
    const key = `${target.row.kind} / ${fold.of(target)}`;
    if (!known.has(key)) known.set(key, tau2Around(kinds.get(target.row.kind) ?? [], target, predictor, fold));
    return known.get(key);
  };
  return rows.flatMap((target) => {
    const { observed } = target.row;
    return observed === undefined ? [] : [gradeRow(target, predictor(target), tau2For(target))];
  });
}

/** Replaces what a contestant left out by the worst that any rival made of the row: silence never pays. */
export function countMisses(grades: readonly Grade[], rivals: readonly (readonly Grade[])[]): readonly Grade[] {
  return grades.map((grade, index) => {
    if (grade.predicted !== undefined) return grade;
    const others = rivals.flatMap((rival) => rival[index] ?? []);
    const worstError = extreme(others, ({ absoluteError }) => absoluteError, Math.max);
    const worstScore = extreme(others, ({ logScore }) => logScore, Math.min);
    return {
      ...grade,
      ...(worstError !== undefined && { absoluteError: worstError }),
      ...(worstScore !== undefined && { logScore: worstScore }),
    };
  });
}

function extreme(
  grades: readonly Grade[],
  figure: (grade: Grade) => number | undefined,
  choose: (...values: number[]) => number,
): number | undefined {
  const values = grades.flatMap((grade) => figure(grade) ?? []);
  return values.length === 0 ? undefined : choose(...values);
}

function gradeRow(target: DesignedRow, predicted: PredictedEffect | undefined, tau2: number | undefined): Grade {
  const { row } = target;
  const observed = row.observed ?? { value: Number.NaN };
  const point = predicted?.value ?? constantEffect(target)?.value;
  return {
    row,
    observed: observed.value,
    ...(predicted !== undefined && { predicted, absoluteError: Math.abs(predicted.value - observed.value) }),
    ...(point !== undefined && { point }),
    ...(tau2 !== undefined && { tau2 }),
    ...judgeInterval(row, predicted, tau2),
    ...(predicted !== undefined && tau2 !== undefined && scoreRow(row, predicted, tau2)),
  };
}

/** Yes-or-no figures of a row with an interval; a miss is a no to each. */
function judgeInterval(
  { observed, family }: EndpointRow,
  predicted: PredictedEffect | undefined,
  tau2: number | undefined,
): Partial<Grade> {
  if (observed?.low === undefined || observed.high === undefined) return {};
  const { low, high, value } = observed;
  const isClear = family !== 'rate' && (low > 0 || high < 0);
  const isInside = predicted !== undefined && predicted.value >= low && predicted.value <= high;
  const isRightWay = predicted !== undefined && Math.sign(predicted.value) === Math.sign(value);
  return { isInside, ...(isClear && { isRightWay }), ...(tau2 !== undefined && { isCovered: false }) };
}

function scoreRow({ observed }: EndpointRow, predicted: PredictedEffect, tau2: number): Partial<Grade> {
  if (observed?.standardError === undefined) return {};
  const variance = observed.standardError ** 2 + predicted.sd ** 2 + tau2;
  return {
    logScore: normalLogDensity(observed.value, predicted.value, variance),
    isCovered: Math.abs(observed.value - predicted.value) <= COVERAGE_WIDTH * Math.sqrt(variance),
  };
}

function tau2Around(
  kind: readonly DesignedRow[],
  target: DesignedRow,
  predictor: Predictor,
  fold: Fold,
): number | undefined {
  const others = kind.filter((row) => !fold.isHidden(row, target) && row.row.observed?.standardError !== undefined);
  if (countTrials(others) < INFORMING_TRIALS) return undefined;
  const own = residualsOf(others, (row) => predictor(row, target));
  const residuals = own.trials >= INFORMING_TRIALS ? own.residuals : residualsOf(others, constantEffect).residuals;
  return varianceAround([...residuals, studyOfDoubt(others.map(({ row }) => row.observed?.value ?? 0))]);
}

function residualsOf(
  rows: readonly DesignedRow[],
  predict: (row: DesignedRow) => PredictedEffect | undefined,
): { readonly residuals: readonly Residual[]; readonly trials: number } {
  const found = rows.flatMap((designed) => {
    const predicted = predict(designed);
    const { observed } = designed.row;
    if (predicted === undefined || observed?.standardError === undefined) return [];
    const variance = observed.standardError ** 2 + predicted.sd ** 2;
    return [{ cluster: designed.row.cluster, value: observed.value - predicted.value, variance }];
  });
  const trials = groupBy(found, ({ cluster }) => cluster);
  const residuals = found.map(({ cluster, ...rest }) => ({ ...rest, weight: 1 / (trials.get(cluster)?.length ?? 1) }));
  return { residuals, trials: trials.size };
}

function countTrials(rows: readonly DesignedRow[]): number {
  return new Set(rows.map(({ row }) => row.cluster)).size;
}
