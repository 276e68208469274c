import { at } from '../core/array.ts';
import { quantileOfSorted, sortedCopy } from '../core/statistics.ts';
import type { CausalLink } from '../domain/evidence.ts';
import type { System, Variable } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { EXPECTED_DIRECTION } from './expected-direction.ts';

/** The futures that an explanation compares: the same patient, the same noise, with and without the order. */
export interface Contrast {
  /** The class of the drafted drug: a channel of the system. */
  readonly channel: string;
  readonly draft: Trajectory;
  readonly noChange: Trajectory;
}

/**
 * Says for each variable what the model itself expects the order to do, and the mechanism that stands behind it.
 *
 * The effect is the median, future by future, of draft minus no change on the last day; it is the model's own, so an
 * expectation of the mechanism that points the other way shows in `expected`. A recalled fact is not cited.
 */
export function explain(system: System, contrast: Contrast, knowledge: Knowledge): readonly CausalLink[] {
  return system.variables.map((variable) => linkOf(variable, contrast, knowledge));
}

function linkOf(variable: Variable, { channel, draft, noChange }: Contrast, knowledge: Knowledge): CausalLink {
  const effect = pairedMedian(draft, noChange, variable.id);
  const fact = knowledge.find(`${channel}.mechanism.${variable.id}`);
  const isCitable = fact?.basis === 'read';
  const expected = isCitable ? EXPECTED_DIRECTION[fact.id] : undefined;
  return {
    channel,
    variable: variable.id,
    direction: directionOf(effect, variable.decimals),
    ...(expected === undefined ? {} : { expected }),
    effect,
    day: at(draft.days, draft.days.length - 1),
    ...(isCitable ? { fact } : {}),
  };
}

function pairedMedian(draft: Trajectory, noChange: Trajectory, variable: string): number {
  const [treated, untreated] = [lastDay(draft, variable), lastDay(noChange, variable)];
  return quantileOfSorted(sortedCopy(treated.map((value, sample) => value - at(untreated, sample))), 0.5);
}

function lastDay({ days, variables, samples }: Trajectory, variable: string): Float32Array {
  const width = days.length * variables.length;
  const offset = (days.length - 1) * variables.length + variables.indexOf(variable);
  return Float32Array.from({ length: samples.length / width }, (_, sample) => at(samples, sample * width + offset));
}

/** Less than half of the last digit that is shown is no effect. */
function directionOf(effect: number, decimals: number): CausalLink['direction'] {
  if (Math.abs(effect) < 0.5 * 10 ** -decimals) return 'leaves';
  return effect > 0 ? 'raises' : 'lowers';
}
