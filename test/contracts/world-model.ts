import { beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../src/core/array.ts';
import { mean, quantileOfSorted, sortedCopy } from '../../src/core/statistics.ts';
import { instant } from '../../src/core/time.ts';
import type { PatientHistory, Visit } from '../../src/domain/belief.ts';
import type { DosedDrug, Regimen } from '../../src/domain/intervention.ts';
import type { Trajectory } from '../../src/domain/trajectory.ts';
import type { RollOutOptions, WorldModel } from '../../src/ports/world-model.ts';
import { dosesOf } from '../../src/systems/doses.ts';
import { cardioRenalMetabolic as system } from '../../src/systems/cardio-renal-metabolic/system.ts';

function drug(ingredient: string, value: number): DosedDrug {
  return { ingredient, dailyDose: { value, unit: 'mg/d' } };
}

const BACKGROUND = [drug('lisinopril', 20), drug('carvedilol', 12.5)];

function regimen(id: string, ...added: readonly DosedDrug[]): Regimen {
  return { id, drugs: [...BACKGROUND, ...added] };
}

const UNCHANGED = regimen('unchanged');
const DOSES = dosesOf(system, UNCHANGED);
/** Potassium, eGFR, systolic pressure, heart rate, weight and HbA1c; nothing else was ever measured. */
const VALUES = [4.6, 48, 128, 70, 82, 6.1];

function visit(daysBeforeNow: number, first: readonly (number | undefined)[] = VALUES): Visit {
  return { daysBeforeNow, values: system.variables.map((_, index) => first[index]), doses: DOSES };
}

/** A stable patient with heart failure and kidney disease on two drugs, seen three times, but for what is given. */
export function aHistory(given: Partial<PatientHistory> = {}): PatientHistory {
  return {
    asOf: instant(Date.UTC(2026, 0, 1)),
    covariates: { age: 68, female: false, traits: [true, false, true] },
    visits: [visit(180), visit(60), visit(1)],
    doses: DOSES,
    ...given,
  };
}

/** What the patient of `aHistory` takes, with spironolactone (mg/d) added. */
export function aRegimen(id: string, spironolactone: number): Regimen {
  return regimen(id, drug('spironolactone', spironolactone));
}

const HISTORY = aHistory();
const OPTIONS: RollOutOptions = { days: system.horizon, samples: 120, seed: 'contract' };

type Kind = 'samples' | 'levels';

/** What is measured or true of one variable on one day (index of `days`), ascending. */
function sortedOf(trajectory: Trajectory, kind: Kind, variable: string, day: number): Float64Array {
  const { variables, days, [kind]: values } = trajectory;
  const width = variables.length * days.length;
  const offset = day * variables.length + variables.indexOf(variable);
  return sortedCopy(Array.from({ length: values.length / width }, (_, draw) => at(values, draw * width + offset)));
}

function samplesOf(trajectory: Trajectory, variable: string, day: number): Float64Array {
  return sortedOf(trajectory, 'samples', variable, day);
}

function spreadOf(trajectory: Trajectory, variable: string, day: number, kind: Kind = 'samples'): number {
  const sorted = sortedOf(trajectory, kind, variable, day);
  return quantileOfSorted(sorted, 0.95) - quantileOfSorted(sorted, 0.05);
}

/** The share of futures in which a variable lies beyond a limit on any day. */
function chanceBeyond(trajectory: Trajectory, kind: Kind, variable: string, isBeyond: (v: number) => boolean): number {
  const { variables, days, [kind]: values } = trajectory;
  const width = variables.length * days.length;
  const draws = values.length / width;
  const column = variables.indexOf(variable);
  const crossed = Array.from({ length: draws }, (_, draw) =>
    days.some((__, day) => isBeyond(at(values, draw * width + day * variables.length + column))),
  );
  return crossed.filter(Boolean).length / draws;
}

/**
 * What every world model owes its callers, whatever stands behind it. Run it on each adapter.
 *
 * `factory` opens the model for the cardio-renal-metabolic system.
 */
export function describeWorldModel(name: string, factory: () => WorldModel | Promise<WorldModel>): void {
  describe(`${name} as a world model`, () => {
    let model: WorldModel;
    const forecast = async (
      regimens: readonly Regimen[],
      options: Partial<RollOutOptions> = {},
      history: PatientHistory = HISTORY,
    ): Promise<readonly Trajectory[]> =>
      model.rollOut(await model.encode(history), regimens, { ...OPTIONS, ...options });

    beforeAll(async () => {
      model = await factory();
    });

    it('says who it is, always the same', () => {
      const identity = model.describe();
      expect(identity.system).toBe(system.id);
      expect(identity.weightsDigest).toMatch(/^[0-9a-f]{64}$/);
      expect(identity.schemaDigest).toMatch(/^[0-9a-f]{64}$/);
      expect(model.describe()).toEqual(identity);
    });

    it('signs a belief with its identity and keeps the history', async () => {
      const belief = await model.encode(HISTORY);
      expect(belief.model).toEqual(model.describe());
      expect(belief.history).toEqual(HISTORY);
    });

    it('answers one trajectory a regimen, in the order given', async () => {
      const ids = ['b', 'a', 'c'];
      const answered = await forecast(ids.map((id) => regimen(id)));
      expect(answered.map(({ regimenId }) => regimenId)).toEqual(ids);
    });

    it('answers no regimen with no trajectory', async () => {
      expect(await forecast([])).toEqual([]);
    });

    it('gives samples and levels as asked for on the days asked for, all finite and of a living adult', async () => {
      const [trajectory] = await forecast([UNCHANGED], { days: [2, 10, 45], samples: 60 });
      if (trajectory === undefined) throw new TypeError('no trajectory');
      const { days, variables, members, samplesPerMember, samples, levels } = trajectory;
      expect(days).toEqual([2, 10, 45]);
      expect(variables).toEqual(system.variables.map(({ id }) => id));
      expect(members * samplesPerMember).toBe(60);
      for (const values of [samples, levels]) {
        expect(values.length).toBe(60 * days.length * variables.length);
        values.forEach((value, index) => {
          const { low, high } = at(system.variables, index % variables.length).plausible;
          expect(value >= low - 1e-3 && value <= high + 1e-3, `${value}`).toBe(true);
        });
      }
    });

    it('gives the same bytes for the same history, regimen and seed', async () => {
      expect(await forecast([UNCHANGED])).toEqual(await forecast([UNCHANGED]));
    });

    it('gives other samples for another seed', async () => {
      const [once, other] = [await forecast([UNCHANGED]), await forecast([UNCHANGED], { seed: 'another' })];
      expect(once[0]?.samples).not.toEqual(other[0]?.samples);
    });

    it('shares its noise: equal regimens have equal futures', async () => {
      const [one, two] = await forecast([
        regimen('one', drug('spironolactone', 25)),
        regimen('two', drug('spironolactone', 25)),
      ]);
      expect(two?.samples).toEqual(one?.samples);
      expect(two?.levels).toEqual(one?.levels);
    });

    it('spreads levels less than measurements of them, on every day', async () => {
      const [trajectory] = await forecast([UNCHANGED], { samples: 1000 });
      if (trajectory === undefined) throw new TypeError('no trajectory');
      for (const variable of ['potassium', 'egfr', 'sbp', 'heart_rate']) {
        trajectory.days.forEach((_, day) => {
          const [level, sample] = [
            spreadOf(trajectory, variable, day, 'levels'),
            spreadOf(trajectory, variable, day, 'samples'),
          ];
          expect(level, variable).toBeLessThan(sample);
        });
      }
    });

    it('centres measurements on the levels', async () => {
      const [trajectory] = await forecast([UNCHANGED], { samples: 1000 });
      if (trajectory === undefined) throw new TypeError('no trajectory');
      for (const [variable, apart] of [
        ['potassium', 0.05],
        ['egfr', 1],
        ['sbp', 2],
      ] as const) {
        const [level, sample] = (['levels', 'samples'] as const).map((kind) =>
          quantileOfSorted(sortedOf(trajectory, kind, variable, 4), 0.5),
        );
        expect(Math.abs((level ?? Number.NaN) - (sample ?? Number.NaN)), variable).toBeLessThan(apart);
      }
    });

    it('lets fewer levels than measurements cross a limit on any day: instruments err anew each day', async () => {
      const [trajectory] = await forecast([UNCHANGED], { samples: 2000 });
      if (trajectory === undefined) throw new TypeError('no trajectory');
      const isLow = (value: number): boolean => value < 100;
      const ofLevels = chanceBeyond(trajectory, 'levels', 'sbp', isLow);
      expect(ofLevels).toBeLessThan(0.7 * chanceBeyond(trajectory, 'samples', 'sbp', isLow));
    });

    it('answers a regimen alike whatever stands beside it', async () => {
      const [alone] = await forecast([UNCHANGED]);
      const together = await forecast([regimen('other', drug('furosemide', 40)), UNCHANGED]);
      // Kernels may sum in another order when the batch is larger.
      const gap = Math.max(
        ...(together[1]?.samples ?? []).map((value, index) => Math.abs(value - at(alone?.samples ?? [], index))),
      );
      expect(gap).toBeLessThan(1e-2);
    });

    it.each([
      ['no day', { days: [] }],
      ['days that do not ascend', { days: [7, 7] }],
      ['a day that is not ahead', { days: [0, 7] }],
      ['no samples', { samples: 0 }],
      ['half a sample', { samples: 1.5 }],
    ])('calls %s a bug of the caller', async (_, options) => {
      await expect(forecast([UNCHANGED], options)).rejects.toThrow(TypeError);
    });

    it('does not change what it is given', async () => {
      const before = structuredClone(HISTORY);
      await forecast([UNCHANGED]);
      expect(HISTORY).toEqual(before);
    });

    it('expects a stable patient to stay about where the record left them', async () => {
      const [unchanged] = await forecast([UNCHANGED]);
      if (unchanged === undefined) throw new TypeError('no trajectory');
      expect(Math.abs(mean(samplesOf(unchanged, 'potassium', 3)) - 4.6)).toBeLessThan(0.25);
      expect(Math.abs(mean(samplesOf(unchanged, 'egfr', 3)) - 48)).toBeLessThan(6);
      expect(Math.abs(mean(samplesOf(unchanged, 'body_weight', 3)) - 82)).toBeLessThan(3);
    });

    it.each([
      ['spironolactone', 25, 'potassium', 0.08, 0.9],
      ['furosemide', 80, 'potassium', -0.9, -0.05],
      ['empagliflozin', 10, 'egfr', -8, -0.5],
      ['bisoprolol', 10, 'heart_rate', -20, -0.5],
      ['amlodipine', 10, 'sbp', -25, -1],
      ['atorvastatin', 40, 'ldl', -100, -10],
    ])('knows what %s %d mg does to %s in four weeks', async (ingredient, dose, variable, least, most) => {
      const [without, added] = await forecast([UNCHANGED, regimen('added', drug(ingredient, dose))]);
      if (without === undefined || added === undefined) throw new TypeError('no trajectory');
      const effect = mean(samplesOf(added, variable, 5)) - mean(samplesOf(without, variable, 5));
      expect(effect).toBeGreaterThan(least);
      expect(effect).toBeLessThan(most);
    });

    it('answers an empty record, and is less sure of it', async () => {
      const [known] = await forecast([UNCHANGED]);
      const [unknown] = await forecast([UNCHANGED], {}, aHistory({ visits: [] }));
      if (known === undefined || unknown === undefined) throw new TypeError('no trajectory');
      expect(spreadOf(unknown, 'potassium', 0)).toBeGreaterThan(spreadOf(known, 'potassium', 0));
      expect(spreadOf(unknown, 'egfr', 0)).toBeGreaterThan(spreadOf(known, 'egfr', 0));
    });

    it('answers a record with single values missing', async () => {
      const partial = aHistory({
        visits: [
          visit(60, [4.6, undefined, undefined, 70, undefined, undefined]),
          visit(0, [undefined, 48, 128, undefined, 82, undefined]),
        ],
      });
      const [trajectory] = await forecast([UNCHANGED], {}, partial);
      expect(trajectory?.samples.every((value) => Number.isFinite(value))).toBe(true);
    });

    it('answers a record longer than its window', async () => {
      const long = aHistory({ visits: Array.from({ length: 60 }, (_, index) => visit(600 - 10 * index)) });
      const [trajectory] = await forecast([UNCHANGED], {}, long);
      expect(trajectory?.samples.every((value) => Number.isFinite(value))).toBe(true);
    });
  });
}
