/** Sampled futures of one patient under one regimen. */
export interface Trajectory {
  readonly regimenId: string;
  /** Days ahead (unit: d). */
  readonly days: readonly number[];
  /** Variable ids, the last axis of `samples`. */
  readonly variables: readonly string[];
  readonly members: number;
  readonly samplesPerMember: number;
  /** Physical units; shape [members × samplesPerMember, days, variables], row-major, member-major. */
  readonly samples: Float32Array;
}

/** The chance that a limit is crossed at any time up to a day. */
export interface Chance {
  readonly threshold: string;
  readonly probability: number;
}

/** One variable on one day, as a distribution. */
export interface Forecast {
  readonly variable: string;
  readonly day: number;
  readonly median: number;
  /** 5 % and 95 % quantiles: the 90 % interval. */
  readonly low: number;
  readonly high: number;
  /** Share of the variance that lies between ensemble members, 0 to 1. */
  readonly epistemicShare: number;
  /** Chances of crossing each threshold of the variable on any day of the horizon up to this one. */
  readonly chances: readonly Chance[];
}
