/** Where a first-order lag stands after some time (in time constants) at a level. */
export function lagged(from: number, to: number, time: number): number {
  return to + (from - to) * Math.exp(-time);
}

/** Mean share of a change that a first-order lag has let through over a follow-up (in time constants). */
export function shareOver(time: number): number {
  return 1 - (1 - Math.exp(-time)) / time;
}
