import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../core/errors.ts';
import { USUAL_DESIGN } from '../trials/design/design-options.ts';
import type { DesignOptions } from '../trials/design/design-options.ts';
import { designTrial } from '../trials/design/design-trial.ts';
import { reportPanel } from '../trials/design/panel-report.ts';
import type { Panel, PanelOptions, PanelReport } from '../trials/design/panel-report.ts';
import { renderDesign, summaryOf, targetOf } from '../trials/design/render-design.ts';
import { asHtml, asMarkdown } from '../trials/design/report-blocks.ts';
import { studyBundle } from '../trials/design/study-bundle.ts';
import { problemLines } from '../trials/problems.ts';
import { parseTrialFile } from '../trials/parse-trial-file.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { drawPanel, readPanel } from './design-panel.ts';

/** What was asked for on the command line. */
interface Order {
  readonly file: string;
  readonly primary: string | undefined;
  readonly panel: string | undefined;
  readonly virtualPanel: number | undefined;
  readonly panelOptions: PanelOptions;
  readonly options: DesignOptions;
  readonly out: string | undefined;
  readonly json: boolean;
}

/**
 * Designs a trial: `<trial file> [--primary ENDPOINT] [--panel FOLDER | --virtual-panel N] [--recent-days D]
 * [--screened-per-month S] [--consent SHARE] [--recruited-per-month R] [--power P] [--alpha A] [--dropout SHARE] [--sd X]
 * [--people N] [--draws K] [--draw-people N] [--trials T] [--seed S] [--json] [--out FOLDER]`.
 *
 * Prints the report as Markdown; `--json` the FHIR Bundle instead; `--out` writes design.md, design.html and study.json.
 *
 * @throws AppError `config.invalid` naming everything that is wrong with the arguments or the file.
 */
export async function runDesign(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const trial = readTrial(order.file);
  const panel = await panelOf(trial, order);
  const recruitedPerMonth = order.options.recruitedPerMonth ?? panel?.feasibility.perMonth?.expected;
  const options = {
    ...order.options,
    ...(recruitedPerMonth !== undefined && recruitedPerMonth > 0 && { recruitedPerMonth }),
  };
  const designed = designTrial(trial, options, order.primary);
  if (!designed.ok)
    throw new AppError('config.invalid', [`${order.file}: no trial can be designed: ${designed.reason}.`]);
  const { design } = designed;
  const blocks = renderDesign(design, panel);
  const target = targetOf(design);
  const bundle = studyBundle({
    trial,
    primary: design.endpoint,
    ...(target !== undefined && { target }),
    notes: [summaryOf(design)],
  });
  const study = `${JSON.stringify(bundle, null, 2)}\n`;
  if (order.out !== undefined) {
    writeAll(order.out, {
      'design.md': asMarkdown(blocks),
      'design.html': asHtml(`Trial design: ${trial.id}`, blocks),
      'study.json': study,
    });
  }
  (order.json ? study : asMarkdown(blocks)).trimEnd().split('\n').forEach(print);
}

function readTrial(file: string): TrialFile {
  // Of a folder the error of reading names no path.
  if (statSync(file).isDirectory()) throw new AppError('config.invalid', [`${file} is a folder. Name a trial file.`]);
  const reading = parseTrialFile(parseJson(file, readFileSync(file, 'utf8')));
  if (reading.ok) return reading.value;
  throw new AppError(
    'config.invalid',
    problemLines(reading.problems).map((line) => `${file}: ${line}`),
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('config.invalid', [`${file} is not JSON.`]);
  }
}

async function panelOf(
  trial: TrialFile,
  { panel, virtualPanel, panelOptions, options }: Order,
): Promise<PanelReport | undefined> {
  const read: Panel | undefined =
    panel !== undefined
      ? await readPanel(panel)
      : virtualPanel === undefined
        ? undefined
        : drawPanel(virtualPanel, options.seed);
  return read === undefined ? undefined : reportPanel(trial, read, panelOptions);
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  Object.entries(files).forEach(([name, text]) => {
    writeFileSync(join(folder, name), text);
  });
}

const DEFAULT = (value: string | number) => ({ type: 'string', default: String(value) }) as const;
const OPTIONAL = { type: 'string' } as const;

function parseOrder(args: readonly string[]): Order {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      primary: OPTIONAL,
      panel: OPTIONAL,
      'virtual-panel': OPTIONAL,
      'recent-days': DEFAULT(365),
      'screened-per-month': OPTIONAL,
      consent: DEFAULT(1),
      'recruited-per-month': OPTIONAL,
      power: DEFAULT(USUAL_DESIGN.aim.power),
      alpha: DEFAULT(USUAL_DESIGN.aim.alpha),
      dropout: DEFAULT(USUAL_DESIGN.dropout),
      sd: OPTIONAL,
      people: DEFAULT(USUAL_DESIGN.people),
      draws: DEFAULT(USUAL_DESIGN.draws),
      'draw-people': DEFAULT(USUAL_DESIGN.peopleOfDraw),
      trials: DEFAULT(USUAL_DESIGN.trials),
      seed: DEFAULT(USUAL_DESIGN.seed),
      json: { type: 'boolean', default: false },
      out: OPTIONAL,
    },
  });
  const [file] = positionals;
  const faults = [
    ...(file === undefined ? ['Name a trial file.'] : []),
    ...(positionals.length > 1 ? ['Name one trial file; --panel names a folder of records.'] : []),
    ...RULES.flatMap(({ name, holds, says }) => {
      const value = values[name];
      return value === undefined || (value.trim() !== '' && holds(Number(value))) ? [] : [`--${name} ${says}.`];
    }),
    ...(values.panel !== undefined && values['virtual-panel'] !== undefined
      ? ['--panel and --virtual-panel exclude each other.']
      : []),
    ...(values['screened-per-month'] !== undefined &&
    values.panel === undefined &&
    values['virtual-panel'] === undefined
      ? ['--screened-per-month needs --panel or --virtual-panel; without one, give --recruited-per-month.']
      : []),
  ];
  if (file === undefined || faults.length > 0) throw new AppError('config.invalid', faults);
  const given = (value: string | undefined): number | undefined => (value === undefined ? undefined : Number(value));
  const [screenedPerMonth, recruitedPerMonth, sd] = [
    given(values['screened-per-month']),
    given(values['recruited-per-month']),
    given(values.sd),
  ];
  return {
    file,
    primary: values.primary,
    panel: values.panel,
    virtualPanel: given(values['virtual-panel']),
    panelOptions: {
      recentDays: Number(values['recent-days']),
      consent: Number(values.consent),
      ...(screenedPerMonth !== undefined && { screenedPerMonth }),
    },
    options: {
      aim: { alpha: Number(values.alpha), power: Number(values.power) },
      dropout: Number(values.dropout),
      ...(sd !== undefined && { sd }),
      ...(recruitedPerMonth !== undefined && { recruitedPerMonth }),
      people: Number(values.people),
      draws: Number(values.draws),
      peopleOfDraw: Number(values['draw-people']),
      trials: Number(values.trials),
      seed: values.seed,
    },
    out: values.out,
    json: values.json,
  };
}

type Numeric =
  | 'virtual-panel'
  | 'recent-days'
  | 'screened-per-month'
  | 'consent'
  | 'recruited-per-month'
  | 'power'
  | 'alpha'
  | 'dropout'
  | 'sd'
  | 'people'
  | 'draws'
  | 'draw-people'
  | 'trials';

interface Rule {
  readonly name: Numeric;
  readonly holds: (value: number) => boolean;
  readonly says: string;
}

const isCount = (least: number) => (value: number) => Number.isInteger(value) && value >= least;
const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

/** What each number must be. */
const RULES: readonly Rule[] = [
  { name: 'virtual-panel', holds: isCount(1), says: 'is a whole number of people, at least 1' },
  { name: 'recent-days', holds: isPositive, says: 'is a number of days above 0' },
  { name: 'screened-per-month', holds: isPositive, says: 'is a number of people above 0' },
  { name: 'consent', holds: (value) => value > 0 && value <= 1, says: 'is a share above 0, at most 1' },
  { name: 'recruited-per-month', holds: isPositive, says: 'is a number of people above 0' },
  { name: 'power', holds: (value) => value >= 0.5 && value < 1, says: 'lies from 0.5 to below 1' },
  { name: 'alpha', holds: (value) => value > 0 && value <= 0.5, says: 'lies above 0 and at most at 0.5' },
  { name: 'dropout', holds: (value) => value >= 0 && value <= 0.9, says: 'is a share from 0 to 0.9' },
  {
    name: 'sd',
    holds: isPositive,
    says: 'is a number above 0, in the unit of the outcome; of a relative change, of its logarithm',
  },
  { name: 'people', holds: isCount(40), says: 'is a whole number, at least 40' },
  { name: 'draws', holds: isCount(0), says: 'is a whole number' },
  { name: 'draw-people', holds: isCount(20), says: 'is a whole number, at least 20' },
  { name: 'trials', holds: isCount(100), says: 'is a whole number, at least 100' },
];
