import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { screenRecord } from '../../../src/safety/urgent.ts';
import { aRecord, having, measured, taking, takingNothing, without, type Change } from '../../fakes/a-record.ts';

const knowledge = openKnowledge();

function urgent(...changes: readonly Change[]): readonly string[] {
  return screenRecord(aRecord(...changes), knowledge).map(({ rule }) => rule);
}

describe('opening a chart', () => {
  it('is silent when nothing is urgent', () => {
    expect(urgent()).toEqual([]);
  });

  it.each([
    [6.0, []],
    [6.1, ['raasi.potassium.stop']],
    [6.4, ['raasi.potassium.stop']],
    [6.5, ['potassium.urgent', 'raasi.potassium.stop']],
    [2.5, []],
    [2.4, ['potassium.low.severe']],
  ])('with a potassium of %d', (value, expected) => {
    expect(urgent(measured('potassium', value, { daysAgo: 1 }))).toEqual(expected);
  });

  it('speaks of a potassium above what the analyser measures', () => {
    expect(urgent(measured('potassium', 9, { daysAgo: 1, comparator: '>' }))).toEqual([
      'potassium.urgent',
      'raasi.potassium.stop',
    ]);
    expect(urgent(measured('potassium', 9, { daysAgo: 1, comparator: '<' }))).toEqual([]);
  });

  it('is silent about a dangerous potassium of last month', () => {
    expect(urgent(measured('potassium', 7, { daysAgo: 6 }), measured('potassium', 4.1, { daysAgo: 1 }))).toEqual([]);
    expect(urgent(measured('potassium', 7, { daysAgo: 6 }))).toEqual(['potassium.urgent', 'raasi.potassium.stop']);
    expect(urgent(without('potassium'), measured('potassium', 7, { daysAgo: 8 }))).toEqual([]);
  });

  it('speaks of a running drug that pregnancy rules out', () => {
    expect(urgent(having('pregnancy'))).toEqual(['acei.pregnancy']);
  });

  it('speaks of an ACE inhibitor beside sacubitril/valsartan, once', () => {
    expect(urgent(taking('sacubitril-valsartan', 100))).toEqual(['acei.arni']);
  });

  it('speaks of running drugs that a potassium of the last days stops, each by its own limit', () => {
    const high = measured('potassium', 6.3, { daysAgo: 1 });
    expect(urgent(high, taking('spironolactone', 25))).toEqual(['raasi.potassium.stop', 'mra.potassium.stop']);
    expect(urgent(high, takingNothing, taking('finerenone', 10))).toEqual(['finerenone.potassium.hold']);
    expect(urgent(high, takingNothing, taking('eplerenone', 25))).toEqual(['eplerenone.potassium.hold']);
    expect(urgent(high, takingNothing, taking('bisoprolol', 5))).toEqual([]);
  });

  it('does not take a finished switch for an overlap', () => {
    expect(urgent(taking('sacubitril-valsartan', 100, { endedDaysAgo: 0.5 }))).toEqual([]);
  });
});
