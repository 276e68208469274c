import { at } from '../../core/array.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import type { Anchor } from '../anchor.ts';
import { chartOf, isTold, whoAtStart } from './chart.ts';
import type { Chart } from './chart.ts';
import { isStruck } from './hospital-stay.ts';
import { guessLevels, hostsOf } from './hosts.ts';
import { effectiveSize, tempered } from './importance.ts';
import type { Person, Setpoints } from './individual.ts';
import { LEVELS } from './informed-levels.ts';
import { anchorsOf } from './level-anchors.ts';
import { liveThrough } from './lived-record.ts';
import { phenotypeOf, phenotypesOf, weighNeighbours } from './neighbours.ts';
import type { LevelPriors, Neighbour } from './neighbours.ts';
import type { Parameters } from './parameters.ts';
import { embody } from './particle-library.ts';
import type { LibraryEntry } from './particle-library.ts';

/** One virtual patient that has lived through the record, with its weight in the belief. */
export interface Particle {
  readonly entry: LibraryEntry;
  readonly person: Person;
  /** At which the record was lived through; of what was measured, the record has more to say in `anchors`. */
  readonly setpoints: Setpoints;
  /** What the values say beyond, by `System.variables`; undefined where nothing was measured. */
  readonly anchors: readonly (Anchor | undefined)[];
  /** The visit (index) with which an acute illness began, if this is somebody in hospital because of one. */
  readonly struck: number | undefined;
  /** How wide each level that no value tells is blurred, on its scale: the fewer people stand behind the belief, the wider. */
  readonly blur: Readonly<Partial<Record<keyof Setpoints, number>>>;
  /** Importance weight; all sum to 1. */
  readonly weight: number;
}

/** What the mechanistic model believes of one patient. */
export interface ParticleCloud {
  readonly particles: readonly Particle[];
  /** 1 / Σ weight²: how many particles in truth carry the belief (Kong 1994, doi 10.1080/01621459.1994.10476469). */
  readonly effectiveSampleSize: number;
  /** Less than 1 where the record says more than the library can tell apart: the power to which its likelihood was raised. */
  readonly likelihoodPower: number;
}

/** The population and the ways of answering that a belief is made of. */
export interface Imaginable {
  readonly parameters: Parameters;
  readonly library: readonly LibraryEntry[];
  readonly neighbours: readonly Neighbour[];
}

/** Particles that must carry weight. */
const LEAST_EFFECTIVE = 24;

/**
 * Weighs a library of virtual patients by how well each explains a record. Each takes its conditions and all that was
 * never measured from somebody of the population like the patient, starts from the levels that the average patient would
 * have had without drugs, lives through the patient's own doses, and is anchored to the measured values; its weight is
 * the marginal likelihood of those values.
 */
export function weighParticles(imaginable: Imaginable, history: PatientHistory): ParticleCloud {
  const { parameters, library, neighbours } = imaginable;
  const record = chartOf(parameters, history);
  const population = weighNeighbours(neighbours, history.covariates);
  const phenotypes = phenotypesOf(neighbours, population);
  const guesses = new Map([...phenotypes].map(([key, phenotype]) => [key, guessLevels(record, phenotype)]));
  const hosts = hostsOf(record, { neighbours, population, phenotypes, guesses }, library.length);
  const settled = library.map((each, index) => {
    const host = at(hosts, index);
    const key = phenotypeOf(host.person);
    const guess = guesses.get(key);
    const priors = phenotypes.get(key)?.priors;
    if (guess === undefined || priors === undefined) throw new TypeError('a host must be one of the population');
    const struck = isStruck(index) ? record.stay : undefined;
    return settle(record, each, { host, guess, priors, struck });
  });
  const { weights, power } = tempered(
    library.map(() => 1 / library.length),
    settled.map(({ logLikelihood }) => logLikelihood),
    Math.min(LEAST_EFFECTIVE, library.length),
  );
  const bandwidth = bandwidthOf(hosts, weights);
  return {
    particles: settled.map(({ particle, spread }, index) => {
      const blur = Object.entries(spread).map(([name, sd]) => [name, bandwidth * sd] as const);
      return { ...particle, blur: Object.fromEntries(blur), weight: at(weights, index) };
    }),
    effectiveSampleSize: effectiveSize(weights),
    likelihoodPower: power,
  };
}

/**
 * How wide, in standard deviations, a belief that rests on few people is blurred so that it leaves no gaps between them:
 * the kernel of a regularised particle filter, 1.06 · n^(−1/5) (Silverman 1986, doi 10.1201/9781315140919, eq. 3.28).
 */
function bandwidthOf(hosts: readonly Neighbour[], weights: readonly number[]): number {
  const shares = new Map<Neighbour, number>();
  hosts.forEach((host, index) => shares.set(host, (shares.get(host) ?? 0) + at(weights, index)));
  return 1.06 * effectiveSize([...shares.values()]) ** -0.2;
}

/** What is supposed of a patient before the record is lived through. */
interface Suspicion {
  readonly host: Neighbour;
  readonly guess: Setpoints;
  readonly priors: LevelPriors;
  readonly struck: number | undefined;
}

/** Somebody who has lived through the record. */
interface Settled {
  readonly particle: Omit<Particle, 'weight' | 'blur'>;
  /** Of the levels that no value tells, between people like this one. */
  readonly spread: Readonly<Partial<Record<keyof Setpoints, number>>>;
  readonly logLikelihood: number;
}

function settle(record: Chart, each: LibraryEntry, { host, guess, priors, struck }: Suspicion): Settled {
  const { parameters, history } = record;
  const person = { ...host.person, ...whoAtStart(history) };
  const setpoints = { ...guess };
  const spread: Partial<Record<keyof Setpoints, number>> = {};
  for (const { name } of LEVELS) {
    if (isTold(record, name)) continue;
    setpoints[name] = host.setpoints[name];
    spread[name] = priors[name].sd;
  }
  const individual = embody(parameters, each, { person, setpoints });
  const lived = history.visits.length === 0 ? undefined : liveThrough(individual, history, struck);
  const anchors = lived === undefined ? [] : anchorsOf(record, { individual, lived, priors });
  return {
    particle: { entry: each, person, setpoints, anchors, struck },
    spread,
    logLikelihood: anchors.reduce((sum, found) => sum + (found?.logLikelihood ?? 0), 0),
  };
}
