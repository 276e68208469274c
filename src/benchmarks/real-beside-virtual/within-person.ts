import type { Reading } from './person.ts';

/** Spans between two readings of one person; unit: d. */
export const GAPS = {
  '12 h': { low: 0.25, centre: 0.5, high: 0.75 },
  '1 d': { low: 0.5, centre: 1, high: 1.5 },
  '3 d': { low: 2, centre: 3, high: 4 },
  '14 d': { low: 7, centre: 14, high: 20 },
  '30 d': { low: 21, centre: 30, high: 45 },
  '90 d': { low: 60, centre: 90, high: 120 },
  '180 d': { low: 140, centre: 180, high: 220 },
  '1 a': { low: 300, centre: 365, high: 430 },
  '2 a': { low: 640, centre: 730, high: 820 },
} as const;

export type GapId = keyof typeof GAPS;

/** Two readings of one person. */
export interface Pair {
  readonly first: number;
  readonly second: number;
}

/** Of every reading, the pair with that later one which lies nearest to the middle of a gap; `readings` in order of time. */
export function pairsOf(readings: readonly Reading[], gap: GapId): readonly Pair[] {
  const { low, centre, high } = GAPS[gap];
  return readings.flatMap(({ day, value }, index) => {
    let best: Reading | undefined;
    for (let later = index + 1; later < readings.length; later += 1) {
      const other = readings[later];
      if (other === undefined || other.day - day > high) break;
      const isNearer = Math.abs(other.day - day - centre) < Math.abs((best?.day ?? -Infinity) - day - centre);
      if (other.day - day >= low && isNearer) best = other;
    }
    return best === undefined ? [] : [{ first: value, second: best.value }];
  });
}

/** Readings this close belong to one occasion; unit: d. */
const OCCASION = 1 / 24;

/** Days between occasions of measurement, in order of time. */
export function intervalsOf(readings: readonly Reading[]): readonly number[] {
  const intervals: number[] = [];
  let last: number | undefined;
  for (const { day } of readings) {
    if (last === undefined) last = day;
    else if (day - last >= OCCASION) {
      intervals.push(day - last);
      last = day;
    }
  }
  return intervals;
}
