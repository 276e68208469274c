import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { mean, variance } from '../../core/statistics.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import { normalQuantile } from '../normal.ts';
import type { EventClock } from './event-clock.ts';
import { findPowerCurve } from './power-curve.ts';
import { simulateEvents } from './simulate-events.ts';
import { simulateMeans, studentCritical } from './simulate-means.ts';
import { textbookEvents, textbookPerArm } from './textbook.ts';
import type { Aim } from './textbook.ts';

/** One case in which a formula is right, and what the simulation finds in it. */
export interface TextbookCase {
  readonly name: string;
  readonly formula: number;
  readonly simulated: number;
}

/**
 * Runs the simulations of a design on the two cases that textbooks solve: two normal samples that differ by half a standard
 * deviation, and two exponential ones with a hazard ratio of 0.7. Numbers are people an arm, and events in both arms.
 * `trials`: simulated at each size; half as many of the exponential case, which is slower.
 */
export function checkTextbook(
  aim: Aim,
  { seed, trials }: { readonly seed: string; readonly trials: number },
): readonly TextbookCase[] {
  return [
    normalCase(aim, trials, seededRandom(`${seed}/normal`)),
    exponentialCase(aim, trials / 2, seededRandom(`${seed}/exponential`)),
  ];
}

function normalCase(aim: Aim, trials: number, random: Random): TextbookCase {
  const control = { y: standardNormals(random) };
  const active = { y: control.y.map((own) => own + 0.5) };
  const formula = textbookPerArm(aim, { sd: 1, difference: 0.5 });
  const { perArm } = findPowerCurve(aim, formula, studentCritical(aim.alpha), (size) =>
    simulateMeans(
      { active, control, alpha: aim.alpha, dropout: 0, finding: 'higher' },
      { perArm: size, trials },
      random.split(String(size)),
    ),
  );
  return { name: 'two normal samples, δ = σ/2: people per arm', formula, simulated: perArm };
}

/** Normals whose mean is exactly 0 and whose sd is exactly 1. */
function standardNormals(random: Random): Float64Array {
  const drawn = Float64Array.from({ length: 40_000 }, () => random.normal());
  const [centre, sd] = [mean(drawn), Math.sqrt(variance(drawn))];
  return drawn.map((own) => (own - centre) / sd);
}

/** Follow-up (a) and hazards (/a) of the exponential case. */
const EXPONENTIAL = { years: 3, control: 0.1, ratio: 0.7 } as const;

function exponentialCase(aim: Aim, count: number, random: Random): TextbookCase {
  const { years, control, ratio } = EXPONENTIAL;
  const formula = textbookEvents(aim, Math.log(ratio));
  const trials = {
    active: [exponentialClock(control * ratio)],
    control: [exponentialClock(control)],
    followUp: years * DAYS_A_YEAR,
    alpha: aim.alpha,
    dropout: 0,
    finding: 'fewer',
  } as const;
  const share = [control * ratio, control].reduce((sum, hazard) => sum - Math.expm1(-hazard * years), 0);
  const simulate = (perArm: number) =>
    simulateEvents(trials, { perArm, trials: Math.ceil(count) }, random.split(String(perArm)));
  const { perArm } = findPowerCurve(aim, formula / share, () => normalQuantile(1 - aim.alpha / 2), simulate);
  return { name: 'two exponential samples, HR 0.7: events', formula, simulated: simulate(perArm).events };
}

function exponentialClock(hazard: number): EventClock {
  const { years } = EXPONENTIAL;
  return {
    ends: [years * DAYS_A_YEAR],
    cumulative: Float64Array.of(hazard * years),
    share: Float64Array.of(1),
  };
}
