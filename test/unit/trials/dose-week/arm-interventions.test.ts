import { describe, expect, it } from 'vitest';
import { planArm } from '../../../../src/trials/emulate/arm-plan.ts';
import { interventionsOfArm } from '../../../../src/trials/dose-week/arm-interventions.ts';
import { anEffect } from './arms.ts';

describe('an arm of the tables', () => {
  it('takes its dose in the unit of the table', () => {
    expect(interventionsOfArm(anEffect())).toEqual([
      { code: 'metformin', dose: 2000, unit: 'mg/day', titrated: false },
    ]);
  });

  it('of a weekly drug in a bare amount is one dose, not a dose a day', () => {
    for (const unit of ['mg', 'mg/week']) {
      const arm = { treatment: 'semaglutide', agent: 'semaglutide', dose: 1, doseUnit: unit };
      const plan = planArm({ id: 'x', interventions: interventionsOfArm(arm) });
      const final = plan.ok ? plan.plan.alternatives[0]?.plan.courses[0]?.steps.at(-1)?.dose : undefined;
      expect(final).toBeCloseTo(1 / 7, 5);
    }
  });

  it('without a dose takes the usual one', () => {
    const [intervention] = interventionsOfArm({ treatment: 'metformin', agent: 'metformin', doseUnit: '' });
    expect(intervention).toEqual({ code: 'metformin', titrated: false });
    expect(planArm({ id: 'x', interventions: [{ code: 'metformin', titrated: false }] }).ok).toBe(true);
  });

  it('is the product where the system has the combination as one', () => {
    const arm = { treatment: 'a;b', agent: 'sacubitril;valsartan', doseUnit: '' };
    expect(interventionsOfArm(arm).map(({ code }) => code)).toEqual(['sacubitril-valsartan']);
  });

  it('gives both drugs of other combinations, each in its dose', () => {
    const arm = { treatment: 'allopurinol;losartan 300;50 mg', agent: 'allopurinol;losartan', doseUnit: '' };
    expect(interventionsOfArm(arm)).toEqual([
      { code: 'allopurinol', dose: 300, unit: 'mg', titrated: false },
      { code: 'losartan', dose: 50, unit: 'mg', titrated: false },
    ]);
  });

  it('gives the drugs of a combination without doses as usual', () => {
    const arm = { treatment: 'allopurinol;losartan', agent: 'allopurinol;losartan', doseUnit: '' };
    expect(interventionsOfArm(arm)).toEqual([
      { code: 'allopurinol', titrated: false },
      { code: 'losartan', titrated: false },
    ]);
  });

  it('goes by the name without what stands in brackets, and by other names of a drug', () => {
    const named = (agent: string) => interventionsOfArm({ treatment: agent, agent, doseUnit: '' })[0]?.code;
    expect(named('Febuxostat (TMX-67)')).toBe('febuxostat');
    expect(named('glibenclamide')).toBe('glyburide');
    expect(named('Insulin Glargine')).toBe('insulin glargine');
    expect(named('unheard-of')).toBe('unheard-of');
  });

  it('is the formulation whose doses are near: exenatide in micrograms is taken twice a day', () => {
    const exenatide = (dose: number, doseUnit: string) => {
      const arm = { treatment: 'exenatide', agent: 'exenatide', dose, doseUnit };
      const plan = planArm({ id: 'x', interventions: interventionsOfArm(arm) });
      return plan.ok ? plan.plan.alternatives[0]?.plan.courses[0] : undefined;
    };
    expect(exenatide(20, 'ug/day')?.intervention.ingredient).toBe('exenatide-twice-daily');
    expect(exenatide(2, 'mg/week')?.intervention.ingredient).toBe('exenatide');
    expect(exenatide(2, 'mg/week')?.steps.length).toBeGreaterThan(0);
  });

  it('in a unit that nobody knows cannot be planned, and says so', () => {
    for (const doseUnit of ['scoops', 'mg/scoop', '']) {
      const [intervention] = interventionsOfArm(anEffect({ doseUnit }));
      const plan = planArm({ id: 'x', interventions: intervention === undefined ? [] : [intervention] });
      expect(plan).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be read') as string });
    }
  });

  it('reads grams as thousand milligrams', () => {
    const [intervention] = interventionsOfArm(anEffect({ dose: 2, doseUnit: 'g/day' }));
    const plan = planArm({ id: 'x', interventions: intervention === undefined ? [] : [intervention] });
    expect(plan.ok && plan.plan.alternatives[0]?.plan.courses[0]?.steps).toEqual([{ day: 0, dose: 2000 }]);
  });
});
