import { describe, expect, it } from 'vitest';
import facts from '../../../../src/knowledge/facts/cardio-renal.json' with { type: 'json' };
import { seededRandom } from '../../../../src/core/random.ts';
import { caseOf } from '../../../../src/systems/cardio-renal-metabolic/case.ts';
import type { Case } from '../../../../src/systems/cardio-renal-metabolic/case.ts';
import { RULES } from '../../../../src/systems/cardio-renal-metabolic/channel-rules.ts';
import { USUAL_HABITS } from '../../../../src/systems/cardio-renal-metabolic/clinic-habits.ts';
import { EXCLUSIVE, INDICATIONS } from '../../../../src/systems/cardio-renal-metabolic/indications.ts';
import { CLASSES } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import { POLICY_LIMITS } from '../../../../src/systems/cardio-renal-metabolic/policy-limits.ts';
import {
  NOTHING,
  anyRung,
  channelIndex,
  dosesOfPrescription,
  isAtTarget,
  regimenOf,
  targetRung,
  withDrug,
} from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import type { Prescription } from '../../../../src/systems/cardio-renal-metabolic/prescription.ts';
import type { Person } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import {
  explore,
  isHeldBack,
  prescribe,
  switchRaas,
} from '../../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import type { Visiting } from '../../../../src/systems/cardio-renal-metabolic/treatment-policy.ts';
import { anIndividual, valuesBy } from './builders.ts';

const WELL: Partial<Person> = {
  heartFailure: false,
  reducedEjectionFraction: false,
  type2Diabetes: false,
  ascvd: false,
  smoker: false,
};

/** Someone without kidney disease or hypertension in whom the given values were measured today, or some time ago. */
function aCase(
  values: Readonly<Record<string, number>> = {},
  person: Partial<Person> = {},
  measured: 'today' | 'before' = 'today',
): Case {
  const latest = valuesBy(values);
  const individual = anIndividual({ person, setpoints: { gfr: 90, sbp: 125 } });
  return caseOf(individual, { latest, today: measured === 'today' ? latest : [] }, 0);
}

function visiting(draw: number | string, tempo = 1): Visiting {
  return { habits: USUAL_HABITS, tempo, random: seededRandom(String(draw)) };
}

function shareOf(times: number, act: (draw: number) => boolean): number {
  return Array.from({ length: times }, (_, draw) => act(draw)).filter(Boolean).length / times;
}

/** How often one visit ends with a class taken. */
function shareTaking(drugClass: string, patient: Case, present: Prescription = NOTHING): number {
  return shareOf(500, (draw) => prescribe(patient, present, visiting(draw))[channelIndex(drugClass)] !== undefined);
}

function taking(...classes: readonly string[]): Prescription {
  return classes.reduce<Prescription>(
    (prescription, id) => withDrug(prescription, channelIndex(id), targetRung(channelIndex(id), seededRandom(id))),
    NOTHING,
  );
}

const WITH_FACTS = Object.entries(POLICY_LIMITS).flatMap(([name, limit]) =>
  'factId' in limit ? [[name, limit.value, limit.factId] as const] : [],
);

describe('the simulated clinicians', () => {
  it.each(WITH_FACTS)('know the limit %s as the fact states it', (_, value, factId) => {
    expect(facts.find(({ id }) => id === factId)?.value).toBe(value);
  });

  it('know for every other limit and every indication which guideline says so', () => {
    for (const limit of Object.values(POLICY_LIMITS)) if (!('factId' in limit)) expect(limit.doi).toMatch(/^10\./);
    for (const { source, strength } of INDICATIONS) {
      expect(source).toMatch(/^10\./);
      expect(strength > 0 && strength <= 1).toBe(true);
    }
  });

  it('can prescribe something of every class', () => {
    expect([...RULES.keys()].sort((a, b) => a - b)).toEqual(CLASSES.map((_, channel) => channel));
  });

  it('start an MRA in heart failure far more often than without', () => {
    expect(shareTaking('mra', aCase())).toBeGreaterThan(0.15);
    expect(shareTaking('mra', aCase({}, WELL))).toBeLessThan(0.05);
  });

  it('start an MRA less often when potassium is high: treatment is confounded', () => {
    const high = shareTaking('mra', aCase({ potassium: 5.3 }));
    expect(high).toBeLessThan(0.4 * shareTaking('mra', aCase({ potassium: 4.2 })));
    expect(high).toBeGreaterThan(0);
  });

  it('begin diabetes with metformin, and not where the kidney forbids it', () => {
    const diabetic = { ...WELL, type2Diabetes: true };
    expect(shareTaking('biguanide', aCase({ hba1c: 8.2, egfr: 80 }, diabetic))).toBeGreaterThan(0.2);
    expect(shareTaking('biguanide', aCase({ hba1c: 8.2, egfr: 25 }, diabetic))).toBeLessThan(0.05);
    expect(shareTaking('biguanide', aCase({ hba1c: 5.4, egfr: 80 }, WELL))).toBeLessThan(0.05);
  });

  it('add a second drug for glucose only on metformin and above the goal', () => {
    const diabetic = { ...WELL, type2Diabetes: true };
    const first = taking('biguanide');
    expect(shareTaking('sulfonylurea', aCase({ hba1c: 8.5, egfr: 80 }, diabetic), first)).toBeGreaterThan(0.05);
    expect(shareTaking('sulfonylurea', aCase({ hba1c: 6.6, egfr: 80 }, diabetic), first)).toBeLessThan(0.04);
    expect(shareTaking('sulfonylurea', aCase({ hba1c: 8.5, egfr: 80 }, diabetic))).toBeLessThan(0.04);
  });

  it('give insulin late, or at once when HbA1c is very high', () => {
    const diabetic = { ...WELL, type2Diabetes: true };
    expect(shareTaking('insulin', aCase({ hba1c: 8.5 }, diabetic), taking('biguanide'))).toBeLessThan(0.04);
    expect(shareTaking('insulin', aCase({ hba1c: 8.5 }, diabetic), taking('biguanide', 'sglt2i'))).toBeGreaterThan(
      0.05,
    );
    expect(shareTaking('insulin', aCase({ hba1c: 11.5 }, diabetic))).toBeGreaterThan(0.12);
  });

  it('give a statin by disease or by LDL, ezetimibe on top and a PCSK9 inhibitor last', () => {
    const ill = { ...WELL, ascvd: true };
    expect(shareTaking('statin', aCase({}, ill))).toBeGreaterThan(0.2);
    expect(shareTaking('statin', aCase({ ldl: 110 }, WELL))).toBeLessThan(0.05);
    expect(shareTaking('statin', aCase({ ldl: 200 }, WELL))).toBeGreaterThan(0.15);
    expect(shareTaking('ezetimibe', aCase({ ldl: 95 }, ill), taking('statin'))).toBeGreaterThan(0.05);
    expect(shareTaking('ezetimibe', aCase({ ldl: 60 }, ill), taking('statin'))).toBeLessThan(0.04);
    expect(shareTaking('pcsk9i', aCase({ ldl: 95 }, ill), taking('statin', 'ezetimibe'))).toBeGreaterThan(
      shareTaking('pcsk9i', aCase({ ldl: 95 }, ill), taking('statin')),
    );
  });

  it('act on a value on the day that it is measured, not again on an old one', () => {
    const old = shareTaking('statin', aCase({ ldl: 200 }, WELL, 'before'));
    expect(old).toBeLessThan(0.3 * shareTaking('statin', aCase({ ldl: 200 }, WELL)));
  });

  it('are held back by an old value as well as by a new one', () => {
    expect(isHeldBack(aCase({ potassium: 5.4 }, {}, 'before'), channelIndex('mra'))).toBe(true);
  });

  it('mostly stop what raises potassium above 6.0', () => {
    const present = taking('acei', 'mra');
    const stopped = shareOf(500, (draw) => {
      const next = prescribe(aCase({ potassium: 6.4 }), present, visiting(draw));
      return next[channelIndex('mra')] === undefined && next[channelIndex('acei')] === undefined;
    });
    expect(stopped).toBeGreaterThan(0.6);
    expect(stopped).toBeLessThan(1);
  });

  it('lower insulin when HbA1c has become low', () => {
    const present = taking('insulin');
    const before = present[channelIndex('insulin')]?.rung ?? 0;
    const lowered = shareOf(300, (draw) => {
      const next = prescribe(aCase({ hba1c: 5.6 }), present, visiting(draw))[channelIndex('insulin')];
      return (next?.rung ?? -1) < before;
    });
    expect(lowered).toBeGreaterThan(0.6);
  });

  it('stop in time what has no reason', () => {
    expect(shareTaking('digoxin', aCase({}, WELL), taking('digoxin'))).toBeLessThan(0.85);
    expect(shareTaking('statin', aCase({}, WELL), taking('statin'))).toBeGreaterThan(0.95);
  });

  it('change less on a ward than at a visit', () => {
    const started = (tempo: number): number =>
      shareOf(500, (draw) => prescribe(aCase(), NOTHING, visiting(draw, tempo)).some((drug) => drug !== undefined));
    expect(started(0.25)).toBeLessThan(0.6 * started(1));
  });

  it('start more in whom they feel a frailty that nobody records, where a world has one', () => {
    const frail = { ...aCase(), frailty: 1.5 };
    const habits = { frailty: { ...USUAL_HABITS.frailty, starting: 0.4 } };
    const count = (patient: Case): number =>
      shareOf(
        500,
        (draw) => prescribe(patient, NOTHING, { ...visiting(draw), habits })[channelIndex('bb')] !== undefined,
      );
    expect(count(frail)).toBeGreaterThan(1.2 * count(aCase()));
  });

  it('hold back a beta blocker when the heart is slow', () => {
    expect(isHeldBack(aCase({ heart_rate: 46 }), channelIndex('bb'))).toBe(true);
    expect(isHeldBack(aCase({ heart_rate: 64 }), channelIndex('bb'))).toBe(false);
  });

  it('are not held back by what was never measured', () => {
    const sure = aCase({}, WELL);
    expect(NOTHING.filter((_, channel) => isHeldBack(sure, channel))).toEqual([]);
  });

  it('never give two of what excludes each other, however often they are asked', () => {
    for (let draw = 0; draw < 60; draw += 1) {
      const random = seededRandom(`many/${draw}`);
      const patient = aCase({ hba1c: 9.5, egfr: 70, body_weight: 120, sbp: 150, ldl: 120 }, { ascvd: true });
      let present = NOTHING;
      for (let visit = 0; visit < 25; visit += 1) {
        present = prescribe(patient, present, { habits: USUAL_HABITS, tempo: 1.5, random });
        for (const group of EXCLUSIVE) {
          expect(group.filter((id) => present[channelIndex(id)] !== undefined).length).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('prescribe the same to the same patient by the same chance', () => {
    const once = prescribe(aCase({ potassium: 4.4 }), NOTHING, visiting('again'));
    expect(prescribe(aCase({ potassium: 4.4 }), NOTHING, visiting('again'))).toEqual(once);
  });
});

describe('explore', () => {
  it('tries no insulin in whom glucose is low, and no help to stop smoking in who does not smoke', () => {
    for (let draw = 0; draw < 400; draw += 1) {
      const next = explore(aCase({ hba1c: 5.9 }), NOTHING, seededRandom(`explore/${draw}`));
      expect(next[channelIndex('insulin')]).toBeUndefined();
      expect(next[channelIndex('smoking_cessation')]).toBeUndefined();
    }
  });

  it('reaches almost every class that suits', () => {
    const reached = new Set(
      Array.from({ length: 1500 }, (_, draw) =>
        explore(
          aCase({ hba1c: 8, body_weight: 110 }, { smoker: true }),
          NOTHING,
          seededRandom(`wide/${draw}`),
        ).findIndex((drug) => drug !== undefined),
      ),
    );
    expect(reached.size).toBe(CLASSES.length);
  });
});

describe('switchRaas', () => {
  it('replaces one blocker by one of another class', () => {
    const doses = dosesOfPrescription(switchRaas(taking('acei'), seededRandom('switch')));
    expect(doses[channelIndex('acei')]).toBe(0);
    expect((doses[channelIndex('arb')] ?? 0) + (doses[channelIndex('arni')] ?? 0)).toBeGreaterThan(0);
  });

  it('changes nothing where there is none', () => {
    expect(switchRaas(NOTHING, seededRandom('switch'))).toBe(NOTHING);
  });
});

describe('a prescription', () => {
  it('reaches its target at the reference dose or at the top of the ladder', () => {
    for (const channel of RULES.keys()) {
      expect(isAtTarget(targetRung(channel, seededRandom(`target/${channel}`)))).toBe(true);
    }
  });

  it('becomes a regimen in the unit of each drug', () => {
    const units = regimenOf('now', taking('insulin', 'statin', 'dash')).drugs.map(({ dailyDose }) => dailyDose.unit);
    expect(units).toEqual(['U/d', 'mg/d', '1']);
  });

  it('of chance lies mostly up to the reference dose', () => {
    const above = shareOf(600, (draw) => {
      const { intervention, rung } = anyRung(channelIndex('loop'), seededRandom(`rung/${draw}`));
      return (intervention.ladder[rung] ?? 0) > intervention.referenceDose;
    });
    expect(above).toBeGreaterThan(0);
    expect(above).toBeLessThan(0.25);
  });
});
