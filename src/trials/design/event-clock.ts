import { at, entry } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import type { ExpectedEvents } from '../emulate/event-course.ts';

/** One person's chances over follow-up, as rates that are constant between visits. */
export interface EventClock {
  /** End of each interval since randomisation; unit: d. */
  readonly ends: readonly number[];
  /** Rate of whatever ends the time at risk, added up over time, at the end of each interval. */
  readonly cumulative: Float64Array;
  /** Which share of it in each interval is the endpoint; the rest is death of another kind. */
  readonly share: Float64Array;
}

/** When a person's time at risk ended, and whether by the endpoint. Unit: d. */
export interface Exit {
  readonly day: number;
  readonly isEvent: boolean;
}

/** A chance below which nobody is left at risk. */
const NOBODY = 1e-9;

/**
 * The clock of a person whose expected first events and time at risk are known by interval between visits.
 *
 * The chance to be still at risk falls exponentially within an interval, at the rate at which it leaves the time at risk
 * that was expected; what of it is not the endpoint is a competing death. `days`: of the visits, from 0.
 */
export function clockOf({ events, time }: ExpectedEvents, days: readonly number[]): EventClock {
  const intervals = events.length;
  const cumulative = new Float64Array(intervals);
  const share = new Float64Array(intervals);
  let [atRisk, sum] = [1, 0];
  for (let interval = 0; interval < intervals; interval += 1) {
    const years = (at(days, interval + 1) - at(days, interval)) / DAYS_A_YEAR;
    const own = entry(time, interval) > 0 ? entry(events, interval) / entry(time, interval) : 0;
    const leaving = atRisk > NOBODY ? rateLeaving(entry(time, interval) / (atRisk * years)) / years : 0;
    const rate = Math.max(own, leaving);
    sum += rate * years;
    cumulative[interval] = sum;
    share[interval] = rate > 0 ? own / rate : 0;
    atRisk *= Math.exp(-rate * years);
  }
  return { ends: days.slice(1), cumulative, share };
}

/** The x at which (1 − e^−x) / x is the mean share of an interval spent at risk. */
function rateLeaving(meanShare: number): number {
  if (meanShare >= 1) return 0;
  let x = 2 * (1 - meanShare);
  for (let round = 0; round < 20; round += 1) {
    const stay = Math.exp(-x);
    const value = (1 - stay) / x - meanShare;
    const slope = (stay * (1 + x) - 1) / (x * x);
    x = Math.max(1e-9, x - value / slope);
  }
  return x;
}

/** Draws when a person leaves the risk set; undefined for one still at risk at the end of the clock. */
export function drawExit({ ends, cumulative, share }: EventClock, random: Random): Exit | undefined {
  const threshold = -Math.log(1 - random.uniform());
  const last = cumulative.length - 1;
  if (threshold >= entry(cumulative, last)) return undefined;
  let interval = 0;
  while (entry(cumulative, interval) <= threshold) interval += 1;
  const [from, before] = interval === 0 ? [0, 0] : [at(ends, interval - 1), entry(cumulative, interval - 1)];
  const place = (threshold - before) / (entry(cumulative, interval) - before);
  const day = from + place * (at(ends, interval) - from);
  return { day, isEvent: random.uniform() < entry(share, interval) };
}
