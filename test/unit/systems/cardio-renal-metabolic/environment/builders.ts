import type { Regimen } from '../../../../../src/domain/intervention.ts';
import { interventionOf } from '../../../../../src/systems/doses.ts';
import { branch, reset, step } from '../../../../../src/systems/cardio-renal-metabolic/environment/environment.ts';
import type { Action } from '../../../../../src/systems/cardio-renal-metabolic/environment/action.ts';
import type { EpisodeOptions } from '../../../../../src/systems/cardio-renal-metabolic/environment/environment.ts';
import type { Episode, Transition } from '../../../../../src/systems/cardio-renal-metabolic/environment/episode.ts';
import { cardioRenalMetabolic as system } from '../../../../../src/systems/cardio-renal-metabolic/system.ts';

export const NOTHING: Regimen = { id: 'nothing', drugs: [] };

/** Daily doses by ingredient, in the unit of its row. */
export function aRegimen(doses: Readonly<Record<string, number>>): Regimen {
  return {
    id: 'ordered',
    drugs: Object.entries(doses).map(([ingredient, value]) => ({
      ingredient,
      dailyDose: { value, unit: interventionOf(system, ingredient)?.unit ?? 'mg/d' },
    })),
  };
}

/** Steps of the same days until the episode ends. */
export function playToEnd(start: Episode, action: Action, days: number): readonly Transition[] {
  const transitions: Transition[] = [];
  let episode = start;
  for (;;) {
    const transition = step(episode, action, days);
    transitions.push(transition);
    if (transition.terminated || transition.truncated) return transitions;
    ({ episode } = transition);
  }
}

/** The mean difference of the return that an action makes beside nothing, over many people. */
export function meanGain(action: Action, options: EpisodeOptions, people: number): number {
  let gain = 0;
  for (let person = 0; person < people; person += 1) {
    const { episode } = reset(`gain-${person}`, options);
    const [without, under] = branch(episode, [NOTHING, action], options.horizon ?? 365);
    gain += (under?.reward ?? 0) - (without?.reward ?? 0);
  }
  return gain / people;
}
