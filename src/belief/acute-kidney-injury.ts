import { daysBetween } from '../core/time.ts';
import type { Measurement, PatientRecord } from '../domain/record.ts';

/**
 * KDIGO's creatinine criteria of acute kidney injury: a rise by 0.3 mg/dL within 48 h, or to 1.5 times the baseline within
 * 7 days (KDIGO 2012 guideline, read as quoted at https://milho.net/topic/defining-aki/).
 */
const CRITERIA = { rise: 0.3, riseDays: 2, ratio: 1.5, ratioDays: 7 } as const;

/** Two creatinine values of the last week that are too far apart for a kidney at rest. */
export interface UnsteadyCreatinine {
  readonly direction: 'rising' | 'falling';
  /** Unit: mg/dL. */
  readonly from: number;
  readonly to: number;
}

/**
 * Tells whether creatinine moved within the last seven days as it does in acute kidney injury, or in recovery from it.
 *
 * eGFR is defined for a creatinine at rest; while it moves, neither eGFR nor a forecast of it means what it says. A fall
 * of the same size counts too: the kidney recovers from what the criteria describe.
 */
export function findUnsteadyCreatinine(record: PatientRecord): UnsteadyCreatinine | undefined {
  const recent = record.measurements.filter(
    ({ variable, comparator, at }) =>
      variable === 'creatinine' && comparator === undefined && isWithin(at, record.asOf, CRITERIA.ratioDays),
  );
  for (const [index, later] of recent.entries()) {
    const earlier = recent
      .slice(0, index)
      .find((candidate) => isInjury(candidate, later) || isInjury(later, candidate));
    if (earlier === undefined) continue;
    const direction = later.value > earlier.value ? 'rising' : 'falling';
    return { direction, from: earlier.value, to: later.value };
  }
  return undefined;
}

function isInjury(lower: Measurement, higher: Measurement): boolean {
  const days = Math.abs(daysBetween(lower.at, higher.at));
  const rises = higher.value - lower.value >= CRITERIA.rise - ROUNDING && days <= CRITERIA.riseDays;
  return rises || (higher.value / lower.value >= CRITERIA.ratio - ROUNDING && days <= CRITERIA.ratioDays);
}

/** 1.3 − 1.0 is a little less than 0.3 in floating point. */
const ROUNDING = 1e-9;

function isWithin(at: Measurement['at'], asOf: Measurement['at'], days: number): boolean {
  return at <= asOf && daysBetween(at, asOf) <= days;
}
