import type { Random } from '../../core/random.ts';
import { PARAMETER_IDS } from './parameter-units.ts';
import type { ParameterId } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';

/** Where one person stands in the spread of each parameter: standard-normal scores by parameter id. */
export type Scores = Readonly<Record<ParameterId, number>>;

/** Scores beyond this are drawn in: a spread is published around its centre, and its far tail would be no living adult. */
const TAIL = 2.5;

// ACE inhibitor, ARB and sacubitril/valsartan act on one axis, so how strongly a person responds to one of them is how
// strongly the same person responds to the others: they share their scores.
const RAAS = /^(acei|arb|arni)\.(potassium|egfr|sbp|slope)$/;

function labelOf(id: ParameterId): string {
  return id.replace(RAAS, 'raas.$2');
}

const LABELS: readonly (readonly [ParameterId, string])[] = PARAMETER_IDS.map((id) => [id, labelOf(id)]);

/**
 * Draws one person's scores, each from the stream that bears its name, so that a new parameter shifts no other.
 */
export function drawScores(random: Random): Scores {
  const drawn = new Map<string, number>();
  const scores = {} as Record<ParameterId, number>;
  for (const [id, label] of LABELS) {
    const score = drawn.get(label) ?? Math.min(TAIL, Math.max(-TAIL, random.split(label).normal()));
    drawn.set(label, score);
    scores[id] = score;
  }
  return scores;
}

/** One person's own value of a parameter, in the parameter's unit. */
export function ownValue(parameters: Parameters, scores: Scores, id: ParameterId): number {
  const { value, spread } = parameters[id];
  switch (spread.distribution) {
    case 'none':
      return value;
    case 'normal':
      return value + spread.sd * scores[id];
    case 'lognormal':
      return value * Math.exp(spread.sd * scores[id]);
  }
}
