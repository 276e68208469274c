import { describe, expect, it } from 'vitest';
import overlaps from '../../../../src/trials/calibrate/overlaps.json' with { type: 'json' };
import { heldOutWith } from '../../../../src/trials/calibrate/held-out.ts';
import { frozenTrials } from '../../../../src/trials/frozen-rows.ts';

describe('what is held out with a trial', () => {
  it('is the trial alone where nothing shares its people', () => {
    expect([...heldOutWith('LEADER')]).toEqual(['LEADER']);
  });

  it('is every pool that shares people with it', () => {
    expect(heldOutWith('STELLAR').has('META VOYAGER')).toBe(true);
    expect(heldOutWith('META VOYAGER').has('STELLAR')).toBe(true);
    expect(heldOutWith('SPRINT').has('META Ettehad 2016')).toBe(true);
  });

  it('names trials of the calibration list alone', () => {
    for (const { trials } of overlaps) for (const trial of trials) expect(frozenTrials().has(trial), trial).toBe(true);
  });
});
