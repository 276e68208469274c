import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean } from '../../../../src/core/statistics.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import { laboratoryOf } from '../../../../src/systems/cardio-renal-metabolic/laboratory.ts';
import { PARAMETER_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { posteriorDraw, standardErrors } from '../../../../src/systems/cardio-renal-metabolic/posterior.ts';
import { VARIABLE_INDEX } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import { restingState, QUIET_NOISE, levelsAt } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { WORLD_NAMES, isWorldName, worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import type { WorldName } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawCohortRow } from '../../../../src/systems/cohort.ts';
import { doses, liveQuietly, valueOf } from './builders.ts';

const published = publishedParameters();
const errorOf = standardErrors(PARAMETER_ROWS);
const NAMES: readonly WorldName[] = [...WORLD_NAMES, 'posterior-0', 'posterior-17'];

describe('worldOf', () => {
  it('leaves everything as published in the world without a shift', () => {
    const { parameters, structure, habits } = worldOf('none');
    expect(parameters).toEqual(published);
    expect(structure).toEqual({ adherenceTrend: 0, doseExponent: 1 });
    expect(Object.values(habits.frailty)).toEqual([0, 0, 0, 0]);
  });

  it.each(NAMES.filter((name) => name !== 'none'))('differs in the world %s, and in nothing by accident', (name) => {
    const [calm, other] = [worldOf('none'), worldOf(name)];
    const differs = (part: 'parameters' | 'structure' | 'habits'): boolean =>
      JSON.stringify(other[part]) !== JSON.stringify(calm[part]);
    const parts = (['parameters', 'structure', 'habits'] as const).filter(differs);
    expect(parts.length).toBe(1);
  });

  it.each(NAMES)('draws people in the world %s, the same from the same seed', (name) => {
    const row = drawCohortRow(worldOf(name), 'worlds', 5);
    expect(drawCohortRow(worldOf(name), 'worlds', 5)).toEqual(row);
    expect(row.pair.a.truth.flat().every(Number.isFinite)).toBe(true);
  });

  it('shifts the people of every clinic, not only those of the population', () => {
    const [calm, fast] = [worldOf('none'), worldOf('fast-decline')];
    fast.clinics.forEach(({ parameters }, index) => {
      const before = at(calm.clinics, index).parameters['egfr.decline'].value;
      expect(parameters['egfr.decline'].value).toBeCloseTo(2 * before, 9);
    });
  });

  it('knows its names, and no inherited one', () => {
    expect(isWorldName('hidden-confounder')).toBe(true);
    expect(isWorldName('posterior-3')).toBe(true);
    expect(isWorldName('posterior-x')).toBe(false);
    expect(isWorldName('toString')).toBe(false);
    expect(isWorldName('mars')).toBe(false);
  });
});

describe('the world of', () => {
  const meanAdherence = (name: WorldName): number => {
    const world = worldOf(name);
    return mean(
      Array.from({ length: 300 }, (_, id) => enrol(world, seededRandom(`adherence/${id}`)).individual.adherence),
    );
  };

  it('poor adherence lets patients take less', () => {
    expect(meanAdherence('none')).toBeCloseTo(1, 1);
    expect(meanAdherence('poor-adherence') / meanAdherence('none')).toBeGreaterThan(0.6);
    expect(meanAdherence('poor-adherence') / meanAdherence('none')).toBeLessThan(0.8);
  });

  it.each([
    ['drifting-adherence', { statin: 1 }, 'ldl', 'more'],
    ['other-dose-curve', { statin: 0.25 }, 'ldl', 'less'],
    ['unmodelled-interaction', { mra: 1, sglt2i: 1 }, 'uacr', 'more'],
  ] as const)('%s leaves another effect of %o after four years: %s is %s', (name, taken, variable, side) => {
    const levelIn = (world: WorldName): number => {
      const { individual } = enrol(worldOf(world), seededRandom('structure'));
      const start = restingState(individual, doses(), QUIET_NOISE);
      const months = Array.from({ length: 48 }, () => 30);
      return valueOf(levelsAt(individual, liveQuietly(individual, start, doses(taken), months)), variable);
    };
    expect(Math.sign(levelIn(name) - levelIn('none'))).toBe(side === 'more' ? 1 : -1);
  });

  it('a hidden confounder lets the frail lose kidney function faster', () => {
    const world = worldOf('hidden-confounder');
    const people = Array.from({ length: 400 }, (_, id) => {
      const random = `confounded/${id}`;
      const { individual, frailty } = enrol(world, seededRandom(random));
      const plain = enrol(worldOf('none'), seededRandom(random)).individual;
      return { frailty, ratio: individual.kidney.declinePerDay / plain.kidney.declinePerDay };
    });
    const frail = people.filter(({ frailty }) => frailty > 1);
    const robust = people.filter(({ frailty }) => frailty < -1);
    expect(mean(frail.map(({ ratio }) => ratio))).toBeGreaterThan(1.5);
    expect(mean(robust.map(({ ratio }) => ratio))).toBeLessThan(0.7);
  });

  it('an assay change gives each person a day of it, and new bias and scatter from then on', () => {
    const days = [1, 2].map((id) => laboratoryOf(worldOf('assay-change'), seededRandom(`laboratory/${id}`)).next?.day);
    expect(days[0]).not.toBe(days[1]);
    const { next, errors } = laboratoryOf(worldOf('assay-change'), seededRandom('laboratory'));
    expect(at(next?.instruments.bias ?? [], VARIABLE_INDEX.hba1c)).not.toBe(1);
    expect(at(next?.instruments.errors ?? [], VARIABLE_INDEX.hba1c).sd).toBeGreaterThan(
      at(errors, VARIABLE_INDEX.hba1c).sd,
    );
    expect(laboratoryOf(worldOf('none'), seededRandom('laboratory')).next).toBeUndefined();
  });

  it('another missingness measures those who feel well far less', () => {
    const measured = (name: WorldName): number => {
      const world = worldOf(name);
      const people = Array.from({ length: 150 }, (_, id) => drawCohortRow(world, 'missing', id).history);
      return mean(people.map(({ visits }) => visits.flatMap(({ values }) => values.filter(Boolean)).length));
    };
    expect(measured('other-missingness')).toBeLessThan(0.8 * measured('none'));
  });
});

describe('a draw from the posterior', () => {
  it('is the same under the same number and another under another', () => {
    expect(worldOf('posterior-1').parameters).toEqual(worldOf('posterior-1').parameters);
    expect(worldOf('posterior-1').parameters).not.toEqual(worldOf('posterior-2').parameters);
  });

  it('moves hazards too', () => {
    const rates = ['posterior-1', 'posterior-2'] as const;
    const [one, two] = rates.map((name) => worldOf(name).events.reducedEf.hospitalisation);
    expect(one).not.toBe(two);
    expect(worldOf('none').events).toEqual(worldOf('strong-potassium').events);
  });

  it('is drawn around the rows that are given', () => {
    const halved = PARAMETER_ROWS.map((row) => (row.id === 'statin.ldl' ? { ...row, value: row.value / 2 } : row));
    const of = (rows: typeof PARAMETER_ROWS) => worldOf('posterior-1', rows).parameters['statin.ldl']?.value ?? 0;
    expect(of(halved) / of(PARAMETER_ROWS)).toBeGreaterThan(0.35);
    expect(of(halved) / of(PARAMETER_ROWS)).toBeLessThan(0.65);
  });

  it('moves what was published with an interval by about its standard error', () => {
    const row = PARAMETER_ROWS.find(({ id, uncertainty }) => id === 'statin.ldl' && uncertainty !== undefined);
    if (row === undefined) throw new TypeError('statin.ldl has no standard error');
    const drawn = Array.from({ length: 300 }, (_, k) => posteriorDraw(`posterior-${k}`, errorOf)(row).value);
    const sd = Math.sqrt(mean(drawn.map((value) => (value - row.value) ** 2)));
    expect(sd / errorOf(row.id, row.value)).toBeGreaterThan(0.85);
    expect(sd / errorOf(row.id, row.value)).toBeLessThan(1.15);
  });

  it('takes a class row without an interval to be as uncertain as those with one, and leaves other rows', () => {
    expect(errorOf('bb.ed50', 1)).toBeGreaterThan(0.05);
    expect(errorOf('bb.ed50', 1)).toBeLessThan(0.4);
    const stated = new Set(PARAMETER_ROWS.flatMap(({ id, uncertainty }) => (uncertainty === undefined ? [] : [id])));
    expect(stated.has('bb.ed50')).toBe(false);
    expect(errorOf('bb.ed50', 2)).toBeCloseTo(2 * errorOf('bb.ed50', 1), 12);
    expect(errorOf('age', 70)).toBe(0);
  });

  it('never turns what must be positive', () => {
    for (let k = 0; k < 40; k += 1) {
      for (const [id, row] of Object.entries(worldOf(`posterior-${k}`).parameters)) {
        if (/\.(ed50|hill|onset)$|_ed50$/.test(id)) expect(row.value, id).toBeGreaterThan(0);
      }
    }
  });
});
