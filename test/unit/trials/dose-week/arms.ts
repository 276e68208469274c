import { placeboSubtracted } from '../../../../src/trials/dose-week/effect.ts';
import type { ArmWeek, DoseWeekEffect } from '../../../../src/trials/dose-week/effect.ts';

/** An arm of an invented drug unless told otherwise. */
export function anArm(parts: Partial<ArmWeek> = {}): ArmWeek {
  return {
    study: 'one',
    treatment: 'alphastat 10 mg',
    agent: 'alphastat',
    dose: 10,
    doseUnit: 'mg/day',
    week: 12,
    change: -1,
    unit: '%-points HbA1c',
    standardError: 0.03,
    ...parts,
  };
}

export function placebo(parts: Partial<ArmWeek> = {}): ArmWeek {
  return anArm({ treatment: 'placebo', agent: 'placebo', dose: 0, change: -0.2, standardError: 0.04, ...parts });
}

/** An effect against placebo of the system's own drugs: metformin unless told otherwise. */
export function anEffect(parts: Partial<DoseWeekEffect> = {}): DoseWeekEffect {
  return {
    study: 'one',
    treatment: 'metformin 2000 mg',
    agent: 'metformin',
    dose: 2000,
    doseUnit: 'mg/day',
    week: 12,
    unit: '%-points HbA1c',
    value: -1,
    standardError: 0.1,
    ...parts,
  };
}

/** Six studies whose effect grows with week, and differs between studies. */
export const SIX_STUDIES = placeboSubtracted(
  [0, 1, 2, 3, 4, 5].flatMap((index) => {
    const study = `study ${index}`;
    return [4, 12].flatMap((week) => [
      anArm({ study, week, change: -0.05 * week - 0.2 - 0.1 * index }),
      placebo({ study, week }),
    ]);
  }),
);
