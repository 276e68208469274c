import { groupBy } from '../../core/array.ts';
import type { PredictedEffect } from '../prediction.ts';

/** One arm of one study in one week: the mean change from its own baseline. */
export interface ArmWeek {
  readonly study: string;
  readonly treatment: string;
  /** Generic name; parts of a combination with ";" between them. */
  readonly agent: string;
  /** In `doseUnit`; absent where the source gives none. */
  readonly dose?: number;
  readonly doseUnit: string;
  readonly week: number;
  readonly change: number;
  readonly unit: string;
  readonly standardError: number;
}

/** The change of an arm beyond the placebo arm of its study in the same week. */
export interface DoseWeekEffect {
  readonly study: string;
  readonly treatment: string;
  readonly agent: string;
  readonly dose?: number;
  readonly doseUnit: string;
  readonly week: number;
  readonly unit: string;
  readonly value: number;
  /** Partly imputed by the compilers of the table: which ones is not marked, so between-study variance is fitted on top. */
  readonly standardError: number;
}

/** A forecaster of placebo-subtracted effects; undefined where it knows no such drug. */
export type DoseWeekForecaster = (
  effect: DoseWeekEffect,
  asIfAlsoWithout?: DoseWeekEffect,
) => PredictedEffect | undefined;

/** Subtracts the placebo arm of the same study and week; arms without one are left out. */
export function placeboSubtracted(arms: readonly ArmWeek[]): readonly DoseWeekEffect[] {
  const weeks = groupBy(arms, ({ study, week, unit }) => [study, week, unit].join(' | '));
  return [...weeks.values()].flatMap((own) => {
    const placebo = own.find(({ agent }) => agent === 'placebo');
    return placebo === undefined
      ? []
      : own.filter((arm) => arm !== placebo && arm.agent !== 'placebo').map((arm) => subtract(arm, placebo));
  });
}

function subtract(arm: ArmWeek, placebo: ArmWeek): DoseWeekEffect {
  const { study, treatment, agent, dose, doseUnit, week, unit } = arm;
  return {
    study,
    treatment,
    agent,
    ...(dose !== undefined && { dose }),
    doseUnit,
    week,
    unit,
    value: arm.change - placebo.change,
    standardError: Math.hypot(arm.standardError, placebo.standardError),
  };
}
