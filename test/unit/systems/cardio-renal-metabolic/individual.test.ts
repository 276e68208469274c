import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean } from '../../../../src/core/statistics.ts';
import { drawScores, ownValue } from '../../../../src/systems/cardio-renal-metabolic/draws.ts';
import { enrol } from '../../../../src/systems/cardio-renal-metabolic/enrol.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { anIndividual } from './builders.ts';

const parameters = publishedParameters();
const world = worldOf('none');
const PEOPLE = Array.from({ length: 1500 }, (_, person) => enrol(world, seededRandom(`loss/${person}`)).individual);
const SCORES = Array.from({ length: 20_000 }, (_, person) => drawScores(seededRandom(`scores/${person}`)));

describe('whoever is drawn', () => {
  it('gains no kidney function for life', () => {
    expect(Math.min(...PEOPLE.map(({ kidney }) => kidney.declinePerDay))).toBeGreaterThan(0);
  });

  it('grows no beta cells for life', () => {
    expect(Math.min(...PEOPLE.map(({ glucose }) => glucose.betaCellLoss))).toBeGreaterThanOrEqual(0);
  });

  it('has no lower potassium because of an acute injury to the kidneys', () => {
    expect(Math.min(...PEOPLE.map(({ potassium }) => potassium.acuteRise))).toBeGreaterThan(0);
  });
});

describe('a loss that cannot turn its sign', () => {
  it.each([
    ['egfr.decline', 2.4],
    ['egfr.decline_ageing', 0.97],
    ['egfr.decline_diabetes', 0.9],
    ['hba1c.drift', 0.13],
    ['hba1c.drift_prediabetes', 0.03],
    ['potassium.acute_injury', 0.3],
  ] as const)('by row %s is on average what was published', (id, published) => {
    const average = mean(SCORES.map((scores) => ownValue(parameters, scores, id)));
    expect(average / published).toBeGreaterThan(0.95);
    expect(average / published).toBeLessThan(1.05);
  });
});

describe('the loss of kidney function', () => {
  const lossAt = (uacr: number, gfr = 90): number =>
    anIndividual({ person: { type2Diabetes: false }, setpoints: { gfr, uacr } }).kidney.declinePerDay * 365.25;

  it.each([9.99, 10, 29.99, 30])('does not leap at an albuminuria of %d mg/g', (uacr) => {
    expect(lossAt(uacr * 1.01) - lossAt(uacr)).toBeLessThan(0.05);
    expect(lossAt(uacr * 1.01)).toBeGreaterThanOrEqual(lossAt(uacr));
  });

  it.each([60, 75, 90])('does not leap at a GFR of %d, whatever the albuminuria', (gfr) => {
    for (const uacr of [3, 10, 20, 30, 300]) {
      expect(lossAt(uacr, gfr - 0.1) - lossAt(uacr, gfr + 0.1)).toBeLessThan(0.05);
      expect(lossAt(uacr, gfr - 0.1)).toBeGreaterThanOrEqual(lossAt(uacr, gfr + 0.1));
    }
  });

  it('answers to albuminuria the more, the less GFR is kept', () => {
    const perDoubling = [95, 75, 70, 65, 60.1, 60, 59.9, 45].map(
      (gfr) => anIndividual({ setpoints: { gfr, uacr: 8 } }).kidney.declinePerDoubling * 365.25,
    );
    const whole = parameters['egfr.decline_per_uacr_doubling'].value;
    const parts = [0, 0, 1 / 3, 2 / 3, 14.9 / 15, 1, 1, 1];
    parts.forEach((part, place) => {
      expect(perDoubling[place]).toBeCloseTo(part * whole, 9);
    });
  });

  it('is that of age alone with a normal albuminuria, and never less with more of it', () => {
    const losses = [2, 5, 10, 15, 20, 30, 100, 1000].map((uacr) => lossAt(uacr));
    expect(losses[0]).toBeCloseTo(parameters['egfr.decline_ageing'].value, 9);
    expect(losses[2]).toBe(losses[0]);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(losses[5]).toBeGreaterThan((losses[0] ?? 0) + 0.3);
  });
});
