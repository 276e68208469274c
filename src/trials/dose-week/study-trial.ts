import { DAYS_A_MONTH } from '../emulate/course.ts';
import type { TrialEndpoint, TrialFile, TrialPopulation } from '../trial-file.ts';
import { interventionsOfArm } from './arm-interventions.ts';
import type { DoseWeekEffect } from './effect.ts';
import type { Outcome } from './outcomes.ts';

const PLACEBO = 'placebo';
const DAYS_A_WEEK = 7;

/**
 * A study of the tables as a trial file: its arms against placebo, one endpoint an effect, in the order of the effects.
 *
 * `own`: who was enrolled, where somebody knows; what that does not say is as in the people of the outcome.
 */
export function trialOfStudy(
  study: string,
  effects: readonly DoseWeekEffect[],
  { endpoint, unit, population }: Outcome,
  own?: TrialPopulation,
): TrialFile {
  const arms = [...new Map(effects.map((effect) => [effect.treatment, effect])).values()];
  const endpoints = effects.map(({ treatment, week }): TrialEndpoint => ({
    endpoint,
    unit,
    measure: 'mean_difference',
    arm: treatment,
    comparator: PLACEBO,
    ciLevel: 0.95,
    followUpMonths: monthsOfWeeks(week),
  }));
  return {
    id: study,
    population: own === undefined ? population : completed(own, population),
    arms: [
      { id: PLACEBO, interventions: [{ code: PLACEBO, titrated: false }] },
      ...arms.map((arm) => ({ id: arm.treatment, interventions: interventionsOfArm(arm) })),
    ],
    followUpMonths: Math.max(...endpoints.map(({ followUpMonths }) => followUpMonths)),
    endpoints,
  };
}

function monthsOfWeeks(weeks: number): number {
  return (weeks * DAYS_A_WEEK) / DAYS_A_MONTH;
}

/** What a study's own table does not say is as usual; fasting glucose says what HbA1c would. */
function completed(own: TrialPopulation, usual: TrialPopulation): TrialPopulation {
  const isGlucoseKnown = own.baseline.fasting_glucose !== undefined;
  const lacking = Object.entries(usual.baseline).filter(([item]) => !(isGlucoseKnown && item === 'hba1c'));
  return {
    ...own,
    baseline: { ...Object.fromEntries(lacking), ...own.baseline },
    proportion: { ...usual.proportion, ...own.proportion },
  };
}
