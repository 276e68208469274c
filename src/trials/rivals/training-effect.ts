import { quantileOfSorted, sortedCopy } from '../../core/statistics.ts';
import type { DesignedRow } from '../contrast.ts';
import type { StudyEffect } from '../heterogeneity.ts';

/** A training row with the variance that a rival weighs it by. */
export interface TrainingEffect extends StudyEffect {
  readonly from: DesignedRow;
}

/**
 * Observed effects with variances, for fitting rivals only.
 *
 * A row without an interval takes the median standard error of the others; where none has an interval, all take a tenth
 * of the root mean square effect and so weigh the same. Such a row is never scored by log score: nothing imputed
 * grades anything.
 */
export function trainingEffects(rows: readonly DesignedRow[]): readonly TrainingEffect[] {
  const observed = rows.flatMap((from) => (from.row.observed === undefined ? [] : [{ from, ...from.row.observed }]));
  const known = sortedCopy(
    observed.flatMap(({ standardError }) => (standardError === undefined ? [] : [standardError])),
  );
  const typical = known.length > 0 ? quantileOfSorted(known, 0.5) : rootMeanSquare(observed) / 10;
  return observed.map(({ from, value, standardError }) => ({
    from,
    value,
    variance: Math.max((standardError ?? typical) ** 2, Number.EPSILON),
  }));
}

function rootMeanSquare(effects: readonly { readonly value: number }[]): number {
  return Math.sqrt(effects.reduce((sum, { value }) => sum + value ** 2, 0) / Math.max(effects.length, 1));
}
