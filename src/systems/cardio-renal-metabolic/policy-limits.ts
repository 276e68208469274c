/** A laboratory or bedside limit at which guidelines ask to hold back, and the fact that states it. */
interface Limit {
  readonly value: number;
  /** In src/knowledge/facts; a test compares the values. */
  readonly factId: string;
}

/** The limits that the simulated clinicians know. Units: potassium mmol/L, egfr mL/min/{1.73_m2}, sbp mm[Hg], heart rate /min. */
export const POLICY_LIMITS = {
  potassiumCaution: { value: 5, factId: 'raasi.potassium.caution' },
  potassiumReduce: { value: 5.5, factId: 'raasi.potassium.reduce' },
  potassiumStop: { value: 6, factId: 'raasi.potassium.stop' },
  potassiumLow: { value: 3.5, factId: 'potassium.low' },
  egfrRaas: { value: 30, factId: 'raasi.egfr.caution' },
  egfrMra: { value: 30, factId: 'mra.egfr.min' },
  egfrSglt2: { value: 20, factId: 'sglt2i.egfr.start' },
  sbpLow: { value: 90, factId: 'sbp.symptomatic_low' },
  sbpArni: { value: 100, factId: 'arni.sbp.start' },
  heartRateLow: { value: 50, factId: 'bb.bradycardia' },
} as const satisfies Record<string, Limit>;
