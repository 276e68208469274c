import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean } from '../../../../src/core/statistics.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import { PARAMETER_IDS, PARAMETER_UNITS } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import {
  PARAMETER_ROWS,
  parameterDigest,
  parametersFrom,
  publishedParameters,
} from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { WORLD_NAMES, parametersOfWorld } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import type { WorldName } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';

function faultsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.invalid') return error.details;
    throw error;
  }
  return [];
}

describe('the published parameters', () => {
  it('hold every row that the equations name, in the unit that they take', () => {
    const parameters = publishedParameters();
    for (const id of PARAMETER_IDS) expect(Number.isFinite(parameters[id].value), id).toBe(true);
  });

  it('each say where they were found or that they are recalled', () => {
    for (const row of PARAMETER_ROWS) expect(['read', 'recalled'], row.id).toContain(row.basis);
  });

  it('have a digest of 64 hexadecimal digits', () => {
    expect(parameterDigest()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('parametersFrom', () => {
  it('names every missing id at once', () => {
    const rows = PARAMETER_ROWS.filter(({ id }) => id !== 'mra.potassium' && id !== 'bmi');
    expect(faultsOf(() => parametersFrom(rows))).toEqual([
      'parameter mra.potassium is missing',
      'parameter bmi is missing',
    ]);
  });

  it('refuses a row in another unit', () => {
    const rows = PARAMETER_ROWS.map((row) => (row.id === 'mra.onset' ? { ...row, unit: 'h' } : row));
    expect(faultsOf(() => parametersFrom(rows))).toEqual(['parameter mra.onset is in h, the equations take d']);
  });

  it('refuses a row that stands twice', () => {
    const again = PARAMETER_ROWS.filter(({ id }) => id === 'age');
    expect(faultsOf(() => parametersFrom([...PARAMETER_ROWS, ...again]))).toEqual(['parameter age stands twice']);
  });

  it('has a unit for every id', () => {
    expect(Object.keys(PARAMETER_UNITS)).toEqual([...PARAMETER_IDS]);
  });
});

describe('parametersOfWorld', () => {
  const meanAdherence = (world: WorldName): number => {
    const parameters = parametersOfWorld(publishedParameters(), world);
    return mean(Array.from({ length: 400 }, (_, id) => enrol(parameters, seededRandom(`adherence/${id}`)).adherence));
  };

  it('lets patients take less in the world of poor adherence', () => {
    expect(meanAdherence('none')).toBeCloseTo(1, 1);
    expect(meanAdherence('poor-adherence') / meanAdherence('none')).toBeGreaterThan(0.6);
    expect(meanAdherence('poor-adherence') / meanAdherence('none')).toBeLessThan(0.8);
  });

  it('leaves everything as published in the world without a shift', () => {
    expect(parametersOfWorld(publishedParameters(), 'none')).toEqual(
      Object.fromEntries(PARAMETER_IDS.map((id) => [id, publishedParameters()[id]])),
    );
  });

  it.each(WORLD_NAMES.filter((name) => name !== 'none'))('changes something in the world %s', (name) => {
    expect(parametersOfWorld(publishedParameters(), name)).not.toEqual(
      parametersOfWorld(publishedParameters(), 'none'),
    );
  });
});
