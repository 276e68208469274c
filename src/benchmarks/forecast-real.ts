import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMechanisticWorldModel } from '../adapters/mechanistic-world-model.ts';
import { openOnnxWorldModel } from '../adapters/onnx-world-model.ts';
import { at, groupBy } from '../core/array.ts';
import { seededRandom } from '../core/random.ts';
import { mean, quantileOfSorted, sortedCopy } from '../core/statistics.ts';
import type { Applicability } from '../domain/belief.ts';
import { samplesOf } from '../planner/samples.ts';
import type { WorldModel } from '../ports/world-model.ts';
import { creatinineOfEgfr } from '../systems/ckd-epi.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';
import { readBundles } from './read-bundles.ts';
import { DAYS_AHEAD, realCases, type Outcome, type RealCase } from './real-cases.ts';
import { scoreGuess, scoreSamples, type SampleScore } from './sample-scores.ts';

/** One forecast of one quantity, scored. */
interface Cell extends SampleScore, Pick<Outcome, 'quantity' | 'day'> {
  readonly forecaster: string;
  readonly patientId: string;
  readonly applicability: Applicability['answer'];
}

/** The figures of one forecaster for one quantity and day; units: mmol/L (potassium), mg/dL (creatinine). */
export interface RealFigures {
  readonly among: string;
  readonly forecaster: string;
  readonly quantity: string;
  readonly day: number;
  readonly forecasts: number;
  readonly patients: number;
  readonly mae: number;
  readonly crps: number;
  readonly coverage: number;
  /** MAE less that of the last value carried forward, with a 95 % interval over patients (cluster bootstrap). */
  readonly maeDifference: readonly [difference: number, low: number, high: number];
}

const CARRIED = 'last value carried forward';
const OTHERS = 'last value + changes of other patients';

/** Which mornings are counted: all that a model can be forced to answer, or those on which it would have spoken. */
const GROUPS: readonly { readonly among: string; readonly holds: (answer: Applicability['answer']) => boolean }[] = [
  { among: 'all', holds: () => true },
  { among: 'inside or edge', holds: (answer) => answer !== 'outside' },
  { among: 'inside', holds: (answer) => answer === 'inside' },
];

const BOOTSTRAP_DRAWS = 1000;

/**
 * A first look at real people: potassium and creatinine one to three days ahead in hospital, under the drugs of that
 * morning, against the last value carried forward.
 *
 * `<folder of bundles> [--most N] [--samples N] [--particles N] [--seed S] [--models DIR]`. Treatment changes after the
 * morning, so the forecast of "no change" is graded on patients who were treated: a bound, not a fair trial. Prints
 * Markdown and writes the figures, no data, to `<models>/<system>/forecast-real.json`.
 */
export async function runForecastReal(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { folder, ...options } = parseOptions(args);
  if (folder === undefined) {
    print('usage: forecast-real <folder with FHIR bundles, *.json or *.json.gz> [--most N] [--samples N]');
    return 2;
  }
  const people = await readPeople(folder, options, print);
  const { cases } = people;
  if (cases.length === 0) return 1;
  const models = [
    { name: 'learned', model: await openOnnxWorldModel({ folder: options.models, system: cardioRenalMetabolic }) },
    { name: 'mechanistic', model: openMechanisticWorldModel(cardioRenalMetabolic, { particles: options.particles }) },
  ];
  const cells = [...naiveCells(cases), ...(await modelCells(cases, models, options))];
  const figures = GROUPS.flatMap((group) => figuresOf(cells, group, options.seed));
  const report = { ...options, models: models.map(({ model }) => model.describe()), ...countsOf(people), figures };
  writeFileSync(
    join(options.models, cardioRenalMetabolic.id, 'forecast-real.json'),
    `${JSON.stringify(report, null, 2)}\n`,
  );
  for (const line of markdown(people, figures)) print(line);
  return 0;
}

interface Options {
  readonly most: number;
  readonly samples: number;
  readonly particles: number;
  readonly seed: string;
  readonly models: string;
}

function parseOptions(args: readonly string[]): Options & { readonly folder: string | undefined } {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      most: text('20'),
      samples: text('400'),
      particles: text('2000'),
      seed: text('forecast-real'),
      models: text('models'),
    },
  });
  const { seed, models } = values;
  const [most, samples, particles] = [values.most, values.samples, values.particles].map(Number);
  return { folder: positionals[0], most: most ?? 0, samples: samples ?? 0, particles: particles ?? 0, seed, models };
}

interface RealPeople {
  /** Bundles read, with or without a usable morning. */
  readonly bundles: number;
  readonly cases: readonly RealCase[];
}

async function readPeople(folder: string, options: Options, print: (line: string) => void): Promise<RealPeople> {
  const cases: RealCase[] = [];
  let bundles = 0;
  for await (const bundle of readBundles(folder)) {
    if ('reason' in bundle) {
      print(`${bundle.file}: ${bundle.reason}`);
      continue;
    }
    bundles += 1;
    cases.push(...realCases(cardioRenalMetabolic, bundle, { atMost: options.most, seed: options.seed }));
  }
  return { bundles, cases };
}

async function modelCells(
  cases: readonly RealCase[],
  models: readonly { readonly name: string; readonly model: WorldModel }[],
  { samples, seed }: Options,
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const [index, subject] of cases.entries()) {
    for (const { name, model } of models) {
      cells.push(...(await scoreModel(subject, name, model, { samples, seed: `${seed}/${index}` })));
    }
  }
  return cells;
}

async function scoreModel(
  subject: RealCase,
  forecaster: string,
  model: WorldModel,
  draw: { readonly samples: number; readonly seed: string },
): Promise<readonly Cell[]> {
  const belief = await model.encode(subject.history);
  const regimen = { id: 'no-change', drugs: subject.drugs };
  const futures = at(await model.rollOut(belief, [regimen], { days: DAYS_AHEAD, ...draw }), 0);
  return subject.outcomes.map((outcome) => {
    const dayIndex = DAYS_AHEAD.findIndex((day) => day === outcome.day);
    const drawn =
      outcome.quantity === 'potassium'
        ? samplesOf(futures, 'potassium', dayIndex)
        : samplesOf(futures, 'egfr', dayIndex).map((egfr) => creatinineOfEgfr(egfr, subject.history.covariates));
    return cellOf(subject, outcome, forecaster, scoreSamples(drawn, outcome.truth));
  });
}

/** The two rivals that know no medicine: the last value, and the last value with the changes that others showed. */
function naiveCells(cases: readonly RealCase[]): readonly Cell[] {
  const changes = cases.flatMap(({ patientId, outcomes }) =>
    outcomes.map(({ quantity, day, truth, last }) => ({
      patientId,
      key: `${quantity}/${day}`,
      change: changeOf(quantity, truth, last),
    })),
  );
  const byKey = groupBy(changes, ({ key }) => key);
  return cases.flatMap((subject) =>
    subject.outcomes.flatMap((outcome) => {
      const { quantity, day, truth, last } = outcome;
      const others = (byKey.get(`${quantity}/${day}`) ?? []).filter(({ patientId }) => patientId !== subject.patientId);
      const drawn = others.map(({ change }) => changed(quantity, last, change));
      return [
        cellOf(subject, outcome, CARRIED, scoreGuess(last, truth)),
        ...(drawn.length < 2 ? [] : [cellOf(subject, outcome, OTHERS, scoreSamples(drawn, truth))]),
      ];
    }),
  );
}

/** Creatinine changes in proportion, potassium by steps. */
function changeOf(quantity: Outcome['quantity'], truth: number, last: number): number {
  return quantity === 'creatinine' ? Math.log(truth / last) : truth - last;
}

function changed(quantity: Outcome['quantity'], last: number, change: number): number {
  return quantity === 'creatinine' ? last * Math.exp(change) : last + change;
}

function cellOf(subject: RealCase, { quantity, day }: Outcome, forecaster: string, score: SampleScore): Cell {
  return {
    ...{ quantity, day, forecaster, ...score },
    patientId: subject.patientId,
    applicability: subject.applicability.answer,
  };
}

function figuresOf(
  cells: readonly Cell[],
  { among, holds }: (typeof GROUPS)[number],
  seed: string,
): readonly RealFigures[] {
  const counted = cells.filter(({ applicability }) => holds(applicability));
  const byTarget = groupBy(counted, ({ quantity, day }) => `${quantity}/${day}`);
  return [...byTarget.values()].flatMap((target) => {
    const carried = target.filter(({ forecaster }) => forecaster === CARRIED);
    return [...groupBy(target, ({ forecaster }) => forecaster)].map(([forecaster, own]) => ({
      among,
      forecaster,
      quantity: at(own, 0).quantity,
      day: at(own, 0).day,
      forecasts: own.length,
      patients: new Set(own.map(({ patientId }) => patientId)).size,
      mae: round(mean(own.map(({ absoluteError }) => absoluteError))),
      crps: round(mean(own.map(({ crps }) => crps))),
      coverage: round(mean(own.map(({ isCovered }) => Number(isCovered)))),
      maeDifference: maeDifference(own, carried, seed),
    }));
  });
}

/** Resamples patients, not mornings: mornings of one patient are not independent. */
function maeDifference(
  own: readonly Cell[],
  carried: readonly Cell[],
  seed: string,
): readonly [number, number, number] {
  const sums = [...groupBy(own, ({ patientId }) => patientId)].map(([patientId, cells]) => {
    const rivals = carried.filter((cell) => cell.patientId === patientId);
    return { count: cells.length, sum: total(cells) - total(rivals) };
  });
  const random = seededRandom(`${seed}/bootstrap`);
  const draws = Array.from({ length: BOOTSTRAP_DRAWS }, () =>
    ratio(sums.map(() => at(sums, Math.floor(random.uniform() * sums.length)))),
  );
  const sorted = sortedCopy(draws);
  return [round(ratio(sums)), round(quantileOfSorted(sorted, 0.025)), round(quantileOfSorted(sorted, 0.975))];
}

function total(cells: readonly Cell[]): number {
  return cells.reduce((sum, { absoluteError }) => sum + absoluteError, 0);
}

function ratio(parts: readonly { readonly count: number; readonly sum: number }[]): number {
  return parts.reduce((sum, part) => sum + part.sum, 0) / parts.reduce((sum, { count }) => sum + count, 0);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** How many mornings of how many patients, and why the model would have stayed silent. */
function countsOf({ bundles, cases }: RealPeople): {
  readonly bundles: number;
  readonly mornings: number;
  readonly patients: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
} {
  const reasons = cases.flatMap(({ applicability }) => [
    ...new Set(applicability.reasons.map(({ code, severity }) => `${severity}: ${code}`)),
  ]);
  return {
    bundles,
    mornings: cases.length,
    patients: new Set(cases.map(({ patientId }) => patientId)).size,
    answers: tally(cases.map(({ applicability }) => applicability.answer)),
    reasons: tally(reasons),
  };
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const groups = [...groupBy(words, (word) => word)].map(([word, own]) => [word, own.length] as const);
  return Object.fromEntries(groups.toSorted(([, a], [, b]) => b - a));
}

function markdown(people: RealPeople, figures: readonly RealFigures[]): readonly string[] {
  const { bundles, mornings, patients, answers, reasons } = countsOf(people);
  return [
    `${mornings} mornings of ${patients} patients (${bundles} bundles read); applicability: ${listing(answers)}`,
    `reasons (mornings): ${listing(reasons)}`,
    '',
    '| among | quantity | day | forecaster | n | patients | MAE | less carried forward (95 %) | CRPS | 90 % covers |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...figures.map((row) => {
      const [difference, low, high] = row.maeDifference.map((value) => value.toFixed(3));
      const gap = row.forecaster === CARRIED ? '' : `${difference ?? ''} (${low ?? ''} to ${high ?? ''})`;
      const covers = row.forecaster === CARRIED ? '' : `${(100 * row.coverage).toFixed(1)} %`;
      const scores = [row.mae.toFixed(3), gap, row.crps.toFixed(3), covers];
      return `| ${[row.among, row.quantity, row.day, row.forecaster, row.forecasts, row.patients, ...scores].join(' | ')} |`;
    }),
  ];
}

function listing(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}
