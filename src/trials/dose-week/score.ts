import { groupBy } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import type { Standing } from '../bars.ts';
import { bootstrapClusters } from '../cluster-bootstrap.ts';
import type { Estimate } from '../cluster-bootstrap.ts';
import type { Share } from '../figures.ts';
import type { DoseWeekEffect, DoseWeekForecaster } from './effect.ts';
import { gradeRows } from './grade-rows.ts';
import type { GradedRow } from './grade-rows.ts';
import { poolNeighbours } from './pooling.ts';

/** How one forecaster did; errors in the unit of the effect. */
export interface DoseWeekFigures {
  readonly name: string;
  readonly rows: number;
  readonly rootMeanSquareError: number | undefined;
  /** Mean of predicted − reported. */
  readonly bias: number | undefined;
  /** Effects inside the 90 % predictive interval: sampling, prediction and between-study variance. */
  readonly coverage: Share;
  /** The same share with every study counted once, whatever the number of its rows. */
  readonly coverageOfStudies: number | undefined;
  /** Mean between-study standard deviation; undefined where fewer than two other studies are there to fit it. */
  readonly tau: number | undefined;
}

/** The contest on one group of rows. */
export interface GroupFigures {
  readonly group: string;
  /** Every row that the simulator predicts. */
  readonly simulator: DoseWeekFigures;
  /** On the rows of these that pooling predicts too. */
  readonly onBoth: DoseWeekFigures;
  readonly pooling: DoseWeekFigures;
}

/** Effects that the simulator says nothing of. */
export interface MissedAgent {
  readonly agent: string;
  readonly effects: number;
  readonly reason: string;
}

/** The contest on dose × week in one unit. */
export interface DoseWeekVerdict {
  readonly unit: string;
  readonly studies: number;
  readonly effects: number;
  /** Effects that the simulator predicted; the rest count in no figure and are named. */
  readonly predicted: number;
  readonly missed: readonly MissedAgent[];
  /** Both on the rows that both predicted: their errors are compared. */
  readonly simulator: DoseWeekFigures;
  readonly pooling: DoseWeekFigures;
  /** Each on every row that it predicted: the simulator's coverage is asked of these. */
  readonly simulatorEverywhere: DoseWeekFigures;
  readonly poolingEverywhere: DoseWeekFigures;
  /** RMSE of the simulator less that of pooling on the rows of both, with its interval by resampling studies. */
  readonly errorDifference: Estimate | undefined;
  readonly bars: { readonly exactness: Standing; readonly coverage: Standing };
  readonly byAgent: readonly GroupFigures[];
  readonly byWeeks: readonly GroupFigures[];
  /** Every predicted row. */
  readonly rows: readonly GradedRow[];
}

/** What a contest may know besides the effects. */
export interface ScoringAids {
  /** Effects of other studies: pooling may use them and between-study variance is fitted on them; they are not graded. */
  readonly others?: readonly DoseWeekEffect[];
  /** Why the simulator says nothing of an effect. */
  readonly why?: (effect: DoseWeekEffect) => string | undefined;
}

/** Share of rows that the 90 % interval shall cover. */
const HONEST = { low: 0.85, high: 0.95 };

/** Scores a simulator's placebo-subtracted effects of one unit against the pooling of other studies. */
export function scoreDoseWeek(
  effects: readonly DoseWeekEffect[],
  simulator: DoseWeekForecaster,
  { others = [], why = () => undefined }: ScoringAids = {},
): DoseWeekVerdict {
  const all = [...effects, ...others];
  const own = gradeRows(effects, all, simulator);
  const pooled = gradeRows(effects, all, poolNeighbours(all));
  const { simulator: everywhere, onBoth, pooling } = contest('all', own, pooled);
  return {
    unit: effects[0]?.unit ?? '',
    studies: new Set(effects.map(({ study }) => study)).size,
    effects: effects.length,
    predicted: own.length,
    missed: missedAgents(effects, own, why),
    simulator: onBoth,
    pooling,
    simulatorEverywhere: everywhere,
    poolingEverywhere: figuresOf('pooling, wherever it can', pooled),
    errorDifference: differenceOf(own, pooled),
    bars: { exactness: exactnessOf(onBoth, pooling), coverage: honestyOf(everywhere.coverage) },
    byAgent: contestsBy(({ agent }) => agent, own, pooled),
    byWeeks: WEEK_BANDS.flatMap(({ name, from, to }) => {
      const band = contestsBy(({ week }) => (week > from && week <= to ? name : ''), own, pooled);
      return band.filter(({ group }) => group === name);
    }),
    rows: own,
  };
}

/** Weeks in which effects are told apart: while drugs set in, to a quarter, half a year, a year and beyond. */
const WEEK_BANDS = [
  { name: 'weeks 1–4', from: 0, to: 4 },
  { name: 'weeks 5–13', from: 4, to: 13 },
  { name: 'weeks 14–26', from: 13, to: 26 },
  { name: 'weeks 27–52', from: 26, to: 52 },
  { name: 'after week 52', from: 52, to: Infinity },
];

function contestsBy(
  group: (effect: DoseWeekEffect) => string,
  own: readonly GradedRow[],
  pooled: readonly GradedRow[],
): readonly GroupFigures[] {
  const groups = groupBy(own, ({ effect }) => group(effect));
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, rows]) => contest(name, rows, pooled));
}

function contest(group: string, own: readonly GradedRow[], pooled: readonly GradedRow[]): GroupFigures {
  const [known, rival] = [new Set(own.map(({ effect }) => effect)), new Set(pooled.map(({ effect }) => effect))];
  return {
    group,
    simulator: figuresOf('simulator, wherever it can', own),
    onBoth: figuresOf(
      'simulator',
      own.filter(({ effect }) => rival.has(effect)),
    ),
    pooling: figuresOf(
      'pooling, leave-one-study-out',
      pooled.filter(({ effect }) => known.has(effect)),
    ),
  };
}

function figuresOf(name: string, rows: readonly GradedRow[]): DoseWeekFigures {
  const errors = rows.map(errorOf);
  const taus = rows.flatMap(({ tau }) => tau ?? []);
  const studies = groupBy(rows, ({ effect }) => effect.study);
  const shares = [...studies.values()].map(coverageOf).map(({ hits, of }) => hits / of);
  return {
    name,
    rows: rows.length,
    rootMeanSquareError: rootMeanSquareOf(errors),
    bias: errors.length === 0 ? undefined : mean(errors),
    coverage: coverageOf(rows),
    coverageOfStudies: shares.length === 0 ? undefined : mean(shares),
    tau: taus.length === 0 ? undefined : mean(taus),
  };
}

function coverageOf(rows: readonly GradedRow[]): Share {
  return { hits: rows.filter(({ isCovered }) => isCovered).length, of: rows.length };
}

function rootMeanSquareOf(errors: readonly number[]): number | undefined {
  return errors.length === 0 ? undefined : Math.sqrt(mean(errors.map((error) => error ** 2)));
}

/** What decides is the RMSE itself; its interval says how far a few studies can be trusted to. */
function exactnessOf(own: DoseWeekFigures, rival: DoseWeekFigures): Standing {
  const [error, other] = [own.rootMeanSquareError, rival.rootMeanSquareError];
  if (error === undefined || other === undefined) return 'not defined';
  return error < other ? 'met' : 'missed';
}

function honestyOf({ hits, of }: Share): Standing {
  if (of === 0) return 'not defined';
  return hits / of >= HONEST.low && hits / of <= HONEST.high ? 'met' : 'missed';
}

function differenceOf(own: readonly GradedRow[], pooled: readonly GradedRow[]): Estimate | undefined {
  const rivals = new Map(pooled.map((row) => [row.effect, row]));
  const pairs = own.flatMap((row) => {
    const rival = rivals.get(row.effect);
    return rival === undefined ? [] : [{ study: row.effect.study, own: errorOf(row), rival: errorOf(rival) }];
  });
  const difference = (items: typeof pairs): number | undefined => {
    const [error, other] = [items.map((item) => item.own), items.map((item) => item.rival)].map(rootMeanSquareOf);
    return error === undefined || other === undefined ? undefined : error - other;
  };
  return bootstrapClusters(
    pairs,
    ({ study }) => study,
    (items) => difference([...items]),
    'dose-week',
  );
}

function errorOf({ predicted, effect }: GradedRow): number {
  return predicted - effect.value;
}

function missedAgents(
  effects: readonly DoseWeekEffect[],
  own: readonly GradedRow[],
  why: (effect: DoseWeekEffect) => string | undefined,
): readonly MissedAgent[] {
  const known = new Set(own.map(({ effect }) => effect));
  const missed = groupBy(
    effects.filter((effect) => !known.has(effect)),
    (effect) => `${effect.agent} | ${why(effect) ?? 'no prediction was given'}`,
  );
  return [...missed]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, rows]) => {
      const [agent = '', reason = ''] = key.split(' | ');
      return { agent, effects: rows.length, reason };
    });
}
