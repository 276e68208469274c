import { describe, expect, it } from 'vitest';
import { monitoringRisks } from '../../../src/planner/monitoring-risks.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import {
  ageUnknown,
  aRecord,
  born,
  having,
  notGiven,
  taking,
  takingNothing,
  type Change,
} from '../../fakes/a-record.ts';

function risks(...changes: readonly Change[]): readonly string[] {
  return monitoringRisks(system, aRecord(takingNothing, ...changes));
}

describe('monitoringRisks', () => {
  it.each<[string, readonly Change[], readonly string[]]>([
    ['59 years', [born('1966-12-01')], []],
    ['60 years', [born('1966-06-01')], ['age-60']],
    ['an unknown age', [ageUnknown], []],
    ['kidney disease', [born('1990-01-01'), having('chronic_kidney_disease')], ['chronic-kidney-disease']],
    ['no problem list', [born('1990-01-01'), notGiven('conditions')], []],
    [
      'a past kidney injury',
      [born('1990-01-01'), having('acute_kidney_injury', { active: false })],
      ['acute-kidney-injury'],
    ],
    ['an ARB', [born('1990-01-01'), taking('losartan', 50)], ['raas-inhibitor']],
    ['an ARB of last year', [born('1990-01-01'), taking('losartan', 50, { endedDaysAgo: 9 })], []],
    ['a beta blocker', [born('1990-01-01'), taking('bisoprolol', 5)], []],
  ])('%s', (_, changes, expected) => {
    expect(risks(...changes)).toEqual(expected);
  });
});
