import { at } from '../../core/array.ts';
import { measure, within } from '../observe.ts';
import type { MeasurementError } from '../observe.ts';
import { normalProbability } from '../integrate.ts';
import { creatinineOfEgfr, egfrOfCreatinine } from '../ckd-epi.ts';
import type { Individual, Person } from './individual.ts';
import type { Parameters } from './parameters.ts';
import { VARIABLES } from './schema.ts';
import { truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** Standard-normal numbers that one round of measurements takes: one a variable, then whether and how a sample haemolyses. */
export const MEASUREMENT_NOISE = VARIABLES.length + 2;

/** How the instruments err, from the observation parameters. */
export interface Instruments {
  readonly potassium: MeasurementError;
  /** Of serum creatinine, from which eGFR is reported. */
  readonly creatinine: MeasurementError;
  readonly sbp: MeasurementError;
  readonly heartRate: MeasurementError;
  readonly weight: MeasurementError;
  readonly hba1c: MeasurementError;
  /** `rate`: share of samples; `shift`: median rise of potassium, mmol/L; `spread`: sd of its logarithm. */
  readonly haemolysis: { readonly rate: number; readonly shift: number; readonly spread: number };
}

/** The instruments as the parameters describe them. */
export function instrumentsOf(parameters: Parameters): Instruments {
  const shift = parameters['potassium.haemolysis_shift'];
  return {
    potassium: { kind: 'relative', sd: parameters['potassium.assay_cv'].value / 100 },
    creatinine: { kind: 'relative', sd: parameters['creatinine.assay_cv'].value / 100 },
    sbp: { kind: 'absolute', sd: parameters['sbp.measurement_sd'].value },
    heartRate: { kind: 'absolute', sd: parameters['heart_rate.measurement_sd'].value },
    weight: { kind: 'absolute', sd: parameters['body_weight.scale_sd'].value },
    hba1c: { kind: 'relative', sd: parameters['hba1c.assay_cv'].value / 100 },
    haemolysis: {
      rate: parameters['potassium.haemolysis_rate'].value,
      shift: shift.value,
      spread: shift.spread.sd,
    },
  };
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
  const [potassium, gfr, sbp, heartRate, weight, hba1c] = [0, 1, 2, 3, 4, 5].map((index) => at(truth, index)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const creatinine = measure(creatinineOfEgfr(gfr, person), instruments.creatinine, at(noise, 1));
  const values = [
    measure(potassium, instruments.potassium, at(noise, 0)) + haemolysis(instruments, noise),
    egfrOfCreatinine(creatinine, person),
    measure(sbp, instruments.sbp, at(noise, 2)),
    measure(heartRate, instruments.heartRate, at(noise, 3)),
    measure(weight, instruments.weight, at(noise, 4)),
    measure(hba1c, instruments.hba1c, at(noise, 5)),
  ];
  return VARIABLES.map(({ plausible }, index) => within(at(values, index), plausible));
}

function haemolysis({ haemolysis: { rate, shift, spread } }: Instruments, noise: readonly number[]): number {
  const isHaemolysed = normalProbability(at(noise, VARIABLES.length)) < rate;
  return isHaemolysed ? shift * Math.exp(spread * at(noise, VARIABLES.length + 1)) : 0;
}
