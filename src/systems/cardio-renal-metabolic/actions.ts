/** What drugs act on. Those of `SUMS` add up; those of `PRODUCTS` multiply as 1 + effect. */
const SUMS = [
  /** Body mass; unit: share of the setpoint. */
  'mass',
  /** The part of it that carries pressure and lipids along: of classes whose effect on these is published by no row. */
  'carryingMass',
  /** Unit: kg. */
  'fluid',
  /** Unit: /min. */
  'heartRate',
  /** Unit: mmol/L. */
  'potassium',
  /** The same of RAAS blockers, whose effect grows as GFR falls below 60. */
  'potassiumOfRaas',
  /** Unit: %-points. */
  'lvef',
  /** Glucose that the kidneys spill; unit: /d. */
  'glucosuria',
  /** Insulin from outside; unit: µU/mL. */
  'injected',
  /** Insulin capacity added a square root of what is there; unit: (µU/mL)^½. */
  'secretion',
] as const;
const PRODUCTS = [
  'pressure',
  'ldl',
  'hdl',
  'triglycerides',
  'uacr',
  'ntProbnp',
  'urate',
  'gfr',
  'slope',
  /** Change of albuminuria under classes whose effect on the slope is not published by itself. */
  'slopeUacr',
  'appearance',
  'sensitivity',
] as const;

/** Names one of them. */
export type Action = (typeof SUMS)[number] | (typeof PRODUCTS)[number];

/** Where each action lies in a row of `Responses.actions`: sums first. */
export const A = Object.fromEntries([...SUMS, ...PRODUCTS].map((name, index) => [name, index])) as Readonly<
  Record<Action, number>
>;

/** How many of them add up. */
export const SUM_COUNT = SUMS.length;

/** How many there are. */
export const ACTION_COUNT = SUMS.length + PRODUCTS.length;
