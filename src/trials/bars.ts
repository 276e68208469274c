import { LINE_PAIRS } from './agreement.ts';
import type { Estimate } from './cluster-bootstrap.ts';
import type { ContestantFigures, Gain, Share } from './figures.ts';

/** Where the simulator stands at a bar. `not defined`: the trials at hand are too few to say. */
export type Standing = 'met' | 'missed' | 'not defined';

/** One bar of benchmark B3 and where the simulator stands. */
export interface Bar {
  readonly name: string;
  readonly demand: string;
  readonly reached: string;
  /** What the figure is computed from. */
  readonly restsOn: Material;
  readonly standing: Standing;
}

/** Graded rows, and the trials that they are of. */
export interface Material {
  readonly rows: number;
  readonly trials: number;
}

/** What the bars look at. */
export interface Contest {
  /** Rows of the graded list that have a prediction, and the trials of the list. */
  readonly evaluable: Share;
  readonly trials: number;
  /** Rows of continuous and percent endpoints, log ratios, rows with an interval: predicted or not. */
  readonly continuous: Material;
  readonly ratios: Material;
  readonly intervals: Material;
  /** Trials with continuous or percent endpoints that a class mean can be taken over; not all need be graded. */
  readonly meanOver: number;
  /** Whether rows were promised that no file holds: no figure can speak of those, so that every bar is missed. */
  readonly isShort: boolean;
  readonly simulator: ContestantFigures;
  readonly classMean: ContestantFigures;
  readonly overMetaRegression: Gain;
}

/** A figure published elsewhere, to read beside ours; no bar, since the comparisons differ. */
export interface Reference {
  readonly who: string;
  readonly figure: string;
  readonly source: string;
}

/** What others reported. */
export const REFERENCES: readonly Reference[] = [
  {
    who: 'HealthFormer',
    figure: 'right direction 41 of 41; predicted mean inside the published interval 30 of 41',
    source: 'arXiv 2604.27899',
  },
  {
    who: 'Archimedes',
    figure: '71 of 74 comparisons not distinguishable',
    source: 'Eddy 2003, doi 10.2337/diacare.26.11.3102',
  },
  {
    who: 'RCT-DUPLICATE',
    figure: 'correlation 0.82 of effect estimates',
    source: 'Wang 2023, doi 10.1001/jama.2023.4221',
  },
];

/** The bars of B3 (world-model.md §5), in its order; all missed while the list is not there in full. */
export function barsOf(contest: Contest): readonly Bar[] {
  const bars = barsOfFound(contest);
  return contest.isShort ? bars.map((bar) => ({ ...bar, standing: 'missed' })) : bars;
}

function barsOfFound(contest: Contest): readonly Bar[] {
  const { evaluable, trials, simulator, continuous, ratios } = contest;
  return [
    {
      name: 'rows evaluable',
      demand: '≥ 85 % of the list; the rest count as misses',
      reached: writeShare(evaluable),
      restsOn: { rows: evaluable.of, trials },
      standing: standingOf(true, portion(evaluable) >= 0.85),
    },
    errorBar(contest),
    {
      name: 'continuous endpoints: slope of reported on predicted',
      demand: '0.85–1.15',
      reached: writeEstimate(simulator.continuousSlope),
      restsOn: continuous,
      standing: standingOf(drawsLine(continuous), isWithin(simulator.continuousSlope?.value, 0.85, 1.15)),
    },
    {
      name: 'log ratios: correlation',
      demand: '≥ 0.70',
      reached: writeEstimate(simulator.ratioCorrelation),
      restsOn: ratios,
      standing: standingOf(drawsLine(ratios), isWithin(simulator.ratioCorrelation?.value, 0.7, 1)),
    },
    coverageBar(contest),
    gainBar(contest),
  ];
}

/** Writes a share as "30 of 41 (73 %)". */
export function writeShare({ hits, of }: Share): string {
  return of === 0 ? 'none to count' : `${hits} of ${of} (${Math.round((100 * hits) / of)} %)`;
}

/** Writes an estimate with its 95 % interval. */
export function writeEstimate(estimate: Estimate | undefined): string {
  if (estimate === undefined) return 'not defined';
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((number) => number.toFixed(2));
  return `${value} (${low} to ${high})`;
}

function standingOf(isDefined: boolean, isMet: boolean): Standing {
  if (!isDefined) return 'not defined';
  return isMet ? 'met' : 'missed';
}

/** Below three rows there is no line, and below two trials none to resample (Cameron 2008, see `bootstrapClusters`). */
function drawsLine({ rows, trials }: Material): boolean {
  return rows >= LINE_PAIRS && trials >= 2;
}

/** The mean of the other trials needs another trial; without one, "class mean" would be no effect. */
function errorBar({ simulator, classMean, continuous, meanOver }: Contest): Bar {
  const [own, rival] = [simulator.continuousError, classMean.continuousError];
  const isDefined = own !== undefined && rival !== undefined && meanOver >= 2;
  return {
    name: 'continuous endpoints: mean absolute error',
    demand: '≤ 0.7 × class mean',
    reached: isDefined ? `${(own / rival).toFixed(2)} × class mean` : 'not defined',
    restsOn: continuous,
    standing: standingOf(isDefined, isDefined && own <= 0.7 * rival),
  };
}

/** Rows below which 85–95 % is narrower than two of them, so that a single one decides. */
const COVERAGE_ROWS = 20;

/**
 * Rows without prediction are not covered, so the lower limit is asked of all rows; the upper one of the predicted rows,
 * so that intervals are not widened to make up for silence.
 */
function coverageBar({ simulator: { coverage, coverageOfPredicted }, intervals }: Contest): Bar {
  return {
    name: 'coverage of the 90 % predictive interval',
    demand: '85–95 %; rows not evaluable are not covered',
    reached: `${writeShare(coverage)}; of the predicted ${writeShare(coverageOfPredicted)}`,
    restsOn: intervals,
    standing: standingOf(
      intervals.rows >= COVERAGE_ROWS,
      portion(coverage) >= 0.85 && portion(coverageOfPredicted) <= 0.95,
    ),
  };
}

function gainBar({ overMetaRegression: { mean, rows, trials } }: Contest): Bar {
  return {
    name: 'log-score gain over the meta-regression',
    demand: '> 0: the interval by resampling trials leaves out 0',
    reached: writeEstimate(mean),
    restsOn: { rows, trials },
    standing: standingOf(mean !== undefined, (mean?.low ?? 0) > 0),
  };
}

function portion({ hits, of }: Share): number {
  return of === 0 ? 0 : hits / of;
}

function isWithin(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}
