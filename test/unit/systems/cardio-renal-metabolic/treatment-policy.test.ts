import { describe, expect, it } from 'vitest';
import facts from '../../../../src/knowledge/facts/cardio-renal.json' with { type: 'json' };
import { seededRandom } from '../../../../src/core/random.ts';
import { POLICY_LIMITS } from '../../../../src/systems/cardio-renal-metabolic/policy-limits.ts';
import {
  NOTHING,
  channelIndex,
  dosesOfPrescription,
} from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import type { Prescription } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import { prescriptionOf } from '../../../../src/systems/cardio-renal-metabolic/scripted-life.ts';
import {
  inheritedPrescription,
  isHeldBack,
  prescribe,
  switchRaas,
} from '../../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import type { Case, Seen } from '../../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import { anIndividual } from './builders.ts';

const UNSEEN: Seen = { potassium: undefined, egfr: undefined, sbp: undefined, heartRate: undefined };

function aCase(seen: Partial<Seen> = {}, person: Partial<Case['person']> = {}): Case {
  return {
    person: { ...anIndividual().person, ...person },
    chronicKidneyDisease: false,
    hypertension: false,
    seen: { ...UNSEEN, ...seen },
  };
}

function shareOf(times: number, act: (draw: number) => boolean): number {
  return Array.from({ length: times }, (_, draw) => act(draw)).filter(Boolean).length / times;
}

function startsMra(patient: Case, draw: number): boolean {
  return prescribe(patient, NOTHING, seededRandom(String(draw)))[channelIndex('mra')] !== undefined;
}

describe('the simulated clinicians', () => {
  it.each(Object.entries(POLICY_LIMITS))('know the limit %s as the fact states it', (_, { value, factId }) => {
    expect(facts.find(({ id }) => id === factId)?.value).toBe(value);
  });

  it('start an MRA in heart failure far more often than without', () => {
    const without = aCase({}, { heartFailure: false, reducedEjectionFraction: false });
    expect(shareOf(600, (draw) => startsMra(aCase(), draw))).toBeGreaterThan(0.2);
    expect(shareOf(600, (draw) => startsMra(without, draw))).toBeLessThan(0.05);
  });

  it('start an MRA less often when potassium is high: treatment is confounded', () => {
    const high = shareOf(600, (draw) => startsMra(aCase({ potassium: 5.3 }), draw));
    expect(high).toBeLessThan(0.4 * shareOf(600, (draw) => startsMra(aCase({ potassium: 4.2 }), draw)));
    expect(high).toBeGreaterThan(0);
  });

  it('mostly stop what raises potassium above 6.0', () => {
    const present = prescriptionOf({ lisinopril: 20, spironolactone: 25 });
    const stopped = shareOf(600, (draw) => {
      const next = prescribe(aCase({ potassium: 6.4 }), present, seededRandom(String(draw)));
      return next[channelIndex('mra')] === undefined && next[channelIndex('acei')] === undefined;
    });
    expect(stopped).toBeGreaterThan(0.6);
    expect(stopped).toBeLessThan(1);
  });

  it('hold back a beta blocker when the heart is slow', () => {
    expect(isHeldBack(aCase({ heartRate: 46 }), channelIndex('bb'))).toBe(true);
    expect(isHeldBack(aCase({ heartRate: 64 }), channelIndex('bb'))).toBe(false);
  });

  it('are not held back by what was never measured', () => {
    expect(NOTHING.some((_, channel) => isHeldBack(aCase(), channel))).toBe(false);
  });

  it('never begin a patient on two blockers of one axis', () => {
    for (let draw = 0; draw < 300; draw += 1) {
      const prescription = inheritedPrescription(aCase(), NOTHING, seededRandom(String(draw)));
      const raas = ['acei', 'arb', 'arni'].filter((id) => prescription[channelIndex(id)] !== undefined);
      expect(raas.length).toBeLessThanOrEqual(1);
    }
  });

  it('prescribe the same to the same patient by the same chance', () => {
    const once = prescribe(aCase({ potassium: 4.4 }), NOTHING, seededRandom('again'));
    expect(prescribe(aCase({ potassium: 4.4 }), NOTHING, seededRandom('again'))).toEqual(once);
  });
});

describe('switchRaas', () => {
  it('replaces one blocker by one of another class', () => {
    const next: Prescription = switchRaas(prescriptionOf({ lisinopril: 20 }), seededRandom('switch'));
    const doses = dosesOfPrescription(next);
    expect(doses[channelIndex('acei')]).toBe(0);
    expect((doses[channelIndex('arb')] ?? 0) + (doses[channelIndex('arni')] ?? 0)).toBeGreaterThan(0);
  });

  it('changes nothing where there is none', () => {
    expect(switchRaas(NOTHING, seededRandom('switch'))).toBe(NOTHING);
  });
});

describe('prescriptionOf', () => {
  it('refuses a dose that is on no ladder', () => {
    expect(() => prescriptionOf({ lisinopril: 7 })).toThrow(TypeError);
    expect(() => prescriptionOf({ aspirin: 100 })).toThrow(TypeError);
  });
});
