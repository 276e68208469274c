import { groupBy } from '../core/array.ts';
import { mean } from '../core/statistics.ts';
import type { Share } from './figures.ts';
import { derSimonianLaird, varianceAround } from './heterogeneity.ts';
import { normalHalfWidth } from './normal.ts';
import type { PredictedEffect } from './prediction.ts';

/** One arm of one study in one week: the mean change from its own baseline. */
export interface ArmWeek {
  readonly study: string;
  readonly treatment: string;
  readonly agent: string;
  /** In `doseUnit`; absent where the source gives none. */
  readonly dose?: number;
  readonly doseUnit: string;
  readonly week: number;
  readonly change: number;
  readonly unit: string;
  readonly standardError: number;
}

/** The change of an arm beyond the placebo arm of its study in the same week. */
export interface DoseWeekEffect {
  readonly study: string;
  readonly agent: string;
  readonly dose?: number;
  readonly doseUnit: string;
  readonly week: number;
  readonly unit: string;
  readonly value: number;
  /** Partly imputed by the compilers of the table: which ones is not marked, so between-study variance is fitted on top. */
  readonly standardError: number;
}

/** A forecaster of placebo-subtracted effects; undefined where it knows no such drug. */
export type DoseWeekForecaster = (
  effect: DoseWeekEffect,
  asIfAlsoWithout?: DoseWeekEffect,
) => PredictedEffect | undefined;

/** How one forecaster did. */
export interface DoseWeekFigures {
  readonly name: string;
  readonly rows: number;
  /** Of the rows that every forecaster predicted; unit of the effect. */
  readonly rootMeanSquareError: number | undefined;
  /** Effects inside the 90 % predictive interval: sampling, prediction and between-study variance. */
  readonly coverage: Share;
}

/** The contest on dose × week. */
export interface DoseWeekVerdict {
  readonly effects: number;
  /** Effects that the simulator predicted; the rest count in no figure and are named. */
  readonly predicted: number;
  readonly missed: readonly string[];
  readonly simulator: DoseWeekFigures;
  /** On the rows that both predicted. */
  readonly pooling: DoseWeekFigures;
  /** On every row that it can predict. */
  readonly poolingEverywhere: DoseWeekFigures;
  readonly bars: { readonly isMoreExact: boolean; readonly isCoverageHonest: boolean };
}

const COVERAGE_WIDTH = normalHalfWidth(0.9);

/** Subtracts the placebo arm of the same study and week; arms without one are left out. */
export function placeboSubtracted(arms: readonly ArmWeek[]): readonly DoseWeekEffect[] {
  const weeks = groupBy(arms, ({ study, week, unit }) => [study, week, unit].join(' | '));
  return [...weeks.values()].flatMap((own) => {
    const placebo = own.find(({ agent }) => agent === 'placebo');
    return placebo === undefined
      ? []
      : own.filter((arm) => arm !== placebo && arm.agent !== 'placebo').map((arm) => subtract(arm, placebo));
  });
}

/**
 * Leave-one-study-out pooling: the random-effects mean of the other studies of the same agent nearest in dose and week;
 * undefined where no other study has the agent.
 */
export function poolNeighbours(effects: readonly DoseWeekEffect[]): DoseWeekForecaster {
  return (target, asIfAlsoWithout) => {
    const others = effects.filter(
      ({ study, agent, unit }) =>
        study !== target.study && study !== asIfAlsoWithout?.study && agent === target.agent && unit === target.unit,
    );
    const nearest = [...groupBy(others, ({ study }) => study).values()].flatMap((own) => nearestTo(target, own) ?? []);
    if (nearest.length === 0) return undefined;
    const close = nearest.filter((effect) => distance(effect, target) <= NEIGHBOUR);
    const pool = (close.length > 0 ? close : nearest).map(({ value, standardError }) => ({
      value,
      variance: standardError ** 2,
    }));
    const { mean: value, standardError: sd } = derSimonianLaird(pool);
    return { value, sd };
  };
}

/** Scores a simulator's placebo-subtracted effects against the pooling of other studies. */
export function scoreDoseWeek(effects: readonly DoseWeekEffect[], simulator: DoseWeekForecaster): DoseWeekVerdict {
  const pooling = poolNeighbours(effects);
  const known = effects.filter((effect) => simulator(effect) !== undefined);
  const pooled = effects.filter((effect) => pooling(effect) !== undefined);
  const both = known.filter((effect) => pooled.includes(effect));
  const own = { ...figuresOf('simulator', both, effects, simulator), coverage: coverageOf(known, effects, simulator) };
  const rival = figuresOf('pooling, leave-one-study-out', both, effects, pooling);
  const share = own.coverage.of === 0 ? 0 : own.coverage.hits / own.coverage.of;
  return {
    effects: effects.length,
    predicted: known.length,
    missed: [...new Set(effects.filter((effect) => !known.includes(effect)).map(({ agent }) => agent))].sort(),
    simulator: own,
    pooling: rival,
    poolingEverywhere: figuresOf('pooling, wherever it can', pooled, effects, pooling),
    bars: {
      isMoreExact: (own.rootMeanSquareError ?? Infinity) < (rival.rootMeanSquareError ?? 0),
      isCoverageHonest: share >= 0.85 && share <= 0.95,
    },
  };
}

function figuresOf(
  name: string,
  rows: readonly DoseWeekEffect[],
  all: readonly DoseWeekEffect[],
  forecaster: DoseWeekForecaster,
): DoseWeekFigures {
  const squares = rows.flatMap((row) => {
    const predicted = forecaster(row);
    return predicted === undefined ? [] : [(row.value - predicted.value) ** 2];
  });
  return {
    name,
    rows: rows.length,
    rootMeanSquareError: squares.length === 0 ? undefined : Math.sqrt(mean(squares)),
    coverage: coverageOf(rows, all, forecaster),
  };
}

/** Between-study variance is fitted around the forecaster's own predictions of the other studies, in the same unit. */
function coverageOf(
  rows: readonly DoseWeekEffect[],
  all: readonly DoseWeekEffect[],
  forecaster: DoseWeekForecaster,
): Share {
  const memory = new Map<string, number>();
  const tau2Without = (target: DoseWeekEffect): number => {
    const key = `${target.study} | ${target.unit}`;
    const tau2 = memory.get(key) ?? tau2Around(all, target, forecaster);
    memory.set(key, tau2);
    return tau2;
  };
  const hits = rows.filter((row) => {
    const predicted = forecaster(row);
    if (predicted === undefined) return false;
    const variance = row.standardError ** 2 + predicted.sd ** 2 + tau2Without(row);
    return Math.abs(row.value - predicted.value) <= COVERAGE_WIDTH * Math.sqrt(variance);
  });
  return { hits: hits.length, of: rows.length };
}

function tau2Around(all: readonly DoseWeekEffect[], target: DoseWeekEffect, forecaster: DoseWeekForecaster): number {
  const others = all.filter(({ study, unit }) => study !== target.study && unit === target.unit);
  const rowsOfStudy = groupBy(others, ({ study }) => study);
  return varianceAround(
    others.flatMap((other) => {
      const predicted = forecaster(other, target);
      if (predicted === undefined) return [];
      const weight = 1 / (rowsOfStudy.get(other.study)?.length ?? 1);
      return [{ value: other.value - predicted.value, variance: other.standardError ** 2 + predicted.sd ** 2, weight }];
    }),
  );
}

function subtract(arm: ArmWeek, placebo: ArmWeek): DoseWeekEffect {
  const { study, agent, dose, doseUnit, week, unit } = arm;
  return {
    study,
    agent,
    ...(dose !== undefined && { dose }),
    doseUnit,
    week,
    unit,
    value: arm.change - placebo.change,
    standardError: Math.hypot(arm.standardError, placebo.standardError),
  };
}

/** Doublings of dose plus doublings of time up to which another study is a neighbour. */
const NEIGHBOUR = 0.6;

function distance(a: DoseWeekEffect, b: DoseWeekEffect): number {
  const dose =
    a.dose === undefined || b.dose === undefined || a.dose * b.dose === 0 ? 0 : Math.abs(Math.log2(a.dose / b.dose));
  return dose + Math.abs(Math.log2(a.week / b.week));
}

function nearestTo(target: DoseWeekEffect, effects: readonly DoseWeekEffect[]): DoseWeekEffect | undefined {
  return effects.reduce<DoseWeekEffect | undefined>(
    (best, effect) => (best === undefined || distance(effect, target) < distance(best, target) ? effect : best),
    undefined,
  );
}
