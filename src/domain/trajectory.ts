/**
 * Sampled futures of one patient under one regimen, each as it would be measured and as it is.
 *
 * Whoever asks what the next laboratory report will say (intervals, coverage) reads `samples`. Whoever asks whether the
 * patient leaves a limit reads `levels`: assay, cuff and haemolysis cross limits that the patient does not, and do so
 * anew on every day that is looked at.
 */
export interface Trajectory {
  readonly regimenId: string;
  /** Days ahead (unit: d). */
  readonly days: readonly number[];
  /** Variable ids, the last axis of `samples` and `levels`. */
  readonly variables: readonly string[];
  readonly members: number;
  readonly samplesPerMember: number;
  /** As measured, in physical units; shape [members × samplesPerMember, days, variables], row-major, member-major. */
  readonly samples: Float32Array;
  /** The patient's own level without measurement noise: same futures, units, shape and order as `samples`. */
  readonly levels: Float32Array;
}

/** The chance that the patient's level (not a measurement of it) crosses a limit on any forecast day up to a day. */
export interface Chance {
  readonly threshold: string;
  readonly probability: number;
}

/** One variable on one day: the distribution of what would be measured, and the chances of what would be true. */
export interface Forecast {
  readonly variable: string;
  readonly day: number;
  readonly median: number;
  /** 5 % and 95 % quantiles: the 90 % interval. */
  readonly low: number;
  readonly high: number;
  /** Share of the variance that lies between ensemble members, 0 to 1; absent when a single model answered. */
  readonly epistemicShare?: number;
  /** Chances of crossing each threshold of the variable on any day of the horizon up to this one. */
  readonly chances: readonly Chance[];
}
