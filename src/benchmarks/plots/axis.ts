/** One axis of a panel. */
export interface Axis {
  /** With the unit. */
  readonly label: string;
  readonly scale?: 'linear' | 'logarithmic';
  /** Ends of the axis; from the curves where absent. */
  readonly range?: readonly [number, number];
  /** Where ticks stand; round numbers where absent. */
  readonly ticks?: readonly number[];
  /** Words instead of numbers: the tick at 0, 1, 2 … */
  readonly names?: readonly string[];
}

/** An axis with its ends and ticks settled. */
export interface Scaled {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** Where on the axis a value lies, 0 to 1. */
  readonly place: (value: number) => number;
  readonly text: (tick: number) => string;
}

/** About how many ticks an axis bears. */
const TICKS = 5;

/** Settles an axis for the values that it shall show. */
export function scaled(axis: Axis, values: readonly number[]): Scaled {
  const isLogarithmic = axis.scale === 'logarithmic';
  const [low, high] =
    axis.range ?? (axis.names === undefined ? endsOf(values, isLogarithmic) : [-0.6, axis.names.length - 0.4]);
  const ticks =
    axis.ticks ?? axis.names?.map((_, index) => index) ?? (isLogarithmic ? decades(low, high) : rounds(low, high));
  const on = isLogarithmic ? Math.log : (value: number): number => value;
  return {
    low,
    high,
    ticks: ticks.filter((tick) => tick >= low && tick <= high),
    place: (value) => (on(value) - on(low)) / (on(high) - on(low)),
    text: (tick) => axis.names?.[tick] ?? textOf(tick),
  };
}

/** The ends that show all values with a little air, and never magnify less than a hundredth of the level to a cliff. */
function endsOf(values: readonly number[], isLogarithmic: boolean): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (isLogarithmic) return [low / 1.15, high * 1.15];
  const span = Math.max(high - low, Math.abs(high) * 0.01, 1e-6);
  const middle = (low + high) / 2;
  return [middle - span * 0.56, middle + span * 0.56];
}

function rounds(low: number, high: number): readonly number[] {
  const raw = (high - low) / TICKS;
  const decade = 10 ** Math.floor(Math.log10(raw));
  const step = decade * ([1, 2, 2.5, 5, 10].find((factor) => factor * decade >= raw) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(10)));
}

function decades(low: number, high: number): readonly number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const factors = to - from > 3 ? [1] : [1, 2, 5];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) =>
    factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))),
  );
}

function textOf(tick: number): string {
  const size = Math.abs(tick);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return tick.toExponential(0);
  return String(Number(tick.toPrecision(6))).replace('-', '−');
}
