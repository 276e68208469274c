import { describe, expect, it } from 'vitest';
import { cardioRenalMetabolic as system } from '../../../../src/systems/cardio-renal-metabolic/system.ts';
import { emulateWithModel } from '../../../../src/trials/emulate/emulate-with-model.ts';
import { linearWorldModel, lostWorldModel, SIMPLE_DYNAMICS } from '../../../fakes/linear-world-model.ts';
import { aVirtualTrial, arm, PLACEBO, ratio, row } from './a-virtual-trial.ts';

const OPTIONS = { people: 6, samples: 8, seed: 'test' };
const QUIET = { ...SIMPLE_DYNAMICS, noise: {}, memberSpread: { sbp: 2 } };
const ENALAPRIL = [arm('active', { code: 'enalapril', dose: 20, unit: 'mg/d' }), PLACEBO];
const PRESSURE = row('sbp_change', { unit: 'mmHg', followUpMonths: 2 });

describe('a trial emulated with a world model', () => {
  it('finds what the model believes of the difference', async () => {
    const trial = aVirtualTrial({ arms: ENALAPRIL, endpoints: [PRESSURE] });
    const { predictions } = await emulateWithModel(linearWorldModel(system, QUIET), trial, OPTIONS);
    expect(predictions[0]).toMatchObject({ evaluable: true, month: 2 });
    expect(predictions[0]?.evaluable === true ? predictions[0].predicted : Number.NaN).toBeCloseTo(-8, 3);
  });

  it('does not speak beyond its horizon, of events, or of pressure targets', async () => {
    const arms = [...ENALAPRIL, arm('target', { code: 'bp-target-120' })];
    const trial = aVirtualTrial({
      arms,
      endpoints: [
        row('sbp_change', { followUpMonths: 6 }),
        ratio('cv_death'),
        row('sbp_change', { arm: 'target', followUpMonths: 2 }),
      ],
    });
    const { predictions } = await emulateWithModel(linearWorldModel(system, QUIET), trial, OPTIONS);
    expect(predictions.map((one) => (one.evaluable ? '' : one.reason))).toEqual([
      "183 days lie beyond the model's 84",
      'a world model forecasts variables, no events or slopes',
      'a world model takes constant doses, no pressure targets',
    ]);
  });

  it('fails as the model fails', async () => {
    const trial = aVirtualTrial({ arms: ENALAPRIL, endpoints: [PRESSURE] });
    await expect(emulateWithModel(lostWorldModel(system), trial, OPTIONS)).rejects.toMatchObject({
      code: 'model.unavailable',
    });
  });
});
