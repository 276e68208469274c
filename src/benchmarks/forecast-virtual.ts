import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMechanisticWorldModel } from '../adapters/mechanistic-world-model.ts';
import { openOnnxWorldModel } from '../adapters/onnx-world-model.ts';
import { at } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { mean } from '../core/statistics.ts';
import type { ModelIdentity } from '../domain/belief.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { figuresOf, scoreCarriedForward, scoreModel } from './forecast-cells.ts';
import type { ForecastCell, ForecastFigures } from './forecast-cells.ts';
import { meanSkill, skillFigures } from './forecast-skill.ts';
import type { Estimate, SkillFigures } from './forecast-skill.ts';
import { drawVirtualCases } from './virtual-cases.ts';
import { WORLD_NAMES, isWorldName } from '../systems/cardio-renal-metabolic/worlds.ts';
import type { WorldName } from '../systems/cardio-renal-metabolic/worlds.ts';

interface Order {
  readonly people: number;
  readonly samples: number;
  readonly particles: number;
  readonly seed: string;
  readonly models: string;
  readonly world: WorldName;
}

const CONTEST = { model: 'learned', strong: 'mechanistic', naive: 'last value carried forward' } as const;

/**
 * Benchmarks B1, B2 and B6, first cut: forecasts of virtual people whom no model was trained on.
 *
 * Emulator fidelity, not clinical validity: the people come from the engine of the training cohort, with another seed.
 * Variables without a past value are left out for every forecaster.
 * `--people N --samples N --particles N --seed S --models DIR --world WORLD`; prints Markdown and writes
 * `<models>/<system>/forecast-virtual.json`, of another world `forecast-virtual-<world>.json`.
 *
 * @throws AppError `config.invalid` naming every wrong argument.
 */
export async function runForecastVirtual(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const { cells, models } = await holdContest(order);
  const figures = figuresOf(cells);
  const skill = skillFigures(cells, CONTEST, order.seed);
  const { people, samples, particles, seed, world } = order;
  const file = join(order.models, system.id, `forecast-virtual${world === 'none' ? '' : `-${world}`}.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ people, samples, particles, seed, world, models, skill, figures }, null, 2)}\n`,
  );
  for (const line of [...skillTable(skill), '', ...figuresTable(figures), '', coverageLine(figures)]) print(line);
}

function parseOrder(args: readonly string[]): Order {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: text('400'),
      samples: text('200'),
      particles: text('2000'),
      seed: text('forecast-virtual'),
      models: text('models'),
      world: text('none'),
    },
  });
  const [people, samples, particles] = [Number(values.people), Number(values.samples), Number(values.particles)];
  const faults = Object.entries({ people, samples, particles }).flatMap(([name, value]) =>
    Number.isInteger(value) && value > 1 ? [] : [`--${name} takes a whole number above 1`],
  );
  const { seed, models, world } = values;
  if (!isWorldName(world)) faults.push(`--world takes one of ${WORLD_NAMES.join(', ')}, posterior-<k>`);
  if (!isWorldName(world) || faults.length > 0) throw new AppError('config.invalid', faults);
  return { people, samples, particles, seed, models, world };
}

async function holdContest(
  order: Order,
): Promise<{ cells: readonly ForecastCell[]; models: readonly ModelIdentity[] }> {
  const learned = await openOnnxWorldModel({ folder: order.models, system });
  const mechanistic = openMechanisticWorldModel(system, { particles: order.particles });
  const cells: ForecastCell[] = [];
  for (const [person, known] of drawVirtualCases(system, order).entries()) {
    const examinee = { system, person, known };
    const draw = { samples: order.samples, seed: `${order.seed}/${person}` };
    cells.push(...(await scoreModel(examinee, CONTEST.model, learned, draw)));
    cells.push(...(await scoreModel(examinee, CONTEST.strong, mechanistic, draw)));
    cells.push(...scoreCarriedForward(examinee, CONTEST.naive));
  }
  return { cells, models: [learned.describe(), mechanistic.describe()] };
}

function skillTable(skill: readonly SkillFigures[]): readonly string[] {
  const show = ({ value, low, high }: Estimate): string =>
    `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const rows = skill.map(({ variable, forecast, effect }) => [variable, show(forecast), show(effect)]);
  const means = [meanSkill(skill, 'forecast'), meanSkill(skill, 'effect')].map((value) => value.toFixed(2));
  return table([
    [
      'variable',
      'skill of the forecast: 0 last value, 1 mechanistic',
      'skill of the individual effect: 0 no effect, 1 mechanistic',
    ],
    ...rows,
    ['mean', ...means],
  ]);
}

const HEAD = [
  'variable',
  'day',
  'CRPS learned',
  'mechanistic',
  'last value',
  'MAE learned',
  'mechanistic',
  'last value',
  '90 % covers: learned',
  'mechanistic',
  'effect error learned',
  'mechanistic',
  'of',
];

function figuresTable(figures: readonly ForecastFigures[]): readonly string[] {
  const of = (forecaster: string): readonly ForecastFigures[] => figures.filter((row) => row.forecaster === forecaster);
  const [strong, naive] = [of(CONTEST.strong), of(CONTEST.naive)];
  const rows = of(CONTEST.model).map((row, index) => figuresRow(row, at(strong, index), at(naive, index)));
  return table([HEAD, ...rows]);
}

function figuresRow(own: ForecastFigures, strong: ForecastFigures, naive: ForecastFigures): readonly string[] {
  const decimals = (system.variables.find(({ id }) => id === own.variable)?.decimals ?? 0) + 2;
  const all = [own, strong, naive];
  const errors = [...all.map(({ crps }) => crps), ...all.map(({ mae }) => mae)];
  const shares = [own, strong].map(({ coverage }) => `${(100 * coverage).toFixed(1)} %`);
  const effects = all.map(({ effectError }) => effectError.toFixed(decimals));
  return [own.variable, String(own.day), ...errors.map((error) => error.toFixed(decimals)), ...shares, ...effects];
}

function coverageLine(figures: readonly ForecastFigures[]): string {
  const coverages = figures.filter(({ forecaster }) => forecaster === CONTEST.model).map(({ coverage }) => coverage);
  const within = coverages.filter((coverage) => coverage >= 0.86 && coverage <= 0.94).length;
  const overall = (100 * mean(coverages)).toFixed(1);
  return `learned: 90 % intervals hold ${overall} % overall; ${within} of ${coverages.length} cells lie in 86–94 %`;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
}
