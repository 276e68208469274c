import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { normalQuantile } from '../normal.ts';
import { drawExit } from './event-clock.ts';
import type { EventClock } from './event-clock.ts';
import { emptyCounts, logRank } from './log-rank.ts';
import type { SurvivalCounts } from './log-rank.ts';
import type { PowerPoint } from './power-curve.ts';

/** How trials of first events are simulated and analysed. */
export interface EventTrials {
  readonly active: readonly EventClock[];
  readonly control: readonly EventClock[];
  /** Everybody's follow-up; unit: d. */
  readonly followUp: number;
  readonly alpha: number;
  /** Share of people lost by the end of follow-up, at a constant rate, whatever their risk. */
  readonly dropout: number;
  /** Whether a finding in favour of either arm counts. */
  readonly finding: 'fewer' | 'more' | 'any';
}

/** What trials of one size found. */
export interface EventPoint extends PowerPoint {
  /** Mean number of first events in both arms. */
  readonly events: number;
}

/** Days of one interval of the log-rank test: events are dated to the week. */
const INTERVAL = 7;

/** Simulates whole trials at one size: times to a first event, death of another kind or loss, and a log-rank test. */
export function simulateEvents(
  trials: EventTrials,
  size: { readonly perArm: number; readonly trials: number },
  random: Random,
): EventPoint {
  const limit = normalQuantile(1 - trials.alpha / 2);
  let [found, events] = [0, 0];
  for (let trial = 0; trial < size.trials; trial += 1) {
    const [active, control] = [trials.active, trials.control].map((clocks) =>
      drawArm(clocks, size.perArm, trials, random),
    );
    if (active === undefined || control === undefined) continue;
    const z = logRank(active, control);
    if (Math.abs(z) > limit && (trials.finding === 'any' || (trials.finding === 'fewer') === z < 0)) found += 1;
    events += sumOf(active.events) + sumOf(control.events);
  }
  return { perArm: size.perArm, power: found / size.trials, trials: size.trials, events: events / size.trials };
}

function drawArm(
  clocks: readonly EventClock[],
  people: number,
  { followUp, dropout }: EventTrials,
  random: Random,
): SurvivalCounts {
  const counts = emptyCounts(Math.ceil(followUp / INTERVAL) + 1);
  const lossPerDay = -Math.log(1 - dropout) / followUp;
  for (let person = 0; person < people; person += 1) {
    const exit = drawExit(at(clocks, Math.floor(random.uniform() * clocks.length)), random);
    const lost = lossPerDay > 0 ? -Math.log(1 - random.uniform()) / lossPerDay : Infinity;
    count(counts, exit?.day ?? Infinity, exit?.isEvent === true, Math.min(lost, followUp));
  }
  return counts;
}

function count(counts: SurvivalCounts, day: number, isEvent: boolean, seenUntil: number): void {
  counts.people += 1;
  const interval = Math.floor(Math.min(day, seenUntil) / INTERVAL);
  counts.exits[interval] = (counts.exits[interval] ?? 0) + 1;
  if (isEvent && day <= seenUntil) counts.events[interval] = (counts.events[interval] ?? 0) + 1;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, each) => sum + each, 0);
}
