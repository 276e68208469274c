import { at, entry } from '../../../core/array.ts';
import { A } from '../actions.ts';
import type { Individual } from '../individual.ts';
import { CHANNELS } from '../schema.ts';
import { VARIABLE_INDEX as V } from '../seen.ts';
import { ACTIONS, EFFECTS, FLUCTUATIONS, S } from '../state.ts';
import type { PatientState } from '../state.ts';
import { ageOf, levelsAt } from '../virtual-patient.ts';
import type { RiskFactors } from './risk-factors.ts';
import type { Traces } from './traces.ts';

/**
 * What the hazards read of a patient. Risk follows the level around which a variable fluctuates; potassium alone is
 * dangerous at the moment, and is read with its fluctuation. GFR is read without the haemodynamic part of drugs, which
 * is reversible and no loss of nephrons; HDL as it is without drugs, because it marks risk and does not make it (Mendelian
 * randomisation: Voight BF, Lancet 2012;380:572, doi 10.1016/S0140-6736(12)60312-2).
 */
export function riskFactorsAt(individual: Individual, state: PatientState, traces: Traces): RiskFactors {
  const { person, setpoints } = individual;
  const levels = levelsAt(individual, state);
  return {
    ...traces,
    age: ageOf(individual, state),
    female: person.female,
    smoker: person.smoker,
    reducedEjectionFraction: person.reducedEjectionFraction,
    type2Diabetes: person.type2Diabetes,
    sbp: at(levels, V.sbp),
    heartRate: at(levels, V.heart_rate),
    hdl: setpoints.hdl,
    hba1c: at(levels, V.hba1c),
    egfr: entry(state, S.gfr) / entry(state, ACTIONS + A.gfr),
    uacr: at(levels, V.uacr),
    bmi: at(levels, V.body_weight) / (person.height / 100) ** 2,
    potassium: at(levels, V.potassium) + entry(state, FLUCTUATIONS + V.potassium),
    ntProbnp: at(levels, V.nt_probnp),
    lvef: at(levels, V.lvef),
    untreatedUrate: setpoints.urate,
    slco1b1: person.slco1b1,
    acuteInjury: entry(state, S.acuteInjury),
    effects: state.subarray(EFFECTS, EFFECTS + CHANNELS.length),
  };
}
