import { describe, expect, it } from 'vitest';
import { mean } from '../../../../src/core/statistics.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { withImpliedEligibility } from '../../../../src/trials/emulate/implied-eligibility.ts';
import { drawTrialCohort } from '../../../../src/trials/emulate/trial-cohort.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';
import { aVirtualTrial, arm, PLACEBO, row } from './a-virtual-trial.ts';

const WORLD = worldOf('none');

function cohortOf(trial: TrialFile, n = 60) {
  const drawn = drawTrialCohort(WORLD, trial, n, 'test');
  if (!drawn.ok) throw new TypeError(drawn.reason);
  return drawn.cohort;
}

const TABLE = {
  baseline: {
    hba1c: { mean: 8.2, sd: 0.8, unit: '%' },
    bmi: { mean: 33, sd: 5, unit: 'kg/m2' },
    body_weight: { mean: 95, sd: 17, unit: 'kg' },
    egfr: { mean: 75, sd: 15, unit: 'mL/min/{1.73_m2}' },
    sbp: { mean: 136, sd: 14, unit: 'mm[Hg]' },
    uacr: { median: 30, q1: 10, q3: 90, unit: 'mg/g' },
  },
  proportion: { female: 0.4, type_2_diabetes: 1, ascvd: 0.25, heart_failure: 0.1 },
  background: { metformin: 1, 'class:ace-inhibitor': 0.8 },
};

describe('the cohort of a trial', () => {
  const cohort = cohortOf(aVirtualTrial({ population: TABLE }));
  const reached = (item: string) => cohort.checks.find((check) => check.item === item)?.reached ?? [];

  it('shows the baseline table under its background treatment', () => {
    expect(reached('hba1c')[0]).toBeCloseTo(8.2, 1);
    expect(reached('hba1c')[1]).toBeCloseTo(0.8, 1);
    expect(reached('body_weight')[0]).toBeCloseTo(95, 0);
    expect(reached('bmi')[0]).toBeCloseTo(33, 0);
    expect(reached('egfr')[0]).toBeCloseTo(75, 0);
    expect(reached('sbp')[0]).toBeCloseTo(136, 0);
  });

  it('holds exactly the shares of the table', () => {
    expect(reached('female')[0]).toBeCloseTo(0.4, 6);
    expect(reached('ascvd')[0]).toBeCloseTo(0.25, 6);
    expect(reached('type_2_diabetes')[0]).toBe(1);
  });

  it('would have a higher HbA1c without its metformin', () => {
    expect(mean(cohort.people.map(({ individual }) => individual.setpoints.hba1c))).toBeGreaterThan(8.7);
  });

  it('is the same for the same seed and another for another', () => {
    const levels = (seed: string) => {
      const drawn = drawTrialCohort(WORLD, aVirtualTrial(), 8, seed);
      return drawn.ok ? drawn.cohort.people.map((person) => person.levels) : [];
    };
    expect(levels('a')).toEqual(levels('a'));
    expect(levels('a')).not.toEqual(levels('b'));
  });

  it('is refused with the conditions when nobody can meet them', () => {
    const drawn = drawTrialCohort(WORLD, aVirtualTrial({ population: { eligibility: ['urate >= 20'] } }), 5, 'x');
    expect(drawn).toEqual({
      ok: false,
      reason: 'no virtual person meets urate >= 20 together with the baseline table',
    });
  });

  it('meets eligibility on what the table does not give', () => {
    const { people } = cohortOf(aVirtualTrial({ population: { eligibility: ['sbp >= 140'] } }), 20);
    expect(people.every(({ levels }) => (levels[2] ?? 0) >= 140)).toBe(true);
  });

  it('names background and items that the system does not know', () => {
    const { notes } = cohortOf(
      aVirtualTrial({ population: { background: { moonshine: 0.5 }, eligibility: ['waist > 90'] } }),
      5,
    );
    expect(notes).toEqual([
      'background moonshine is unknown and left out',
      'waist is no item of the system and left out',
    ]);
  });
});

describe('what goes without saying', () => {
  it('is an HbA1c above target where glucose-lowering is tried and the file is silent', () => {
    const silent = aVirtualTrial({ population: { baseline: {}, proportion: { type_2_diabetes: 1 } } });
    expect(withImpliedEligibility(silent).trial.population.eligibility).toEqual([
      { item: 'hba1c', comparison: '>=', value: 7 },
    ]);
  });

  it('is nothing where the table speaks', () => {
    expect(withImpliedEligibility(aVirtualTrial()).notes).toEqual([]);
  });

  it('is a raised pressure in a trial of nothing but pressure drugs, and in no trial of heart failure', () => {
    const arms = [arm('active', { code: 'enalapril', dose: 20, unit: 'mg/d' }), PLACEBO];
    const endpoints = [row('sbp_change', { unit: 'mmHg' })];
    const of = (proportion: object) =>
      withImpliedEligibility(aVirtualTrial({ population: { baseline: {}, proportion }, arms, endpoints }));
    expect(of({}).notes).toHaveLength(1);
    expect(of({ heart_failure: 1 }).notes).toEqual([]);
  });
});
