import { seededRandom } from '../../core/random.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { DAYS_A_MONTH } from '../emulate/course.ts';
import { expectEvents } from '../emulate/event-course.ts';
import { normalQuantile } from '../normal.ts';
import { assuranceAt } from './assurance.ts';
import type { Designed } from './design-means.ts';
import { LARGEST_ARM, nullTrialsOfSize, trialsOfSize } from './design-options.ts';
import type { DesignOptions } from './design-options.ts';
import { clockOf } from './event-clock.ts';
import type { EventClock } from './event-clock.ts';
import { durationsOf } from './event-duration.ts';
import type { Duration } from './event-duration.ts';
import type { LivedPerson } from './lived-arms.ts';
import { findPowerCurve } from './power-curve.ts';
import type { PowerCurve, PowerPoint } from './power-curve.ts';
import type { DesignKind } from './primary-question.ts';
import { simulateEvents } from './simulate-events.ts';
import type { EventPoint, EventTrials } from './simulate-events.ts';
import { textbookEvents } from './textbook.ts';

/** A trial of the time to a first event, by the log-rank test. */
export interface EventsDesign {
  readonly kind: 'events';
  readonly logHazardRatio: number;
  /** Share of people with the event by the end of follow-up. */
  readonly incidence: { readonly active: number; readonly control: number };
  readonly curve: PowerCurve;
  /** Events in both arms at the size found, by simulation and by Schoenfeld's formula. */
  readonly events: number;
  readonly eventsByFormula: number;
  /** People an arm by the formula: its events over the mean share of people with one. */
  readonly byFormula: number;
  readonly perArmWithDropout: number;
  readonly confirmed: PowerPoint;
  readonly typeOne: PowerPoint;
  readonly assurance: number;
  readonly durations: readonly Duration[];
}

/** What a trial of events is designed from. */
export interface EventsGround {
  readonly world: World;
  readonly kind: Extract<DesignKind, { kind: 'event' }>;
  readonly month: number;
  readonly people: readonly LivedPerson[];
  readonly logHazardRatio: number;
  readonly doubt: number;
}

/** Sizes, as multiples of the one found, for which a duration is given. */
const SIZES = [0.75, 1, 1.5, 2];

/** Finds the size and duration of a trial of first events. */
export function designEvents(ground: EventsGround, options: DesignOptions): Designed<EventsDesign> {
  const { logHazardRatio, doubt, month } = ground;
  const { aim, dropout, seed } = options;
  const clocks = clocksOf(ground);
  const followUp = month * DAYS_A_MONTH;
  const incidence = { active: incidenceBy(clocks.active, followUp), control: incidenceBy(clocks.control, followUp) };
  const eventsByFormula = textbookEvents(aim, logHazardRatio);
  const byFormula = eventsByFormula / (incidence.active + incidence.control);
  if (!(byFormula <= LARGEST_ARM)) {
    const ratio = Math.exp(logHazardRatio).toFixed(3);
    return {
      kind: 'none',
      reason: `the predicted hazard ratio of ${ratio} needs more than ${LARGEST_ARM} people an arm`,
    };
  }
  const finding = logHazardRatio < 0 ? 'fewer' : 'more';
  const simulate =
    (label: string, trials: Partial<EventTrials>, count = trialsOfSize) =>
    (perArm: number): EventPoint =>
      simulateEvents(
        { ...clocks, followUp, alpha: aim.alpha, dropout: 0, finding, ...trials },
        { perArm, trials: count(perArm, options) },
        seededRandom(`${seed}/events/${label}/${perArm}`),
      );
  const critical = (): number => normalQuantile(1 - aim.alpha / 2);
  const curve = findPowerCurve(aim, byFormula, critical, simulate('power', {}));
  const lossy =
    dropout > 0
      ? findPowerCurve(aim, byFormula / (1 - dropout / 2), critical, simulate('dropout', { dropout }))
      : curve;
  const confirmed = simulate('confirmed', {})(curve.perArm);
  const sizes = SIZES.map((factor) => Math.ceil(factor * lossy.perArm));
  return {
    kind: 'events',
    logHazardRatio,
    incidence,
    curve,
    events: confirmed.events,
    eventsByFormula,
    byFormula,
    perArmWithDropout: lossy.perArm,
    confirmed,
    typeOne: simulate('type-one', { active: clocks.control, finding: 'any' }, nullTrialsOfSize)(curve.perArm),
    assurance: assuranceAt(curve.driftOfOne * Math.sqrt(curve.perArm), doubt, aim.alpha),
    durations: durationsOf(
      {
        ...clocks,
        events: confirmed.events,
        lossPerMonth: -Math.log(1 - dropout) / month,
        ...(options.recruitedPerMonth !== undefined && { recruitedPerMonth: options.recruitedPerMonth }),
      },
      sizes,
    ),
  };
}

interface Clocks {
  readonly active: readonly EventClock[];
  readonly control: readonly EventClock[];
}

function clocksOf({ world, kind, people }: EventsGround): Clocks {
  const of = (arm: 'active' | 'control'): readonly EventClock[] =>
    people.map((lived) => clockOf(expectEvents(lived.person, lived[arm], kind.parts, world.events), lived[arm].days));
  return { active: of('active'), control: of('control') };
}

/** Share of people with an event by a day, death of another kind competing. */
function incidenceBy(clocks: readonly EventClock[], day: number): number {
  let sum = 0;
  for (const { ends, cumulative, share } of clocks) {
    let before = 0;
    ends.forEach((end, interval) => {
      const after = cumulative[interval] ?? before;
      if (end <= day + 1e-6) sum += (Math.exp(-before) - Math.exp(-after)) * (share[interval] ?? 0);
      before = after;
    });
  }
  return sum / clocks.length;
}
