import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean } from '../../../../src/core/statistics.ts';
import { CLINICS, clinicAt, clinicsFrom } from '../../../../src/systems/cardio-renal-metabolic/clinics.ts';
import type { Clinic } from '../../../../src/systems/cardio-renal-metabolic/clinics.ts';
import { COHORT_DESIGN } from '../../../../src/systems/cardio-renal-metabolic/cohort-design.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import type { Enrolment } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';

const world = worldOf('none');
const people = Array.from({ length: 2500 }, (_, id) => enrol(world, seededRandom(`clinics/${id}`)));

function inClinic(id: string): readonly Enrolment[] {
  return people.filter(({ clinic }) => clinic === id);
}

function faultsOf(clinics: readonly Clinic[]): readonly string[] {
  try {
    clinicsFrom(clinics);
  } catch (error) {
    if (error instanceof AppError) return error.details;
    throw error;
  }
  return [];
}

describe('the clinics', () => {
  it.each(CLINICS.map(({ id, share }) => [id, share] as const))('send %s its share of the people', (id, share) => {
    expect(Math.abs(inClinic(id).length / people.length - share)).toBeLessThan(0.035);
  });

  it('see people of their kind', () => {
    const shareWith = (id: string, holds: (each: Enrolment) => boolean): number =>
      mean(inClinic(id).map((each) => Number(holds(each))));
    expect(shareWith('diabetes-primary-care', ({ individual }) => individual.person.type2Diabetes)).toBe(1);
    expect(shareWith('obesity', ({ individual }) => individual.person.type2Diabetes)).toBe(0);
    expect(shareWith('cardio-renal', ({ individual }) => individual.person.heartFailure)).toBeGreaterThan(0.45);
    expect(shareWith('general-adults', ({ individual }) => individual.person.heartFailure)).toBeLessThan(0.08);
  });

  it('each say where their numbers were found', () => {
    for (const { rows } of CLINICS)
      for (const { basis, source } of rows) {
        expect(['read', 'recalled']).toContain(basis);
        expect(source).toBeDefined();
      }
  });

  it('are refused when a row is foreign, in another unit, or the shares do not add up', () => {
    const [first] = CLINICS;
    if (first === undefined) throw new TypeError('no clinic');
    const [row] = first.rows;
    if (row === undefined) throw new TypeError('no row');
    expect(faultsOf([{ ...first, share: 0.5 }])).toEqual(['the shares of the clinics add up to 0.5']);
    expect(faultsOf([{ ...first, share: 1, rows: [{ ...row, unit: 'kg' }] }]).length).toBe(1);
    expect(faultsOf([{ ...first, share: 1, rows: [{ ...row, id: 'shoe.size' }] }]).length).toBe(1);
  });

  it('are found by a place in their shares, the last one at the very end', () => {
    const shares = [
      { id: 'a', share: 0.25 },
      { id: 'b', share: 0.75 },
    ];
    expect([0, 0.2499, 0.25, 0.9999, 1].map((place) => clinicAt(shares, place).id)).toEqual(['a', 'a', 'b', 'b', 'b']);
    expect(() => clinicAt([], 0.5)).toThrow(RangeError);
  });
});

describe('enrol', () => {
  it('lets nobody start outside of the support', () => {
    const { support } = COHORT_DESIGN;
    for (const { individual } of people) {
      const { person, setpoints } = individual;
      const bmi = setpoints.weight / (person.height / 100) ** 2;
      for (const [value, name] of [
        [person.age, 'age'],
        [bmi, 'bmi'],
        [setpoints.gfr, 'gfr'],
        [setpoints.ldl, 'ldl'],
        [setpoints.uacr, 'uacr'],
        [setpoints.urate, 'urate'],
        [1 - setpoints.dbp / setpoints.sbp, 'pulseShare'],
      ] as const) {
        const [low, high] = support[name].range;
        expect(value, name).toBeGreaterThanOrEqual(low - 1e-9);
        expect(value, name).toBeLessThanOrEqual(high + 1e-9);
      }
      expect(person.diabetesYears).toBeLessThanOrEqual(person.age - 18 + 1e-9);
    }
  });

  it('spreads a share of the people evenly over the support', () => {
    // Rare in the population, common where all is even: a urate above 10 mg/dL.
    const high = people.filter(({ individual }) => individual.setpoints.urate > 10).length / people.length;
    expect(high).toBeGreaterThan(0.02);
    expect(high).toBeLessThan(0.15);
  });
});
