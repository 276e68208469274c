import { describe, expect, it } from 'vitest';
import { PARAMETER_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { visitDays } from '../../../../src/trials/emulate/course.ts';
import { outcomeOf } from '../../../../src/trials/dose-week/outcomes.ts';
import populations from '../../../../src/trials/dose-week/populations.json' with { type: 'json' };
import { simulateDoseWeek } from '../../../../src/trials/dose-week/simulate.ts';
import { trialOfStudy } from '../../../../src/trials/dose-week/study-trial.ts';
import type { TrialPopulation } from '../../../../src/trials/trial-file.ts';
import type { DoseWeekEffect } from '../../../../src/trials/dose-week/effect.ts';
import { anEffect } from './arms.ts';

const SMALL = { people: 16, draws: 2, peopleOfDraw: 8, seed: 'test' };

const HBA1C = outcomeOf('%-points HbA1c');

function valuesOf(effects: readonly DoseWeekEffect[], more: Partial<Parameters<typeof simulateDoseWeek>[1]> = {}) {
  const { forecaster } = simulateDoseWeek(effects, { ...SMALL, ...more });
  return effects.map((effect) => forecaster(effect)?.value ?? Number.NaN);
}

describe('a study of the tables as a trial', () => {
  it('asks for each effect at its day', () => {
    if (HBA1C === undefined) throw new TypeError('no outcome');
    const weeks = [1, 2, 4, 12, 26, 52];
    const trial = trialOfStudy(
      'one',
      weeks.map((week) => anEffect({ week })),
      HBA1C,
    );
    const days = visitDays(trial.endpoints.map(({ followUpMonths }) => followUpMonths));
    for (const week of weeks) expect(Math.min(...days.map((day) => Math.abs(day - 7 * week)))).toBeLessThan(1e-9);
  });

  it('has each arm once, beside placebo', () => {
    if (HBA1C === undefined) throw new TypeError('no outcome');
    const effects = [anEffect({ week: 4 }), anEffect(), anEffect({ treatment: 'metformin 500 mg', dose: 500 })];
    const { arms, endpoints } = trialOfStudy('one', effects, HBA1C);
    expect(arms.map(({ id }) => id)).toEqual(['placebo', 'metformin 2000 mg', 'metformin 500 mg']);
    expect(endpoints).toHaveLength(3);
  });
});

describe('the people of a study', () => {
  const silent = { baseline: {}, proportion: {}, background: { metformin: 1 }, eligibility: [] };

  function populationWith(own: TrialPopulation) {
    if (HBA1C === undefined) throw new TypeError('no outcome');
    return trialOfStudy('one', [anEffect()], HBA1C, own).population;
  }

  it('are as usual in what their own table does not say', () => {
    const { baseline, proportion, background } = populationWith(silent);
    expect(baseline.hba1c).toEqual(HBA1C?.population.baseline.hba1c);
    expect(proportion.type_2_diabetes).toBe(1);
    expect(background).toEqual({ metformin: 1 });
  });

  it('have the HbA1c of their own table, or of its fasting glucose', () => {
    const hba1c = { form: 'mean', mean: 9, unit: '%' } as const;
    expect(populationWith({ ...silent, baseline: { hba1c } }).baseline.hba1c).toEqual(hba1c);
    const glucose = { form: 'mean', mean: 180, unit: 'mg/dL' } as const;
    expect(populationWith({ ...silent, baseline: { fasting_glucose: glucose } }).baseline.hba1c).toBeUndefined();
  });
});

describe('the simulated effects', () => {
  it('grow with dose and with weeks', () => {
    const [low, early, late] = valuesOf([
      anEffect({ treatment: 'metformin 500 mg', dose: 500, week: 26 }),
      anEffect({ week: 2 }),
      anEffect({ week: 26 }),
    ]) as [number, number, number];
    expect(late).toBeLessThan(early);
    expect(late).toBeLessThan(low);
    expect(late).toBeLessThan(-0.3);
  });

  it('are in the unit of the table: urate falls by milligrams a decilitre, weight by kilograms', () => {
    const [urate = 0] = valuesOf([
      anEffect({ treatment: 'allopurinol', agent: 'allopurinol', dose: 300, unit: 'mg/dL urate' }),
    ]);
    expect(urate).toBeLessThan(-2);
    expect(urate).toBeGreaterThan(-6);
    const [weight = 0] = valuesOf([
      anEffect({
        treatment: 'semaglutide',
        agent: 'semaglutide',
        dose: 2.4,
        doseUnit: 'mg/week',
        week: 52,
        unit: 'kg',
      }),
    ]);
    expect(weight).toBeLessThan(-5);
  });

  it('carry the uncertainty of the parameters', () => {
    const effect = anEffect();
    const { forecaster } = simulateDoseWeek([effect], SMALL);
    expect(forecaster(effect)?.sd).toBeGreaterThan(0);
  });

  it('take the people of the study where somebody knows them', () => {
    const population = { ...(HBA1C?.population ?? { baseline: {} }), background: {}, eligibility: [], proportion: {} };
    const severe = { ...population, baseline: { hba1c: { form: 'mean', mean: 9.5, sd: 0.5, unit: '%' } as const } };
    const [usual = 0, worse = 0] = [
      ...valuesOf([anEffect()]),
      ...valuesOf([anEffect()], { populationOf: (study) => (study === 'one' ? severe : undefined) }),
    ];
    expect(worse).toBeLessThan(usual - 0.1);
  });

  it('take the rows of the fold of the study', () => {
    const weaker = PARAMETER_ROWS.map((row) => (row.id === 'biguanide.hba1c' ? { ...row, value: row.value / 4 } : row));
    const effects = [anEffect(), anEffect({ study: 'two' })];
    const [held = 0, other = 0] = valuesOf(effects, {
      rowsFor: (study) => (study === 'one' ? weaker : PARAMETER_ROWS),
    });
    expect(held).toBeGreaterThan(other / 2);
  });

  it('say why they are missing: an unknown drug, a combination with one, a unit without an outcome', () => {
    const effects = [
      anEffect({ agent: 'unheard-of', treatment: 'unheard-of 1 mg' }),
      anEffect({ agent: 'metformin;unheard-of', treatment: 'both' }),
      anEffect({ unit: 'parsecs' }),
    ];
    const { forecaster, why } = simulateDoseWeek(effects, SMALL);
    expect(effects.map((effect) => forecaster(effect))).toEqual([undefined, undefined, undefined]);
    expect(effects.map(why)).toEqual([
      'the system has no row for unheard-of',
      'the system has no row for unheard-of',
      'parsecs is the unit of no outcome that the system has',
    ]);
  });
});

describe('the default populations', () => {
  it('give each number a unit, a basis and a source', () => {
    for (const { rows } of populations) {
      for (const row of rows) {
        expect(['read', 'recalled']).toContain(row.basis);
        expect(row.source.citation.length).toBeGreaterThan(10);
        expect(row.basis === 'recalled' || (row.source.url ?? '').startsWith('https://')).toBe(true);
        if ('value' in row) expect(row.unit).toBeTruthy();
      }
    }
  });

  it('belong to people with diabetes, people with obesity without it, and people with gout', () => {
    expect(outcomeOf('%-points HbA1c')?.population.proportion.type_2_diabetes).toBe(1);
    expect(outcomeOf('kg')?.population.proportion.type_2_diabetes).toBe(0);
    expect(outcomeOf('mg/dL urate')?.population.baseline.urate).toMatchObject({ unit: 'mg/dL' });
    expect(outcomeOf('parsecs')).toBeUndefined();
  });
});
