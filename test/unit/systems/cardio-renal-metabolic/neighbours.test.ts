import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import type { Covariates } from '../../../../src/domain/belief.ts';
import {
  drawNeighbours,
  phenotypesOf,
  weighNeighbours,
} from '../../../../src/systems/cardio-renal-metabolic/neighbours.ts';
import type { Neighbour } from '../../../../src/systems/cardio-renal-metabolic/neighbours.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';

const neighbours = drawNeighbours(worldOf('none'), 2000);

function shareOf(weights: readonly number[], holds: (neighbour: Neighbour) => boolean): number {
  return neighbours.reduce((sum, neighbour, index) => sum + (holds(neighbour) ? at(weights, index) : 0), 0);
}

function aPatient(given: Partial<Covariates> = {}): Covariates {
  return { age: 65, female: false, traits: [undefined, undefined, undefined], ...given };
}

describe('weighNeighbours', () => {
  it('asks for the same sex and about the same age', () => {
    const weights = weighNeighbours(neighbours, aPatient());
    expect(shareOf(weights, ({ person }) => person.female)).toBe(0);
    expect(shareOf(weights, ({ person }) => Math.abs(person.age - 65) < 15)).toBeGreaterThan(0.95);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it.each([
    ['heart failure', [true, undefined, undefined], ({ person }: Neighbour) => person.heartFailure],
    ['diabetes', [undefined, true, undefined], ({ person }: Neighbour) => person.type2Diabetes],
    ['kidney disease', [undefined, undefined, true], ({ setpoints }: Neighbour) => setpoints.gfr < 60],
  ])('finds for someone with %s nobody without it', (_, traits, holds) => {
    expect(shareOf(weighNeighbours(neighbours, aPatient({ traits })), holds)).toBeCloseTo(1, 9);
  });

  it('takes a condition that is not on the list for rare, not for impossible', () => {
    const hasDiabetes = ({ person }: Neighbour): boolean => person.type2Diabetes;
    const open = shareOf(weighNeighbours(neighbours, aPatient()), hasDiabetes);
    const unlisted = shareOf(
      weighNeighbours(neighbours, aPatient({ traits: [undefined, false, undefined] })),
      hasDiabetes,
    );
    expect(unlisted).toBeGreaterThan(0);
    expect(unlisted).toBeLessThan(open / 2);
  });

  it('finds somebody even for a patient whom no record resembles', () => {
    const weights = weighNeighbours(neighbours, aPatient({ age: 19, female: true, traits: [true, true, true] }));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });
});

describe('phenotypesOf', () => {
  it('expects a high untreated HbA1c in diabetes and a low ejection fraction where it is reduced', () => {
    const weights = weighNeighbours(neighbours, aPatient());
    const phenotypes = phenotypesOf(neighbours, weights);
    const [well, diabetes, reduced] = ['000', '001', '110'].map((key) => phenotypes.get(key)?.priors);
    expect(diabetes?.hba1c.mean).toBeGreaterThan((well?.hba1c.mean ?? Infinity) + 1);
    expect(reduced?.lvef.mean).toBeLessThan(40);
    expect(well?.lvef.mean).toBeGreaterThan(55);
  });
});
