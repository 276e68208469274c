import { at, entry } from '../../core/array.ts';
import { DAYS_A_MONTH } from '../emulate/course.ts';
import type { EventClock } from './event-clock.ts';

/** How long a trial of one size lasts until it has its events. */
export interface Duration {
  readonly perArm: number;
  /** Until the last person is in; 0 where nobody said how fast people come. Unit: mo. */
  readonly recruitmentMonths: number;
  /** From the first person in to the last event needed; absent when that lies beyond what was simulated. Unit: mo. */
  readonly totalMonths?: number;
}

/** What a duration depends on. */
export interface DurationGround {
  readonly active: readonly EventClock[];
  readonly control: readonly EventClock[];
  /** Events needed in both arms. */
  readonly events: number;
  readonly recruitedPerMonth?: number;
  /** Rate of loss; unit: /mo. */
  readonly lossPerMonth: number;
}

/** Steps of the calendar in which people come in. */
const STEPS_A_MONTH = 4;

/**
 * When trials of several sizes are expected to have their events, everybody followed from coming in to that day.
 *
 * People come in evenly; who has come in for a time has had the endpoint with the chance that the clocks give.
 */
export function durationsOf(ground: DurationGround, sizes: readonly number[]): readonly Duration[] {
  const incidence = [ground.active, ground.control].map((clocks) => incidenceOf(clocks, ground.lossPerMonth));
  const horizon = at(incidence, 0).length - 1;
  return sizes.map((perArm) => {
    const recruitmentMonths = ground.recruitedPerMonth === undefined ? 0 : (2 * perArm) / ground.recruitedPerMonth;
    const total = monthsUntil(ground.events, perArm, recruitmentMonths, incidence);
    return {
      perArm,
      recruitmentMonths,
      ...(total !== undefined && total <= horizon && { totalMonths: total }),
    };
  });
}

function monthsUntil(
  events: number,
  perArm: number,
  recruitment: number,
  incidence: readonly Float64Array[],
): number | undefined {
  const horizon = at(incidence, 0).length - 1;
  for (let step = 1; step <= horizon * STEPS_A_MONTH; step += 1) {
    const month = step / STEPS_A_MONTH;
    const expected = incidence.reduce((sum, of) => sum + perArm * meanSince(of, month, recruitment), 0);
    if (expected >= events) return month;
  }
  return undefined;
}

/** Chance of an event by a month of the calendar, over people who came in evenly; who has not come counts 0. */
function meanSince(incidence: Float64Array, month: number, recruitment: number): number {
  if (recruitment === 0) return chanceBy(incidence, month);
  const steps = Math.max(1, Math.ceil(recruitment * STEPS_A_MONTH));
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const entered = ((step + 0.5) * recruitment) / steps;
    if (entered < month) sum += chanceBy(incidence, month - entered);
  }
  return sum / steps;
}

function chanceBy(incidence: Float64Array, month: number): number {
  const below = Math.min(incidence.length - 1, Math.floor(month));
  const above = Math.min(incidence.length - 1, below + 1);
  return entry(incidence, below) + (month - below) * (entry(incidence, above) - entry(incidence, below));
}

/** Share of people with an event seen by each month, loss taken off. */
function incidenceOf(clocks: readonly EventClock[], lossPerMonth: number): Float64Array {
  const months = Math.floor((at(clocks, 0).ends.at(-1) ?? 0) / DAYS_A_MONTH + 1e-6);
  const incidence = new Float64Array(months + 1);
  for (const { ends, cumulative, share } of clocks) {
    let before = 0;
    ends.forEach((end, interval) => {
      const after = entry(cumulative, interval);
      const month = end / DAYS_A_MONTH;
      const chance = (Math.exp(-before) - Math.exp(-after)) * entry(share, interval) * Math.exp(-lossPerMonth * month);
      for (let place = Math.ceil(month - 1e-6); place <= months; place += 1)
        incidence[place] = entry(incidence, place) + chance / clocks.length;
      before = after;
    });
  }
  return incidence;
}
