import { compositeOf } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import type { Part } from '../../systems/cardio-renal-metabolic/events/composites.ts';
import { eventNamed } from '../emulate/endpoint-names.ts';
import type { EndpointRow } from '../row.ts';

/** What of a row decides with which others it shares people and events. */
export type Sampled = Pick<EndpointRow, 'arm' | 'comparator' | 'endpoint' | 'family'>;

/** Two arms against one comparator of their size: half of the variance of each difference is the comparator's. */
const SHARED_ARM = 0.5;

/** The same people at two times; a statement of design (two reads of HbA1c some months apart). */
const SAME_PEOPLE = 0.7;

/**
 * Correlation of the sampling errors of two rows of one trial.
 *
 * Rows of the same people share them, rows with one arm in common share half. Ratios of events share besides only the
 * events that both count: those in common over the root of the product of how many each counts.
 */
export function samplingCorrelation(a: Sampled, b: Sampled): number {
  const people = sharedPeople(a, b);
  if (a.family !== 'log-ratio') return people === 1 ? SAME_PEOPLE : people;
  return people * sharedEvents(a.endpoint, b.endpoint);
}

function sharedPeople(a: Sampled, b: Sampled): number {
  if (a.arm === b.arm && a.comparator === b.comparator) return 1;
  const theirs = new Set([b.arm, b.comparator]);
  return [a.arm, a.comparator].some((arm) => isArm(arm) && theirs.has(arm)) ? SHARED_ARM : 0;
}

function isArm(name: string): boolean {
  return name !== '' && name !== 'baseline';
}

function sharedEvents(a: string, b: string): number {
  const [ours, theirs] = [eventsOf(a), eventsOf(b)];
  const both = [...ours].filter((event) => theirs.has(event)).length;
  return both / Math.sqrt(ours.size * theirs.size);
}

/** The events that an endpoint counts, deadly ones apart; one of its own where the system does not define it. */
function eventsOf(endpoint: string): ReadonlySet<string> {
  const parts = compositeOf(eventNamed(endpoint));
  return new Set(parts === undefined ? [endpoint] : parts.flatMap(countedBy));
}

function countedBy(part: Part): readonly string[] {
  if (!('event' in part)) return [part.derived];
  const { event, only = 'any' } = part;
  return only === 'any' ? [`${event} fatal`, `${event} non-fatal`] : [`${event} ${only}`];
}
