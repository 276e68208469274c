import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import type { Random } from '../../../../src/core/random.ts';
import { mean, variance } from '../../../../src/core/statistics.ts';
import { assuranceAt } from '../../../../src/trials/design/assurance.ts';
import { addPerson, compareAdjusted, compareMeans, emptySums } from '../../../../src/trials/design/compare-means.ts';
import type { ArmSums } from '../../../../src/trials/design/compare-means.ts';
import { findPowerCurve, powerAt } from '../../../../src/trials/design/power-curve.ts';
import { learnPrognosis } from '../../../../src/trials/design/prognostic-score.ts';
import { simulateMeans, studentCritical } from '../../../../src/trials/design/simulate-means.ts';
import type { MeansTrials } from '../../../../src/trials/design/simulate-means.ts';
import { studentQuantile } from '../../../../src/trials/design/student.ts';
import { neededDrift, textbookEvents, textbookPerArm } from '../../../../src/trials/design/textbook.ts';

const AIM = { alpha: 0.05, power: 0.9 };

/** People whose outcome has a sd of 1, of which a covariate explains r². */
function people(shift: number, rSquared = 0, seed = 'people') {
  const random = seededRandom(seed);
  const [x, noise] = [standardNormals(random), standardNormals(random)];
  const y = x.map((own, index) => shift + Math.sqrt(rSquared) * own + Math.sqrt(1 - rSquared) * (noise[index] ?? 0));
  return { x, y };
}

/** Normals whose mean is exactly 0 and whose sd is exactly 1. */
function standardNormals(random: Random): Float64Array {
  const drawn = Float64Array.from({ length: 40_000 }, () => random.normal());
  const [centre, sd] = [mean(drawn), Math.sqrt(variance(drawn))];
  return drawn.map((own) => (own - centre) / sd);
}

function simulator(trials: Partial<MeansTrials>, label = 'trials') {
  const base = {
    active: { y: people(0.5).y },
    control: { y: people(0).y },
    alpha: 0.05,
    dropout: 0,
    finding: 'higher',
  };
  return (perArm: number) =>
    simulateMeans(
      { ...(base as MeansTrials), ...trials },
      { perArm, trials: 3000 },
      seededRandom(`${label}/${perArm}`),
    );
}

describe('Student’s t', () => {
  it.each([
    [10, 2.2281],
    [30, 2.0423],
    [120, 1.9799],
  ])('has at %i degrees of freedom the 97.5 % quantile of tables', (freedom, quantile) => {
    expect(studentQuantile(0.975, freedom)).toBeCloseTo(quantile, 3);
  });

  it('is refused where its expansion does not hold', () => {
    expect(() => studentQuantile(0.975, 2)).toThrow(RangeError);
  });
});

describe('the textbook formulas', () => {
  it('ask for 84 people an arm to find half a standard deviation with 90 % power', () => {
    expect(textbookPerArm(AIM, { sd: 1, difference: 0.5 })).toBeCloseTo(84.06, 1);
  });

  it('ask for 508 events to find a hazard ratio of 0.75 with 90 % power', () => {
    expect(textbookEvents(AIM, Math.log(0.75))).toBeCloseTo(507.8, 0);
  });

  it('ask for no fewer people when the effect has the other sign', () => {
    expect(textbookPerArm(AIM, { sd: 1, difference: -0.5 })).toBe(textbookPerArm(AIM, { sd: 1, difference: 0.5 }));
  });
});

describe('the simulated sample size', () => {
  it('agrees within 4 % with the formula where two normal samples are compared by t', () => {
    const formula = textbookPerArm(AIM, { sd: 1, difference: 0.5 });
    const { perArm } = findPowerCurve(AIM, formula, studentCritical(0.05), simulator({}));
    expect(perArm / formula).toBeGreaterThan(0.97);
    expect(perArm / formula).toBeLessThan(1.04);
  });

  it('finds the answer also from a guess that is far too low', () => {
    const formula = textbookPerArm(AIM, { sd: 1, difference: 0.5 });
    const { perArm } = findPowerCurve(AIM, formula / 2, studentCritical(0.05), simulator({}));
    expect(Math.abs(perArm / formula - 1)).toBeLessThan(0.06);
  });

  it('grows by 1/(1 − dropout) when people are lost by chance', () => {
    const formula = textbookPerArm(AIM, { sd: 1, difference: 0.5 }) / 0.8;
    const { perArm } = findPowerCurve(AIM, formula, studentCritical(0.05), simulator({ dropout: 0.2 }, 'dropout'));
    expect(Math.abs(perArm / formula - 1)).toBeLessThan(0.05);
  });

  it('shrinks by the share of the variance that a prognostic score explains, and reaches the power', () => {
    const rSquared = 0.4;
    const trials = { active: people(0.5, rSquared), control: people(0, rSquared) };
    const formula = textbookPerArm(AIM, { sd: Math.sqrt(1 - rSquared), difference: 0.5 });
    const { perArm } = findPowerCurve(AIM, formula, studentCritical(0.05), simulator(trials, 'adjusted'));
    expect(Math.abs(perArm / formula - 1)).toBeLessThan(0.05);
    expect(simulator(trials, 'anew')(perArm).power).toBeGreaterThan(0.88);
  });
});

describe('adjustment for a prognostic score', () => {
  it('keeps the type-I error at α when both arms get the same', () => {
    const control = people(0, 0.5);
    const { power } = simulator({ active: control, control, finding: 'any' }, 'null')(60);
    expect(power).toBeGreaterThan(0.038);
    expect(power).toBeLessThan(0.062);
  });

  it('keeps the type-I error at α and gains nothing when the score is noise', () => {
    const noise = people(0, 0, 'noise').x;
    const control = { x: noise, y: people(0).y };
    const active = { x: noise, y: people(0.5).y };
    expect(simulator({ active: control, control, finding: 'any' }, 'noise')(60).power).toBeLessThan(0.062);
    expect(Math.abs(simulator({ active, control }, 'noisy')(84).power - 0.9)).toBeLessThan(0.02);
  });
});

describe('a finding', () => {
  it('in the other direction does not count towards power', () => {
    expect(simulator({ finding: 'lower' })(84).power).toBe(0);
  });

  it('is none where too few people are left to be compared', () => {
    expect(simulator({ dropout: 0.9 })(4).power).toBeLessThan(0.1);
  });
});

describe('an analysis of covariance', () => {
  const sumsOf = (rows: readonly (readonly [number, number])[]): ArmSums => {
    const sums = emptySums();
    rows.forEach(([x, y]) => {
      addPerson(sums, x, y);
    });
    return sums;
  };
  const control = sumsOf([
    [1, 2],
    [2, 3.9],
    [3, 6.2],
    [4, 7.9],
  ]);
  const active = sumsOf([
    [2, 5],
    [3, 7.1],
    [4, 8.8],
    [5, 11.2],
  ]);

  it('takes away what the arms differ in before treatment', () => {
    // Both lines rise by about 2; the active one lies about 1 higher, the plain difference is 3.
    const { t, freedom } = compareAdjusted(active, control);
    expect(freedom).toBe(5);
    expect(t).toBeGreaterThan(6);
    expect(compareMeans(active, control).t).toBeCloseTo(1.62, 1);
  });

  it('is the plain comparison where the covariate never varies', () => {
    const [same, other] = [
      sumsOf([
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
      sumsOf([
        [1, 3],
        [1, 4],
        [1, 6],
      ]),
    ];
    const plain = compareMeans(other, same);
    expect(compareAdjusted(other, same).t * Math.sqrt(plain.freedom / (plain.freedom - 1))).toBeCloseTo(plain.t, 6);
  });
});

describe('a prognosis', () => {
  it('finds the line that outcomes lie on, whatever feature never varies', () => {
    const random = seededRandom('line');
    const features = Array.from({ length: 500 }, () => [random.normal(), random.normal(), 7]);
    const outcomes = features.map(([a = 0, b = 0]) => 3 + 2 * a - b);
    const prognosis = learnPrognosis(features, outcomes);
    expect(prognosis([1, 1, 7])).toBeCloseTo(4, 1);
    expect(prognosis([0, 0, 9])).toBeCloseTo(3, 1);
  });
});

describe('assurance', () => {
  const drift = neededDrift(AIM);

  it('is the power where the effect is sure', () => {
    expect(assuranceAt(drift, 0, 0.05)).toBeCloseTo(powerAt(drift, 0.05), 6);
    expect(powerAt(drift, 0.05)).toBeCloseTo(0.9, 4);
  });

  it('falls as the effect grows doubtful, towards the chance that it has its sign', () => {
    const [sure, doubtful, open] = [0.1, 0.5, 50].map((doubt) => assuranceAt(drift, doubt, 0.05));
    expect(doubtful).toBeLessThan(sure ?? 0);
    expect(open).toBeGreaterThan(0.4);
    expect(open).toBeLessThan(0.55);
  });
});
