/**
 * How the training cohort is laid out. These are choices of experimental design, made to cover what a model may meet;
 * they are not claims about patients or care. The mechanistic model reads those that say how such records come about.
 */
export const COHORT_DESIGN = {
  /** Share of patients whose start is drawn evenly over `support` instead of from the population, to widen what is learned. */
  broadShare: 0.2,
  /** Where setpoints may lie; those that differ by factors are drawn evenly on the logarithm. Nobody starts outside. */
  support: {
    age: { range: [18, 95] },
    bmi: { range: [16, 60] },
    potassium: { range: [3.5, 5.2] },
    gfr: { range: [8, 130] },
    sbp: { range: [95, 195] },
    /** Pulse pressure over systolic pressure. */
    pulseShare: { range: [0.27, 0.55] },
    heartRate: { range: [50, 115] },
    hba1cDiabetes: { range: [5.8, 13] },
    hba1cNoDiabetes: { range: [4.6, 6.4] },
    ldl: { range: [35, 260] },
    hdl: { range: [20, 105] },
    triglycerides: { range: [45, 900], logarithmic: true },
    uacr: { range: [1, 4000], logarithmic: true },
    ntProbnpHeartFailure: { range: [100, 20_000], logarithmic: true },
    ntProbnp: { range: [10, 2000], logarithmic: true },
    lvefReduced: { range: [12, 40] },
    lvef: { range: [45, 75] },
    urate: { range: [2, 12] },
  },
  /** Share of patients seen in a hospital bed, with daily or twice-daily values before now. */
  inpatientShare: 0.2,
  /** Days in hospital before now. */
  stay: [1, 14],
  /** Chance that a volume event brought an inpatient in, and by how much the fluctuations of illness exceed those at home. */
  acuteShare: 0.5,
  illnessVariability: 1.6,
  /** Days after now until an inpatient's fluctuations are those of life at home again. */
  convalescence: 7,
  /** Earlier clinics: visits before the record begins, at most one less; how much each changes, and each day on a ward. */
  earlierVisits: 6,
  earlierTempo: 1.6,
  wardTempo: 0.5,
  /** Longest outpatient history, d. */
  longestHistory: 1095,
  mostVisits: 40,
  /** How much sooner the next visit is after an alarming value, in heart failure, and the usual check after a change (d). */
  soonerWhenAlarming: 0.15,
  soonerInHeartFailure: 0.65,
  checkAfterChange: [5, 35],
  checkShare: 0.55,
  /** Chance that someone who feels well skips a visit. */
  skippedWhenWell: 0.25,
  /** How ill a condition lets someone feel, 0 to 1, before what today's state adds; an illness or an alarming value fills the rest. */
  burden: { heartFailure: 0.35, ascvd: 0.1, type2Diabetes: 0.1, chronicKidneyDisease: 0.1, acute: 0.6, alarming: 0.4 },
  /** Chance that each panel is measured at an outpatient visit: in anybody, and in whom it is indicated. */
  measured: {
    chemistry: [0.5, 0.85],
    cuff: [0.85, 0.95],
    weight: [0.6, 0.85],
    hba1c: [0.08, 0.6],
    glucose: [0.2, 0.35],
    lipids: [0.15, 0.5],
    albuminuria: [0.04, 0.45],
    natriuretic: [0.02, 0.35],
    echo: [0.01, 0.15],
    urate: [0.06, 0.35],
  },
  /** What each class that asks for laboratory watching adds to the chance of chemistry. */
  chemistryPerWatchedClass: 0.08,
  /** Chance that a variable is missing from a patient's whole record. */
  neverMeasured: 0.06,
  /** Chance that a condition which is present is recorded, and that the record holds a problem list at all. */
  listed: 0.9,
  problemListGiven: 0.75,
  /** Share of regimens A that differ from today's; of pairs in which a regimen switches within the horizon. */
  changedComparator: 0.3,
  switchShare: 0.2,
  /** Share of rows on the system's own horizon; the rest on random days between the two, or to the horizon's own end. */
  standardGrid: 0.7,
  randomGrid: [0.5, 120],
} as const;
