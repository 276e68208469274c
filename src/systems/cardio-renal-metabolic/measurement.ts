import { at } from '../../core/array.ts';
import { measure, within } from '../observe.ts';
import type { MeasurementError } from '../observe.ts';
import { normalProbability } from '../integrate.ts';
import { creatinineOfEgfr, egfrOfCreatinine } from '../ckd-epi.ts';
import type { Individual, Person } from './individual.ts';
import type { RequiredParameter } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';
import { VARIABLES } from './schema.ts';
import { VARIABLE_INDEX } from './seen.ts';
import type { VariableId } from './seen.ts';
import { truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** Standard-normal numbers that one round of measurements takes: one a variable, then whether and how a sample haemolyses. */
export const MEASUREMENT_NOISE = VARIABLES.length + 2;

/** How the instruments err, from the observation parameters. */
export interface Instruments {
  /** By `System.variables`; that of eGFR is the error of serum creatinine, from which eGFR is reported. */
  readonly errors: readonly MeasurementError[];
  /** What an instrument shows of what is there, by `System.variables`: 1 where it is right; of eGFR, that of creatinine. */
  readonly bias: readonly number[];
  /** `rate`: share of samples; `shift`: median rise of potassium, mmol/L; `spread`: sd of its logarithm. */
  readonly haemolysis: { readonly rate: number; readonly shift: number; readonly spread: number };
  /** The laboratory's next instruments, from a day on (unit: d, on the axis of whoever measures). */
  readonly next?: { readonly day: number; readonly instruments: Instruments };
}

/** Where each variable's error of measurement is published: a coefficient of variation in %, or an sd in the variable's unit. */
const ERROR_ROWS: Readonly<Record<VariableId, readonly [MeasurementError['kind'], RequiredParameter]>> = {
  potassium: ['relative', 'potassium.assay_cv'],
  egfr: ['relative', 'creatinine.assay_cv'],
  sbp: ['absolute', 'sbp.measurement_sd'],
  heart_rate: ['absolute', 'heart_rate.measurement_sd'],
  body_weight: ['absolute', 'body_weight.scale_sd'],
  hba1c: ['relative', 'hba1c.assay_cv'],
  dbp: ['absolute', 'dbp.measurement_sd'],
  fasting_glucose: ['relative', 'glucose.assay_cv'],
  ldl: ['relative', 'ldl.assay_cv'],
  hdl: ['relative', 'hdl.assay_cv'],
  triglycerides: ['relative', 'triglycerides.assay_cv'],
  uacr: ['relative', 'uacr.assay_cv'],
  nt_probnp: ['relative', 'nt_probnp.assay_cv'],
  lvef: ['absolute', 'lvef.measurement_sd'],
  urate: ['relative', 'urate.assay_cv'],
};

const { potassium: POTASSIUM, egfr: EGFR } = VARIABLE_INDEX;

/** The instruments as the parameters describe them. */
export function instrumentsOf(parameters: Parameters): Instruments {
  const shift = parameters['potassium.haemolysis_shift'];
  return {
    errors: VARIABLES.map(({ id }) => errorOf(parameters, id as VariableId)),
    bias: VARIABLES.map(() => 1),
    haemolysis: {
      rate: parameters['potassium.haemolysis_rate'].value,
      shift: shift.value,
      spread: shift.spread.sd,
    },
  };
}

function errorOf(parameters: Parameters, id: VariableId): MeasurementError {
  const [kind, row] = ERROR_ROWS[id];
  const { value } = parameters[row];
  return { kind, sd: kind === 'relative' ? value / 100 : value };
}

/** The instruments in use on a day. */
export function instrumentsOn(instruments: Instruments, day: number): Instruments {
  const { next } = instruments;
  return next !== undefined && day >= next.day ? next.instruments : instruments;
}

/** The same instruments on an axis whose day 0 is `day` of the old one. */
export function instrumentsSince(instruments: Instruments, day: number): Instruments {
  const { next } = instruments;
  return next === undefined ? instruments : { ...instruments, next: { ...next, day: next.day - day } };
}

/** The values that a record would show of a state, by `System.variables`. `noise`: [MEASUREMENT_NOISE]. */
export function observePatient(
  instruments: Instruments,
  individual: Individual,
  state: PatientState,
  noise: readonly number[],
): readonly number[] {
  return measureTruth(instruments, individual.person, truthOf(individual, state), noise);
}

/** The same, of physiological values already at hand. */
export function measureTruth(
  instruments: Instruments,
  person: Person,
  truth: readonly number[],
  noise: readonly number[],
): readonly number[] {
  return VARIABLES.map(({ plausible }, index) =>
    within(shown(instruments, person, { index, value: at(truth, index) }, noise), plausible),
  );
}

function shown(
  instruments: Instruments,
  person: Person,
  { index, value }: { readonly index: number; readonly value: number },
  noise: readonly number[],
): number {
  const read = (there: number): number =>
    measure(there * at(instruments.bias, index), at(instruments.errors, index), at(noise, index));
  if (index === EGFR) return egfrOfCreatinine(read(creatinineOfEgfr(value, person)), person);
  return index === POTASSIUM ? read(value) + haemolysis(instruments, noise) : read(value);
}

function haemolysis({ haemolysis: { rate, shift, spread } }: Instruments, noise: readonly number[]): number {
  const isHaemolysed = normalProbability(at(noise, VARIABLES.length)) < rate;
  return isHaemolysed ? shift * Math.exp(spread * at(noise, VARIABLES.length + 1)) : 0;
}
