import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { screenRecord } from '../../../src/safety/urgent.ts';
import { aRecord, having, measured, taking, type Change } from '../../fakes/a-record.ts';

const knowledge = openKnowledge();

function urgent(...changes: readonly Change[]): readonly string[] {
  return screenRecord(aRecord(...changes), knowledge).map(({ rule }) => rule);
}

describe('opening a chart', () => {
  it('is silent when nothing is urgent', () => {
    expect(urgent()).toEqual([]);
  });

  it.each([
    [6.4, []],
    [6.5, ['potassium.urgent']],
    [2.5, []],
    [2.4, ['potassium.low.severe']],
  ])('with a potassium of %d', (value, expected) => {
    expect(urgent(measured('potassium', value, { daysAgo: 1 }))).toEqual(expected);
  });

  it('speaks of a potassium above what the analyser measures', () => {
    expect(urgent(measured('potassium', 9, { daysAgo: 1, comparator: '>' }))).toEqual(['potassium.urgent']);
    expect(urgent(measured('potassium', 9, { daysAgo: 1, comparator: '<' }))).toEqual([]);
  });

  it('is silent about a dangerous potassium of last month', () => {
    expect(urgent(measured('potassium', 7, { daysAgo: 6 }), measured('potassium', 4.1, { daysAgo: 1 }))).toEqual([]);
    expect(urgent(measured('potassium', 7, { daysAgo: 6 }))).toEqual(['potassium.urgent']);
  });

  it('speaks of a running drug that pregnancy rules out', () => {
    expect(urgent(having('pregnancy'))).toEqual(['acei.pregnancy']);
  });

  it('speaks of an ACE inhibitor beside sacubitril/valsartan, once', () => {
    expect(urgent(taking('sacubitril-valsartan', 100))).toEqual(['acei.arni']);
  });

  it('does not take a finished switch for an overlap', () => {
    expect(urgent(taking('sacubitril-valsartan', 100, { endedDaysAgo: 0.5 }))).toEqual([]);
  });
});
