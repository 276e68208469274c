/** A limit at which guidelines ask to act, and where it stands: a fact of src/knowledge/facts, or the guideline itself. */
type Limit = { readonly value: number } & (
  | {
      /** A test compares the values. */
      readonly factId: string;
    }
  | { readonly doi: string; readonly where: string; readonly basis: 'read' | 'recalled' }
);

/** The guidelines that the simulated clinicians follow, as DOIs. */
export const GUIDELINES = {
  /** ADA, Standards of Care in Diabetes 2024: sections 3, 6, 8 and 9. */
  diabetesPrevention: '10.2337/dc24-S003',
  glycaemicGoals: '10.2337/dc24-S006',
  obesity: '10.2337/dc24-S008',
  glycaemicDrugs: '10.2337/dc24-S009',
  /** KDIGO 2022, diabetes in chronic kidney disease. */
  diabetesInCkd: '10.1016/j.kint.2022.06.008',
  /** KDIGO 2024, chronic kidney disease. */
  kidney: '10.1016/j.kint.2023.10.018',
  /** AHA/ACC 2018, blood cholesterol. */
  cholesterol: '10.1161/CIR.0000000000000625',
  /** ACC/AHA 2017, high blood pressure. */
  pressure: '10.1161/HYP.0000000000000066',
  /** AHA/ACC/HFSA 2022, heart failure. */
  heartFailure: '10.1161/CIR.0000000000001063',
  /** AHA/ACC 2023, chronic coronary disease. */
  coronary: '10.1161/CIR.0000000000001168',
  /** ACR 2020, gout. */
  gout: '10.1002/art.41247',
} as const;

/**
 * The limits that the simulated clinicians know. Units: potassium mmol/L, egfr mL/min/{1.73_m2}, sbp mm[Hg], heart rate /min,
 * hba1c %, ldl and urate mg/dL, uacr mg/g, bmi kg/m2.
 */
export const POLICY_LIMITS = {
  potassiumCaution: { value: 5, factId: 'raasi.potassium.caution' },
  potassiumReduce: { value: 5.5, factId: 'raasi.potassium.reduce' },
  potassiumStop: { value: 6, factId: 'raasi.potassium.stop' },
  potassiumLow: { value: 3.5, factId: 'potassium.low' },
  potassiumVeryLow: { value: 3, factId: 'loop.potassium.low' },
  egfrMraStop: { value: 20, factId: 'mra.egfr.stop' },
  egfrRaas: { value: 30, factId: 'raasi.egfr.caution' },
  egfrMra: { value: 30, factId: 'mra.egfr.min' },
  egfrSglt2: { value: 20, factId: 'sglt2i.egfr.start' },
  sbpLow: { value: 90, factId: 'sbp.symptomatic_low' },
  sbpArni: { value: 100, factId: 'arni.sbp.start' },
  heartRateLow: { value: 50, factId: 'bb.bradycardia' },
  egfrMetformin: { value: 30, doi: GUIDELINES.diabetesInCkd, where: 'section 4.1', basis: 'read' },
  egfrMetforminReduce: { value: 45, doi: GUIDELINES.diabetesInCkd, where: 'section 4.1', basis: 'read' },
  hba1cGoal: { value: 7, doi: GUIDELINES.glycaemicGoals, where: 'A1C goals', basis: 'recalled' },
  hba1cTight: { value: 6.5, doi: GUIDELINES.glycaemicGoals, where: 'A1C goals', basis: 'recalled' },
  hba1cInsulin: { value: 10, doi: GUIDELINES.glycaemicDrugs, where: 'early insulin', basis: 'recalled' },
  hba1cPrediabetes: { value: 5.7, doi: GUIDELINES.diabetesPrevention, where: 'section 3', basis: 'recalled' },
  bmiObesity: { value: 30, doi: GUIDELINES.obesity, where: 'pharmacotherapy', basis: 'recalled' },
  bmiOverweight: { value: 25, doi: GUIDELINES.diabetesPrevention, where: 'section 3', basis: 'recalled' },
  albuminuria: { value: 30, doi: GUIDELINES.diabetesInCkd, where: 'section 1.4', basis: 'read' },
  sbpHypertension: { value: 140, doi: GUIDELINES.pressure, where: 'section 8.1.2', basis: 'read' },
  sbpHighRisk: { value: 130, doi: GUIDELINES.pressure, where: 'section 8.1.2', basis: 'read' },
  ldlSevere: { value: 190, doi: GUIDELINES.cholesterol, where: 'section 4.2', basis: 'read' },
  ldlPrimary: { value: 160, doi: GUIDELINES.cholesterol, where: 'section 4.4, risk enhancers', basis: 'read' },
  ldlSecondary: { value: 70, doi: GUIDELINES.cholesterol, where: 'section 4.1', basis: 'read' },
  urateGoal: { value: 6, doi: GUIDELINES.gout, where: 'treat to target', basis: 'read' },
  egfrUricosuric: { value: 30, doi: GUIDELINES.gout, where: 'probenecid in chronic kidney disease', basis: 'recalled' },
  urateHigh: { value: 9, doi: GUIDELINES.gout, where: 'indications', basis: 'read' },
} as const satisfies Record<string, Limit>;
