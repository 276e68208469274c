import { at } from '../../../core/array.ts';
import { DAYS_A_YEAR } from '../../../core/time.ts';
import { deadlyShare } from './deadly-share.ts';
import type { EventConstants } from './event-constants.ts';
import { eventIndex, EVENTS } from './event-table.ts';
import { hazardsOf } from './hazards.ts';
import type { RiskFactors } from './risk-factors.ts';

const STROKE = eventIndex('stroke');
const CV_DEATH_OTHER = eventIndex('cv_death_other');

/** Places of the uniforms that decide whether an infarction and a stroke kill and whether a death is sudden. */
const MI_KILLS = EVENTS.length;
const STROKE_KILLS = EVENTS.length + 1;
const SUDDEN = EVENTS.length + 2;

/** Uniforms on [0, 1) that one step takes. */
export const EVENT_UNIFORMS = EVENTS.length + 3;

/** What struck in one step; overwritten by the next draw into it. */
export interface EventDraw {
  /** Unit: /a; [EVENTS]. */
  readonly hazards: Float64Array;
  /** Day within the step on which each event strikes, ∞ where it does not; [EVENTS]. */
  readonly times: Float64Array;
  /** Place of the event that kills, −1 while alive. */
  fatal: number;
  /** Whether that death is sudden. */
  sudden: boolean;
}

/** An empty draw to write into. */
export function emptyDraw(): EventDraw {
  return {
    hazards: new Float64Array(EVENTS.length),
    times: new Float64Array(EVENTS.length).fill(Infinity),
    fatal: -1,
    sudden: false,
  };
}

/**
 * Draws which events strike a patient within a step, fatal ones competing.
 *
 * Each event has an exponential waiting time from its own uniform; an infarction or stroke kills by its case fatality;
 * the first deadly event ends the race, and what would have come later does not. The same `uniforms`
 * ([EVENT_UNIFORMS], on [0, 1)) under two regimens give a counterfactual pair: a lower hazard only ever delays an event.
 * `days`: length of the step, over which the hazards are constant and each event strikes at most once.
 */
export function drawEvents(
  constants: EventConstants,
  factors: RiskFactors,
  step: { readonly days: number; readonly uniforms: ArrayLike<number> },
  draw: EventDraw,
): void {
  hazardsOf(constants, factors, draw.hazards);
  for (let event = 0; event < EVENTS.length; event += 1) {
    const waiting = (-Math.log1p(-at(step.uniforms, event)) / at(draw.hazards, event)) * DAYS_A_YEAR;
    draw.times[event] = waiting < step.days ? waiting : Infinity;
  }
  draw.fatal = firstToKill(constants, step.uniforms, draw.times);
  draw.sudden = draw.fatal === CV_DEATH_OTHER && at(step.uniforms, SUDDEN) < constants.suddenShare;
  if (draw.fatal >= 0) forgetAfter(draw.times, at(draw.times, draw.fatal));
}

function firstToKill(constants: EventConstants, uniforms: ArrayLike<number>, times: Float64Array): number {
  let first = -1;
  for (let event = 0; event < EVENTS.length; event += 1) {
    const time = at(times, event);
    if (time < Infinity && kills(constants, uniforms, event) && (first < 0 || time < at(times, first))) first = event;
  }
  return first;
}

function kills(constants: EventConstants, uniforms: ArrayLike<number>, event: number): boolean {
  return at(uniforms, event === STROKE ? STROKE_KILLS : MI_KILLS) < deadlyShare(constants, event);
}

function forgetAfter(times: Float64Array, end: number): void {
  for (let event = 0; event < EVENTS.length; event += 1) if (at(times, event) > end) times[event] = Infinity;
}
