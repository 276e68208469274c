import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import { quantileOfSorted, sortedCopy } from '../../core/statistics.ts';
import { matchPeople, type MatchedPeople, type Trait } from './match-people.ts';
import type { Person } from './person.ts';
import type { ComparedQuantity } from './quantities.ts';
import { distributionOf, momentsOf, weightedCorrelation, weightedQuantiles } from './weighted.ts';
import type { Distribution, Weighted } from './weighted.ts';
import { intervalsOf, pairsOf, type GapId, type Pair } from './within-person.ts';

/** A ratio of standard deviations, virtual over real, with a 95 % interval (bootstrap over people). */
export type SpreadRatio = readonly [ratio: number, low: number, high: number];

/** A figure of both sides, and how many people it rests on. */
export interface Sides<T> {
  readonly realPeople: number;
  /** Real people whom no virtual ones are like, and who were left out. */
  readonly leftOut: number;
  readonly virtualPeople: number;
  readonly real: T;
  readonly virtual: T;
}

/** What is told of changes within people; in the unit of the quantity, or in per cent where its changes are. */
export interface Change {
  readonly mean: number;
  readonly sd: number;
  /** Quantiles of the size of the change. */
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
  /** Between the first and the second value, over all people. */
  readonly correlation: number;
}

/** Days between measurements. */
export interface Interval {
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
}

/** Both sides' people, and in what they are made alike. */
export interface Contest {
  readonly real: readonly Person[];
  readonly virtual: readonly Person[];
  readonly matched: readonly Trait[];
  readonly seed: string;
}

/** Fewer people on a side than this give no figure. */
const FEWEST = 10;
const BOOTSTRAP_DRAWS = 200;

/** What one person has to say, and how much the person counts; what is said shares the person's weight. */
interface Voice<T> {
  readonly said: readonly T[];
  readonly weight: number;
}

interface Heard<T> {
  readonly leftOut: number;
  readonly real: readonly Voice<T>[];
  readonly virtual: readonly Voice<T>[];
}

/** Distribution of levels: all values, each person counting once. Undefined when too few people have any. */
export function compareLevels(
  contest: Contest,
  { id }: ComparedQuantity,
): (Sides<Distribution> & { readonly spreadRatio: SpreadRatio }) | undefined {
  const heard = hear(contest, (person) => (person.readings.get(id) ?? []).map(({ value }) => value));
  return heard === undefined
    ? undefined
    : {
        ...sidesOf(heard, (voices) => distributionOf(weigh(voices))),
        spreadRatio: spreadRatioOf(heard.real, heard.virtual, contest.seed),
      };
}

/** Changes within people over a gap: all pairs, each person counting once. Undefined when too few people have any. */
export function compareChanges(
  contest: Contest,
  quantity: ComparedQuantity,
  gap: GapId,
): (Sides<Change> & { readonly spreadRatio: SpreadRatio }) | undefined {
  const heard = hear(contest, (person) => pairsOf(person.readings.get(quantity.id) ?? [], gap));
  if (heard === undefined) return undefined;
  const changed = (voices: readonly Voice<Pair>[]): readonly Voice<number>[] =>
    voices.map(({ said, weight }) => ({ weight, said: said.map((pair) => changeOf(quantity, pair)) }));
  return {
    ...sidesOf(heard, (voices) => describeChange(voices, weigh(changed(voices)))),
    spreadRatio: spreadRatioOf(changed(heard.real), changed(heard.virtual), contest.seed),
  };
}

/** How often people are measured. Undefined when too few people were measured twice. */
export function compareIntervals(contest: Contest, { id }: ComparedQuantity): Sides<Interval> | undefined {
  const heard = hear(contest, (person) => intervalsOf(person.readings.get(id) ?? []));
  return heard === undefined
    ? undefined
    : sidesOf(heard, (voices) => {
        const [p25 = 0, median = 0, p75 = 0] = weightedQuantiles(weigh(voices), [0.25, 0.5, 0.75]);
        return { p25, median, p75 };
      });
}

function hear<T>({ real, virtual, matched }: Contest, saidBy: (person: Person) => readonly T[]): Heard<T> | undefined {
  const said = new Map<Person, readonly T[]>();
  const speaks = (person: Person): boolean => {
    const own = saidBy(person);
    said.set(person, own);
    return own.length > 0;
  };
  const speakers = real.filter(speaks);
  const people: MatchedPeople = matchPeople(speakers, virtual.filter(speaks), matched);
  if (people.real.length < FEWEST || people.virtual.length < FEWEST) return undefined;
  return {
    leftOut: speakers.length - people.real.length,
    real: people.real.map((person) => ({ said: said.get(person) ?? [], weight: 1 })),
    virtual: people.virtual.map(({ person, weight }) => ({ said: said.get(person) ?? [], weight })),
  };
}

function sidesOf<T, R>({ leftOut, real, virtual }: Heard<T>, describe: (voices: readonly Voice<T>[]) => R): Sides<R> {
  return {
    realPeople: real.length,
    leftOut,
    virtualPeople: virtual.length,
    real: describe(real),
    virtual: describe(virtual),
  };
}

function weigh(voices: readonly Voice<number>[]): readonly Weighted[] {
  return voices.flatMap(({ said, weight }) => said.map((value) => ({ value, weight: weight / said.length })));
}

function changeOf({ change }: ComparedQuantity, { first, second }: Pair): number {
  return change === 'percent' ? 100 * Math.log(second / first) : second - first;
}

function describeChange(voices: readonly Voice<Pair>[], changes: readonly Weighted[]): Change {
  const { mean, sd } = momentsOf(changes);
  const sizes = changes.map(({ value, weight }) => ({ value: Math.abs(value), weight }));
  const [median = 0, p75 = 0, p95 = 0] = weightedQuantiles(sizes, [0.5, 0.75, 0.95]);
  const pairs = voices.flatMap(({ said, weight }) => said.map((pair) => ({ ...pair, weight: weight / said.length })));
  return { mean, sd, median, p75, p95, correlation: weightedCorrelation(pairs) };
}

/** Weight, sum and sum of squares of what one person says. */
type Sums = readonly [weight: number, sum: number, squares: number];

function spreadRatioOf(real: readonly Voice<number>[], virtual: readonly Voice<number>[], seed: string): SpreadRatio {
  const [ofReal, ofVirtual] = [real.map(sumsOf), virtual.map(sumsOf)];
  const random = seededRandom(`${seed}/bootstrap`);
  const redrawn = (sums: readonly Sums[]): readonly Sums[] =>
    sums.map(() => at(sums, Math.floor(random.uniform() * sums.length)));
  const draws = Array.from({ length: BOOTSTRAP_DRAWS }, () => spreadOf(redrawn(ofVirtual)) / spreadOf(redrawn(ofReal)));
  const sorted = sortedCopy(draws);
  return [spreadOf(ofVirtual) / spreadOf(ofReal), quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)];
}

function sumsOf({ said, weight }: Voice<number>): Sums {
  const share = weight / said.length;
  const sum = said.reduce((total, value) => total + value, 0);
  const squares = said.reduce((total, value) => total + value * value, 0);
  return [weight, share * sum, share * squares];
}

function spreadOf(people: readonly Sums[]): number {
  let [weight, sum, squares] = [0, 0, 0];
  for (const person of people) {
    weight += person[0];
    sum += person[1];
    squares += person[2];
  }
  return Math.sqrt(Math.max(0, squares / weight - (sum / weight) ** 2));
}
