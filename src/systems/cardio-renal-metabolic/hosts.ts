import { at } from '../../core/array.ts';
import { isTold, whoAtStart } from './chart.ts';
import type { Chart } from './chart.ts';
import { effectiveSize, resample, tempered } from './importance.ts';
import type { Setpoints } from './individual.ts';
import { LEVELS, movedSetpoints, scaled } from './informed-levels.ts';
import { anchorsOf, deviationsOf } from './level-anchors.ts';
import { liveThrough } from './lived-record.ts';
import { phenotypeOf } from './neighbours.ts';
import type { LevelPriors, Neighbour, Phenotype } from './neighbours.ts';
import { averageEntry, embody } from './particle-library.ts';

/** Times that the average patient lives through a record, to guess levels without drugs from those under them. */
const GUESSES = 3;

/** People from whom what was never measured is taken. */
const LEAST_HOSTS = 128;

/** The levels without drugs of someone average with these conditions who shows the record's values. */
export function guessLevels(record: Chart, { typical, priors }: Phenotype): Setpoints {
  const { parameters, history } = record;
  const person = { ...typical.person, ...whoAtStart(history) };
  let guess = centreOf(typical.setpoints, priors);
  if (history.visits.length === 0) return guess;
  for (let round = 0; round < GUESSES; round += 1) {
    const individual = embody(parameters, AVERAGE, { person, setpoints: guess });
    const anchors = anchorsOf(record, { individual, lived: liveThrough(individual, history), priors });
    guess = movedSetpoints(
      guess,
      deviationsOf(anchors, ({ mean }) => mean[0]),
    );
  }
  return guess;
}

const AVERAGE = averageEntry();

function centreOf(setpoints: Setpoints, priors: LevelPriors): Setpoints {
  return movedSetpoints(
    setpoints,
    Object.fromEntries(
      LEVELS.map(({ name, isLogarithmic }) => [name, priors[name].mean - scaled(setpoints[name], isLogarithmic)]),
    ),
  );
}

/** The population as a record sees it. */
interface Crowd {
  readonly neighbours: readonly Neighbour[];
  readonly population: readonly number[];
  readonly phenotypes: ReadonlyMap<string, Phenotype>;
  readonly guesses: ReadonlyMap<string, Setpoints>;
}

/** Those of the population from whom conditions and unmeasured levels are taken: near the patient in what was measured. */
export function hostsOf(record: Chart, crowd: Crowd, count: number): readonly Neighbour[] {
  const told = LEVELS.filter(({ name }) => isTold(record, name));
  const nearness = crowd.neighbours.map(({ person, setpoints }, index) => {
    const key = phenotypeOf(person);
    const [guess, phenotype] = [crowd.guesses.get(key), crowd.phenotypes.get(key)];
    if (guess === undefined || phenotype === undefined || at(crowd.population, index) === 0) return -Infinity;
    return told.reduce((sum, { name, isLogarithmic }) => {
      const apart = scaled(setpoints[name], isLogarithmic) - scaled(guess[name], isLogarithmic);
      return sum - 0.5 * (apart / phenotype.priors[name].sd) ** 2;
    }, 0);
  });
  const possible = crowd.population.map((weight, index) => (nearness[index] === -Infinity ? 0 : weight));
  const { weights } = tempered(possible, nearness, Math.min(LEAST_HOSTS, effectiveSize(crowd.population) / 2));
  return resample(weights, count, 0.5).map((index) => at(crowd.neighbours, index));
}
