import { at, entry } from '../../core/array.ts';

/** Groups of people whose sums are kept apart, so that each can be left out in turn. */
export const GROUPS = 20;

/** Sums over the people of one arm by group; shape [groups][cells]. */
export type Tally = readonly Float64Array[];

/** An empty tally. */
export function emptyTally(cells: number): Tally {
  return Array.from({ length: GROUPS }, () => new Float64Array(cells));
}

/** Adds to a cell of the group of a person. */
export function addTo(tally: Tally, person: number, cell: number, value: number): void {
  const group = at(tally, person % GROUPS);
  group[cell] = entry(group, cell) + value;
}

/** The sums over everybody, or over all but one group. */
export function sumsOf(tally: Tally, without?: number): Float64Array {
  const sums = new Float64Array(at(tally, 0).length);
  tally.forEach((group, index) => {
    if (index !== without) group.forEach((value, cell) => (sums[cell] = entry(sums, cell) + value));
  });
  return sums;
}

/** A figure of a cohort with its Monte-Carlo error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/**
 * A figure of several tallies of the same people and its error by the delete-a-group jackknife (Efron and Stein 1981, doi
 * 10.1214/aos/1176345462): people are left out of all arms together, so that the pairing counts.
 */
export function estimateFrom(tallies: readonly Tally[], figure: (sums: readonly Float64Array[]) => number): Estimate {
  const value = figure(tallies.map((tally) => sumsOf(tally)));
  const left = Array.from({ length: GROUPS }, (_, group) => figure(tallies.map((tally) => sumsOf(tally, group))));
  const centre = left.reduce((sum, one) => sum + one, 0) / GROUPS;
  const spread = left.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return { value, standardError: Math.sqrt(((GROUPS - 1) / GROUPS) * spread) };
}
