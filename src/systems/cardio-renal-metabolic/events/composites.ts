import { at } from '../../../core/array.ts';
import type { EventDraw } from './draw-events.ts';
import { eventAt, eventIndex, EVENTS } from './event-table.ts';
import type { EventId } from './event-table.ts';

/** One part of an endpoint: an event that strikes, or one that is read off the state. */
export type Part =
  { readonly event: EventId; readonly only?: 'fatal' | 'non-fatal' | 'sudden' } | { readonly derived: string };

const CV_DEATH: readonly Part[] = [
  { event: 'cv_death_other' },
  { event: 'mi', only: 'fatal' },
  { event: 'stroke', only: 'fatal' },
];

/** Kidney failure or a fall of eGFR by 40 %, as EMPA-KIDNEY and EMPEROR-Reduced counted it; others took 50 or 57 %. */
const KIDNEY: readonly Part[] = [
  { event: 'kidney_failure' },
  { derived: 'egfr_below_15' },
  { derived: 'egfr_decline_40' },
];

/**
 * The endpoints of trial files that are no single event, each the first of its parts.
 *
 * An urgent visit for worsening heart failure counts as an admission, there being no hazard of its own. `cv_composite`
 * is that of SPRINT and of Ettehad 2016 (doi 10.1016/S0140-6736(15)01225-8): infarction, stroke, heart failure, CV death.
 */
const COMPOSITES = {
  mi_nonfatal: [{ event: 'mi', only: 'non-fatal' }],
  stroke_nonfatal: [{ event: 'stroke', only: 'non-fatal' }],
  mi_fatal: [{ event: 'mi', only: 'fatal' }],
  stroke_fatal: [{ event: 'stroke', only: 'fatal' }],
  cv_death: CV_DEATH,
  sudden_death: [{ event: 'cv_death_other', only: 'sudden' }],
  death_any_cause: [{ event: 'death_non_cv' }, ...CV_DEATH],
  mace_3point: [{ event: 'mi' }, { event: 'stroke' }, { event: 'cv_death_other' }],
  cv_death_or_hf_hospitalisation: [{ event: 'hf_hospitalisation' }, ...CV_DEATH],
  death_any_cause_or_hf_hospitalisation: [{ event: 'hf_hospitalisation' }, { event: 'death_non_cv' }, ...CV_DEATH],
  cv_death_or_worsening_hf: [{ event: 'hf_hospitalisation' }, ...CV_DEATH],
  cv_composite: [{ event: 'mi' }, { event: 'stroke' }, { event: 'hf_hospitalisation' }, { event: 'cv_death_other' }],
  kidney_composite: KIDNEY,
  kidney_composite_or_cv_death: [...KIDNEY, ...CV_DEATH],
  hospitalisation_any_cause: [
    { event: 'hospitalisation_other' },
    { event: 'mi' },
    { event: 'stroke' },
    { event: 'hf_hospitalisation' },
  ],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

/** The parts of an endpoint by its name in trial files; `undefined` for one that events do not make. */
export function compositeOf(trialId: string): readonly Part[] | undefined {
  if (Object.hasOwn(COMPOSITES, trialId)) return COMPOSITES[trialId as keyof typeof COMPOSITES];
  const parts = EVENTS.filter((event) => (event.trialIds as readonly string[]).includes(trialId));
  return parts.length === 0 ? undefined : parts.map(({ id }) => ({ event: id }));
}

/**
 * The day within a step on which the first part of an endpoint strikes, ∞ where none does. Parts that are read off the
 * state (`DERIVED`) are the caller's to look at.
 */
export function strikesOn(parts: readonly Part[], draw: EventDraw): number {
  let first = Infinity;
  for (const part of parts) if ('event' in part) first = Math.min(first, dayOf(part, draw));
  return first;
}

function dayOf(part: Extract<Part, { event: EventId }>, draw: EventDraw): number {
  const index = eventIndex(part.event);
  const deadly = draw.fatal === index || eventAt(index).kind === 'fatal';
  switch (part.only ?? 'any') {
    case 'any':
      return at(draw.times, index);
    case 'fatal':
      return deadly ? at(draw.times, index) : Infinity;
    case 'non-fatal':
      return deadly ? Infinity : at(draw.times, index);
    case 'sudden':
      return draw.sudden ? at(draw.times, index) : Infinity;
  }
}
