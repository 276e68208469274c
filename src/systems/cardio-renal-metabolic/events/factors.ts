import { CHANNELS } from '../schema.ts';
import type { RiskFactors } from './risk-factors.ts';

/** How one risk factor enters the logarithm of a hazard. */
interface Factor {
  readonly read: (factors: RiskFactors) => number;
  readonly scale: 'linear' | 'logarithmic';
  /** Set where risk follows behind the level: the row of the lag (a), and the years over which the ratios of its rows were seen. */
  readonly lag?: { readonly row: string; readonly seenOver?: number };
  /** The quantity of the class rows (`<class>.<quantity>`) that moves it, and whether those are relative changes. */
  readonly movedBy?: { readonly quantity: string; readonly relative: boolean };
}

/** Mean follow-up behind the effects of LDL; unit: a. CTT, Lancet 2005;366:1267, doi 10.1016/S0140-6736(05)67394-1. */
const YEARS_OF_CTT = 5;

const INSULIN = CHANNELS.findIndex(({ id }) => id === 'insulin');
const SULFONYLUREA = CHANNELS.findIndex(({ id }) => id === 'sulfonylurea');

/** HbA1c (%) at which the ratios of hypoglycaemia hold, and between which values its effect was seen. */
const HYPOGLYCAEMIA = { reference: 7, low: 5, high: 9 } as const;

function hba1cAbove({ hba1c }: RiskFactors): number {
  return Math.min(HYPOGLYCAEMIA.high, Math.max(HYPOGLYCAEMIA.low, hba1c)) - HYPOGLYCAEMIA.reference;
}

/** How far a class acts, from 0 to 1 from its reference dose on. */
function shareOf({ effects }: RiskFactors, channel: number): number {
  return Math.min(1, effects[channel] ?? 0);
}

/** The risk factors that modify hazards. */
const FACTORS = {
  age: { read: (factors) => factors.age, scale: 'linear' },
  female: { read: (factors) => Number(factors.female), scale: 'linear' },
  smoker: { read: (factors) => Number(factors.smoker), scale: 'linear' },
  ascvd: { read: (factors) => Number(factors.ascvd), scale: 'linear' },
  diabetes: { read: (factors) => Number(factors.type2Diabetes), scale: 'linear' },
  heartFailure: { read: (factors) => Number(factors.heartFailure), scale: 'linear' },
  heartRate: {
    read: (factors) => factors.heartRate,
    scale: 'linear',
    movedBy: { quantity: 'heart_rate', relative: false },
  },
  potassium: { read: (factors) => factors.potassium, scale: 'linear' },
  sbp: { read: (factors) => factors.sbp, scale: 'linear', movedBy: { quantity: 'sbp', relative: false } },
  ldl: {
    read: (factors) => factors.ldl,
    scale: 'linear',
    lag: { row: 'mi.ldl_lag', seenOver: YEARS_OF_CTT },
    movedBy: { quantity: 'ldl', relative: true },
  },
  hba1cUnderInsulin: { read: (factors) => hba1cAbove(factors) * shareOf(factors, INSULIN), scale: 'linear' },
  hba1cUnderSulfonylurea: {
    read: (factors) => hba1cAbove(factors) * shareOf(factors, SULFONYLUREA) * (1 - shareOf(factors, INSULIN)),
    scale: 'linear',
  },
  pastHba1c: {
    read: (factors) => factors.pastHba1c,
    scale: 'linear',
    lag: { row: 'mi.hba1c_lag' },
    movedBy: { quantity: 'hba1c', relative: false },
  },
  egfr: { read: (factors) => factors.egfr, scale: 'linear' },
  uacr: { read: (factors) => factors.uacr, scale: 'logarithmic', movedBy: { quantity: 'uacr', relative: true } },
  ntProbnp: {
    read: (factors) => factors.ntProbnp,
    scale: 'logarithmic',
    movedBy: { quantity: 'nt_probnp', relative: true },
  },
  lvef: { read: (factors) => factors.lvef, scale: 'linear', movedBy: { quantity: 'lvef', relative: false } },
  slco1b1: { read: (factors) => factors.slco1b1, scale: 'linear' },
  acuteInjury: { read: (factors) => factors.acuteInjury, scale: 'linear' },
  hfAdmissions: { read: (factors) => factors.hfAdmissions, scale: 'linear' },
} as const satisfies Readonly<Record<string, Factor>>;

/** Names one risk factor. */
export type FactorId = keyof typeof FACTORS;

/** The factors in the order of their table. */
export const FACTOR_IDS = Object.keys(FACTORS) as readonly FactorId[];

/** Everything known of a factor. */
export function factorOf(id: FactorId): Factor {
  return FACTORS[id];
}
