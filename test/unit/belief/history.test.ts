import { describe, expect, it } from 'vitest';
import type { Visit } from '../../../src/domain/belief.ts';
import { ageOf, historyOf } from '../../../src/belief/history.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import {
  ageUnknown,
  sexUnknown,
  aRecord,
  born,
  having,
  measured,
  notGiven,
  taking,
  takingNothing,
  without,
  type Change,
} from '../../fakes/a-record.ts';

const cleared: Change = (record) => ({ ...takingNothing(record), measurements: [], conditions: [] });

function historyWith(...changes: readonly Change[]) {
  const history = historyOf(system, aRecord(cleared, ...changes));
  if (history === undefined) throw new Error('no history');
  return history;
}

function valueIn(visit: Visit | undefined, variable: string): number | undefined {
  return visit?.values[system.variables.findIndex(({ id }) => id === variable)];
}

function doseIn(doses: readonly number[] | undefined, channel: string): number | undefined {
  return doses?.[system.channels.findIndex(({ id }) => id === channel)];
}

function trait(id: string, ...changes: readonly Change[]): boolean | undefined {
  return historyWith(...changes).covariates.traits[system.traits.indexOf(id)];
}

describe('visits', () => {
  it('come one a day, oldest first', () => {
    const { visits } = historyWith(
      measured('potassium', 4.1, { daysAgo: 3.5 }),
      measured('sbp', 120, { daysAgo: 3.2 }),
      measured('potassium', 4.6, { daysAgo: 0.5 }),
    );
    expect(visits.map(({ daysBeforeNow }) => daysBeforeNow)).toEqual([3.2, 0.5]);
    expect(valueIn(visits[0], 'potassium')).toBe(4.1);
    expect(valueIn(visits[0], 'sbp')).toBe(120);
    expect(valueIn(visits[1], 'sbp')).toBeUndefined();
  });

  it('hold the last value of a day', () => {
    const { visits } = historyWith(
      measured('potassium', 5.9, { daysAgo: 0.1 }),
      measured('potassium', 4.2, { daysAgo: 0.9 }),
    );
    expect(visits).toHaveLength(1);
    expect(valueIn(visits[0], 'potassium')).toBe(5.9);
  });

  it('never take a bound for a value', () => {
    expect(historyWith(measured('egfr', 60, { comparator: '>' })).visits).toEqual([]);
  });

  it('leave out what the system does not hold, and what lies ahead', () => {
    expect(historyWith(measured('creatinine', 1.1), measured('potassium', 4, { daysAgo: -1 })).visits).toEqual([]);
  });

  it('carry the doses of their day', () => {
    const history = historyWith(
      taking('lisinopril', 10, { startedDaysAgo: 60, endedDaysAgo: 20 }),
      taking('lisinopril', 20, { startedDaysAgo: 20 }),
      measured('potassium', 4, { daysAgo: 90 }),
      measured('potassium', 4, { daysAgo: 40 }),
      measured('potassium', 4, { daysAgo: 5 }),
    );
    expect(history.visits.map(({ doses }) => doseIn(doses, 'acei'))).toEqual([0, 0.5, 1]);
    expect(doseIn(history.doses, 'acei')).toBe(1);
  });
});

describe('doses now', () => {
  it('add up over the drugs of a channel, as fractions of the reference dose', () => {
    const { doses } = historyWith(taking('bisoprolol', 5), taking('furosemide', 40));
    expect([doseIn(doses, 'bb'), doseIn(doses, 'loop'), doseIn(doses, 'mra')]).toEqual([0.5, 1, 0]);
  });

  it('count a drug only when it is likelier than not', () => {
    expect(doseIn(historyWith(taking('bisoprolol', 5, { taking: 0.4 })).doses, 'bb')).toBe(0);
    expect(doseIn(historyWith(taking('bisoprolol', 5, { identity: 0.6, taking: 0.7 })).doses, 'bb')).toBe(0);
    expect(doseIn(historyWith(taking('bisoprolol', 5, { identity: 0.9, taking: 0.7 })).doses, 'bb')).toBe(0.5);
  });

  it('take the lowest usual dose where it is unknown', () => {
    expect(doseIn(historyWith(taking('bisoprolol', undefined)).doses, 'bb')).toBe(0.125);
  });

  it('add running courses of one ingredient up, an unknown dose among them being nothing', () => {
    const { doses } = historyWith(taking('bisoprolol', 5), taking('bisoprolol', 2.5), taking('bisoprolol', undefined));
    expect(doseIn(doses, 'bb')).toBe(0.75);
  });

  it('leave out a drug that the system does not know', () => {
    expect(historyWith(taking('warfarin', 5)).doses.every((dose) => dose === 0)).toBe(true);
  });
});

describe('age and sex', () => {
  it('count the age from a full birth date', () => {
    expect(historyWith(born('1956-06-15')).covariates.age).toBeCloseTo(70, 1);
  });

  it('count it from the middle of a year that is all we know', () => {
    expect(ageOf(aRecord(born('1956')))).toBeCloseTo(69.95, 1);
  });

  it('are never guessed', () => {
    expect(historyOf(system, aRecord(ageUnknown))).toBeUndefined();
    expect(historyOf(system, aRecord(sexUnknown))).toBeUndefined();
  });
});

describe('traits', () => {
  it('an active condition is a yes, a list without it a no, no list says nothing', () => {
    expect(trait('heart_failure', having('heart_failure'))).toBe(true);
    expect(trait('heart_failure')).toBe(false);
    expect(trait('heart_failure', notGiven('conditions'))).toBeUndefined();
    expect(trait('heart_failure', having('heart_failure', { active: false }))).toBe(false);
  });

  it.each([
    [
      'eGFR below 60 for 90 days is chronic kidney disease',
      [
        [95, 55],
        [4, 52],
      ],
      true,
    ],
    [
      'for 89 days it is not',
      [
        [93, 55],
        [4, 52],
      ],
      false,
    ],
    [
      '60 is not below 60',
      [
        [95, 60],
        [4, 52],
      ],
      false,
    ],
    [
      'a recovery in between starts the count again',
      [
        [200, 50],
        [60, 75],
        [4, 52],
      ],
      false,
    ],
    ['one low value is none', [[95, 50]], false],
  ] as const)('%s', (_, values, expected) => {
    const changes = values.map(([daysAgo, egfr]) => measured('egfr', egfr, { daysAgo }));
    expect(trait('chronic_kidney_disease', ...changes)).toBe(expected);
    expect(trait('chronic_kidney_disease', ...changes, without('egfr'), having('chronic_kidney_disease'))).toBe(true);
  });
});

describe('doses of the classes that cards do not forecast', () => {
  const dosesNow = (...changes: readonly Change[]) =>
    historyOf(system, aRecord(takingNothing, ...changes))?.doses ?? [];

  it('are found by ingredient, for rules know the classes by other names', () => {
    const doses = dosesNow(taking('sitagliptin', 50), taking('metformin', 1000), taking('tirzepatide', 1.428571));
    expect(doseIn(doses, 'dpp4i')).toBeCloseTo(0.5, 6);
    expect(doseIn(doses, 'biguanide')).toBeCloseTo(0.5, 6);
    expect(doseIn(doses, 'gip_glp1ra')).toBeCloseTo(1, 6);
    expect(doseIn(doses, 'glp1ra')).toBe(0);
  });

  it('are counted in units of insulin', () => {
    expect(doseIn(dosesNow(taking('insulin glargine', 22.5)), 'insulin')).toBeCloseTo(0.5, 6);
    expect(doseIn(dosesNow(taking('insulin', undefined)), 'insulin')).toBe(0);
  });

  it('count a dose above every usual one as the highest usual one', () => {
    const weekly = doseIn(dosesNow(taking('semaglutide', 2.4 / 7)), 'glp1ra') ?? Number.NaN;
    expect(doseIn(dosesNow(taking('semaglutide', 7)), 'glp1ra')).toBeCloseTo(weekly, 4);
  });
});
