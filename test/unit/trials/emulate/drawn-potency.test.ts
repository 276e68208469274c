import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { variance } from '../../../../src/core/statistics.ts';
import { planArm } from '../../../../src/trials/emulate/arm-plan.ts';
import type { ArmPlan } from '../../../../src/trials/emulate/arm-plan.ts';
import { drawnPotency } from '../../../../src/trials/emulate/drawn-potency.ts';

function planOf(...codes: readonly string[]): ArmPlan {
  const dose = { ramipril: 5, metformin: 2000, rosuvastatin: 10 };
  const interventions = codes.map((code) => ({
    code,
    titrated: false,
    dose: dose[code as keyof typeof dose],
    unit: 'mg/d',
  }));
  const planned = planArm({ id: 'arm', interventions });
  if (!planned.ok) throw new TypeError(planned.reason);
  return planned.plan;
}

/** Factors on the last dose of each drug. */
function factors(plan: ArmPlan, drawn: ArmPlan): readonly number[] {
  const lastDoses = ({ alternatives }: ArmPlan) =>
    at(alternatives, 0).plan.courses.map(({ steps }) => at(steps, steps.length - 1).dose);
  const before = lastDoses(plan);
  return lastDoses(drawn).map((dose, index) => dose / at(before, index));
}

describe('drawnPotency', () => {
  const both = planOf('ramipril', 'metformin');

  it('moves ingredients apart from each other, and one by the same in every arm', () => {
    const potency = drawnPotency('posterior-1');
    const [ramipril, metformin] = factors(both, potency(both));
    expect(ramipril).not.toBeCloseTo(metformin ?? 1, 6);
    const alone = planOf('metformin');
    expect(factors(alone, potency(alone))).toEqual([metformin]);
  });

  it('gives one plan back for one plan, so that arms stay the same arms', () => {
    const potency = drawnPotency('posterior-1');
    expect(potency(both)).toBe(potency(both));
  });

  it('scatters by its error, and is the same under the same name', () => {
    const logs = Array.from({ length: 400 }, (_, k) =>
      Math.log(at(factors(both, drawnPotency(`posterior-${k}`)(both)), 0)),
    );
    expect(Math.sqrt(variance(logs))).toBeGreaterThan(0.22);
    expect(Math.sqrt(variance(logs))).toBeLessThan(0.28);
    expect(factors(both, drawnPotency('a')(both))).toEqual(factors(both, drawnPotency('a')(both)));
  });

  it('leaves to the curve of the class what the curve is drawn for', () => {
    const statin = planOf('rosuvastatin');
    expect(factors(statin, drawnPotency('posterior-1')(statin))).toEqual([1]);
  });

  it('takes any usual dose where an arm states none', () => {
    const planned = planArm({ id: 'arm', interventions: [{ code: 'rosuvastatin', titrated: false }] });
    if (!planned.ok) throw new TypeError(planned.reason);
    const drawn = Array.from({ length: 60 }, (_, k) =>
      at(factors(planned.plan, drawnPotency(`posterior-${k}`)(planned.plan)), 0),
    );
    const { intervention, steps } = at(at(planned.plan.alternatives, 0).plan.courses, 0);
    const doses = new Set(drawn.map((factor) => (factor * at(steps, 0).dose).toFixed(6)));
    expect([...doses].sort()).toEqual(intervention.ladder.map((dose) => dose.toFixed(6)).sort());
  });
});
