import { frozenTrials } from '../../../../../src/trials/frozen-rows.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../src/core/errors.ts';
import { eventConstantsFrom } from '../../../../../src/systems/cardio-renal-metabolic/events/event-constants.ts';
import type { EventRow } from '../../../../../src/systems/cardio-renal-metabolic/events/direct-effects.ts';
import {
  directEffects,
  directNameOf,
} from '../../../../../src/systems/cardio-renal-metabolic/events/direct-effects.ts';
import { EVENTS } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import events from '../../../../../src/systems/cardio-renal-metabolic/parameters/events.json' with { type: 'json' };
import { CONSTANTS, ROWS } from './builders.ts';

function complaint(rows: readonly EventRow[]): string {
  try {
    eventConstantsFrom(rows);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return '';
}

const row = (id: string, value = 1.2, unit = '1'): EventRow => ({ id, value, unit });

describe('eventConstantsFrom', () => {
  it('reads the published rows', () => {
    expect(complaint(ROWS)).toBe('');
    expect(CONSTANTS.background.length).toBe(EVENTS.length);
  });

  it('passes by the rows of other rooms', () => {
    expect(complaint([...ROWS, row('potassium.setpoint', 4.4, 'mmol/L'), row('statin.ldl', -35, '%')])).toBe('');
  });

  it.each([
    ['a class that is none', row('acie.cough')],
    ['a background of no event', row('background.hiccups', 0.1, '/a')],
    ['a condition that is none', row('bb.cv_death_other.tall')],
    ['a property of an event that no hazard reads', row('mi.colour')],
  ])('complains of %s', (_, stray) => {
    expect(complaint([...ROWS, stray])).toContain(stray.id);
  });

  it('complains of a foreign unit and of a ratio that is none', () => {
    expect(complaint([...ROWS, row('ccb.falls', 5, '%')])).toContain('ccb.falls is in %');
    expect(complaint([...ROWS, row('ccb.falls', 0)])).toContain('ccb.falls is 0');
  });

  it('names every fault at once, missing rows too', () => {
    const said = complaint([...ROWS.filter(({ id }) => id !== 'mi.ldl'), row('acie.cough'), row('ccb.falls', 5, '%')]);
    for (const part of ['mi.ldl is missing', 'acie.cough', 'ccb.falls']) expect(said).toContain(part);
  });

  it('names the events that never strike for want of a background', () => {
    const without = ROWS.filter(({ id }) => id !== 'background.cough');
    expect(eventConstantsFrom(without).silent).toContain('cough');
    expect(CONSTANTS.silent).not.toContain('cough');
  });
});

describe('directEffects', () => {
  const byId = new Map([...ROWS, row('ccb.sbp', -10, 'mm[Hg]')].map((each) => [each.id, each]));

  it('takes out of a ratio what runs through the pressure of the class', () => {
    const name = directNameOf('ccb.stroke');
    if (name === undefined) throw new TypeError('ccb.stroke is a direct effect');
    const [effect] = directEffects(row('ccb.stroke', 0.73), name, byId);
    expect(effect?.logRatio).toBeCloseTo(0, 12);
  });

  it('takes what the trials of the row saw, where the row says so', () => {
    const name = directNameOf('ccb.stroke');
    if (name === undefined) throw new TypeError('ccb.stroke is a direct effect');
    const [effect] = directEffects({ ...row('ccb.stroke', 0.73), seen: { sbp: -5 } }, name, byId);
    expect(effect?.logRatio).toBeCloseTo(0.5 * Math.log(0.73), 12);
  });

  it('reads the id of a class, an event and a condition, and of nothing else', () => {
    expect(directNameOf('bb.falls')).toEqual({ drugClass: 'bb', event: 'falls' });
    expect(directNameOf('bb.falls.ascvd')).toEqual({ drugClass: 'bb', event: 'falls', where: 'ascvd' });
    for (const id of ['bb.sbp', 'background.falls', 'bb.falls.tall', 'falls']) expect(directNameOf(id)).toBeUndefined();
  });
});

describe('the rows of events', () => {
  const KNOWN_TRIALS = frozenTrials();

  it('cite calibration trials alone', () => {
    for (const { id, source } of events) {
      for (const trial of source.trial ?? []) expect(KNOWN_TRIALS.has(trial), `${id}: ${trial}`).toBe(true);
    }
  });

  it('say where each number was read', () => {
    for (const { id, basis, source } of events) {
      expect(source.where.length, id).toBeGreaterThan(0);
      if (source.where.includes('recalled')) expect(basis, id).toBe('recalled');
    }
  });
});
