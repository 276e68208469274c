import { ownValue } from './draws.ts';
import type { Scores } from './draws.ts';
import type { ParameterId } from './parameter-units.ts';
import { PARAMETER_UNITS } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';
import { CHANNELS } from './schema.ts';

/** What the reference dose of one drug class does to one person in the long run, and how fast. */
export interface DrugResponse {
  /** Unit: mmol/L, at an eGFR of 60 or more. */
  readonly potassium: number;
  /** Whether the effect on potassium grows as eGFR falls below 60. */
  readonly growsWithLowGfr: boolean;
  /** Haemodynamic change of the logarithm of eGFR. */
  readonly logGfr: number;
  /** Unit: mm[Hg]. */
  readonly sbp: number;
  /** Unit: /min. */
  readonly heartRate: number;
  /** Unit: kg. */
  readonly weight: number;
  /** Unit: %-points, at an eGFR of 60 or more. */
  readonly hba1c: number;
  /** Relative change of the structural loss of GFR. */
  readonly slope: number;
  /** Fraction of the reference dose with half the maximal effect. */
  readonly ed50: number;
  /** Time constants; unit: d. */
  readonly onset: number;
  readonly potassiumOnset: number;
}

// Weir 2010 (row acei.potassium, with potassium.egfr_amplification): blockers of the renin–angiotensin–aldosterone
// axis raise potassium more as the kidney fails; row bb.potassium asks not to amplify.
const GROWS_WITH_LOW_GFR: ReadonlySet<string> = new Set(['acei', 'arb', 'arni', 'mra']);

// Law 2003 measured the dependence in the classes of hypertension trials; rows mra.sbp and sglt2i.sbp ask not to apply it.
const DEPENDS_ON_PRESSURE: ReadonlySet<string> = new Set(['acei', 'arb', 'arni', 'loop', 'bb']);

/** Pre-treatment systolic pressure (mm[Hg]) of the trials behind sbp.baseline_dependence: Law 2003, doi 10.1136/bmj.326.7404.1427. */
const TRIAL_PRESSURE = 154;

/** One person's response to each drug class, in the order of the system's channels. */
export function drugResponses(
  parameters: Parameters,
  scores: Scores,
  patient: { readonly sbp: number; readonly type2Diabetes: boolean },
): readonly DrugResponse[] {
  return CHANNELS.map(({ id }) => {
    const own = (quantity: string): number => {
      const row = `${id}.${quantity}`;
      return isParameter(row) ? ownValue(parameters, scores, row) : 0;
    };
    return {
      potassium: own('potassium'),
      growsWithLowGfr: GROWS_WITH_LOW_GFR.has(id),
      logGfr: Math.log(1 + own('egfr') / 100),
      sbp: own('sbp') * pressureFactor(parameters, id, patient.sbp),
      heartRate: own('heart_rate'),
      weight: own('body_weight'),
      hba1c: patient.type2Diabetes ? own('hba1c') : 0,
      slope: own('slope') / 100,
      ed50: own('ed50'),
      onset: own('onset'),
      potassiumOnset: own('potassium_onset'),
    };
  });
}

/**
 * How much of the trials' fall in pressure remains at another pre-treatment pressure (row sbp.baseline_dependence),
 * never below nothing: a low pressure does not turn a blood-pressure drug round.
 */
function pressureFactor(parameters: Parameters, channel: string, sbp: number): number {
  const row = `${channel}.sbp`;
  if (!DEPENDS_ON_PRESSURE.has(channel) || !isParameter(row)) return 1;
  const extraFall = parameters['sbp.baseline_dependence'].value * (sbp - TRIAL_PRESSURE);
  return Math.max(0, 1 - extraFall / parameters[row].value);
}

function isParameter(id: string): id is ParameterId {
  return id in PARAMETER_UNITS;
}

/**
 * The steady effect of a dose as a multiple of the effect of the reference dose: Emax, normalised so that 1 gives 1.
 *
 * `dose` is a fraction of the reference dose. Heran 2008 and Law 2003 (rows *.ed50) found it flat above the reference.
 */
export function doseEffect(dose: number, ed50: number): number {
  return dose === 0 ? 0 : (dose * (1 + ed50)) / (dose + ed50);
}
