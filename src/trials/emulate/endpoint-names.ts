import type { VariableId } from '../../systems/cardio-renal-metabolic/seen.ts';

/** Variables by the other names that trial files have for them. */
const VARIABLE_NAMES: Readonly<Record<string, VariableId>> = {
  serum_potassium: 'potassium',
  estimated_gfr: 'egfr',
  systolic_bp: 'sbp',
  systolic_blood_pressure: 'sbp',
  pulse_rate: 'heart_rate',
  resting_heart_rate: 'heart_rate',
  weight: 'body_weight',
  a1c: 'hba1c',
  glycated_haemoglobin: 'hba1c',
  diastolic_bp: 'dbp',
  diastolic_blood_pressure: 'dbp',
  fpg: 'fasting_glucose',
  fasting_plasma_glucose: 'fasting_glucose',
  ldl_c: 'ldl',
  ldl_cholesterol: 'ldl',
  hdl_c: 'hdl',
  hdl_cholesterol: 'hdl',
  triglyceride: 'triglycerides',
  urine_albumin_creatinine_ratio: 'uacr',
  urinary_albumin_creatinine_ratio: 'uacr',
  ntprobnp: 'nt_probnp',
  nt_pro_bnp: 'nt_probnp',
  ejection_fraction: 'lvef',
  left_ventricular_ejection_fraction: 'lvef',
  uric_acid: 'urate',
  serum_uric_acid: 'urate',
  serum_urate: 'urate',
};

/**
 * Events by the other names that trial files have for them, each with the name of the vocabulary. `mace` without a number
 * is compared in kind, as `kidney_composite` is: the three points that every definition shares. A fourth point has none,
 * there being no hazard of unstable angina.
 */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  mace: 'mace_3point',
  mace_3: 'mace_3point',
  mace3: 'mace_3point',
  '3p_mace': 'mace_3point',
  '3_point_mace': 'mace_3point',
  cv_death_mi_or_stroke: 'mace_3point',
  myocardial_infarction: 'mi',
  mi_any: 'mi',
  mi_total: 'mi',
  mi_fatal_or_nonfatal: 'mi',
  mi_non_fatal: 'mi_nonfatal',
  nonfatal_mi: 'mi_nonfatal',
  stroke_any: 'stroke',
  stroke_total: 'stroke',
  stroke_fatal_or_nonfatal: 'stroke',
  stroke_non_fatal: 'stroke_nonfatal',
  nonfatal_stroke: 'stroke_nonfatal',
  cardiovascular_death: 'cv_death',
  cv_mortality: 'cv_death',
  cardiovascular_mortality: 'cv_death',
  sudden_cardiac_death: 'sudden_death',
  death: 'death_any_cause',
  all_cause_death: 'death_any_cause',
  all_cause_mortality: 'death_any_cause',
  mortality_any_cause: 'death_any_cause',
  total_mortality: 'death_any_cause',
  hhf: 'hf_hospitalisation',
  hospitalisation_hf: 'hf_hospitalisation',
  hospitalisation_for_heart_failure: 'hf_hospitalisation',
  heart_failure_hospitalisation: 'hf_hospitalisation',
  cv_death_or_hhf: 'cv_death_or_hf_hospitalisation',
  cv_death_or_heart_failure_hospitalisation: 'cv_death_or_hf_hospitalisation',
  all_cause_hospitalisation: 'hospitalisation_any_cause',
  eskd: 'kidney_failure',
  esrd: 'kidney_failure',
  end_stage_kidney_disease: 'kidney_failure',
  end_stage_renal_disease: 'kidney_failure',
  renal_composite: 'kidney_composite',
  renal_composite_or_cv_death: 'kidney_composite_or_cv_death',
  doubling_of_creatinine: 'egfr_decline_57',
  doubling_of_serum_creatinine: 'egfr_decline_57',
  creatinine_doubling: 'egfr_decline_57',
  acute_kidney_injury: 'aki',
  diabetes_incidence: 'new_diabetes',
  diabetes_new: 'new_diabetes',
  diabetes_new_onset: 'new_diabetes',
  diabetes_onset: 'new_diabetes',
  incident_diabetes: 'new_diabetes',
  new_onset_diabetes: 'new_diabetes',
  type_2_diabetes_incidence: 'new_diabetes',
  severe_hypoglycaemia: 'hypoglycaemia_severe',
  diabetic_ketoacidosis: 'ketoacidosis',
  dka: 'ketoacidosis',
  genital_mycotic_infection: 'genital_infection',
  gout_flares: 'gout_flare',
  fractures: 'fracture',
  peripheral_oedema: 'oedema',
};

/** American spellings and the British ones of the vocabulary. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[\s-]+/g, '_'],
  [/hospitaliz/g, 'hospitalis'],
  [/(kal|natr|glyc)emi/g, '$1aemi'],
  [/hemoglobin/g, 'haemoglobin'],
  [/(^|_)edema/g, '$1oedema'],
];

/** A name of a trial file in the spelling of the vocabulary. */
export function spelledAsVocabulary(name: string): string {
  return SPELLINGS.reduce((spelled, [from, to]) => spelled.replace(from, to), name.toLowerCase());
}

/** The id of a variable that a name in the spelling of the vocabulary means; the name itself where none is known. */
export function variableNamed(name: string): string {
  return Object.hasOwn(VARIABLE_NAMES, name) ? (VARIABLE_NAMES[name] ?? name) : name;
}

/** The name that the vocabulary has for an event; the name itself where none is known. */
export function eventNamed(name: string): string {
  return Object.hasOwn(EVENT_NAMES, name) ? (EVENT_NAMES[name] ?? name) : name;
}
