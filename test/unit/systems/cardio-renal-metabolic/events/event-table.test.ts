import { describe, expect, it } from 'vitest';
import {
  DERIVED,
  eventAt,
  eventIndex,
  EVENTS,
  isEventId,
} from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { Course } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';

function derivedFrom(change: Partial<Course['now']>, type2Diabetes = false): readonly string[] {
  const course = { start: { egfr: 60, type2Diabetes }, now: { egfr: 60, potassium: 4.4, hba1c: 5.6, ...change } };
  return DERIVED.filter(({ holds }) => holds(course)).map(({ id }) => id);
}

describe('the table of events', () => {
  it('has each id once and finds it again', () => {
    expect(new Set(EVENTS.map(({ id }) => id)).size).toBe(EVENTS.length);
    EVENTS.forEach(({ id }, index) => {
      expect(eventIndex(id)).toBe(index);
      expect(eventAt(index).id).toBe(id);
      expect(isEventId(id)).toBe(true);
    });
    expect(isEventId('hyperkalaemia')).toBe(false);
  });
});

describe('derived events', () => {
  it.each([
    [{}, []],
    [{ potassium: 5.5 }, []],
    [{ potassium: 5.6 }, ['hyperkalaemia']],
    [{ egfr: 37 }, []],
    [{ egfr: 36 }, ['egfr_decline_40']],
    [{ egfr: 30 }, ['egfr_decline_40', 'egfr_decline_50']],
    [{ egfr: 25 }, ['egfr_decline_40', 'egfr_decline_50', 'egfr_decline_57']],
    [{ egfr: 14 }, ['egfr_decline_40', 'egfr_decline_50', 'egfr_decline_57', 'egfr_below_15']],
    [{ hba1c: 6.5 }, ['new_diabetes']],
  ])('of %j are %j', (change, expected) => {
    expect(derivedFrom(change)).toEqual(expected);
  });

  it('find no new diabetes in those who had it', () => {
    expect(derivedFrom({ hba1c: 8 }, true)).toEqual([]);
  });
});
