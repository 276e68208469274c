import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { at } from '../core/array.ts';
import { quantileOfSorted } from '../core/statistics.ts';
import type { Variable } from '../domain/system.ts';

const Calibration = z.object({
  interval: z.number(),
  upToDays: z.array(z.number().nullable()),
  spread: z.record(z.string(), z.array(z.number().positive())),
});

/**
 * How much wider than drawn a model's futures have to be, per variable and horizon bin.
 *
 * Found on validation people by the rule of split conformal prediction, without its guarantee: the same people chose
 * the best epoch.
 */
export interface ModelCalibration {
  /** Upper edges of the horizon bins (unit: d); the last is open. */
  readonly upToDays: readonly number[];
  /** Factor around the median, by variable id; shape [bins]. */
  readonly spread: Readonly<Record<string, readonly number[]>>;
}

/** Reads `calibration.json`. @throws AppError `model.unavailable` when a variable or a bin is missing. */
export function parseCalibration(bytes: Uint8Array, variables: readonly Variable[]): ModelCalibration {
  try {
    const { upToDays, spread } = Calibration.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const complete = variables.every((variable) => spread[variable.id]?.length === upToDays.length);
    if (!complete) throw new TypeError('a variable or a bin is missing');
    return { upToDays: upToDays.map((edge) => edge ?? Number.POSITIVE_INFINITY), spread };
  } catch (cause) {
    throw new AppError('model.unavailable', ['calibration.json does not fit the system.'], { cause });
  }
}

/** The factor for a variable on a day ahead (unit: d). */
export function spreadFactor(calibration: ModelCalibration, variable: string, day: number): number {
  const bin = calibration.upToDays.findIndex((edge) => day <= edge);
  return at(calibration.spread[variable] ?? [], bin);
}

/**
 * Widens drawn futures (measurements or levels) around their median, in place.
 *
 * `samples`: shape [draws, days, variables], physical units. The widening happens on the scale of the variable's
 * transform (a ratio for a logarithmic one), and stays inside what a living adult can show.
 */
export function widenSamples(
  samples: Float32Array,
  calibration: ModelCalibration,
  axes: { readonly days: readonly number[]; readonly variables: readonly Variable[] },
): void {
  axes.days.forEach((day, dayIndex) => {
    axes.variables.forEach((variable, variableIndex) => {
      const factor = spreadFactor(calibration, variable.id, day);
      const start = dayIndex * axes.variables.length + variableIndex;
      widenColumn(samples, { start, stride: axes.days.length * axes.variables.length, factor, variable });
    });
  });
}

function widenColumn(
  samples: Float32Array,
  column: { readonly start: number; readonly stride: number; readonly factor: number; readonly variable: Variable },
): void {
  const { start, stride, factor, variable } = column;
  const isLog = variable.scale.transform === 'log';
  const values = new Float64Array(samples.length / stride);
  for (let row = 0; row < values.length; row += 1) values[row] = onScale(at(samples, start + row * stride), isLog);
  const median = quantileOfSorted(Float64Array.from(values).sort(), 0.5);
  for (let row = 0; row < values.length; row += 1) {
    const widened = median + factor * (at(values, row) - median);
    samples[start + row * stride] = within(isLog ? Math.exp(widened) : widened, variable.plausible);
  }
}

function onScale(value: number, isLog: boolean): number {
  return isLog ? Math.log(value) : value;
}

function within(value: number, range: { readonly low: number; readonly high: number }): number {
  return Math.min(Math.max(value, range.low), range.high);
}
