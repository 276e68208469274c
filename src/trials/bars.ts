import type { Estimate } from './cluster-bootstrap.ts';
import type { ContestantFigures, Gain, Share } from './figures.ts';

/** One bar of benchmark B3 and where the simulator stands. */
export interface Bar {
  readonly name: string;
  readonly demand: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** What the bars look at. */
export interface Standing {
  /** Rows of the graded list that have a prediction. */
  readonly evaluable: Share;
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

/** The bars of B3 (world-model.md §5), in its order. */
export function barsOf({ evaluable, simulator, classMean, overMetaRegression }: Standing): readonly Bar[] {
  return [
    {
      name: 'rows evaluable',
      demand: '≥ 85 % of the list; the rest count as misses',
      reached: writeShare(evaluable),
      isMet: portion(evaluable) >= 0.85,
    },
    errorBar(simulator.continuousError, classMean.continuousError),
    {
      name: 'continuous endpoints: slope',
      demand: '0.85–1.15',
      reached: writeEstimate(simulator.continuousSlope),
      isMet: isWithin(simulator.continuousSlope?.value, 0.85, 1.15),
    },
    {
      name: 'log ratios: correlation',
      demand: '≥ 0.70',
      reached: writeEstimate(simulator.ratioCorrelation),
      isMet: isWithin(simulator.ratioCorrelation?.value, 0.7, 1),
    },
    coverageBar(simulator),
    {
      name: 'log-score gain over the meta-regression',
      demand: '> 0: the interval by resampling trials leaves out 0',
      reached: writeEstimate(overMetaRegression.mean),
      isMet: (overMetaRegression.mean?.low ?? 0) > 0,
    },
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

function errorBar(own: number | undefined, classMean: number | undefined): Bar {
  const ratio = own === undefined || classMean === undefined || classMean === 0 ? undefined : own / classMean;
  return {
    name: 'continuous endpoints: mean absolute error',
    demand: '≤ 0.7 × class mean',
    reached: ratio === undefined ? 'not defined' : `${ratio.toFixed(2)} × class mean`,
    isMet: ratio !== undefined && ratio <= 0.7,
  };
}

/**
 * Rows without prediction are not covered, so the lower limit is asked of all rows; the upper one of the predicted rows,
 * so that intervals are not widened to make up for silence.
 */
function coverageBar({ coverage, coverageOfPredicted }: ContestantFigures): Bar {
  return {
    name: 'coverage of the 90 % predictive interval',
    demand: '85–95 %; rows not evaluable are not covered',
    reached: `${writeShare(coverage)}; of the predicted ${writeShare(coverageOfPredicted)}`,
    isMet: portion(coverage) >= 0.85 && portion(coverageOfPredicted) <= 0.95,
  };
}

function portion({ hits, of }: Share): number {
  return of === 0 ? 0 : hits / of;
}

function isWithin(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}
