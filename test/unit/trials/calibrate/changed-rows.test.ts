import { describe, expect, it } from 'vitest';
import type { ParameterRow } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { changedRows, withheldRows } from '../../../../src/trials/calibrate/changed-rows.ts';

function aRow(id: string, given: Partial<ParameterRow> = {}): ParameterRow {
  const spread = { distribution: 'none', sd: 0 } as const;
  return { id, value: -1, unit: '%', spread, basis: 'read', source: { trial: null }, note: '', ...given };
}

const ROWS: readonly ParameterRow[] = [
  aRow('dpp4i.hba1c'),
  aRow('glp1ra.mi', { value: 0.8, source: { trial: ['ONE', 'TWO'] } }),
  aRow('arni.urate', { source: { trial: 'TWO' }, without: { value: null, why: 'no row means no effect' } }),
  aRow('arni.egfr', { uncertainty: 0.1, source: { trial: ['TWO'] }, without: { value: -3, why: 'of the class' } }),
];
const FREE = [
  { id: 'glycaemia.dpp4i', rows: ['dpp4i.hba1c'], sd: 0.2, why: 'a design' },
  { id: 'events.glp1ra', rows: ['glp1ra.mi'], start: { value: 0.9, why: 'a rival' }, sd: 0.15, why: 'a design' },
];
const STILL = [
  { logFactor: 0, sd: 0.2 },
  { logFactor: 0, sd: 0.15 },
];

function under(values = STILL, isHeldOut: (trial: string) => boolean = () => false): Readonly<Record<string, number>> {
  return Object.fromEntries(changedRows(ROWS, FREE, values, isHeldOut).map(({ id, value }) => [id, value]));
}

describe('changedRows', () => {
  it('puts a fitted row that rests on trials where its prior stands, whoever is held out', () => {
    expect(under()['glp1ra.mi']).toBe(0.9);
    expect(under(STILL, (trial) => trial === 'ONE')['glp1ra.mi']).toBe(0.9);
  });

  it('multiplies a free row, and gives it the standard error of its logarithm', () => {
    const rows = changedRows(
      ROWS,
      FREE,
      [
        { logFactor: Math.log(1.5), sd: 0.1 },
        { logFactor: 0, sd: 0.1 },
      ],
      () => false,
    );
    const row = rows.find(({ id }) => id === 'dpp4i.hba1c');
    expect(row?.value).toBeCloseTo(-1.5, 12);
    expect(row?.uncertainty).toBeCloseTo(0.15, 12);
  });

  it('withholds what rests on a trial that is held out, and nothing else', () => {
    const without = under(STILL, (trial) => trial === 'TWO');
    expect(without['arni.urate']).toBeUndefined();
    expect(without['arni.egfr']).toBe(-3);
    expect(under(STILL, (trial) => trial === 'ONE')['arni.urate']).toBe(-1);
    expect(withheldRows(ROWS, FREE, (trial) => trial === 'TWO')).toEqual(['arni.urate', 'arni.egfr']);
    expect(withheldRows(ROWS, FREE, (trial) => trial === 'ONE')).toEqual([]);
  });

  it('does not lend the precision of a trial to what stands for it', () => {
    const rows = changedRows(ROWS, FREE, STILL, (trial) => trial === 'TWO');
    expect(rows.find(({ id }) => id === 'arni.egfr')).not.toHaveProperty('uncertainty');
  });

  it('refuses a row that has nothing to stand for it', () => {
    const bare = [...ROWS, aRow('arni.cough', { source: { trial: 'TWO' } })];
    expect(() => changedRows(bare, FREE, STILL, (trial) => trial === 'TWO')).toThrow('arni.cough');
  });

  it('refuses a free parameter whose row is gone', () => {
    expect(() => changedRows(ROWS.slice(1), FREE, STILL, () => false)).toThrow('dpp4i.hba1c');
  });
});
