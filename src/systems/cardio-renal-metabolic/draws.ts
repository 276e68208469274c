import { digestText } from '../../core/digest.ts';
import type { Random } from '../../core/random.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import { PARAMETER_UNITS } from './parameter-units.ts';
import type { ParameterId } from './parameter-units.ts';
import type { Parameter, Parameters } from './parameters.ts';

/** Where one person stands in the spread of each parameter: standard-normal scores by parameter id. */
export type Scores = Readonly<Record<ParameterId, number>>;

/** Scores beyond this are drawn in: a spread is published around its centre, and its far tail would be no living adult. */
const TAIL = 2.5;

// ACE inhibitor, ARB and sacubitril/valsartan act on one axis, so how strongly a person responds to one of them is how
// strongly the same person responds to the others: they share their scores.
const RAAS = /^(acei|arb|arni)\.(potassium|egfr|sbp|slope|uacr)$/;

/** The published parameters, each with the word of its name under which its score is drawn. */
const WORDS: readonly (readonly [ParameterId, number])[] = PARAMETER_ROWS.filter(({ id }) => id in PARAMETER_UNITS).map(
  ({ id }) => [id as ParameterId, Number.parseInt(digestText(id.replace(RAAS, 'raas.$2')).slice(0, 8), 16) | 0],
);

/**
 * Draws one person's scores. Each depends on the person and on the parameter's name alone, so that a new parameter
 * shifts no other.
 */
export function drawScores(random: Random): Scores {
  const person = Math.floor(random.uniform() * 4_294_967_296) | 0;
  const scores: Partial<Record<ParameterId, number>> = {};
  for (const [id, word] of WORDS) scores[id] = Math.min(TAIL, Math.max(-TAIL, normalOf(person, word)));
  return scores as Scores;
}

/** A standard normal number of two words, by the polar form of Box and Muller (1958, doi 10.1214/aoms/1177706645). */
function normalOf(person: number, word: number): number {
  const radius = uniformOf(mix(person ^ word));
  const angle = uniformOf(mix((person + 0x9e3779b9) ^ Math.imul(word, 0x85ebca6b)));
  return Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
}

/** The finaliser of MurmurHash3 (Appleby, public domain): every bit of the word moves every bit of the result. */
function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function uniformOf(word: number): number {
  return word / 4_294_967_296;
}

/** One person's own value of a parameter, in the parameter's unit. */
export function ownValue(parameters: Parameters, scores: Scores, id: ParameterId): number {
  const parameter = parameters[id];
  return parameter === undefined ? 0 : drawn(parameter, scores[id]);
}

function drawn({ value, spread }: Parameter, score: number): number {
  switch (spread.distribution) {
    case 'none':
      return value;
    case 'normal':
      return value + spread.sd * score;
    case 'lognormal':
      return value * Math.exp(spread.sd * score);
  }
}
