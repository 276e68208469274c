import { groupBy } from '../../core/array.ts';
import { INFORMING_TRIALS } from '../grade.ts';
import { studyOfDoubt, varianceAround } from '../heterogeneity.ts';
import { normalHalfWidth } from '../normal.ts';
import type { DoseWeekEffect, DoseWeekForecaster } from './effect.ts';

/** One effect beside what a forecaster said of it. */
export interface GradedRow {
  readonly effect: DoseWeekEffect;
  readonly predicted: number;
  /** Of the forecaster alone: what it does not know of its own parameters. */
  readonly sd: number;
  /** Between-study standard deviation, fitted without this study; undefined where fewer than two others are predicted. */
  readonly tau: number | undefined;
  /** Half of the 90 % predictive interval: sampling, prediction and between-study variance. */
  readonly halfWidth: number;
  readonly isCovered: boolean;
}

const COVERAGE_WIDTH = normalHalfWidth(0.9);

/**
 * Puts a forecaster's predictions beside the effects it can predict.
 *
 * Between-study variance is fitted around the forecaster's own predictions of the other studies in the same unit, `all`
 * of them, with one study's worth of doubt as in the contest of trials: the forecaster pays there for what it misses, and
 * imputed standard errors that are too small do no harm.
 */
export function gradeRows(
  graded: readonly DoseWeekEffect[],
  all: readonly DoseWeekEffect[],
  forecaster: DoseWeekForecaster,
): readonly GradedRow[] {
  const memory = new Map<string, number | undefined>();
  const tau2Without = (target: DoseWeekEffect): number | undefined => {
    const key = `${target.study} | ${target.unit}`;
    if (!memory.has(key)) memory.set(key, tau2Around(all, target, forecaster));
    return memory.get(key);
  };
  return graded.flatMap((effect) => {
    const predicted = forecaster(effect);
    if (predicted === undefined) return [];
    const tau2 = tau2Without(effect);
    const variance = effect.standardError ** 2 + predicted.sd ** 2 + (tau2 ?? 0);
    const halfWidth = COVERAGE_WIDTH * Math.sqrt(variance);
    return [
      {
        effect,
        predicted: predicted.value,
        sd: predicted.sd,
        tau: tau2 === undefined ? undefined : Math.sqrt(tau2),
        halfWidth,
        isCovered: Math.abs(effect.value - predicted.value) <= halfWidth,
      },
    ];
  });
}

function tau2Around(
  all: readonly DoseWeekEffect[],
  target: DoseWeekEffect,
  forecaster: DoseWeekForecaster,
): number | undefined {
  const others = all.filter(({ study, unit }) => study !== target.study && unit === target.unit);
  const said = others.flatMap((other) => {
    const predicted = forecaster(other, target);
    return predicted === undefined ? [] : [{ other, predicted }];
  });
  const studies = groupBy(said, ({ other }) => other.study);
  if (studies.size < INFORMING_TRIALS) return undefined;
  const residuals = said.map(({ other: { study, value, standardError }, predicted }) => ({
    value: value - predicted.value,
    variance: standardError ** 2 + predicted.sd ** 2,
    weight: 1 / (studies.get(study)?.length ?? 1),
  }));
  return varianceAround([...residuals, studyOfDoubt(others.map(({ value }) => value))]);
}
