import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { TrialFile } from '../trial-file.ts';
import { PRESSURE_DRUGS } from './dosing.ts';
import { isPressureCode } from './pressure-codes.ts';
import { interventionOfCode } from './treatment-codes.ts';

/** The classes that anybody in a trial may get: in an arm, as background, or to reach a pressure. */
export function classesGiven({ arms, population }: TrialFile): ReadonlySet<DrugClass> {
  const codes = [
    ...arms.flatMap(({ interventions }) => interventions.map(({ code }) => code)),
    ...Object.keys(population.background),
  ];
  return new Set(codes.flatMap(classesOfCode));
}

/** The classes that a code of a trial file may stand for; none for what the system has no row for. */
export function classesOfCode(code: string): readonly DrugClass[] {
  if (isPressureCode(code)) return PRESSURE_DRUGS;
  const channel = interventionOfCode(code)?.channel;
  return CLASSES.filter((id) => id === channel);
}
