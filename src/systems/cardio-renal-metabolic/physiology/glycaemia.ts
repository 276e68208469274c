/**
 * Glucose and insulin over days to years: the balance of Topp, Promislow, deVries, Miura and Finegood 2000 (J Theor
 * Biol 206:605, doi 10.1006/jtbi.2000.2150) with glucose and insulin at their steady state, because both settle within
 * hours while everything else here takes days:
 *
 *   output = (clearance + sensitivity · insulin) · G,  insulin = capacity · G²/(α + G²) + injected
 */
export interface GlucoseBalance {
  /** Appearance of glucose from the liver and meals; unit: mg/dL a day. */
  readonly output: number;
  /** Disposal without insulin; unit: /d. */
  readonly clearance: number;
  /** Unit: mL/µU a day. */
  readonly sensitivity: number;
  /** Insulin at glucose without bounds: beta-cell mass × secretion / insulin clearance; unit: µU/mL. */
  readonly capacity: number;
  /** α: square of the glucose at which secretion is half its most; unit: mg²/dL². */
  readonly halfStimulation: number;
}

/**
 * What acts on the balance. All but `injected` fade as glucose comes near normal: incretins act on glucose-stimulated
 * secretion, the kidney spills what lies above its threshold, metformin holds back the part of output that is too much.
 */
export interface GlucosePush {
  /** Relative changes at the glucose of `FULL_GLUCOSE`. */
  readonly output: number;
  readonly sensitivity: number;
  /**
   * Insulin capacity added at the glucose of `FULL_GLUCOSE` a square root of what is there: secretagogues need beta
   * cells, and yet lower HbA1c about as much in those who have few (added to metformin) as in those who have more (alone).
   * Unit: (µU/mL)^½.
   */
  readonly capacity: number;
  /** Glucose that the kidneys spill; unit: /d. */
  readonly spilled: number;
  /** Insulin from outside; unit: µU/mL. */
  readonly injected: number;
}

/** Nothing acts. */
export const NO_PUSH: GlucosePush = { output: 0, sensitivity: 0, capacity: 0, spilled: 0, injected: 0 };

/** Mean glucose (mg/dL) of a healthy person in Topp 2000, at which nothing is left to act on, and that of an HbA1c of 8 %, at which actions count in full. */
const NORMAL_GLUCOSE = 100;
const FULL_GLUCOSE = 183;
const PER_GLUCOSE = 1 / (FULL_GLUCOSE - NORMAL_GLUCOSE);

/**
 * How much there is to act on at a mean glucose (mg/dL): 0 in health, 1 at an HbA1c of 8 %, at most 2. It saturates,
 * because the fall of HbA1c grows by about half a point with each point of the baseline (row hba1c.baseline_dependence)
 * and does not run away.
 */
export function roomAt(glucose: number): number {
  const excess = Math.max(0, glucose - NORMAL_GLUCOSE) * PER_GLUCOSE;
  return (2 * excess) / (1 + excess);
}

/** Mean glucose (mg/dL) that counter-regulation defends: glucagon and adrenaline rise at 65 to 70 (Mitrakou 1991, doi 10.1152/ajpendo.1991.260.1.E67). */
const DEFENDED_GLUCOSE = 70;

/** Newton steps from a glucose that is near; the balance is monotone, so far starts only need more of them. */
const NEAR = 4;
const FAR = 60;

/** A correction (mg/dL) after which the next one would be smaller than rounding. */
const NEGLIGIBLE_GLUCOSE = 1e-4;

/** The mean glucose at which a balance holds under what acts. Unit: mg/dL. `start` > 0: a glucose to begin from. */
export function balancedGlucose(balance: GlucoseBalance, push: GlucosePush, start: number, isNear = true): number {
  const { output, clearance, sensitivity, capacity, halfStimulation } = balance;
  const added = push.capacity * Math.sqrt(capacity);
  let glucose = start;
  for (let round = isNear ? NEAR : FAR; round > 0; round -= 1) {
    const room = roomAt(glucose);
    // The slope of `roomAt`: 2/(1 + excess)², with 1 + excess = 2/(2 − room).
    const perGlucose = room > 0 ? (PER_GLUCOSE * (2 - room) ** 2) / 2 : 0;
    const square = glucose * glucose;
    const filled = square / (halfStimulation + square);
    const sensitive = sensitivity * (1 + push.sensitivity * room);
    const secreting = capacity + added * room;
    const insulin = secreting * filled + push.injected;
    const disposal = clearance + push.spilled * room + sensitive * insulin;
    const steeper = perGlucose * (push.spilled + sensitivity * push.sensitivity * insulin + sensitive * added * filled);
    const slope =
      disposal +
      glucose * steeper +
      sensitive * secreting * 2 * filled * (1 - filled) -
      output * push.output * perGlucose;
    const correction = (disposal * glucose - output * (1 + push.output * room)) / slope;
    glucose = Math.max(1, glucose - correction);
    if (Math.abs(correction) < NEGLIGIBLE_GLUCOSE) break;
  }
  return Math.max(DEFENDED_GLUCOSE, glucose);
}

/** The insulin capacity with which a person rests at a glucose (mg/dL) without any drug. Unit: µU/mL. */
export function capacityFor(glucose: number, balance: Omit<GlucoseBalance, 'capacity'>): number {
  const square = glucose * glucose;
  const byInsulin = balance.output / glucose - balance.clearance;
  return Math.max(0, (byInsulin / balance.sensitivity) * ((balance.halfStimulation + square) / square));
}

/** Relates HbA1c (%) to mean glucose (mg/dL): ADAG, Nathan 2008 (doi 10.2337/dc08-0545), glucose = slope · HbA1c + intercept. */
export interface GlucoseOfHba1c {
  readonly slope: number;
  readonly intercept: number;
}

/** Mean glucose of an HbA1c in %. Unit: mg/dL. */
export function glucoseOfHba1c({ slope, intercept }: GlucoseOfHba1c, hba1c: number): number {
  return slope * hba1c + intercept;
}

/** HbA1c towards which a mean glucose (mg/dL) leads. Unit: %. */
export function hba1cOfGlucose({ slope, intercept }: GlucoseOfHba1c, glucose: number): number {
  return (glucose - intercept) / slope;
}

/** Relative change of insulin sensitivity with weight: it rises with every percent lost. `perPercent`: relative rise a percent. */
export function sensitivityOfWeight(relativeChange: number, perPercent: number): number {
  return Math.exp(-perPercent * 100 * relativeChange) - 1;
}
