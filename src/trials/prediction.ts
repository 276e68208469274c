import { z } from 'zod';
import { problemsOf } from './problems.ts';
import type { Reading } from './problems.ts';
import { onScale } from './row.ts';
import type { EndpointRow } from './row.ts';
import { MEASURES } from './trial-file.ts';
import type { Measure } from './trial-file.ts';

/** Which row a prediction speaks of. */
export interface PredictionKey {
  readonly trial: string;
  readonly arm: string;
  readonly comparator: string;
  readonly endpoint: string;
  /** Follow-up in months; absent where the trial has the endpoint of these arms once. */
  readonly month?: number;
  /** As in the row; absent where no other row of these arms, endpoint and month has another. */
  readonly measure?: Measure;
  readonly unit?: string;
}

/** What a simulator says of one row, or why it says nothing. */
export type Prediction = PredictionKey &
  (
    | {
        readonly evaluable: true;
        /** In the unit of the row; a ratio as a ratio. */
        readonly predicted: number;
        /** Monte-Carlo error of `predicted`; of its logarithm where it is a ratio. */
        readonly monteCarloSe: number;
        /** All of the simulator's own uncertainty, Monte Carlo included; of the logarithm for a ratio. */
        readonly predictiveSd: number;
      }
    | { readonly evaluable: false; readonly reason: string }
  );

/** A prediction on the scale of its row. The between-trial variance is not in `sd`: the referee adds it. */
export interface PredictedEffect {
  readonly value: number;
  readonly sd: number;
}

const KEY = {
  trial: z.string().min(1),
  arm: z.string().min(1),
  comparator: z
    .string()
    .nullish()
    .transform((comparator) => comparator ?? ''),
  endpoint: z.string().min(1),
  month: z.number().positive().exactOptional(),
  measure: z.enum(MEASURES).exactOptional(),
  unit: z.string().min(1).exactOptional(),
};
/** Predictions in a file from outside. */
export const PREDICTIONS = z.array(
  z.discriminatedUnion('evaluable', [
    z.object({
      ...KEY,
      evaluable: z.literal(true),
      predicted: z.number(),
      monteCarloSe: z.number().nonnegative(),
      predictiveSd: z.number().nonnegative(),
    }),
    z.object({ ...KEY, evaluable: z.literal(false), reason: z.string().min(1) }),
  ]),
);

/** What mends each field of a prediction. */
export const PREDICTION_FIXES = {
  evaluable: 'Write true with a prediction, false with a reason.',
  predicted: 'Write the effect in the unit of the row.',
  monteCarloSe: 'Write a number that is not negative; of the log ratio for a ratio.',
  predictiveSd: 'Write a number that is not negative; of the log ratio for a ratio.',
  reason: 'Say why the row cannot be evaluated.',
};

/** Reads predictions as `sextant trial --json` prints them. */
export function parsePredictions(value: unknown): Reading<readonly Prediction[]> {
  const parsed = PREDICTIONS.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problems: problemsOf(parsed.error, PREDICTION_FIXES) };
}

/**
 * The prediction of a row: by arms, endpoint, month, measure and unit; without the month where there is only one such,
 * without measure and unit where no other row needs them. None where it could be one of several.
 */
export function predictionOf(predictions: readonly Prediction[], row: EndpointRow): Prediction | undefined {
  const candidates = predictions.filter(
    ({ trial, arm, comparator, endpoint, measure, unit }) =>
      trial === row.trial &&
      arm === row.arm &&
      comparator === row.comparator &&
      endpoint === row.endpoint &&
      (measure === undefined ? row.isToldByUnit !== true : measure === row.measure) &&
      (unit === undefined ? row.isToldByUnit !== true : unit === row.unit),
  );
  const [only, ...others] = candidates.filter(({ month }) => month === row.month);
  if (only !== undefined) return others.length === 0 ? only : undefined;
  return candidates.find(({ month }) => month === undefined && candidates.length === 1);
}

/** A prediction on the scale of its row; undefined when there is none, or when a ratio is predicted at or below 0. */
export function predictedEffect(prediction: Prediction | undefined, row: EndpointRow): PredictedEffect | undefined {
  if (prediction?.evaluable !== true) return undefined;
  const { predicted, monteCarloSe, predictiveSd } = prediction;
  if (row.scale === 'log' && predicted <= 0) return undefined;
  return { value: onScale(predicted, row.scale), sd: Math.max(predictiveSd, monteCarloSe) };
}
