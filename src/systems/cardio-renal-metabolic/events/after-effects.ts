import { at } from '../../../core/array.ts';
import type { EventDraw } from './draw-events.ts';
import { eventIndex } from './event-table.ts';
import type { EventId } from './event-table.ts';
import type { Traces } from './traces.ts';

/**
 * What an event leaves behind: an infarction or stroke is atherosclerotic disease from then on (row mi.ascvd), a first
 * admission for heart failure is heart failure, and each further one raises the risk of death (row
 * cv_death_other.hf_admissions); who has had a flare has gout.
 */
const AFTER_EFFECTS: readonly { readonly event: EventId; readonly leave: (traces: Traces) => Traces }[] = [
  { event: 'mi', leave: (traces) => ({ ...traces, ascvd: true }) },
  { event: 'stroke', leave: (traces) => ({ ...traces, ascvd: true }) },
  { event: 'gout_flare', leave: (traces) => ({ ...traces, hasFlared: true }) },
  {
    event: 'hf_hospitalisation',
    leave: (traces) => ({ ...traces, heartFailure: true, hfAdmissions: traces.hfAdmissions + 1 }),
  },
];

/** What a patient carries on after the events of a step; the same object when none leaves a trace. */
export function tracesAfter(traces: Traces, draw: EventDraw): Traces {
  return AFTER_EFFECTS.reduce(
    (so, { event, leave }) => (at(draw.times, eventIndex(event)) < Infinity ? leave(so) : so),
    traces,
  );
}
