import { GREATEST_DOSES } from '../systems/cardio-renal-metabolic/environment/action.ts';
import type { Opening } from '../systems/cardio-renal-metabolic/environment/environment.ts';
import type { Info, Observation, Transition } from '../systems/cardio-renal-metabolic/environment/episode.ts';
import { OBJECTIVES } from '../systems/cardio-renal-metabolic/environment/objectives.ts';
import { OUTCOMES } from '../systems/cardio-renal-metabolic/environment/outcomes.ts';
import { DERIVED, EVENTS } from '../systems/cardio-renal-metabolic/events/event-table.ts';
import { parameterDigest } from '../systems/cardio-renal-metabolic/parameters.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { WORLD_NAMES } from '../systems/cardio-renal-metabolic/worlds.ts';

/** What can be asked, done and seen. */
export function describeGym(): object {
  return {
    system: system.id,
    version: system.version,
    parametersDigest: parameterDigest(),
    variables: system.variables.map(({ id, unit, plausible }) => ({ id, unit, ...plausible })),
    channels: system.channels.map(({ id, name }, channel) => ({ id, name, maximum: GREATEST_DOSES[channel] })),
    drugs: system.interventions.map(({ ingredient, channel, unit, ladder, maximumDose }) => ({
      ingredient,
      channel,
      unit,
      ladder,
      maximum: maximumDose,
    })),
    traits: system.traits,
    events: [...EVENTS, ...DERIVED].map(({ id }) => id),
    outcomes: Object.entries(OUTCOMES).map(([id, { unit, meaning }]) => ({ id, unit, meaning })),
    objectives: OBJECTIVES,
    worlds: [...WORLD_NAMES, 'posterior-<k>'],
  };
}

/** The first answer of an episode. */
export function openingAnswer(episode: number, { observation, info }: Opening): object {
  const { person, setpoints, adherence } = info.individual;
  return { episode, observation: spelt(observation), info: { ...told(info), person, setpoints, adherence } };
}

/** The answer to a step. */
export function transitionAnswer(
  episode: number,
  { observation, reward, terminated, truncated, info }: Transition,
): object {
  return { episode, observation: spelt(observation), reward, terminated, truncated, info: told(info) };
}

function spelt({ values, doses, traits, ...rest }: Observation): object {
  return {
    ...rest,
    traits: named(system.traits, traits),
    values: byVariable(values),
    doses: Object.fromEntries(
      system.channels.flatMap(({ id }, channel) => ((doses[channel] ?? 0) > 0 ? [[id, doses[channel]]] : [])),
    ),
  };
}

function told({ truth, outcomes }: Info): { readonly truth: object; readonly outcomes: object } {
  return { truth: byVariable(truth), outcomes };
}

/** What was not measured is null, so that every answer has the same keys. */
function byVariable(values: readonly (number | undefined)[]): object {
  return Object.fromEntries(system.variables.map(({ id }, index) => [id, values[index] ?? null]));
}

function named(names: readonly string[], values: readonly boolean[]): object {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? false]));
}
