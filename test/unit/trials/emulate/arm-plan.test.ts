import { describe, expect, it } from 'vitest';
import { finalDrugsOf, planArm } from '../../../../src/trials/emulate/arm-plan.ts';
import { dailyDoseOf, interventionOfCode, isInert } from '../../../../src/trials/emulate/treatment-codes.ts';
import { aVirtualTrial, arm, PLACEBO } from './a-virtual-trial.ts';

function planned(...interventions: readonly object[]) {
  const [first] = aVirtualTrial({ arms: [arm('active', ...interventions), PLACEBO] }).arms;
  if (first === undefined) throw new TypeError('no arm');
  return planArm(first);
}

function plan(...interventions: readonly object[]) {
  const result = planned(...interventions);
  if (!result.ok) throw new TypeError(result.reason);
  return result.plan;
}

describe('what an arm gives', () => {
  it('is nothing beyond the background in a placebo arm', () => {
    expect(plan({ code: 'placebo' }).alternatives).toEqual([{ share: 1, plan: { courses: [] } }]);
  });

  it('goes up the ladder of a weekly drug every four weeks', () => {
    const [only] = plan({
      code: 'tirzepatide',
      dose: 10,
      unit: 'mg/wk',
      titrated: true,
      doseMin: 2.5,
      doseMax: 10,
    }).alternatives;
    const steps = only?.plan.courses[0]?.steps ?? [];
    expect(steps.map(({ day }) => day)).toEqual([0, 28, 56, 84]);
    expect(steps.map(({ dose }) => Math.round(dose * 70) / 10)).toEqual([2.5, 5, 7.5, 10]);
  });

  it('starts at the full dose where no titration is stated', () => {
    const [only] = plan({ code: 'atorvastatin', dose: 80, unit: 'mg/d' }).alternatives;
    expect(only?.plan.courses[0]?.steps).toEqual([{ day: 0, dose: 80 }]);
  });

  it('deals out alternatives where interventions carry a share', () => {
    const { alternatives } = plan(
      { code: 'enalapril', dose: 10, unit: 'mg/d', share: 0.4 },
      { code: 'amlodipine', dose: 5, unit: 'mg/d', share: 0.6 },
    );
    expect(alternatives.map(({ share, plan: { courses } }) => [share, courses.length])).toEqual([
      [0.4, 1],
      [0.6, 1],
    ]);
  });

  it('is all of the interventions together where none carries a share', () => {
    const { alternatives } = plan(
      { code: 'losartan', dose: 50, unit: 'mg/d' },
      { code: 'amlodipine', dose: 5, unit: 'mg/d' },
    );
    expect(alternatives).toHaveLength(1);
    expect(alternatives.flatMap(({ plan: own }) => finalDrugsOf(own).map(({ ingredient }) => ingredient))).toEqual([
      'losartan',
      'amlodipine',
    ]);
  });

  it('reads a blood pressure target and a standardised fall', () => {
    expect(plan({ code: 'bp-target-120' }).alternatives[0]?.plan.pressureTarget).toBe(120);
    expect(plan({ code: 'sbp-reduction', dose: 10, unit: 'mm[Hg]' }).alternatives[0]?.plan.pressureFall).toBe(10);
  });

  it('is refused with the name of a drug that the system does not know', () => {
    expect(planned({ code: 'benfluorex', dose: 450, unit: 'mg/d' })).toEqual({
      ok: false,
      reason: 'the system has no row for benfluorex',
    });
  });

  it('is refused when the dose comes in another kind of unit', () => {
    expect(planned({ code: 'metformin', dose: 20, unit: 'U/d' })).toMatchObject({ ok: false });
    expect(planned({ code: 'sbp-reduction', dose: 10, unit: '%' })).toMatchObject({ ok: false });
  });
});

describe('codes of trial files', () => {
  it('mean the same class by its name and by the name of the channel', () => {
    expect(interventionOfCode('class:sglt2-inhibitor')).toBe(interventionOfCode('class:sglt2i'));
  });

  it('mean nobody where no class and no ingredient has the name', () => {
    expect(interventionOfCode('class:homeopathic')).toBeUndefined();
    expect(interventionOfCode('constructor')).toBeUndefined();
    expect(isInert('metformin')).toBe(false);
  });

  it('count a pooled dose in multiples of the reference dose', () => {
    const drug = interventionOfCode('class:sulfonylurea');
    if (drug === undefined) throw new TypeError('no sulfonylurea');
    expect(dailyDoseOf(drug, 0.5, '1')).toBe(drug.referenceDose / 2);
    expect(dailyDoseOf(drug, 7, 'mg/wk')).toBe(1);
  });
});
