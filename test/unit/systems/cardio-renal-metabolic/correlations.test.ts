import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean, variance } from '../../../../src/core/statistics.ts';
import { drawCorrelatedScores } from '../../../../src/systems/cardio-renal-metabolic/correlations.ts';
import { drawScores } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import type { ParameterId } from '../../../../src/systems/cardio-renal-metabolic/parameter-units.ts';
import correlations from '../../../../src/systems/cardio-renal-metabolic/parameters/correlations.json' with { type: 'json' };

const people = Array.from({ length: 6000 }, (_, id) => drawCorrelatedScores(seededRandom(`copula/${id}`)));

function scoresOf(id: ParameterId): readonly number[] {
  return people.map((scores) => scores[id]);
}

function correlationOf(one: ParameterId, other: ParameterId): number {
  const [a, b] = [scoresOf(one), scoresOf(other)];
  const [centreA, centreB] = [mean(a), mean(b)];
  const together = mean(a.map((value, index) => (value - centreA) * ((b[index] ?? 0) - centreB)));
  return together / Math.sqrt(variance(a) * variance(b));
}

describe('drawCorrelatedScores', () => {
  it.each([
    ['bmi', 'sbp.untreated', 'bmi~sbp.untreated'],
    ['triglycerides.untreated', 'hdl.female', 'triglycerides.untreated~hdl'],
    ['triglycerides.untreated', 'hdl.male', 'triglycerides.untreated~hdl'],
    ['age', 'egfr.baseline', 'age~egfr'],
    ['urate.male', 'triglycerides.untreated', 'urate~triglycerides.untreated'],
    ['uacr.ckd', 'egfr.baseline', 'uacr~egfr'],
  ] as const)('lets %s and %s go together as published', (one, other, row) => {
    const published = correlations.find(({ id }) => id === row)?.value ?? Number.NaN;
    expect(Math.abs(correlationOf(one, other) - published)).toBeLessThan(0.06);
  });

  it('leaves each setpoint its own spread', () => {
    for (const id of ['bmi', 'age', 'hdl.female', 'ldl.untreated', 'hba1c.diabetes'] as const) {
      expect(mean(scoresOf(id))).toBeCloseTo(0, 1);
      expect(Math.sqrt(variance(scoresOf(id)))).toBeCloseTo(1, 1);
    }
  });

  it('moves no score that nothing is published of', () => {
    const plain = drawScores(seededRandom('copula/3'));
    expect(people[3]?.['mra.potassium']).toBe(plain['mra.potassium']);
    expect(people[3]?.['adherence.mean']).toBe(plain['adherence.mean']);
  });
});
