import { at } from '../../../core/array.ts';
import { seededRandom } from '../../../core/random.ts';
import { caseOf } from '../case.ts';
import { illnessOf } from '../illness.ts';
import { instrumentsOn, measureTruth } from '../measurement.ts';
import { measurementNoise } from '../noise.ts';
import { PANEL_OF, chancesAtHome } from '../panels.ts';
import { seenBy } from '../seen.ts';
import { cardioRenalMetabolic as system } from '../system.ts';
import { ageOf, truthOf } from '../virtual-patient.ts';
import { takenUnder } from './action.ts';
import type { Episode, Happening, Observation } from './episode.ts';

/** A moment after its visit, and what the visit showed. */
export interface Visited {
  readonly episode: Episode;
  readonly observation: Observation;
}

/** Sees the patient: the clinic measures what it would, or everything; the dead are not measured. */
export function visitNow(episode: Episode, events: readonly Happening[]): Visited {
  const { setting, day, state } = episode;
  const { individual, instruments } = setting;
  const truth = truthOf(individual, state);
  const random = seededRandom(`gym/${setting.seed}/visit/${day.toFixed(3)}`);
  const isMeasured = measuredPanels(episode, truth, random.uniform);
  const shown = measureTruth(instrumentsOn(instruments, day), individual.person, truth, measurementNoise(random));
  const values = shown.map((value, index) => (at(isMeasured, at(PANEL_OF, index)) ? value : undefined));
  return {
    episode: {
      ...episode,
      seen: values.map((value, index) => value ?? episode.seen[index]),
      measuredOn: isMeasured.map((is, panel) => (is ? day : at(episode.measuredOn, panel))),
    },
    observation: { ...knownOf(episode), values, events },
  };
}

function knownOf({ setting, day, state, doses }: Episode): Omit<Observation, 'values' | 'events'> {
  const { person, setpoints } = setting.individual;
  const traits: Readonly<Record<string, boolean>> = {
    heart_failure: person.heartFailure,
    type_2_diabetes: person.type2Diabetes,
    // Stage 3 or worse: eGFR below 60 (KDIGO 2024, doi 10.1016/j.kint.2023.10.018).
    chronic_kidney_disease: setpoints.gfr < 60,
  };
  return {
    day,
    age: ageOf(setting.individual, state),
    female: person.female,
    traits: system.traits.map((trait) => traits[trait] ?? false),
    doses,
  };
}

/** By panel. As many chances are drawn whatever comes of them, so that branches share the noise behind them. */
function measuredPanels(
  { setting, day, state, doses, seen, measuredOn, isDead }: Episode,
  truth: readonly number[],
  uniform: () => number,
): readonly boolean[] {
  const { individual, frailty, world, observe } = setting;
  const patient = caseOf(individual, { latest: seen, today: [] }, frailty);
  const { well, ill } = world.habits.attention;
  const attention = well + (ill - well) * illnessOf(patient, state, seenBy(truth));
  const chances = chancesAtHome(patient, { day, prescription: takenUnder(doses), measuredOn }, attention);
  return chances.map((chance) => {
    const draw = uniform();
    return !isDead && (observe === 'everything' || draw < chance);
  });
}
