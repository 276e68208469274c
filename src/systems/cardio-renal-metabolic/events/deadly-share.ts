import { at } from '../../../core/array.ts';
import type { EventConstants } from './event-constants.ts';
import { EVENTS, eventIndex } from './event-table.ts';

const MI = eventIndex('mi');
const STROKE = eventIndex('stroke');

/** The share of an event (index of `EVENTS`) that kills, 0 to 1. */
export function deadlyShare({ caseFatality }: Pick<EventConstants, 'caseFatality'>, event: number): number {
  if (event === MI) return caseFatality.mi;
  if (event === STROKE) return caseFatality.stroke;
  return at(EVENTS, event).kind === 'fatal' ? 1 : 0;
}
