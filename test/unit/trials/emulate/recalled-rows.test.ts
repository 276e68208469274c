import { describe, expect, it } from 'vitest';
import { PARAMETER_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { recalledRowsOf } from '../../../../src/trials/emulate/recalled-rows.ts';
import { rowsOf } from '../../../../src/trials/row.ts';
import { aVirtualTrial, arm, PLACEBO, ratio, row } from './a-virtual-trial.ts';

const recalled = (...ids: readonly string[]) => ids.map((id) => ({ id, basis: 'recalled' as const }));

const ROWS = [
  ...recalled('biguanide.onset', 'biguanide.hba1c', 'sulfonylurea.onset', 'statin.ldl', 'thiazide.sbp'),
  ...recalled(
    'biguanide.lactic_acidosis',
    'biguanide.mi',
    'mi.case_fatality',
    'stroke.uacr',
    'mi.hba1c_lag',
    'mi.uacr',
  ),
  ...recalled('background.falls', 'mortality.cv_share', 'sbp.ageing', 'glucose.fasting_share', 'uacr~egfr'),
  { id: 'biguanide.ed50', basis: 'read' as const },
];

function idsOf(parts: Parameters<typeof aVirtualTrial>[0] = {}) {
  const file = aVirtualTrial(parts);
  const [first] = rowsOf(file);
  if (first === undefined) throw new TypeError('no row');
  return recalledRowsOf(file, first, ROWS);
}

describe('recalled rows', () => {
  it('of a class count where an arm gives it, but not what the class does to events that nobody asked for', () => {
    expect(idsOf()).toEqual(['biguanide.onset', 'biguanide.hba1c', 'glucose.fasting_share']);
  });

  it('of a class count where the background gives it to somebody', () => {
    expect(idsOf({ population: { background: { 'class:sulfonylurea': 0.2 } } })).toContain('sulfonylurea.onset');
    expect(idsOf({ population: { background: { 'class:sulfonylurea': 0 } } })).not.toContain('sulfonylurea.onset');
  });

  it('of a class that only an arm outside of the row gets do not count', () => {
    const arms = [
      arm('active', { code: 'metformin', dose: 2000, unit: 'mg/d' }),
      PLACEBO,
      arm('third', { code: 'atorvastatin', dose: 20, unit: 'mg/d' }),
    ];
    expect(idsOf({ arms })).not.toContain('statin.ldl');
    expect(idsOf({ arms, endpoints: [row('hba1c_change', { comparator: 'third' })] })).toContain('statin.ldl');
  });

  it('of the events of an endpoint count, with the risk factors that move them', () => {
    const ids = idsOf({ endpoints: [ratio('stroke')] });
    // mi.uacr moves strokes too, and mi.hba1c_lag says how far the effect of HbA1c on both is behind.
    expect(ids).toEqual(['biguanide.onset', 'biguanide.hba1c', 'stroke.uacr', 'mi.hba1c_lag', 'mi.uacr']);
    expect(idsOf({ endpoints: [ratio('cv_death')] })).toContain('mortality.cv_share');
    expect(idsOf({ endpoints: [ratio('cv_death')] })).toContain('biguanide.mi');
    expect(idsOf({ endpoints: [ratio('falls')] })).toContain('background.falls');
  });

  it('of drugs that are dosed by pressure count, though no arm names them', () => {
    const arms = [arm('active', { code: 'bp-target-120' }), arm('placebo', { code: 'bp-target-140' })];
    expect(idsOf({ arms, endpoints: [row('sbp_change', { unit: 'mm[Hg]' })] })).toEqual(['thiazide.sbp', 'sbp.ageing']);
  });

  it('are only those of the parameter files that are marked as recalled', () => {
    const file = aVirtualTrial();
    const basis = new Map(PARAMETER_ROWS.map((one) => [one.id, one.basis]));
    const ids = rowsOf(file).flatMap((one) => recalledRowsOf(file, one));
    expect(ids.every((id) => basis.get(id) === 'recalled')).toBe(true);
  });
});
