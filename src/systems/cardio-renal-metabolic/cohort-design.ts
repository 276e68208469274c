/**
 * How the training cohort is laid out. These are choices of experimental design, made to cover what a model may meet;
 * they are not claims about patients or care, and no forecast reads them.
 */
export const COHORT_DESIGN = {
  /** Share of patients whose start is drawn evenly over `support` instead of from the population, to widen what is learned. */
  broadShare: 0.2,
  support: {
    age: [18, 95],
    bmi: [17, 48],
    potassium: [3.5, 5.2],
    gfr: [8, 130],
    sbp: [95, 195],
    heartRate: [50, 115],
    hba1cDiabetes: [5.5, 12],
    hba1cNoDiabetes: [4.6, 6.4],
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
  /** Longest outpatient history, d. */
  longestHistory: 1095,
  mostVisits: 40,
  /** How much sooner the next visit is after an alarming value, in heart failure, and the usual check after a change (d). */
  soonerWhenAlarming: 0.15,
  soonerInHeartFailure: 0.65,
  checkAfterChange: [5, 35],
  checkShare: 0.55,
  /** Chance that each variable is measured at an outpatient visit, before what the patient's state adds or removes. */
  measured: { laboratory: 0.6, pressure: 0.85, weight: 0.6, hba1c: 0.08, hba1cDiabetes: 0.4 },
  /** What is added to the chance of laboratory values under a RAAS blocker, MRA or loop diuretic, or after an alarming value. */
  laboratoryWhenWatched: 0.25,
  /** Chance that a variable is missing from a patient's whole record. */
  neverMeasured: 0.06,
  /** Chance that a condition which is present is recorded, and that the record holds a problem list at all. */
  listed: 0.9,
  problemListGiven: 0.75,
  /** Share of regimens A that differ from today's; of pairs in which a regimen switches within the horizon. */
  changedComparator: 0.3,
  switchShare: 0.2,
  /** Share of rows on the system's own horizon; the rest on random days between the two. */
  standardGrid: 0.7,
  randomGrid: [0.5, 120],
} as const;
