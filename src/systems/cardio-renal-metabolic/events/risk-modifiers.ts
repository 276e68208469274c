import type { ConditionId } from './conditions.ts';
import type { EventId } from './event-table.ts';
import type { FactorId } from './factors.ts';

/** How one factor changes one hazard: by the row's ratio for each `per` that the factor lies above its reference. */
export interface RiskModifier {
  /** Id of the parameter row that holds the hazard ratio. */
  readonly row: string;
  /** Set where the row holds no ratio but the rise of the logarithm in per cent. */
  readonly unit?: '%/a';
  readonly events: readonly EventId[];
  readonly factor: FactorId;
  /** Step of the factor that the ratio belongs to, in its unit; of a logarithmic factor the step of its logarithm. */
  readonly per: number;
  /** Where the baseline hazard stands, in the factor's unit. */
  readonly reference: number;
  /** Between which values the effect was seen; outside, it is held. */
  readonly within: readonly [number, number];
  /** Conditions that must all hold. */
  readonly where?: readonly ConditionId[];
}

const YES_OR_NO = [0, 1] as const;

/** 1 mmol/L of cholesterol in mg/dL: molar mass 386.65 g/mol (PubChem CID 5997). */
const MMOL_OF_CHOLESTEROL = 38.67;

/**
 * LDL cholesterol (mg/dL) at PREVENT's reference non-HDL cholesterol of 3.5 mmol/L: less a fifth of triglycerides of
 * 135 mg/dL (Friedewald 1972, doi 10.1093/clinchem/18.6.499).
 */
const REFERENCE_LDL = 108;

/** Albuminuria (mg/g) at which PREVENT's base model and its model with albuminuria agree (note of row mi.uacr). */
const REFERENCE_UACR = 11;

/** The logarithm of the hazard ratio that a modifier's row holds. */
export function logRatioOf({ value, unit }: { readonly value: number; readonly unit: string }): number {
  return unit === '%/a' ? value / 100 : Math.log(value);
}

/**
 * How risk factors change hazards beyond the equations of the baseline. References that no source names are assumptions
 * and stand in the notes of the rows.
 */
export const MODIFIERS: readonly RiskModifier[] = [
  { row: 'mi.sbp', events: ['mi'], factor: 'sbp', per: -10, reference: 130, within: [110, 200] },
  { row: 'stroke.sbp', events: ['stroke'], factor: 'sbp', per: -10, reference: 130, within: [110, 200] },
  {
    row: 'hf_hospitalisation.sbp',
    events: ['hf_hospitalisation'],
    factor: 'sbp',
    per: -10,
    reference: 130,
    within: [110, 200],
    where: ['no_heart_failure'],
  },
  {
    row: 'cv_death_other.sbp',
    events: ['cv_death_other'],
    factor: 'sbp',
    per: -10,
    reference: 130,
    within: [110, 200],
    where: ['no_heart_failure'],
  },
  {
    row: 'mi.ldl',
    events: ['mi'],
    factor: 'ldl',
    per: -MMOL_OF_CHOLESTEROL,
    reference: REFERENCE_LDL,
    within: [20, 250],
  },
  {
    row: 'stroke.ldl',
    events: ['stroke'],
    factor: 'ldl',
    per: -MMOL_OF_CHOLESTEROL,
    reference: REFERENCE_LDL,
    within: [20, 250],
  },
  {
    row: 'cv_death_other.ldl',
    events: ['cv_death_other'],
    factor: 'ldl',
    per: -MMOL_OF_CHOLESTEROL,
    reference: REFERENCE_LDL,
    within: [20, 250],
    where: ['no_heart_failure'],
  },
  {
    row: 'mi.hba1c',
    events: ['mi'],
    factor: 'pastHba1c',
    per: -0.9,
    reference: 7.5,
    within: [6, 12],
    where: ['diabetes'],
  },
  {
    row: 'stroke.hba1c',
    events: ['stroke'],
    factor: 'pastHba1c',
    per: -0.9,
    reference: 7.5,
    within: [6, 12],
    where: ['diabetes'],
  },
  { row: 'mi.ascvd', events: ['mi'], factor: 'ascvd', per: 1, reference: 0, within: YES_OR_NO },
  { row: 'cv_death_other.ascvd', events: ['stroke'], factor: 'ascvd', per: 1, reference: 0, within: YES_OR_NO },
  {
    row: 'cv_death_other.ascvd',
    events: ['cv_death_other', 'hf_hospitalisation'],
    factor: 'ascvd',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
    where: ['no_heart_failure'],
  },
  { row: 'mi.uacr', events: ['mi', 'stroke'], factor: 'uacr', per: 1, reference: REFERENCE_UACR, within: [3, 5000] },
  {
    row: 'hf_hospitalisation.uacr',
    events: ['hf_hospitalisation'],
    factor: 'uacr',
    per: 1,
    reference: REFERENCE_UACR,
    within: [3, 5000],
    where: ['no_heart_failure'],
  },
  {
    row: 'death_non_cv.uacr',
    events: ['death_non_cv', 'cv_death_other'],
    factor: 'uacr',
    per: 1,
    reference: REFERENCE_UACR,
    within: [5, 5000],
    where: ['no_heart_failure'],
  },
  {
    row: 'death_non_cv.uacr',
    events: ['death_non_cv'],
    factor: 'uacr',
    per: 1,
    reference: REFERENCE_UACR,
    within: [5, 5000],
    where: ['heart_failure'],
  },
  {
    row: 'death_non_cv.egfr',
    events: ['death_non_cv', 'cv_death_other'],
    factor: 'egfr',
    per: -15,
    reference: 68,
    within: [5, 68],
    where: ['no_heart_failure'],
  },
  {
    row: 'death_non_cv.egfr',
    events: ['death_non_cv', 'cv_death_other', 'hf_hospitalisation'],
    factor: 'egfr',
    per: -15,
    reference: 64,
    within: [5, 68],
    where: ['heart_failure'],
  },
  {
    row: 'cv_death_other.diabetes',
    events: ['cv_death_other'],
    factor: 'diabetes',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
    where: ['no_heart_failure'],
  },
  {
    row: 'hf_hospitalisation.diabetes',
    events: ['hf_hospitalisation', 'cv_death_other'],
    factor: 'diabetes',
    per: 1,
    reference: 0.45,
    within: YES_OR_NO,
    where: ['heart_failure'],
  },
  {
    row: 'death_non_cv.diabetes',
    events: ['death_non_cv'],
    factor: 'diabetes',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'cv_death_other.smoker',
    events: ['cv_death_other'],
    factor: 'smoker',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
    where: ['no_heart_failure'],
  },
  { row: 'death_non_cv.smoker', events: ['death_non_cv'], factor: 'smoker', per: 1, reference: 0, within: YES_OR_NO },
  {
    row: 'hf_hospitalisation.nt_probnp',
    events: ['hf_hospitalisation', 'cv_death_other'],
    factor: 'ntProbnp',
    per: 1.1,
    reference: 1700,
    within: [50, 30_000],
    where: ['reduced_ef'],
  },
  {
    row: 'hf_hospitalisation.nt_probnp',
    events: ['hf_hospitalisation', 'cv_death_other'],
    factor: 'ntProbnp',
    per: 1.1,
    reference: 1100,
    within: [50, 30_000],
    where: ['preserved_ef'],
  },
  {
    row: 'hf_hospitalisation.nt_probnp_no_heart_failure',
    events: ['hf_hospitalisation', 'cv_death_other'],
    factor: 'ntProbnp',
    per: 1.1,
    reference: 100,
    within: [20, 3000],
    where: ['no_heart_failure'],
  },
  {
    row: 'hf_hospitalisation.lvef',
    events: ['hf_hospitalisation', 'cv_death_other'],
    factor: 'lvef',
    per: -5,
    reference: 31,
    within: [15, 40],
    where: ['reduced_ef'],
  },
  {
    row: 'cv_death_other.age',
    events: ['cv_death_other'],
    factor: 'age',
    per: 10,
    reference: 66,
    within: [30, 95],
    where: ['heart_failure'],
  },
  {
    row: 'cv_death_other.hf_admissions',
    events: ['cv_death_other'],
    factor: 'hfAdmissions',
    per: 1,
    reference: 0,
    within: [0, 3],
    where: ['heart_failure'],
  },
  {
    row: 'death_non_cv.acute_injury',
    events: ['death_non_cv'],
    factor: 'acuteInjury',
    per: -0.405,
    reference: 0,
    within: [-0.405, 0],
  },
  {
    row: 'hypoglycaemia_severe.egfr_ratio',
    events: ['hypoglycaemia_severe', 'hypoglycaemia_mild'],
    factor: 'egfr',
    per: -10,
    reference: 80,
    within: [10, 97],
  },
  {
    row: 'hypoglycaemia_severe.age_ratio',
    events: ['hypoglycaemia_severe'],
    factor: 'age',
    per: 10,
    reference: 62,
    within: [30, 95],
  },
  {
    row: 'background.falls_ageing',
    unit: '%/a',
    events: ['falls'],
    factor: 'age',
    per: 1,
    reference: 72,
    within: [50, 95],
  },
  {
    row: 'background.bleeding_ageing',
    unit: '%/a',
    events: ['bleeding'],
    factor: 'age',
    per: 1,
    reference: 54,
    within: [30, 95],
  },
  {
    row: 'myopathy.slco1b1',
    events: ['myopathy'],
    factor: 'slco1b1',
    per: 1,
    reference: 0.3,
    within: [0, 2],
    where: ['on_statin'],
  },
  {
    row: 'hypoglycaemia_severe.hba1c_sulfonylurea',
    events: ['hypoglycaemia_severe', 'hypoglycaemia_mild'],
    factor: 'hba1cUnderSulfonylurea',
    per: -1,
    reference: 0,
    within: [-2, 2],
  },
  {
    row: 'hypoglycaemia_severe.hba1c_insulin',
    events: ['hypoglycaemia_severe', 'hypoglycaemia_mild'],
    factor: 'hba1cUnderInsulin',
    per: -1,
    reference: 0,
    within: [-2, 2],
  },
  {
    row: 'hospitalisation_other.ageing',
    unit: '%/a',
    events: ['hospitalisation_other'],
    factor: 'age',
    per: 1,
    reference: 60,
    within: [20, 95],
  },
  {
    row: 'hospitalisation_other.egfr',
    events: ['hospitalisation_other'],
    factor: 'egfr',
    per: -10,
    reference: 60,
    within: [5, 60],
  },
  {
    row: 'hospitalisation_other.heart_failure',
    events: ['hospitalisation_other'],
    factor: 'heartFailure',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'hospitalisation_other.diabetes',
    events: ['hospitalisation_other'],
    factor: 'diabetes',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'aki.ageing',
    unit: '%/a',
    events: ['aki'],
    factor: 'age',
    per: 1,
    reference: 60,
    within: [30, 95],
  },
  {
    row: 'aki.egfr',
    events: ['aki'],
    factor: 'egfr',
    per: -10,
    reference: 70,
    within: [8, 105],
  },
  {
    row: 'aki.uacr',
    events: ['aki'],
    factor: 'uacr',
    per: 1,
    reference: 15,
    within: [3, 3000],
  },
  {
    row: 'aki.heart_failure',
    events: ['aki'],
    factor: 'heartFailure',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'death_non_cv.potassium_high',
    events: ['death_non_cv', 'cv_death_other'],
    factor: 'potassium',
    per: 1,
    reference: 5,
    within: [5, 5.5],
  },
  {
    row: 'death_non_cv.potassium_low',
    events: ['death_non_cv', 'cv_death_other'],
    factor: 'potassium',
    per: -1,
    reference: 3.5,
    within: [2.5, 3.5],
  },
  {
    row: 'cv_death_other.hyperkalaemia',
    events: ['cv_death_other'],
    factor: 'potassium',
    per: 1,
    reference: 5.5,
    within: [5.5, 7.5],
  },
  {
    row: 'bradycardia.heart_rate',
    events: ['bradycardia'],
    factor: 'heartRate',
    per: 11,
    reference: 75,
    within: [45, 100],
  },
  {
    row: 'genital_infection.female',
    events: ['genital_infection'],
    factor: 'female',
    per: 1,
    reference: 0.4,
    within: YES_OR_NO,
  },
  {
    row: 'oedema.heart_failure',
    events: ['oedema'],
    factor: 'heartFailure',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'fracture.female',
    events: ['fracture'],
    factor: 'female',
    per: 1,
    reference: 0,
    within: YES_OR_NO,
  },
  {
    row: 'fracture.ageing',
    unit: '%/a',
    events: ['fracture'],
    factor: 'age',
    per: 1,
    reference: 64,
    within: [40, 95],
  },
];
