import { at, entry } from '../../../core/array.ts';
import { seededRandom } from '../../../core/random.ts';
import { DAYS_A_YEAR } from '../../../core/time.ts';
import { tracesAfter } from '../events/after-effects.ts';
import { EVENT_UNIFORMS, drawEvents, emptyDraw } from '../events/draw-events.ts';
import type { EventDraw } from '../events/draw-events.ts';
import { DERIVED, EVENTS, eventAt, eventIndex } from '../events/event-table.ts';
import type { Moment } from '../events/event-table.ts';
import { riskFactorsAt } from '../events/risk-factors-at.ts';
import { tracesAfterDays } from '../events/traces.ts';
import type { Individual } from '../individual.ts';
import { stepNoise } from '../noise.ts';
import { VARIABLE_INDEX } from '../seen.ts';
import { FLUCTUATIONS } from '../state.ts';
import type { PatientState } from '../state.ts';
import { levelsAt, stepStruckPatient } from '../virtual-patient.ts';
import type { Episode, Happening } from './episode.ts';
import { amountsOf } from './outcomes.ts';
import type { Amounts } from './outcomes.ts';

/** The longest stretch over which hazards are held constant; unit: d. */
const LONGEST_STRETCH = 7;

const AKI = eventIndex('aki');

/** What a stretch of life brought. */
export interface Lived {
  readonly episode: Episode;
  readonly happenings: readonly Happening[];
  readonly amounts: Amounts;
}

/** The lengths (unit: d) into which a step is cut: equal, none above a week. */
export function stretchesOf(days: number): readonly number[] {
  const count = Math.ceil(days / LONGEST_STRETCH - 1e-9);
  return Array.from({ length: count }, () => days / count);
}

/** Chance of the stretch that begins on a day: the same for every branch that gets there. */
function chanceOf({ setting, day }: Episode): { readonly noise: readonly number[]; readonly uniforms: Float64Array } {
  const random = seededRandom(`gym/${setting.seed}/life/${day.toFixed(3)}`);
  const noise = stepNoise(random);
  return { noise, uniforms: Float64Array.from({ length: EVENT_UNIFORMS }, random.uniform) };
}

/** Lives one stretch (unit: d) under doses: the events of its hazards, then the physiology, up to death. */
export function liveOn(episode: Episode, doses: readonly number[], days: number): Lived {
  const { setting, state } = episode;
  const { individual, horizon, world } = setting;
  const { noise, uniforms } = chanceOf(episode);
  const draw = emptyDraw();
  const constants = world.events;
  drawEvents(constants, riskFactorsAt(individual, state, episode.traces), { days, uniforms }, draw);
  const isDead = draw.fatal >= 0;
  const lived = isDead ? at(draw.times, draw.fatal) : days;
  const injury = at(draw.times, AKI);
  const after = stepStruckPatient(individual, state, doses, {
    days: Math.max(lived, LEAST_STEP),
    noise,
    // The event is the illness: what drugs do to its hazard, they do to the kidney.
    struck: injury < lived ? injury : undefined,
  });
  const lags = { days: lived, lags: constants.lags };
  const traces = tracesAfterDays(tracesAfter(episode.traces, draw), individual, after, lags);
  const struck = strikes(episode, doses, draw);
  const reached = derivedEvents(episode, measurable(individual, after), episode.day + lived);
  const happenings = [...struck.happenings, ...reached.happenings];
  return {
    episode: {
      ...episode,
      day: episode.day + lived,
      state: after,
      doses,
      traces,
      lasting: new Set([...struck.lasting, ...reached.lasting]),
      isDead,
    },
    happenings,
    amounts: amountsOf({
      individual,
      before: state,
      after,
      doses,
      years: lived / DAYS_A_YEAR,
      yearsLost: isDead ? (horizon - episode.day - lived) / DAYS_A_YEAR : 0,
      events: happenings,
    }),
  };
}

/** Who dies within seconds has lived a moment: steps are longer than nothing. Unit: d. */
const LEAST_STEP = 1e-6;

interface Struck {
  readonly happenings: readonly Happening[];
  readonly lasting: readonly string[];
}

/** What struck and was not there already. */
function strikes(episode: Episode, doses: readonly number[], { times, fatal }: EventDraw): Struck {
  const isStopped = episode.doses.some((dose, channel) => dose > 0 && at(doses, channel) === 0);
  const happenings: Happening[] = [];
  const lasting: string[] = [];
  for (let index = 0; index < EVENTS.length; index += 1) {
    const { id, kind } = eventAt(index);
    const isThere = episode.lasting.has(id) && !(kind === 'reversible' && isStopped);
    const time = at(times, index);
    if (time < Infinity && !isThere) happenings.push({ id, day: episode.day + time, isFatal: fatal === index });
    if (isThere || (time < Infinity && kind !== 'recurrent')) lasting.push(id);
  }
  return { happenings: happenings.sort((a, b) => a.day - b.day), lasting };
}

/** What derived events read: levels as a laboratory finds them, potassium at the moment. */
function measurable(individual: Individual, state: PatientState): Moment {
  const levels = levelsAt(individual, state);
  return {
    egfr: at(levels, VARIABLE_INDEX.egfr),
    potassium: at(levels, VARIABLE_INDEX.potassium) + entry(state, FLUCTUATIONS + VARIABLE_INDEX.potassium),
    hba1c: at(levels, VARIABLE_INDEX.hba1c),
  };
}

/** What held of the patient for the first time. */
function derivedEvents({ start, lasting }: Episode, now: Moment, day: number): Struck {
  const reached = DERIVED.filter(({ id, holds }) => lasting.has(id) || holds({ start, now })).map(({ id }) => id);
  const begun = reached.filter((id) => !lasting.has(id));
  return { happenings: begun.map((id) => ({ id, day, isFatal: false })), lasting: reached };
}
