import { at } from '../../core/array.ts';
import type { Visit } from '../../domain/belief.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import type { Individual } from './individual.ts';

/** Values that follow each other this closely (unit: d), up to now, are those of a hospital bed. */
const WARD_RHYTHM = 1.01;

/** The visit (index) with which the present hospital stay began; undefined for someone who lives at home. */
export function stayBegan(visits: readonly Visit[]): number | undefined {
  let first = visits.length - 1;
  if (first < 1 || at(visits, first).daysBeforeNow > WARD_RHYTHM) return undefined;
  while (first > 0 && at(visits, first - 1).daysBeforeNow - at(visits, first).daysBeforeNow <= WARD_RHYTHM) first -= 1;
  return first < visits.length - 1 ? first : undefined;
}

/** The same person while in hospital: all fluctuates more. */
export function unsettled(individual: Individual): Individual {
  const fluctuations = individual.fluctuations.map(({ sd, time }) => ({
    sd: sd * COHORT_DESIGN.illnessVariability,
    time,
  }));
  return { ...individual, fluctuations };
}

/** How evenly the golden ratio spreads what is drawn by number (Kronecker's sequence). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Whether an acute illness brought the n-th particle into hospital: in the share of stays that begin so. */
export function isStruck(number: number): boolean {
  return (number * GOLDEN) % 1 < COHORT_DESIGN.acuteShare;
}
