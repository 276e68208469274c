import { groupBy } from '../core/array.ts';
import { mean } from '../core/statistics.ts';
import { agreementOf, correlationOf, slopeOf } from './agreement.ts';
import type { Agreement, Pair } from './agreement.ts';
import { bootstrapClusters } from './cluster-bootstrap.ts';
import type { Estimate } from './cluster-bootstrap.ts';
import type { Grade } from './grade.ts';

/** So many of so many. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** Agreement within one kind of endpoint, on the scale of the kind. */
export interface KindFigures extends Agreement {
  readonly kind: string;
  /** Mean over the scored rows of the kind; absent where none is scored. */
  readonly logScore: number | undefined;
}

/** All figures of one contestant. */
export interface ContestantFigures {
  readonly name: string;
  /** Rows with an estimate for which it gave a prediction. */
  readonly predicted: Share;
  /** Mean over rows; natural logarithm of a density on the scale of each row, so only differences mean anything. */
  readonly logScore: number | undefined;
  /** Mean absolute error of continuous and percent endpoints, each in root mean square effects of its kind. */
  readonly continuousError: number | undefined;
  /** Slope of observed on predicted over continuous and percent endpoints in the same unit. */
  readonly continuousSlope: Estimate | undefined;
  /** Correlation over log ratios. */
  readonly ratioCorrelation: Estimate | undefined;
  /** Mean absolute error of log ratios. */
  readonly ratioError: number | undefined;
  /** Estimates inside the 90 % predictive interval; a row without prediction is outside. */
  readonly coverage: Share;
  /** The same among the rows that were predicted. */
  readonly coverageOfPredicted: Share;
  readonly direction: Share;
  readonly inside: Share;
  readonly kinds: readonly KindFigures[];
}

/** The mean log-score gain over a rival. */
export interface Gain {
  readonly over: string;
  readonly rows: number;
  readonly trials: number;
  /** Mean over rows with a 95 % interval by resampling trials. */
  readonly mean: Estimate | undefined;
  /** Mean over trials of their mean, so that a trial with many rows counts once. */
  readonly byTrial: number | undefined;
}

/** Summarises the grades of one contestant; `seed` is for the intervals. */
export function figuresOf(name: string, grades: readonly Grade[], seed: string): ContestantFigures {
  const continuous = standardised(grades.filter(({ row }) => row.family === 'continuous' || row.family === 'percent'));
  const ratios = grades.filter(({ row }) => row.family === 'log-ratio');
  const resampled = (items: readonly Graded[], statistic: (pairs: readonly Pair[]) => number | undefined) =>
    bootstrapClusters(items, ({ cluster }) => cluster, statistic, `${seed}/${name}`);
  return {
    name,
    predicted: shareOf(grades, ({ predicted }) => predicted !== undefined),
    logScore: averageOf(grades.map(({ logScore }) => logScore)),
    continuousError: averageOf(continuous.map(({ absoluteError }) => absoluteError)),
    continuousSlope: resampled(continuous, slopeOf),
    ratioCorrelation: resampled(pairsOf(ratios, 1), correlationOf),
    ratioError: averageOf(ratios.map(({ absoluteError }) => absoluteError)),
    coverage: shareOf(grades, ({ isCovered }) => isCovered),
    coverageOfPredicted: shareOf(
      grades.filter(({ predicted }) => predicted !== undefined),
      ({ isCovered }) => isCovered,
    ),
    direction: shareOf(grades, ({ isRightWay }) => isRightWay),
    inside: shareOf(grades, ({ isInside }) => isInside),
    kinds: kindFigures(grades),
  };
}

/** The log-score gain of one contestant over another; the grades of both stand in the same order. */
export function gainOver(over: string, own: readonly Grade[], rival: readonly Grade[], seed: string): Gain {
  const gains = own.flatMap(({ row, logScore }, index) => {
    const other = rival[index]?.logScore;
    return logScore === undefined || other === undefined ? [] : [{ cluster: row.cluster, gain: logScore - other }];
  });
  const average = (items: readonly { readonly gain: number }[]): number | undefined =>
    averageOf(items.map(({ gain }) => gain));
  const trials = [...groupBy(gains, ({ cluster }) => cluster).values()];
  return {
    over,
    rows: gains.length,
    trials: trials.length,
    mean: bootstrapClusters(gains, ({ cluster }) => cluster, average, `${seed}/gain`),
    byTrial: averageOf(trials.map(average)),
  };
}

interface Graded extends Pair {
  readonly cluster: string;
  readonly absoluteError: number | undefined;
}

/**
 * Pairs of several kinds in one unit: the root mean square observed effect of the kind. The scale is the same for every
 * contestant, as it comes from the observations alone.
 */
function standardised(grades: readonly Grade[]): readonly Graded[] {
  return [...groupBy(grades, ({ row }) => row.kind).values()].flatMap((kind) =>
    pairsOf(kind, Math.sqrt(mean(kind.map(({ observed }) => observed ** 2)))),
  );
}

function pairsOf(grades: readonly Grade[], scale: number): readonly Graded[] {
  const unit = scale > 0 ? scale : 1;
  return grades.flatMap(({ row, point, observed, absoluteError }) =>
    point === undefined
      ? []
      : [
          {
            cluster: row.cluster,
            predicted: point / unit,
            observed: observed / unit,
            absoluteError: absoluteError === undefined ? undefined : absoluteError / unit,
          },
        ],
  );
}

/** Within a kind only what was predicted counts; how much that is stands in `rows`. */
function kindFigures(grades: readonly Grade[]): readonly KindFigures[] {
  const predicted = grades.filter((grade) => grade.predicted !== undefined);
  return [...groupBy(predicted, ({ row }) => row.kind)].flatMap(([kind, own]) => {
    const agreement = agreementOf(pairsOf(own, 1));
    const logScore = averageOf(own.map((grade) => grade.logScore));
    return agreement === undefined ? [] : [{ kind, logScore, ...agreement }];
  });
}

function shareOf(grades: readonly Grade[], claim: (grade: Grade) => boolean | undefined): Share {
  const claims = grades.map(claim).filter((value) => value !== undefined);
  return { hits: claims.filter(Boolean).length, of: claims.length };
}

function averageOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : mean(known);
}
