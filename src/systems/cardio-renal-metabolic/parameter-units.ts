const CLASS_UNITS = {
  potassium: 'mmol/L',
  egfr: '%',
  sbp: 'mm[Hg]',
  ed50: '1',
  onset: 'd',
  potassium_onset: 'd',
} as const;

const CLASSES = ['acei', 'arb', 'arni', 'mra', 'sglt2i', 'loop', 'bb'] as const;

type ClassParameter = `${(typeof CLASSES)[number]}.${keyof typeof CLASS_UNITS}`;

const OTHER_UNITS = {
  'bb.heart_rate': '/min',
  'sglt2i.body_weight': 'kg',
  'loop.body_weight': 'kg',
  'sglt2i.hba1c': '%',
  'acei.slope': '%',
  'arb.slope': '%',
  'sglt2i.slope': '%',
  'potassium.egfr_slope': 'mmol/L',
  'potassium.egfr_amplification': '1',
  'potassium.relaxation': 'd',
  'potassium.within_person': 'mmol/L',
  'potassium.drift_time': 'd',
  'egfr.decline': 'mL/min/{1.73_m2}/a',
  'egfr.decline_diabetes': 'mL/min/{1.73_m2}/a',
  'egfr.within_person': '%',
  'egfr.drift_time': 'd',
  'sbp.within_person': 'mm[Hg]',
  'sbp.drift_time': 'd',
  'sbp.baseline_dependence': '1',
  'heart_rate.within_person': '/min',
  'body_weight.within_person': 'kg',
  'hba1c.relaxation': 'd',
  'hba1c.within_person': '%',
  'hba1c.drift': '%/a',
  'sglt2i.hba1c_egfr_slope': '1',
  'volume_event.rate': '/a',
  'volume_event.egfr_drop': '%',
  'volume_event.duration': 'd',
  'adherence.mean': '1',
  age: 'a',
  female: '1',
  'height.female': 'cm',
  'height.male': 'cm',
  bmi: 'kg/m2',
  heart_failure: '1',
  hfref: '1',
  type_2_diabetes: '1',
  'potassium.setpoint': 'mmol/L',
  'egfr.baseline': 'mL/min/{1.73_m2}',
  'sbp.untreated': 'mm[Hg]',
  'heart_rate.untreated': '/min',
  'hba1c.diabetes': '%',
  'hba1c.no_diabetes': '%',
  'potassium.assay_cv': '%',
  'creatinine.assay_cv': '%',
  'sbp.measurement_sd': 'mm[Hg]',
  'heart_rate.measurement_sd': '/min',
  'body_weight.scale_sd': 'kg',
  'hba1c.assay_cv': '%',
  'potassium.haemolysis_rate': '1',
  'potassium.haemolysis_shift': 'mmol/L',
  'laboratory.interval': 'd',
  'visit.interval': 'd',
} as const;

/** A parameter that the virtual patient's equations name. */
export type ParameterId = ClassParameter | keyof typeof OTHER_UNITS;

/** The UCUM unit in which the equations take each parameter; the loader refuses any other. */
export const PARAMETER_UNITS: Readonly<Record<ParameterId, string>> = {
  ...(Object.fromEntries(
    CLASSES.flatMap((drugClass) =>
      Object.entries(CLASS_UNITS).map(([quantity, unit]) => [`${drugClass}.${quantity}`, unit]),
    ),
  ) as Record<ClassParameter, string>),
  ...OTHER_UNITS,
};

/** Every parameter id, in a fixed order. */
export const PARAMETER_IDS = Object.keys(PARAMETER_UNITS) as readonly ParameterId[];
