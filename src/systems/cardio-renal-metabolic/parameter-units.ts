import { CHANNELS } from './schema.ts';

/** The classes of drugs and programmes that parameters are named after. */
export const CLASSES = [
  'acei',
  'arb',
  'arni',
  'mra',
  'sglt2i',
  'loop',
  'bb',
  'biguanide',
  'sulfonylurea',
  'dpp4i',
  'glp1ra',
  'gip_glp1ra',
  'tzd',
  'insulin',
  'agi',
  'ccb',
  'thiazide',
  'statin',
  'ezetimibe',
  'pcsk9i',
  'bempedoic_acid',
  'aspirin',
  'xoi',
  'uricosuric',
  'sgc',
  'digoxin',
  'omecamtiv',
  'antiobesity',
  'lifestyle',
  'weight_loss',
  'exercise',
  'dash',
  'sodium_restriction',
  'smoking_cessation',
] as const;

/** Names one class. */
export type DrugClass = (typeof CLASSES)[number];

/** What a class's reference dose does in the long run, with its unit; a row that is missing means no effect. */
export const EFFECT_UNITS = {
  hba1c: '%',
  body_weight: '%',
  fluid: 'kg',
  sbp: 'mm[Hg]',
  heart_rate: '/min',
  ldl: '%',
  hdl: '%',
  triglycerides: '%',
  uacr: '%',
  nt_probnp: '%',
  urate: '%',
  lvef: '%',
  potassium: 'mmol/L',
  egfr: '%',
  slope: '%',
} as const;

/** Names one effect. */
export type EffectName = keyof typeof EFFECT_UNITS;

/** How a class acts over dose and time; `<effect>_ed50` where one effect has a dose curve of its own. */
const COURSE_UNITS = { ed50: '1', hill: '1', onset: 'd' } as const;

/** Names what a class does, or how over dose and time; no row of it means no effect. */
export type ClassParameter =
  `${DrugClass}.${EffectName}` | `${DrugClass}.${EffectName}_ed50` | `${DrugClass}.${keyof typeof COURSE_UNITS}`;

const OTHER_UNITS = {
  'potassium.egfr_slope': 'mmol/L',
  'potassium.egfr_amplification': '1',
  'potassium.relaxation': 'd',
  'potassium.within_person': 'mmol/L',
  'potassium.drift_time': 'd',
  'potassium.acute_injury': 'mmol/L',
  'egfr.decline': 'mL/min/{1.73_m2}/a',
  'egfr.decline_ageing': 'mL/min/{1.73_m2}/a',
  'egfr.decline_diabetes': 'mL/min/{1.73_m2}/a',
  'egfr.decline_per_uacr_doubling': 'mL/min/{1.73_m2}/a',
  'egfr.within_person': '%',
  'egfr.drift_time': 'd',
  'sbp.within_person': 'mm[Hg]',
  'sbp.drift_time': 'd',
  'pressure.trial_floor': 'mm[Hg]',
  'sbp.per_weight': 'mm[Hg]/kg',
  'sbp.ageing': 'mm[Hg]/a',
  'dbp.ratio': '1',
  'dbp.untreated': 'mm[Hg]',
  'dbp.correlation': '1',
  'dbp.within_person': 'mm[Hg]',
  'heart_rate.within_person': '/min',
  'body_weight.within_person': 'kg',
  'glucose.hepatic_output': 'mg/dL/d',
  'glucose.effectiveness': '/d',
  'glucose.half_stimulation': 'mg2/dL2',
  'glucose.hba1c_slope': 'mg/dL',
  'glucose.hba1c_intercept': 'mg/dL',
  'glucose.fasting_share': '1',
  'insulin.sensitivity': 'mL/uU/d',
  'insulin.weight_sensitivity': '%',
  'fasting_glucose.within_person': '%',
  'hba1c.relaxation': 'd',
  'hba1c.within_person': '%',
  'hba1c.drift': '%/a',
  'hba1c.drift_prediabetes': '%/a',
  'sglt2i.hba1c_egfr_slope': '1',
  'energy.density': 'kcal/kg',
  'energy.expenditure_slope': 'kcal/kg/d',
  'energy.appetite_feedback': 'kcal/kg/d',
  'weight.ageing': 'kg/a',
  'weight.diabetes_factor': '1',
  'weight.maintenance_fading': 'a',
  'ldl.untreated': 'mg/dL',
  'ldl.diabetes_factor': '1',
  'ldl.catabolic_rate': '/d',
  'ldl.per_weight': 'mg/dL/kg',
  'ldl.within_person': '%',
  'hdl.female': 'mg/dL',
  'hdl.male': 'mg/dL',
  'hdl.diabetes_factor': '1',
  'hdl.per_weight': 'mg/dL/kg',
  'hdl.relaxation': 'd',
  'hdl.within_person': '%',
  'triglycerides.untreated': 'mg/dL',
  'triglycerides.diabetes_factor': '1',
  'triglycerides.per_weight': 'mg/dL/kg',
  'triglycerides.relaxation': 'd',
  'triglycerides.within_person': '%',
  'uacr.normal': 'mg/g',
  'uacr.diabetes': 'mg/g',
  'uacr.ckd': 'mg/g',
  'uacr.relaxation': 'd',
  'uacr.within_person': '%',
  'nt_probnp.hfref': 'pg/mL',
  'nt_probnp.hfpef': 'pg/mL',
  'nt_probnp.no_heart_failure': 'pg/mL',
  'nt_probnp.egfr_slope': '%',
  'nt_probnp.age_slope': '%/a',
  'nt_probnp.bmi_slope': '%',
  'nt_probnp.per_fluid': '%',
  'nt_probnp.within_person': '%',
  'lvef.normal': '%',
  'lvef.reduced': '%',
  'lvef.preserved': '%',
  'lvef.relaxation': 'd',
  'lvef.measurement_sd': '%',
  'urate.female': 'mg/dL',
  'urate.male': 'mg/dL',
  'urate.egfr_slope': 'mg/dL',
  'xoi.resistant_urate': 'mg/dL',
  'urate.relaxation': 'd',
  'urate.within_person': '%',
  'volume_event.rate': '/a',
  'volume_event.egfr_drop': '%',
  'volume_event.duration': 'd',
  'volume_event.sbp': 'mm[Hg]',
  'volume_event.weight': 'kg',
  'adherence.mean': '1',
  age: 'a',
  female: '1',
  'height.female': 'cm',
  'height.male': 'cm',
  bmi: 'kg/m2',
  heart_failure: '1',
  hfref: '1',
  type_2_diabetes: '1',
  ascvd: '1',
  smoker: '1',
  'diabetes.years': 'a',
  'slco1b1.allele_frequency': '1',
  'potassium.setpoint': 'mmol/L',
  'egfr.baseline': 'mL/min/{1.73_m2}',
  'sbp.untreated': 'mm[Hg]',
  'heart_rate.untreated': '/min',
  'hba1c.diabetes': '%',
  'hba1c.no_diabetes': '%',
  'potassium.assay_cv': '%',
  'creatinine.assay_cv': '%',
  'sbp.measurement_sd': 'mm[Hg]',
  'dbp.measurement_sd': 'mm[Hg]',
  'heart_rate.measurement_sd': '/min',
  'body_weight.scale_sd': 'kg',
  'hba1c.assay_cv': '%',
  'glucose.assay_cv': '%',
  'ldl.assay_cv': '%',
  'hdl.assay_cv': '%',
  'triglycerides.assay_cv': '%',
  'uacr.assay_cv': '%',
  'nt_probnp.assay_cv': '%',
  'urate.assay_cv': '%',
  'potassium.haemolysis_rate': '1',
  'potassium.haemolysis_shift': 'mmol/L',
  'visit.interval': 'd',
} as const;

/** A parameter without which there is no virtual patient. */
export type RequiredParameter = keyof typeof OTHER_UNITS;

/** A parameter that the virtual patient's equations name. */
export type ParameterId = ClassParameter | RequiredParameter;

/** The parameters without which there is no virtual patient, in a fixed order. */
export const REQUIRED_IDS = Object.keys(OTHER_UNITS) as readonly RequiredParameter[];

const CLASS_PARAMETER_UNITS: Readonly<Record<string, string>> = {
  ...EFFECT_UNITS,
  ...Object.fromEntries(Object.keys(EFFECT_UNITS).map((effect) => [`${effect}_ed50`, '1'])),
  ...COURSE_UNITS,
};

/** The UCUM unit in which the equations take each parameter; the loader refuses any other. */
export const PARAMETER_UNITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    CLASSES.flatMap((drugClass) =>
      Object.entries(CLASS_PARAMETER_UNITS).map(([quantity, unit]) => [`${drugClass}.${quantity}`, unit]),
    ),
  ),
  ...OTHER_UNITS,
};

/** Every parameter id that the equations can read, in a fixed order. */
export const PARAMETER_IDS = Object.keys(PARAMETER_UNITS) as readonly ParameterId[];

/** The place of a class in `System.channels`. */
export const CLASS_INDEX = Object.fromEntries(
  CLASSES.map((drugClass) => [drugClass, CHANNELS.findIndex(({ id }) => id === drugClass)]),
) as Readonly<Record<DrugClass, number>>;
