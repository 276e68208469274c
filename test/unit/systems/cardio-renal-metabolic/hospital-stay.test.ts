import { describe, expect, it } from 'vitest';
import type { Visit } from '../../../../src/domain/belief.ts';
import { isStruck, stayBegan, unsettled } from '../../../../src/systems/cardio-renal-metabolic/hospital-stay.ts';
import { anIndividual, doses } from './builders.ts';

function visits(...daysBeforeNow: readonly number[]): readonly Visit[] {
  return daysBeforeNow.map((days) => ({ daysBeforeNow: days, values: [4.2], doses: doses() }));
}

describe('stayBegan', () => {
  it('finds the first of the daily values that lead up to now', () => {
    expect(stayBegan(visits(400, 90, 3, 2, 1, 0))).toBe(2);
    expect(stayBegan(visits(1, 0.5, 0))).toBe(0);
  });

  it('finds no stay in someone seen weeks apart, once, or not lately', () => {
    expect(stayBegan(visits(90, 60, 0))).toBeUndefined();
    expect(stayBegan(visits(0))).toBeUndefined();
    expect(stayBegan([])).toBeUndefined();
    expect(stayBegan(visits(33, 32, 31, 30))).toBeUndefined();
  });
});

it('a person in hospital fluctuates more, and is otherwise the same', () => {
  const home = anIndividual();
  const ill = unsettled(home);
  expect(ill.fluctuations[0]?.sd).toBeGreaterThan(home.fluctuations[0]?.sd ?? Infinity);
  expect(ill.fluctuations[0]?.time).toBe(home.fluctuations[0]?.time);
  expect(ill.responses).toBe(home.responses);
});

it('about half of those in hospital were brought there by an acute illness', () => {
  const struck = Array.from({ length: 512 }, (_, index) => isStruck(index)).filter(Boolean).length;
  expect(struck / 512).toBeCloseTo(0.5, 2);
});
