import { describe, expect, it } from 'vitest';
import { FREE_PARAMETERS } from '../../../../src/systems/cardio-renal-metabolic/free-parameters.ts';
import { PARAMETER_ROWS, PUBLISHED_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { rowsWithout } from '../../../../src/trials/calibrate/fold-rows.ts';
import { aStoredCalibration } from '../a-stored-calibration.ts';

const gone = PUBLISHED_ROWS.find(({ without }) => without?.value === null);
const trial = [gone?.source.trial ?? []].flat()[0] ?? '';
const free = FREE_PARAMETERS.map(({ rows }) => ({ logFactor: rows.includes('dpp4i.hba1c') ? 0.1 : 0, sd: 0.2 }));
const CALIBRATION = aStoredCalibration({ folds: [{ trial, heldOut: [trial], free, withheld: [] }] });

describe('rowsWithout', () => {
  const rows = new Map(rowsWithout(CALIBRATION, trial).map((row) => [row.id, row]));
  const published = new Map(PUBLISHED_ROWS.map((row) => [row.id, row]));

  it('gives a trial the values of its fold, with their standard error', () => {
    const value = (published.get('dpp4i.hba1c')?.value ?? 0) * Math.exp(0.1);
    expect(rows.get('dpp4i.hba1c')?.value).toBeCloseTo(value, 12);
    expect(rows.get('dpp4i.hba1c')?.uncertainty).toBeCloseTo(0.2 * Math.abs(value), 12);
  });

  it('leaves out what rests on the trial and has nothing to stand for it', () => {
    expect(gone?.id).toBeDefined();
    expect(rows.has(gone?.id ?? '')).toBe(false);
  });

  it('gives a trial that was no part of it the calibrated simulator', () => {
    expect(rowsWithout(CALIBRATION, 'NEVER SEEN')).toBe(PARAMETER_ROWS);
  });
});
