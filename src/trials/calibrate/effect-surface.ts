import { at } from '../../core/array.ts';
import type { FreeParameter } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import { classesGiven } from '../emulate/classes-given.ts';
import { emulateTrial } from '../emulate/emulate-trial.ts';
import type { Choice } from '../emulate/trial-cohort.ts';
import { predictedEffect, predictionOf } from '../prediction.ts';
import { rowsOf } from '../row.ts';
import type { TrialFile } from '../trial-file.ts';

/**
 * What the simulator says of one row about the prior values of the free parameters: a quadratic in each logarithmic
 * factor, without products of two.
 */
export interface Surface {
  /** At the prior, on the scale of the row. */
  readonly effect: number;
  /** Change of the effect a unit of each free parameter's logarithmic factor; [free]. */
  readonly slopes: Float64Array;
  /** Change of those slopes a unit; [free]. */
  readonly curvatures: Float64Array;
}

/** How the simulator is looked at. */
export interface Viewpoint {
  readonly free: readonly FreeParameter[];
  /** Rows of the simulator at logarithmic factors. */
  readonly rowsAt: (logFactors: readonly number[]) => readonly ParameterRow[];
  readonly people: number;
  readonly seed: string;
}

/** Bounds of the step of the differences, which is otherwise a prior standard deviation: to both sides, and not too far. */
const LEAST_STEP = 0.1;
const GREATEST_STEP = 0.4;

/**
 * The simulator's effects of a trial's rows over the free parameters, by row key; rows that cannot be evaluated are missing.
 *
 * It is taken about the prior and never about a fit, so that it knows of no report; by the same people and their chance on
 * all sides. Only parameters of classes that somebody in the trial may get can matter; the others are flat.
 */
export function surfaceOf(trial: TrialFile, view: Viewpoint): ReadonlyMap<string, Surface> {
  const given: ReadonlySet<string> = classesGiven(trial);
  const still = view.free.map(() => 0);
  const { effects: base, choice } = effectsAt(trial, view, still);
  const moved = (index: number, by: number): Effects => {
    const logFactors = still.map((_, place) => (place === index ? by : 0));
    return effectsAt(trial, view, logFactors, choice).effects;
  };
  const sides = view.free.map(({ rows, sd }, index) => {
    const step = Math.min(GREATEST_STEP, Math.max(LEAST_STEP, sd));
    return rows.some((id) => given.has(classNamed(id)))
      ? { step, above: moved(index, step), below: moved(index, -step) }
      : { step, above: base, below: base };
  });
  return new Map(
    [...base].map(([key, effect]) => {
      const slopes = sides.map(({ step, above, below }) => {
        const [high, low] = [above.get(key) ?? effect, below.get(key) ?? effect];
        return { slope: (high - low) / (2 * step), curvature: (high - 2 * effect + low) / step ** 2 };
      });
      return [
        key,
        {
          effect,
          slopes: Float64Array.from(slopes, ({ slope }) => slope),
          curvatures: Float64Array.from(slopes, ({ curvature }) => curvature),
        },
      ];
    }),
  );
}

/** Whether a free parameter (its place) has any bearing on a surface. */
export function matters({ slopes, curvatures }: Surface, index: number): boolean {
  return at(slopes, index) !== 0 || at(curvatures, index) !== 0;
}

/** The class that a row of a class is named after. */
function classNamed(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** On the scale of each row, by row key. */
type Effects = ReadonlyMap<string, number>;

/** The effects that are emulated at logarithmic factors, and by whom; `choice`: who is to be taken. */
export function effectsAt(
  trial: TrialFile,
  { rowsAt, people, seed }: Viewpoint,
  logFactors: readonly number[],
  choice?: Choice,
): { readonly effects: Effects; readonly choice: Choice | undefined } {
  const options = { people, draws: 0, peopleOfDraw: 0, seed, ...(choice !== undefined && { choice }) };
  const emulation = emulateTrial(trial, options, rowsAt(logFactors));
  const effects = rowsOf(trial).flatMap((row) => {
    const effect = predictedEffect(predictionOf(emulation.predictions, row), row);
    return effect === undefined ? [] : [[row.key, effect.value] as const];
  });
  return { effects: new Map(effects), choice: emulation.choice };
}

/** The effect at logarithmic factors; [free]. */
export function effectAt({ effect, slopes, curvatures }: Surface, logFactors: ArrayLike<number>): number {
  let sum = effect;
  for (let index = 0; index < slopes.length; index += 1) {
    const by = at(logFactors, index);
    sum += at(slopes, index) * by + (at(curvatures, index) * by * by) / 2;
  }
  return sum;
}

/** The slopes at logarithmic factors; [free]. */
export function slopesAt({ slopes, curvatures }: Surface, logFactors: ArrayLike<number>): Float64Array {
  return slopes.map((slope, index) => slope + at(curvatures, index) * at(logFactors, index));
}
