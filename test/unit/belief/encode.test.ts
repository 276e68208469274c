import { describe, expect, it } from 'vitest';
import { encodeBelief } from '../../../src/belief/encode.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { PatientHistory } from '../../../src/domain/belief.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { NOW } from '../../fakes/a-record.ts';
import { linearWorldModel, lostWorldModel } from '../../fakes/linear-world-model.ts';

const history: PatientHistory = {
  asOf: NOW,
  covariates: { age: 70, female: true, traits: [true, false, undefined] },
  visits: [],
  doses: system.channels.map(() => 0),
};

describe('encodeBelief', () => {
  it('gives the belief of the model back', async () => {
    const belief = await encodeBelief(linearWorldModel(system), history);
    expect(belief.history).toBe(history);
  });

  it('turns whatever breaks inside a model into model.unavailable, with its cause', async () => {
    const cause = new RangeError('session');
    const broken = encodeBelief(lostWorldModel(system, cause), history);
    await expect(broken).rejects.toMatchObject({ code: 'model.unavailable', cause });
  });

  it('lets a foreseen failure through as it is', async () => {
    const error = new AppError('model.unavailable', ['schema']);
    await expect(encodeBelief(lostWorldModel(system, error), history)).rejects.toBe(error);
  });
});
