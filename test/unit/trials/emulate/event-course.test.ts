import { describe, expect, it } from 'vitest';
import { EVENTS, eventIndex } from '../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { ADMISSIONS } from '../../../../src/trials/emulate/course.ts';
import type { Course } from '../../../../src/trials/emulate/course.ts';
import { expectEvents, expectGlycaemicFailure } from '../../../../src/trials/emulate/event-course.ts';
import { estimateFrom, addTo, emptyTally } from '../../../../src/trials/emulate/tally.ts';
import { drawTrialCohort } from '../../../../src/trials/emulate/trial-cohort.ts';
import { aVirtualTrial } from './a-virtual-trial.ts';

const CONSTANTS = worldOf('none').events;
const YEAR = 365.25;

function somebody() {
  const drawn = drawTrialCohort(worldOf('none'), aVirtualTrial(), 1, 'one');
  const person = drawn.ok ? drawn.cohort.people[0] : undefined;
  if (person === undefined) throw new TypeError('nobody');
  return person;
}

const PERSON = somebody();

/** Two years by halves at constant hazards (/a) of some events. */
function steady(hazards: Readonly<Record<string, number>>, levels = PERSON.levels): Course {
  const one = new Float64Array(ADMISSIONS * EVENTS.length);
  for (const [id, hazard] of Object.entries(hazards)) {
    const index = EVENTS.findIndex((event) => event.id === id);
    for (let admissions = 0; admissions < ADMISSIONS; admissions += 1) one[admissions * EVENTS.length + index] = hazard;
  }
  const days = [0, 0.5, 1, 1.5, 2].map((years) => years * YEAR);
  return { days, levels: days.map((day) => (day === 0 ? PERSON.levels : levels)), hazards: days.map(() => one) };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

describe('expected events', () => {
  it('are 1 − exp(−rate · time) at a constant rate', () => {
    const { events, time } = expectEvents(PERSON, steady({ gout_flare: 0.3 }), [{ event: 'gout_flare' }], CONSTANTS);
    expect(total(events)).toBeCloseTo(1 - Math.exp(-0.6), 9);
    expect(total(events) / total(time)).toBeCloseTo(0.3, 9);
  });

  it('leave their rate alone and become fewer where death competes', () => {
    const alone = expectEvents(PERSON, steady({ gout_flare: 0.3 }), [{ event: 'gout_flare' }], CONSTANTS);
    const rivalled = expectEvents(
      PERSON,
      steady({ gout_flare: 0.3, death_non_cv: 0.5 }),
      [{ event: 'gout_flare' }],
      CONSTANTS,
    );
    expect(total(rivalled.events)).toBeLessThan(total(alone.events));
    expect(total(rivalled.events) / total(rivalled.time)).toBeCloseTo(0.3, 9);
  });

  it('split an infarction into those that kill and those that do not', () => {
    const course = steady({ mi: 0.2 });
    const count = (only: 'fatal' | 'non-fatal') => {
      const { events, time } = expectEvents(PERSON, course, [{ event: 'mi', only }], CONSTANTS);
      return total(events) / total(time);
    };
    expect(count('fatal')).toBeCloseTo(0.2 * CONSTANTS.caseFatality.mi, 9);
    expect(count('fatal') + count('non-fatal')).toBeCloseTo(0.2, 9);
  });

  it('rise after an admission for heart failure only where the admission is no part of the endpoint', () => {
    const course = steady({ hf_hospitalisation: 0.5, cv_death_other: 0.1 });
    const after = course.hazards[0];
    const place = EVENTS.length + eventIndex('cv_death_other');
    if (after !== undefined) after[place] = 0.4;
    const death = expectEvents(PERSON, course, [{ event: 'cv_death_other' }], CONSTANTS);
    const either = expectEvents(
      PERSON,
      course,
      [{ event: 'cv_death_other' }, { event: 'hf_hospitalisation' }],
      CONSTANTS,
    );
    expect(total(death.events) / total(death.time)).toBeGreaterThan(0.11);
    expect(total(either.events) / total(either.time)).toBeCloseTo(0.6, 9);
  });

  it('count a lasting fall of eGFR once it is certain, and none where eGFR stays', () => {
    const lost = PERSON.levels.map((level, index) => (index === 1 ? level * 0.3 : level));
    const parts = [{ derived: 'egfr_decline_40' }];
    expect(total(expectEvents(PERSON, steady({}, lost), parts, CONSTANTS).events)).toBeCloseTo(1, 3);
    expect(total(expectEvents(PERSON, steady({}), parts, CONSTANTS).events)).toBe(0);
  });
});

describe('failure of glycaemic control', () => {
  const at = (hba1c: number) => {
    const days = Array.from({ length: 13 }, (_, month) => (month * YEAR) / 12);
    const levels = days.map(() => PERSON.levels.map((level, index) => (index === 5 ? hba1c : level)));
    return total(expectGlycaemicFailure(PERSON, { days, levels, hazards: [] }).events);
  };

  it('is certain well above 7 % and does not happen well below', () => {
    expect(at(9.5)).toBeCloseTo(1, 3);
    expect(at(5)).toBe(0);
    expect(at(7)).toBeGreaterThan(at(6.8));
  });
});

describe('the jackknife', () => {
  it('gives the error of a mean', () => {
    const tally = emptyTally(2);
    for (let person = 0; person < 200; person += 1) {
      addTo(tally, person, 0, 1);
      addTo(tally, person, 1, person % 7);
    }
    const { value, standardError } = estimateFrom([tally], ([sums]) => (sums?.[1] ?? 0) / (sums?.[0] ?? 1));
    expect(value).toBeCloseTo(2.97, 1);
    expect(standardError).toBeGreaterThan(0.05);
    expect(standardError).toBeLessThan(0.3);
  });
});
