import { at } from '../../core/array.ts';
import type { Setpoints } from './individual.ts';
import { VARIABLES } from './schema.ts';
import type { VariableId } from './seen.ts';
import { LOGARITHMIC } from './state.ts';

/**
 * Which of a person's setpoints the values of each variable tell. Fasting glucose tells what HbA1c tells better, and so
 * is asked only where no HbA1c was measured.
 */
const TELLS: Readonly<Record<VariableId, keyof Setpoints>> = {
  potassium: 'potassium',
  egfr: 'gfr',
  sbp: 'sbp',
  heart_rate: 'heartRate',
  body_weight: 'weight',
  hba1c: 'hba1c',
  dbp: 'dbp',
  fasting_glucose: 'hba1c',
  ldl: 'ldl',
  hdl: 'hdl',
  triglycerides: 'triglycerides',
  uacr: 'uacr',
  nt_probnp: 'ntProbnp',
  lvef: 'lvef',
  urate: 'urate',
};

/** The setpoint that each variable tells, by `System.variables`. */
export const SETPOINT_OF: readonly (keyof Setpoints)[] = VARIABLES.map(({ id }) => TELLS[id as VariableId]);

/** The setpoints, each with the variable that it is the level of: the first that tells it. */
export const LEVELS = [...new Set(SETPOINT_OF)].map((name) => {
  const variable = SETPOINT_OF.indexOf(name);
  return { name, variable, isLogarithmic: at(LOGARITHMIC, variable), plausible: at(VARIABLES, variable).plausible };
});

/** A setpoint or value on the scale on which its deviations add up. */
export function scaled(value: number, isLogarithmic: boolean): number {
  return isLogarithmic ? Math.log(value) : value;
}

/** The way back from `scaled`. */
function unscaled(value: number, isLogarithmic: boolean): number {
  return isLogarithmic ? Math.exp(value) : value;
}

/** Setpoints moved by deviations on their scales, kept within what a living adult shows. */
export function movedSetpoints(
  setpoints: Setpoints,
  deviations: Readonly<Partial<Record<keyof Setpoints, number>>>,
): Setpoints {
  const moved: Partial<Record<keyof Setpoints, number>> = {};
  for (const { name, isLogarithmic, plausible } of LEVELS) {
    const value = unscaled(scaled(setpoints[name], isLogarithmic) + (deviations[name] ?? 0), isLogarithmic);
    moved[name] = Math.min(plausible.high, Math.max(plausible.low, value));
  }
  return { ...setpoints, ...moved };
}
