import type { Measured } from '../core/quantity.ts';

/** A limit that nobody published for this purpose: ours, with the reason why it stands where it stands. */
export interface PolicyLimit extends Measured {
  readonly why: string;
}

/** From where to where the model may speak of a variable, and the narrower range in which that is nothing unusual. */
export interface SupportRange {
  readonly variable: string;
  readonly outside: readonly [low: number, high: number];
  readonly edge: readonly [low: number, high: number];
  /** In words for the card. The ranges are a policy of ours. */
  readonly why: string;
}

/** When Sextant speaks about a patient and when it stays silent. Every number is a policy of ours, with its reason. */
export interface ApplicabilityPolicy {
  readonly adultAge: PolicyLimit;
  readonly edgeAge: PolicyLimit;
  readonly freshness: PolicyLimit;
  readonly courseCounts: PolicyLimit;
  readonly doubtOutside: PolicyLimit;
  readonly doubtEdge: PolicyLimit;
  readonly support: readonly SupportRange[];
  /** Conditions (ids of src/terminology/conditions) under which the dynamics do not hold, and what the card says. */
  readonly excluded: readonly { readonly condition: string; readonly words: string }[];
}

/** The policy in force. */
export const APPLICABILITY_POLICY: ApplicabilityPolicy = {
  adultAge: { value: 18, unit: 'a', why: 'CKD-EPI 2021 was developed in adults (doi 10.1056/NEJMoa2102953).' },
  edgeAge: {
    value: 90,
    unit: 'a',
    why: 'Policy of ours: the trials behind the parameters enrolled few people above 90.',
  },
  freshness: {
    value: 90,
    unit: 'd',
    why: 'Policy of ours: an older potassium or creatinine says little about a kidney that is about to get a new drug.',
  },
  courseCounts: {
    value: 0.5,
    unit: '1',
    why: 'Policy of ours: a drug counts as taken when the record makes it likelier than not.',
  },
  doubtOutside: {
    value: 0.6,
    unit: '1',
    why: 'Policy of ours: below this certainty about one modelled drug, the regimen is a guess and the forecast is withheld.',
  },
  doubtEdge: { value: 0.75, unit: '1', why: 'Policy of ours: below this certainty the card names the drug in doubt.' },
  support: [
    {
      variable: 'potassium',
      outside: [2.5, 6.0],
      edge: [3.2, 5.7],
      why: 'correcting it is acute treatment, which is not in the model',
    },
    {
      variable: 'egfr',
      outside: [10, 130],
      edge: [20, 110],
      why: 'the virtual patients that it learned from have neither kidney failure nor hyperfiltration',
    },
    {
      variable: 'sbp',
      outside: [70, 220],
      edge: [90, 180],
      why: 'shock and hypertensive emergency are not in the model',
    },
    {
      variable: 'heart_rate',
      outside: [30, 160],
      edge: [45, 120],
      why: 'arrhythmia is not in the model',
    },
  ],
  excluded: [
    { condition: 'pregnancy', words: 'pregnancy changes kidney function and is not modelled' },
    { condition: 'dialysis', words: 'dialysis sets potassium and creatinine, not the kidney' },
    { condition: 'end_stage_kidney_disease', words: 'in kidney failure creatinine follows the treatment' },
    { condition: 'kidney_transplant', words: 'a transplanted kidney and its drugs are not modelled' },
    { condition: 'acute_kidney_injury', words: 'creatinine is not in steady state in acute kidney injury' },
    { condition: 'sepsis', words: 'sepsis moves every variable by itself' },
    { condition: 'shock', words: 'shock moves every variable by itself' },
    { condition: 'diabetic_ketoacidosis', words: 'ketoacidosis shifts potassium out of the cells' },
  ],
};
