import { at, groupBy } from '../core/array.ts';
import { seededRandom } from '../core/random.ts';
import { mean, quantileOfSorted, sortedCopy } from '../core/statistics.ts';
import type { ForecastCell } from './forecast-cells.ts';

/** An estimate with its 95 % interval by bootstrap over persons. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How much of the gain of a stronger forecaster over a naive one the model reaches: 1 is all of it, 0 none. */
export interface SkillFigures {
  readonly variable: string;
  /** (naive − model) / (naive − strong) in CRPS. */
  readonly forecast: Estimate;
  /** The same in the root mean squared error of the individual difference (PEHE). */
  readonly effect: Estimate;
}

/** Who is compared: ids of `ForecastCell.forecaster`. */
export interface Contest {
  readonly model: string;
  readonly strong: string;
  readonly naive: string;
}

const RESAMPLES = 400;

/** Skill per variable, with intervals by bootstrap over persons (Efron 1979, doi 10.1214/aos/1176344552). */
export function skillFigures(cells: readonly ForecastCell[], contest: Contest, seed: string): readonly SkillFigures[] {
  return [...groupBy(cells, ({ variable }) => variable)].map(([variable, own]) => {
    const persons = [...groupBy(own, ({ person }) => person).values()].map((group) => sumsOf(group, contest));
    return {
      variable,
      forecast: bootstrap(persons, forecastSkill, `${seed}/${variable}`),
      effect: bootstrap(persons, effectSkill, `${seed}/${variable}`),
    };
  });
}

/** Sums over the cells of one person; each a row [model, strong, naive]. */
interface Sums {
  readonly crps: readonly number[];
  readonly effect: readonly number[];
  readonly effects: number;
}

function sumsOf(cells: readonly ForecastCell[], { model, strong, naive }: Contest): Sums {
  const of = (value: (cell: ForecastCell) => number): readonly number[] =>
    [model, strong, naive].map((forecaster) =>
      cells.reduce((sum, cell) => (cell.forecaster === forecaster ? sum + value(cell) : sum), 0),
    );
  const effects = cells.filter((cell) => cell.forecaster === model && cell.effectError !== undefined).length;
  return { crps: of((cell) => cell.crps), effect: of((cell) => cell.effectError ?? 0), effects };
}

function forecastSkill(persons: readonly Sums[]): number {
  return gainShare(total(persons, ({ crps }) => crps));
}

function effectSkill(persons: readonly Sums[]): number {
  const count = persons.reduce((sum, { effects }) => sum + effects, 0);
  return gainShare(total(persons, ({ effect }) => effect).map((sum) => Math.sqrt(sum / count)));
}

function total(persons: readonly Sums[], row: (sums: Sums) => readonly number[]): readonly number[] {
  return [0, 1, 2].map((index) => persons.reduce((sum, person) => sum + at(row(person), index), 0));
}

function gainShare(errors: readonly number[]): number {
  const [model, strong, naive] = [at(errors, 0), at(errors, 1), at(errors, 2)];
  return (naive - model) / (naive - strong);
}

function bootstrap(persons: readonly Sums[], figure: (persons: readonly Sums[]) => number, seed: string): Estimate {
  const random = seededRandom(seed);
  const draws = Array.from({ length: RESAMPLES }, () =>
    figure(persons.map(() => at(persons, Math.floor(random.uniform() * persons.length)))),
  );
  const sorted = sortedCopy(draws);
  return {
    value: round(figure(persons)),
    low: round(quantileOfSorted(sorted, 0.025)),
    high: round(quantileOfSorted(sorted, 0.975)),
  };
}

/** The mean of the variables' skills. */
export function meanSkill(figures: readonly SkillFigures[], kind: 'forecast' | 'effect'): number {
  return round(mean(figures.map((row) => row[kind].value)));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
