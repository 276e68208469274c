import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors.ts';
import { CLINICS } from '../../../../src/systems/cardio-renal-metabolic/clinics.ts';
import { eventConstantsFrom } from '../../../../src/systems/cardio-renal-metabolic/events/event-constants.ts';
import { instrumentsOf } from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { PARAMETER_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import {
  CLASSES,
  EFFECT_UNITS,
  PARAMETER_UNITS,
  REQUIRED_IDS,
} from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import correlations from '../../../../src/systems/cardio-renal-metabolic/parameters/correlations.json' with { type: 'json' };
import { CHANNELS } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import {
  parameterDigest,
  parametersFrom,
  publishedParameters,
} from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import type { World } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawCohortRow } from '../../../../src/systems/cohort.ts';

function faultsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.invalid') return error.details;
    throw error;
  }
  return [];
}

describe('the drug classes of the parameters', () => {
  it('are the channels of the system, in their order', () => {
    expect(CLASSES).toEqual(CHANNELS.map(({ id }) => id));
  });

  it.each(CLASSES)('say how fast %s sets in where it has any effect', (drugClass) => {
    const ids = new Set(PARAMETER_ROWS.map(({ id }) => id));
    const acts = Object.keys(EFFECT_UNITS).some((effect) => ids.has(`${drugClass}.${effect}`));
    if (acts) expect(ids).toContain(`${drugClass}.onset`);
    expect(PARAMETER_UNITS[`${drugClass}.onset`]).toBe('d');
  });
});

/** An object, and the names of what is read of it. */
function watched<T extends object>(read: Set<string>, target: T): T {
  return new Proxy(target, {
    get: (owner, name): unknown => {
      read.add(String(name));
      return Reflect.get(owner, name);
    },
  });
}

/** The parameters that living people and their clinics, chance and all, read. */
function readByLives(): ReadonlySet<string> {
  const read = new Set<string>();
  const world = worldOf('none');
  const spied: World = {
    ...world,
    parameters: watched(read, world.parameters),
    clinics: world.clinics.map((clinic) => ({ ...clinic, parameters: watched(read, clinic.parameters) })),
  };
  instrumentsOf(spied.parameters);
  for (let person = 0; person < 40; person += 1) drawCohortRow(spied, 'read', person);
  return read;
}

/** The rows whose value the hazards of events read. */
function readByHazards(): ReadonlySet<string> {
  const read = new Set<string>();
  eventConstantsFrom(
    PARAMETER_ROWS.map((row) =>
      Object.defineProperty({ ...row }, 'value', {
        get: () => {
          read.add(row.id);
          return row.value;
        },
      }),
    ),
  );
  return read;
}

describe('every parameter row', () => {
  it('is read by the equations or by the events', () => {
    const [lives, hazards] = [readByLives(), readByHazards()];
    const unread = PARAMETER_ROWS.map(({ id }) => id).filter((id) => !lives.has(id) && !hazards.has(id));
    expect(unread).toEqual([]);
  });

  it('has an id of its own', () => {
    const ids = PARAMETER_ROWS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has a finite value, and a spread just where it names a distribution', () => {
    for (const { id, value, spread } of PARAMETER_ROWS) {
      expect(Number.isFinite(value), id).toBe(true);
      expect(spread.sd > 0, id).toBe(spread.distribution !== 'none');
    }
  });
});

describe('every correlation', () => {
  const known = new Set<string>(PARAMETER_ROWS.map(({ id }) => id));
  const groups = new Set(['hba1c', 'hdl', 'urate', 'uacr', 'egfr']);

  it.each(correlations.map(({ id, value }) => [id, value] as const))('%s names two things, once', (id, value) => {
    const names = id.split('~');
    expect(names.length).toBe(2);
    for (const name of names) expect(known.has(name) || groups.has(name), name).toBe(true);
    const turned = [...names].reverse().join('~');
    expect(correlations.filter((row) => row.id === id || row.id === turned).length).toBe(1);
    expect(Math.abs(value)).toBeLessThan(1);
  });
});

describe('every row of a clinic', () => {
  it.each(CLINICS.map((clinic) => [clinic.id, clinic] as const))(
    'of %s stands in for one of the population',
    (_, clinic) => {
      const known = new Set<string>(PARAMETER_ROWS.map(({ id }) => id));
      const ids = clinic.rows.map(({ id }) => id);
      for (const id of ids) expect(known.has(id), id).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe('the published parameters', () => {
  it('hold every row that the equations name, in the unit that they take', () => {
    const parameters = publishedParameters();
    for (const id of REQUIRED_IDS) expect(Number.isFinite(parameters[id].value), id).toBe(true);
  });

  it('each say where they were read, or that they are recalled', () => {
    for (const { id, basis, source } of PARAMETER_ROWS) {
      const [first = {}] = [source].flat() as readonly { readonly citation?: string; readonly where?: string }[];
      expect(['read', 'recalled'], id).toContain(basis);
      expect(first.citation, id).toBeTruthy();
      if (basis === 'read') expect(first.where, id).toBeTruthy();
    }
  });

  it('have a digest of 64 hexadecimal digits', () => {
    expect(parameterDigest()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('parametersFrom', () => {
  it('names every missing id at once', () => {
    const rows = PARAMETER_ROWS.filter(({ id }) => id !== 'potassium.relaxation' && id !== 'bmi');
    expect(faultsOf(() => parametersFrom(rows))).toEqual([
      'parameter potassium.relaxation is missing',
      'parameter bmi is missing',
    ]);
  });

  it('takes a class whose row is missing as one without that effect', () => {
    const rows = PARAMETER_ROWS.filter(({ id }) => id !== 'mra.potassium');
    expect(parametersFrom(rows)['mra.potassium']).toBeUndefined();
  });

  it('refuses a row in another unit', () => {
    const rows = PARAMETER_ROWS.map((row) => (row.id === 'mra.onset' ? { ...row, unit: 'h' } : row));
    expect(faultsOf(() => parametersFrom(rows))).toEqual(['parameter mra.onset is in h, the equations take d']);
  });

  it('refuses a row that stands twice', () => {
    const again = PARAMETER_ROWS.filter(({ id }) => id === 'age');
    expect(faultsOf(() => parametersFrom([...PARAMETER_ROWS, ...again]))).toEqual(['parameter age stands twice']);
  });
});
