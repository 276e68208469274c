import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openOnnxWorldModel } from '../../../src/adapters/onnx-world-model.ts';
import { at } from '../../../src/core/array.ts';
import { AppError } from '../../../src/core/errors.ts';
import { mean } from '../../../src/core/statistics.ts';
import type { PatientHistory } from '../../../src/domain/belief.ts';
import type { System } from '../../../src/domain/system.ts';
import type { WorldModel } from '../../../src/ports/world-model.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aHistory, aRegimen } from '../../contracts/world-model.ts';

const OPTIONS = { days: [7, 28], samples: 50, seed: 'unit' };

function withPotassium(values: readonly number[]): PatientHistory {
  const { visits } = aHistory();
  return aHistory({
    visits: visits.map((visit, index) => ({ ...visit, values: [at(values, index), ...visit.values.slice(1)] })),
  });
}

async function forecast(model: WorldModel, history: PatientHistory, options = OPTIONS): Promise<Float32Array> {
  const belief = await model.encode(history);
  return at(await model.rollOut(belief, [aRegimen('a', 25)], options), 0).samples;
}

/** The mean of potassium on the last day. */
async function meanPotassium(model: WorldModel, history: PatientHistory): Promise<number> {
  const samples = await forecast(model, history);
  const width = system.variables.length;
  return mean(samples.filter((_, index) => index % (2 * width) === width));
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the learned world model', () => {
  let model: WorldModel;
  beforeAll(async () => {
    model = await openOnnxWorldModel({ folder: 'models', system });
  });

  test('it describes itself from the registry', () => {
    expect(model.describe()).toMatchObject({ kind: 'learned', system: system.id });
  });

  test('a patient whose potassium was high is forecast higher than one whose potassium was low', async () => {
    const high = await meanPotassium(model, withPotassium([5.2, 5.3, 5.3]));
    const low = await meanPotassium(model, withPotassium([3.9, 3.8, 3.9]));
    expect(high - low).toBeGreaterThan(0.5);
  });

  test('a higher dose of a mineralocorticoid antagonist never lowers mean potassium, on any day', async () => {
    const belief = await model.encode(aHistory());
    const regimens = [0, 12.5, 25, 50, 100].map((dose) => aRegimen(String(dose), dose));
    const futures = await model.rollOut(belief, regimens, { ...OPTIONS, days: system.horizon });
    const width = system.variables.length * system.horizon.length;
    system.horizon.forEach((_, day) => {
      const means = futures.map(({ samples }) =>
        mean(samples.filter((_value, index) => index % width === day * system.variables.length)),
      );
      expect(means).toEqual(means.toSorted((x, y) => x - y));
    });
  });

  test('a later day of the grid leaves the forecast of an earlier one as it is', async () => {
    const short = await forecast(model, aHistory(), { ...OPTIONS, days: [7] });
    const long = await forecast(model, aHistory());
    const width = system.variables.length;
    const earlier = long.filter((_, index) => index % (2 * width) < width);
    short.forEach((value, index) => {
      expect(at(earlier, index)).toBeCloseTo(value, 3);
    });
  });

  test('a history longer than the tensor is read by its newest visits', async () => {
    const visit = at(aHistory().visits, 0);
    const old = Array.from({ length: 60 }, (_, index) => ({ ...visit, daysBeforeNow: 1000 - index }));
    const { visits } = aHistory();
    const whole = await forecast(model, aHistory({ visits: [...old, ...visits] }));
    expect(whole).toEqual(await forecast(model, aHistory({ visits: [...old.slice(-29), ...visits] })));
  });

  test('a horizon beyond training is answered by model.unavailable, naming the limit', async () => {
    const failure = await failureOf(forecast(model, aHistory(), { ...OPTIONS, days: [7, 4000] }));
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).code).toBe('model.unavailable');
    expect((failure as AppError).details[0]).toMatch(/up to \d+(\.\d+)? days/);
  });

  test.each([
    ['no day', { ...OPTIONS, days: [] }],
    ['days that do not ascend', { ...OPTIONS, days: [7, 7] }],
    ['a day that is not ahead', { ...OPTIONS, days: [0, 7] }],
    ['no samples', { ...OPTIONS, samples: 0 }],
    ['half a sample', { ...OPTIONS, samples: 1.5 }],
  ])('%s is a bug of the caller', async (_, options) => {
    expect(await failureOf(forecast(model, aHistory(), options))).toBeInstanceOf(TypeError);
  });
});

describe('opening the learned world model', () => {
  test('a system whose schema changed has no model', async () => {
    const channels = [...system.channels, { id: 'finerenone', name: 'finerenone', drafted: 'screened' } as const];
    const changed: System = { ...system, channels };
    const failure = await failureOf(openOnnxWorldModel({ folder: 'models', system: changed }));
    expect(failure).toMatchObject({ code: 'model.unavailable' });
    expect((failure as AppError).details[0]).toContain('was built for schema');
  });

  test('weights that were tampered with are not loaded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'models-'));
    cpSync('models', folder, { recursive: true });
    writeFileSync(join(folder, system.id, 'roll-out.onnx'), 'not a model');
    const failure = await failureOf(openOnnxWorldModel({ folder, system }));
    expect(failure).toMatchObject({ code: 'model.unavailable' });
  });
});
