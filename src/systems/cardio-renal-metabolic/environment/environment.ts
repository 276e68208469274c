import { at } from '../../../core/array.ts';
import { seededRandom } from '../../../core/random.ts';
import { enrol } from '../enrol.ts';
import { tracesAtStart } from '../events/traces.ts';
import type { Individual } from '../individual.ts';
import { laboratoryOf } from '../laboratory.ts';
import { restingNoise } from '../noise.ts';
import { NEVER_MEASURED } from '../panels.ts';
import { NOTHING, dosesOfPrescription } from '../prescription.ts';
import { VARIABLES } from '../schema.ts';
import { VARIABLE_INDEX } from '../seen.ts';
import { levelsAt, restingState, truthOf } from '../virtual-patient.ts';
import { worldOf } from '../worlds.ts';
import type { World, WorldName } from '../worlds.ts';
import { dosesOfAction } from './action.ts';
import type { Action } from './action.ts';
import type { Episode, Info, Observation, Setting, Transition } from './episode.ts';
import { liveOn, stretchesOf } from './live-on.ts';
import type { Lived } from './live-on.ts';
import { rewardOf, weightsOf } from './objectives.ts';
import type { ObjectiveName, Weights } from './objectives.ts';
import { visitNow } from './observe.ts';
import { summed } from './outcomes.ts';

/** What is asked of an episode; each has a default. */
export interface EpisodeOptions {
  /** `none`, the calibrated one, unless given. */
  readonly world?: WorldName;
  /** `balanced` unless given. */
  readonly objective?: ObjectiveName | Weights;
  /** Five years unless given; unit: d. */
  readonly horizon?: number;
  /** `clinic` unless given. */
  readonly observe?: Setting['observe'];
  /** What the patient has settled under at the start; nothing unless given. */
  readonly before?: Action;
}

/** A new episode with its first observation. */
export interface Opening {
  readonly episode: Episode;
  readonly observation: Observation;
  readonly info: Info & { readonly individual: Individual };
}

const FIVE_YEARS = 1826;

const WORLDS = new Map<WorldName, World>();

function knownWorld(name: WorldName): World {
  const world = WORLDS.get(name) ?? worldOf(name);
  WORLDS.set(name, world);
  return world;
}

/**
 * Draws a virtual patient to act on, in the verbs of Gymnasium (arXiv 2407.17032). The same seed and options give the
 * same patient and the same chance.
 *
 * @throws TypeError when the horizon is not above 0, or `before` is no action.
 */
export function reset(seed: string, options: EpisodeOptions = {}): Opening {
  const { world: name = 'none', objective = 'balanced', horizon = FIVE_YEARS, observe = 'clinic', before } = options;
  if (!(horizon > 0)) throw new TypeError(`an episode takes a horizon above 0 days, not ${horizon}`);
  const world = knownWorld(name);
  const random = seededRandom(`gym/${seed}`);
  const { individual, frailty } = enrol(world, random.split('person'));
  const instruments = laboratoryOf(world, random.split('laboratory'));
  const weights = weightsOf(objective);
  const setting: Setting = { seed, world, instruments, individual, frailty, weights, horizon, observe };
  const doses = before === undefined ? dosesOfPrescription(NOTHING) : dosesOfAction(before);
  const { episode, observation } = visitNow(beginning(setting, doses), []);
  return {
    episode,
    observation,
    info: { truth: truthOf(individual, episode.state), outcomes: summed([]), individual },
  };
}

function beginning(setting: Setting, doses: readonly number[]): Episode {
  const { individual, seed } = setting;
  const state = restingState(individual, doses, restingNoise(seededRandom(`gym/${seed}/rest`)));
  const levels = levelsAt(individual, state);
  return {
    setting,
    day: 0,
    state,
    doses,
    traces: tracesAtStart(individual, levels),
    start: { egfr: at(levels, VARIABLE_INDEX.egfr), type2Diabetes: individual.person.type2Diabetes },
    lasting: new Set(),
    seen: VARIABLES.map(() => undefined),
    measuredOn: NEVER_MEASURED,
    isDead: false,
  };
}

/**
 * Lives `days` (unit: d) under a regimen, or doses, up to death or the horizon; then the clinic sees the patient.
 *
 * Chance belongs to the seed and the day: from one episode, steps of the same length share it whatever is taken, and so
 * do steps of whole weeks of different length.
 *
 * @throws TypeError when the episode has ended, the days are not above 0, or the action is none.
 */
export function step(episode: Episode, action: Action, days: number): Transition {
  const { setting } = episode;
  if (hasEnded(episode)) throw new TypeError('the episode has ended: reset');
  if (!(days > 0)) throw new TypeError(`a step takes days above 0, not ${days}`);
  const doses = dosesOfAction(action);
  const length = Math.min(days, setting.horizon - episode.day);
  const lived = liveThrough(episode, doses, length);
  const last = lived.at(-1)?.episode ?? episode;
  // The sum of a step's stretches is its length but for rounding.
  const end = last.isDead ? last : { ...last, day: episode.day + length };
  const visited = visitNow(
    end,
    lived.flatMap(({ happenings }) => happenings),
  );
  const outcomes = summed(lived.map(({ amounts }) => amounts));
  return {
    ...visited,
    reward: rewardOf(setting.weights, outcomes),
    terminated: end.isDead,
    truncated: !end.isDead && isOver(end),
    info: { truth: truthOf(setting.individual, end.state), outcomes },
  };
}

/** Steps from one moment under each action, with the same chance: branching counterfactuals of one patient. */
export function branch(episode: Episode, actions: readonly Action[], days: number): readonly Transition[] {
  return actions.map((action) => step(episode, action, days));
}

function liveThrough(episode: Episode, doses: readonly number[], days: number): readonly Lived[] {
  const lived: Lived[] = [];
  let now = episode;
  for (const length of stretchesOf(days)) {
    if (now.isDead) break;
    const next = liveOn(now, doses, length);
    lived.push(next);
    now = next.episode;
  }
  return lived;
}

function hasEnded(episode: Episode): boolean {
  return episode.isDead || isOver(episode);
}

/** A day short by rounding is no day. */
function isOver({ day, setting }: Episode): boolean {
  return day >= setting.horizon - 1e-6;
}
