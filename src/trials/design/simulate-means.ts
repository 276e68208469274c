import { at, entry } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { addPerson, compareAdjusted, compareMeans, emptySums } from './compare-means.ts';
import type { ArmSums } from './compare-means.ts';
import type { CriticalValue, PowerPoint } from './power-curve.ts';
import { studentQuantile } from './student.ts';

/** People from whom the arms of simulated trials are drawn: outcome y, and covariate x where the analysis has one. */
export interface DrawnFrom {
  readonly x?: Float64Array;
  readonly y: Float64Array;
}

/** How trials of two means are simulated and analysed. */
export interface MeansTrials {
  readonly active: DrawnFrom;
  readonly control: DrawnFrom;
  readonly alpha: number;
  /** Share of people without an outcome, by chance alone. */
  readonly dropout: number;
  /** Which finding counts: one in this direction, or any. */
  readonly finding: 'higher' | 'lower' | 'any';
}

/** The critical value of t by people an arm. */
export function studentCritical(alpha: number): CriticalValue {
  return (perArm) => studentQuantile(1 - alpha / 2, Math.max(3, 2 * perArm - 2));
}

/** Simulates whole trials at one size: draws people for each arm, and tests; shares of findings are the power. */
export function simulateMeans(
  { active, control, alpha, dropout, finding }: MeansTrials,
  size: { readonly perArm: number; readonly trials: number },
  random: Random,
): PowerPoint {
  let found = 0;
  for (let trial = 0; trial < size.trials; trial += 1) {
    const sums = [active, control].map((from) => drawArm(from, size.perArm, dropout, random));
    if (isFound(at(sums, 0), at(sums, 1), { isAdjusted: control.x !== undefined, alpha, finding })) found += 1;
  }
  return { perArm: size.perArm, power: found / size.trials, trials: size.trials };
}

function drawArm({ x, y }: DrawnFrom, people: number, dropout: number, random: Random): ArmSums {
  const sums = emptySums();
  for (let person = 0; person < people; person += 1) {
    const place = Math.floor(random.uniform() * y.length);
    if (dropout > 0 && random.uniform() < dropout) continue;
    addPerson(sums, x === undefined ? 0 : entry(x, place), entry(y, place));
  }
  return sums;
}

function isFound(
  active: ArmSums,
  control: ArmSums,
  { isAdjusted, alpha, finding }: { isAdjusted: boolean; alpha: number; finding: MeansTrials['finding'] },
): boolean {
  if (active.n < 3 || control.n < 3) return false;
  const { t, freedom } = isAdjusted ? compareAdjusted(active, control) : compareMeans(active, control);
  if (Math.abs(t) <= studentQuantile(1 - alpha / 2, freedom)) return false;
  return finding === 'any' || (finding === 'higher' ? t > 0 : t < 0);
}
