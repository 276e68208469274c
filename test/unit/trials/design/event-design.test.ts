import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { DAYS_A_YEAR } from '../../../../src/core/time.ts';
import { clockOf, drawExit } from '../../../../src/trials/design/event-clock.ts';
import type { EventClock } from '../../../../src/trials/design/event-clock.ts';
import { durationsOf } from '../../../../src/trials/design/event-duration.ts';
import { emptyCounts, logRank } from '../../../../src/trials/design/log-rank.ts';
import { findPowerCurve } from '../../../../src/trials/design/power-curve.ts';
import { simulateEvents } from '../../../../src/trials/design/simulate-events.ts';
import type { EventTrials } from '../../../../src/trials/design/simulate-events.ts';
import { textbookEvents } from '../../../../src/trials/design/textbook.ts';
import { normalQuantile } from '../../../../src/trials/normal.ts';
import { DAYS_A_MONTH } from '../../../../src/trials/emulate/course.ts';

const AIM = { alpha: 0.05, power: 0.9 };
const YEARS = 3;
const DAYS = Array.from({ length: 12 * YEARS + 1 }, (_, month) => month * DAYS_A_MONTH);

/** A person with constant hazards of the endpoint and of death (/a). */
function constant(own: number, death = 0): EventClock {
  const total = own + death;
  const intervals = DAYS.slice(1).map((end, index) => {
    const [from, years] = [(DAYS[index] ?? 0) / DAYS_A_YEAR, (end - (DAYS[index] ?? 0)) / DAYS_A_YEAR];
    return (Math.exp(-total * from) * (1 - Math.exp(-total * years))) / total;
  });
  const time = Float64Array.from(intervals);
  return clockOf({ events: time.map((at) => at * own), time }, DAYS);
}

describe('the clock of a person', () => {
  it('has the hazards from which its expectations were made, death apart', () => {
    const { cumulative, share } = constant(0.1, 0.05);
    expect(cumulative.at(-1)).toBeCloseTo(0.15 * YEARS, 6);
    share.forEach((own) => {
      expect(own).toBeCloseTo(2 / 3, 6);
    });
  });

  it('draws the share of events that its hazards give', () => {
    const random = seededRandom('exits');
    const clock = constant(0.1, 0.05);
    const exits = Array.from({ length: 20_000 }, () => drawExit(clock, random));
    const events = exits.filter((exit) => exit?.isEvent === true).length / exits.length;
    expect(events).toBeCloseTo((2 / 3) * (1 - Math.exp(-0.15 * YEARS)), 2);
    expect(exits.every((exit) => exit === undefined || exit.day <= YEARS * DAYS_A_YEAR)).toBe(true);
  });

  it('of somebody who is never at risk holds no event and no number that is none', () => {
    const nothing = new Float64Array(DAYS.length - 1);
    const { cumulative, share } = clockOf({ events: nothing, time: nothing }, DAYS);
    expect([...cumulative, ...share].every(Number.isFinite)).toBe(true);
    expect(Math.max(...share)).toBe(0);
  });
});

describe('the log-rank test', () => {
  it('is 0 where both arms have the same events at the same times', () => {
    const [one, other] = [emptyCounts(3), emptyCounts(3)];
    for (const counts of [one, other]) {
      counts.people = 10;
      counts.events[1] = 2;
      counts.exits[1] = 2;
    }
    expect(logRank(one, other)).toBe(0);
  });

  it('is as computed by hand for one table: 1 of 10 against 5 of 10', () => {
    const [active, control] = [emptyCounts(1), emptyCounts(1)];
    Object.assign(active, { people: 10 });
    Object.assign(control, { people: 10 });
    active.events[0] = 1;
    control.events[0] = 5;
    // O − E = 1 − 3; V = 6·½·½·14/19.
    expect(logRank(active, control)).toBeCloseTo(-2 / Math.sqrt((6 * 0.25 * 14) / 19), 6);
  });

  it('is 0 without any event', () => {
    expect(logRank(emptyCounts(2), emptyCounts(2))).toBe(0);
  });
});

describe('the simulated size of an event trial', () => {
  const trials: EventTrials = {
    active: [constant(0.07)],
    control: [constant(0.1)],
    followUp: YEARS * DAYS_A_YEAR,
    alpha: 0.05,
    dropout: 0,
    finding: 'fewer',
  };
  const run = (change: Partial<EventTrials>, label: string) => (perArm: number) =>
    simulateEvents({ ...trials, ...change }, { perArm, trials: 1200 }, seededRandom(`${label}/${perArm}`));
  const events = textbookEvents(AIM, Math.log(0.7));
  const share = [0.07, 0.1].reduce((sum, hazard) => sum + 1 - Math.exp(-hazard * YEARS), 0);

  it('agrees within 6 % with Schoenfeld’s formula where hazards are proportional', () => {
    const { perArm } = findPowerCurve(AIM, events / share, () => normalQuantile(0.975), run({}, 'power'));
    const found = run({}, 'anew')(perArm);
    expect(Math.abs(found.events / events - 1)).toBeLessThan(0.06);
    expect(Math.abs(perArm / (events / share) - 1)).toBeLessThan(0.06);
  });

  it('keeps the type-I error at α', () => {
    const { power } = run({ active: trials.control, finding: 'any' }, 'null')(300);
    expect(power).toBeGreaterThan(0.032);
    expect(power).toBeLessThan(0.069);
  });

  it('has fewer events and less power when people are lost', () => {
    const [whole, lossy] = [run({}, 'whole')(500), run({ dropout: 0.3 }, 'lossy')(500)];
    expect(lossy.events).toBeLessThan(0.9 * whole.events);
    expect(lossy.power).toBeLessThan(whole.power);
  });
});

describe('the duration of an event trial', () => {
  const ground = { active: [constant(0.1)], control: [constant(0.1)], events: 100, lossPerMonth: 0 };

  it('is the time in which so many people have the events, when all are in at once', () => {
    const [duration] = durationsOf(ground, [500]);
    expect(duration?.recruitmentMonths).toBe(0);
    expect(duration?.totalMonths).toBeCloseTo((-Math.log(1 - 0.1) / 0.1) * 12, 0);
  });

  it('is longer when people come in slowly, and shorter when more come', () => {
    const [slow, more] = durationsOf({ ...ground, recruitedPerMonth: 50 }, [500, 900]);
    expect(slow?.recruitmentMonths).toBe(20);
    expect(slow?.totalMonths ?? 0).toBeGreaterThan(18);
    expect(more?.totalMonths ?? 99).toBeLessThanOrEqual(slow?.totalMonths ?? 0);
  });

  it('is not stated where the events lie beyond what was simulated', () => {
    expect(durationsOf({ ...ground, events: 5000 }, [500])[0]?.totalMonths).toBeUndefined();
  });
});
