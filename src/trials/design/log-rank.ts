import { entry } from '../../core/array.ts';

/** Whole trials of two arms, counted in short intervals of follow-up. */
export interface SurvivalCounts {
  /** First events by interval. */
  readonly events: Float64Array;
  /** People who leave the risk set in an interval, with an event or without. */
  readonly exits: Float64Array;
  people: number;
}

/** Counts of nobody. */
export function emptyCounts(intervals: number): SurvivalCounts {
  return { events: new Float64Array(intervals), exits: new Float64Array(intervals), people: 0 };
}

/** The z of the log-rank test (Mantel 1966), negative where the active arm has fewer events; ties are hypergeometric. */
export function logRank(active: SurvivalCounts, control: SurvivalCounts): number {
  let [difference, variance] = [0, 0];
  let [ours, theirs] = [active.people, control.people];
  for (let interval = 0; interval < active.events.length; interval += 1) {
    const events = entry(active.events, interval) + entry(control.events, interval);
    const atRisk = ours + theirs;
    if (events > 0 && atRisk > 1) {
      const share = ours / atRisk;
      difference += entry(active.events, interval) - events * share;
      variance += (events * share * (1 - share) * (atRisk - events)) / (atRisk - 1);
    }
    ours -= entry(active.exits, interval);
    theirs -= entry(control.exits, interval);
  }
  return variance > 0 ? difference / Math.sqrt(variance) : 0;
}
