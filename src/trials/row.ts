import { at } from '../core/array.ts';
import { normalHalfWidth } from './normal.ts';
import { isRatioMeasure } from './trial-file.ts';
import type { Measure, TrialEndpoint, TrialFile } from './trial-file.ts';

/** On which scale effects of a row are compared: ratios by their logarithm. */
export type Scale = 'identity' | 'log';

/** The family of a kind of endpoint; the bars of B3 speak of families. */
export type Family = 'continuous' | 'percent' | 'log-ratio' | 'rate';

/** An effect on the scale of its row. Without an interval there is no standard error, and none is invented. */
export interface Effect {
  readonly value: number;
  readonly standardError?: number;
  readonly low?: number;
  readonly high?: number;
}

/** One effect of one trial, ready to be compared with a prediction. */
export interface EndpointRow {
  /** Trial, arm, comparator, endpoint and month as one text, with measure and unit where the trial needs them to tell rows apart. */
  readonly key: string;
  /** Set where only measure or unit tell the row from another of its trial. */
  readonly isToldByUnit?: true;
  readonly trial: string;
  /** What is resampled and left out together: the trial. */
  readonly cluster: string;
  readonly arm: string;
  readonly comparator: string;
  readonly endpoint: string;
  readonly month: number;
  readonly unit: string;
  readonly measure: Measure;
  readonly scale: Scale;
  readonly family: Family;
  /** Rows of one kind share a unit and a between-trial variance. */
  readonly kind: string;
  /** Absent where the file carries no estimate. */
  readonly observed?: Effect;
}

/** Which family a measure belongs to. */
const FAMILIES: Readonly<Record<Measure, Family>> = {
  mean_difference: 'continuous',
  arm_means: 'continuous',
  percent_change: 'percent',
  hazard_ratio: 'log-ratio',
  risk_ratio: 'log-ratio',
  rate: 'rate',
};

/** The rows of a trial file, in its order. */
export function rowsOf(file: TrialFile): readonly EndpointRow[] {
  const keys = file.endpoints.map((endpoint) => keyOf(file.id, endpoint));
  return file.endpoints.map((endpoint, index) => {
    const key = at(keys, index);
    const isToldByUnit = keys.filter((other) => other === key).length > 1;
    return rowOf(file.id, endpoint, isToldByUnit);
  });
}

function keyOf(trial: string, { arm, comparator, endpoint, followUpMonths }: TrialEndpoint): string {
  return [trial, arm, comparator, endpoint, String(followUpMonths)].join(' | ');
}

function rowOf(trial: string, reported: TrialEndpoint, isToldByUnit: boolean): EndpointRow {
  const { arm, comparator, endpoint, followUpMonths: month, unit, measure } = reported;
  const family = FAMILIES[measure];
  const observed = effectOf(reported);
  const key = keyOf(trial, reported);
  return {
    key: isToldByUnit ? [key, measure, unit].join(' | ') : key,
    ...(isToldByUnit && { isToldByUnit }),
    trial,
    cluster: trial,
    arm,
    comparator,
    endpoint,
    month,
    unit,
    measure,
    scale: isRatioMeasure(measure) ? 'log' : 'identity',
    family,
    // All ratios share one scale, so they are one kind; everything else keeps to its endpoint and unit.
    kind: family === 'log-ratio' ? family : `${family}: ${endpoint} (${unit})`,
    ...(observed !== undefined && { observed }),
  };
}

/**
 * The reported effect on the row's scale, its standard error from the width of the interval at its own level.
 *
 * The width and not one half of it: printed limits are rounded, and ratios are not always centred on their logarithm.
 */
export function effectOf(reported: TrialEndpoint): Effect | undefined {
  const { estimate, ciLow, ciHigh, ciLevel, measure } = reported;
  if (estimate === undefined) return undefined;
  const scale = isRatioMeasure(measure) ? 'log' : 'identity';
  const value = onScale(estimate, scale);
  if (ciLow === undefined || ciHigh === undefined) return { value };
  const [low, high] = [onScale(ciLow, scale), onScale(ciHigh, scale)];
  return { value, low, high, standardError: (high - low) / (2 * normalHalfWidth(ciLevel)) };
}

/** A number as reported, on the scale on which it is compared. @throws RangeError for a ratio that is not above 0. */
export function onScale(value: number, scale: Scale): number {
  if (scale === 'identity') return value;
  if (!(value > 0)) throw new RangeError(`a ratio must be above 0, not ${value}`);
  return Math.log(value);
}

/** A number on the scale of comparison, as it would be reported. */
export function asReported(value: number, scale: Scale): number {
  return scale === 'log' ? Math.exp(value) : value;
}
