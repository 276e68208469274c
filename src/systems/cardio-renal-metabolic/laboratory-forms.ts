import { convertUnit } from '../../terminology/units.ts';
import { INPUTS, VARIABLES } from './schema.ts';
import type { VariableId } from './seen.ts';

/** What hospitals report: the variables, with creatinine in place of eGFR. */
export type ReportedId = Exclude<VariableId, 'egfr'> | 'creatinine';

/** One way in which hospitals report a quantity. */
export interface ReportForm {
  readonly loinc: string;
  readonly title: string;
  /** UCUM. */
  readonly unit: string;
  readonly decimals: number;
  /** Set on the forms of hospitals that report amounts of substance (SI); what has no such form is reported as elsewhere. */
  readonly isMolar?: true;
}

function form(loinc: string, title: string, unit: string, decimals: number): ReportForm {
  return { loinc, title, unit, decimals };
}

function molar(loinc: string, title: string, unit: string, decimals: number): ReportForm {
  return { loinc, title, unit, decimals, isMolar: true };
}

/** The forms of each quantity, the usual one first; codes and names of loinc.org, version 2.80. */
export const REPORT_FORMS: Readonly<Record<ReportedId, readonly ReportForm[]>> = {
  potassium: [
    form('2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 1),
    form('2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'meq/L', 1),
    form('6298-4', 'Potassium [Moles/volume] in Blood', 'mmol/L', 1),
  ],
  creatinine: [
    form('2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'mg/dL', 2),
    form('38483-4', 'Creatinine [Mass/volume] in Blood', 'mg/dL', 2),
    molar('14682-9', 'Creatinine [Moles/volume] in Serum or Plasma', 'umol/L', 0),
  ],
  sbp: [
    form('8480-6', 'Systolic blood pressure', 'mm[Hg]', 0),
    form('8459-0', 'Systolic blood pressure--sitting', 'mm[Hg]', 0),
  ],
  dbp: [
    form('8462-4', 'Diastolic blood pressure', 'mm[Hg]', 0),
    form('8453-3', 'Diastolic blood pressure--sitting', 'mm[Hg]', 0),
  ],
  heart_rate: [
    form('8867-4', 'Heart rate', '/min', 0),
    form('8893-0', 'Heart rate Peripheral artery by palpation', '/min', 0),
  ],
  body_weight: [
    form('29463-7', 'Body weight', 'kg', 1),
    form('3141-9', 'Body weight Measured', 'kg', 1),
    form('29463-7', 'Body weight', '[lb_av]', 1),
  ],
  hba1c: [
    form('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%', 1),
    form('17856-6', 'Hemoglobin A1c/Hemoglobin.total in Blood by HPLC', '%', 1),
    molar('59261-8', 'Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol', 'mmol/mol', 0),
  ],
  fasting_glucose: [
    form('1558-6', 'Fasting glucose [Mass/volume] in Serum or Plasma', 'mg/dL', 0),
    molar('14771-0', 'Fasting glucose [Moles/volume] in Serum or Plasma', 'mmol/L', 1),
  ],
  ldl: [
    form('13457-7', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation', 'mg/dL', 0),
    form('18262-6', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay', 'mg/dL', 0),
    form('2089-1', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma', 'mg/dL', 0),
    molar('22748-8', 'Cholesterol in LDL [Moles/volume] in Serum or Plasma', 'mmol/L', 2),
  ],
  hdl: [
    form('2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'mg/dL', 0),
    molar('14646-4', 'Cholesterol in HDL [Moles/volume] in Serum or Plasma', 'mmol/L', 2),
  ],
  triglycerides: [
    form('2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma', 'mg/dL', 0),
    form('3048-6', 'Triglyceride [Mass/volume] in Serum or Plasma --fasting', 'mg/dL', 0),
    molar('14927-8', 'Triglyceride [Moles/volume] in Serum or Plasma', 'mmol/L', 2),
  ],
  uacr: [
    form('9318-7', 'Albumin/Creatinine [Mass Ratio] in Urine', 'mg/g', 1),
    form('14959-1', 'Microalbumin/Creatinine [Mass Ratio] in Urine', 'mg/g', 1),
    molar('32294-1', 'Albumin/Creatinine [Ratio] in Urine', 'mg/mmol', 1),
  ],
  nt_probnp: [
    form('33762-6', 'Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma', 'pg/mL', 0),
    molar('33763-4', 'Natriuretic peptide.B prohormone N-Terminal [Moles/volume] in Serum or Plasma', 'pmol/L', 1),
  ],
  lvef: [
    form('10230-1', 'Left ventricular Ejection fraction', '%', 0),
    form('18043-0', 'Left ventricular Ejection fraction by US', '%', 0),
  ],
  urate: [
    form('3084-1', 'Urate [Mass/volume] in Serum or Plasma', 'mg/dL', 1),
    molar('14933-6', 'Urate [Moles/volume] in Serum or Plasma', 'umol/L', 0),
  ],
};

/** Everything that hospitals report. */
export const REPORTED_IDS = Object.keys(REPORT_FORMS) as readonly ReportedId[];

/**
 * A value of the system as a form reports it, with the form's decimals.
 *
 * @throws TypeError when the house does not convert the form's unit: a fault of the table.
 */
export function reportedValue(id: ReportedId, value: number, { unit, decimals }: ReportForm): number {
  const own = [...VARIABLES, ...INPUTS].find((variable) => variable.id === id)?.unit;
  const [zero, one] = [0, 1].map((reported) =>
    own === undefined ? { refused: 'no variable' } : convertUnit(reported, unit, own, id),
  );
  if (zero === undefined || one === undefined || !('value' in zero) || !('value' in one)) {
    throw new TypeError(`no conversion of ${id} in ${unit}`);
  }
  return Number(((value - zero.value) / (one.value - zero.value)).toFixed(decimals));
}
