/** What the hazards read of a patient at one moment: physical units. */
export interface RiskFactors {
  /** Unit: a. */
  readonly age: number;
  readonly female: boolean;
  readonly smoker: boolean;
  /** Prior myocardial infarction, stroke or peripheral arterial disease. */
  readonly ascvd: boolean;
  readonly heartFailure: boolean;
  readonly reducedEjectionFraction: boolean;
  readonly type2Diabetes: boolean;
  /** Unit: mm[Hg]. */
  readonly sbp: number;
  /** Unit: /min. */
  readonly heartRate: number;
  /** LDL as plaques see it: behind its level by a first-order lag (row mi.ldl_lag); unit: mg/dL. */
  readonly ldl: number;
  /** Without drugs; unit: mg/dL. */
  readonly hdl: number;
  /** At the moment; unit: %. */
  readonly hba1c: number;
  /** HbA1c as arteries see it: behind its level by a first-order lag (row mi.hba1c_lag); unit: %. */
  readonly pastHba1c: number;
  /** Without the reversible haemodynamic effects of drugs; unit: mL/min/{1.73_m2}. */
  readonly egfr: number;
  /** Unit: mg/g. */
  readonly uacr: number;
  /** Unit: kg/m2. */
  readonly bmi: number;
  /** Unit: mmol/L. */
  readonly potassium: number;
  /** Unit: pg/mL. */
  readonly ntProbnp: number;
  /** Unit: %. */
  readonly lvef: number;
  /** Urate as crystals see it: behind its level by a first-order lag (row gout.flare_lag); unit: mg/dL. */
  readonly urate: number;
  /** What urate is without drugs, which decides who has gout; unit: mg/dL. */
  readonly untreatedUrate: number;
  /** Whether gout has shown itself by a flare. */
  readonly hasFlared: boolean;
  /** Copies of the C allele of SLCO1B1 c.521T>C. */
  readonly slco1b1: 0 | 1 | 2;
  /** Acute fall of the logarithm of GFR, ≤ 0. */
  readonly acuteInjury: number;
  /** Admissions for heart failure so far in this life. */
  readonly hfAdmissions: number;
  /** Present action of each drug class as a multiple of the reference dose's effect, by `System.channels`; 0 = not taken. */
  readonly effects: ArrayLike<number>;
}
