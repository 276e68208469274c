import { z } from 'zod';
import { PREDICTION_FIXES, PREDICTIONS } from './prediction.ts';
import type { Prediction } from './prediction.ts';
import { problemsOf } from './problems.ts';
import type { Reading } from './problems.ts';

/** A free parameter: what stood before the fit, and what the fit of all trials made of it. */
export interface FittedParameter {
  readonly id: string;
  /** Rows of the parameter files that move with it. */
  readonly rows: readonly string[];
  /** Value in the unit of the first row; `sd` of its logarithm. */
  readonly prior: { readonly value: number; readonly sd: number };
  /** The same after the fit. */
  readonly posterior: { readonly value: number; readonly sd: number };
}

/** The simulator as it stood when one trial was predicted: fitted without it. */
export interface CalibrationFold {
  readonly trial: string;
  /** The trials that were held out: itself, and pools that share people with it. */
  readonly heldOut: readonly string[];
  /** In the order of the free parameters: logarithm of the factor on the prior, and its standard deviation. */
  readonly free: readonly { readonly logFactor: number; readonly sd: number }[];
  /** Rows that rest on what was held out: left out of this fold, or replaced by what knows nothing of it. */
  readonly withheld: readonly string[];
}

/**
 * What a calibration by folds leaves behind, so that its predictions can be graded without emulating anew
 * (models/…/trials-calibration.json).
 */
export interface StoredCalibration {
  /** Digests of what was calibrated, by name. */
  readonly simulator: Readonly<Record<string, string>>;
  /** How it was run: people, draws, seed and the like. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly free: readonly FittedParameter[];
  /** How far what was fitted lies from the simulator where the fit ends: root mean squares by kind of endpoint. */
  readonly surfaces: Readonly<Record<string, { readonly error: number; readonly effect: number }>>;
  readonly folds: readonly CalibrationFold[];
  /** Each trial predicted in the fold that was fitted without it. */
  readonly predictions: readonly Prediction[];
  /** Each row predicted by a fit without any trial of the classes that it compares. */
  readonly classOut: readonly Prediction[];
}

const FIT = z.object({ value: z.number(), sd: z.number().nonnegative() });
const CALIBRATION = z.object({
  simulator: z.record(z.string(), z.string().min(1)),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  free: z.array(
    z.object({ id: z.string().min(1), rows: z.array(z.string().min(1)).min(1), prior: FIT, posterior: FIT }),
  ),
  surfaces: z.record(z.string(), z.object({ error: z.number(), effect: z.number() })),
  folds: z.array(
    z.object({
      trial: z.string().min(1),
      heldOut: z.array(z.string().min(1)).min(1),
      free: z.array(z.object({ logFactor: z.number(), sd: z.number().nonnegative() })),
      withheld: z.array(z.string().min(1)),
    }),
  ),
  predictions: PREDICTIONS,
  classOut: PREDICTIONS,
});

const FIXES = {
  simulator: 'Write the digest of each file that was calibrated, by name.',
  options: 'Write how the calibration was run, one text, number or yes/no each.',
  free: 'List each free parameter with its rows, prior and posterior, each { "value", "sd" }.',
  surfaces: 'Write { "error", "effect" } a kind of endpoint.',
  folds: 'List each trial with what was held out, the free values and the withheld rows of its fold.',
  ...PREDICTION_FIXES,
};

/**
 * Reads a stored calibration.
 *
 * Every predicted trial needs a fold of its own: without one nobody could say that the prediction is out of fold.
 */
export function parseStoredCalibration(value: unknown): Reading<StoredCalibration> {
  const parsed = CALIBRATION.safeParse(value);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, FIXES) };
  const folds = new Set(parsed.data.folds.map(({ trial }) => trial));
  const without = [...new Set(parsed.data.predictions.map(({ trial }) => trial))].filter((trial) => !folds.has(trial));
  if (without.length === 0) return { ok: true, value: parsed.data };
  const problem = `no fold is fitted without ${without.join(', ')}`;
  return { ok: false, problems: [{ where: 'folds', problem, fix: FIXES.folds }] };
}
