import { writeEstimate, writeShare } from './bars.ts';
import type { Bar, Material } from './bars.ts';
import type { ContestantFigures, Gain } from './figures.ts';
import { markdownTable } from './markdown-table.ts';
import type { ClassFigures, Graded } from './referee.ts';

/** The bars, the figures of others beside which they are read, and the list that was graded, as Markdown. */
export function renderBars({ bars, listDigest, isShort }: Graded): readonly string[] {
  return [
    '## Bars',
    '',
    listDigest === undefined
      ? 'The list is the rows of the files.'
      : `Frozen list ${listDigest}: written down before anything was tuned.`,
    ...(isShort ? ['', 'Rows of the list have no trial file (named below): until they do, every bar is missed.'] : []),
    '',
    ...markdownTable(
      ['bar', 'demand', 'reached', 'rests on', ''],
      bars.map((bar) => [bar.name, bar.demand, bar.reached, writeMaterial(bar.restsOn), STANDINGS[bar.standing]]),
    ),
    '',
  ];
}

/** The simulator beside the rivals, and what it gains over each, as Markdown. */
export function renderContest({ simulator, rivals, gains }: Graded): readonly string[] {
  return [
    '## Simulator beside rivals',
    '',
    'Rivals learn from the other trials alone. Errors are in typical effects of the kind of endpoint (continuous) or',
    'logarithms of ratios; a higher log score is better, and only differences mean anything.',
    '',
    ...contestTable([simulator, ...rivals]),
    '',
    ...gainTable(gains),
    '',
  ];
}

/** Agreement by kind of endpoint and by class of drug, as Markdown. */
export function renderBreakdown({ simulator, rivals, classes }: Graded): readonly string[] {
  return [
    '## By kind of endpoint',
    '',
    ...kindTable([simulator, ...rivals]),
    '',
    '## By class of drug',
    '',
    ...classTable(classes),
    '',
  ];
}

/** The contest with whole classes left out, as Markdown. */
export function renderClassOut({ classOut, simulator }: Graded): readonly string[] {
  const isRefitted = classOut.some(({ name }) => name === simulator.name);
  return [
    '## Whole classes left out',
    '',
    isRefitted
      ? 'Each row is predicted by fits that saw no trial of the classes that it compares. No fair contest: the simulator ' +
        'keeps class-specific meta-analyses as priors, while the rivals know nothing of the class.'
      : 'The rivals alone: the simulator has not been refitted without classes here.',
    '',
    ...contestTable(classOut),
    '',
  ];
}

/** What others published about other comparisons, as Markdown. */
export function renderReferences({ simulator, references }: Graded): readonly string[] {
  return [
    '## Beside what others published',
    '',
    'About other comparisons, so without a bar.',
    '',
    ...markdownTable(
      ['who', 'figure', 'source'],
      [
        ['simulator', `direction ${writeShare(simulator.direction)}; inside ${writeShare(simulator.inside)}`, ''],
        ...references.map(({ who, figure, source }) => [who, figure, source]),
      ],
    ),
    '',
  ];
}

const STANDINGS: Readonly<Record<Bar['standing'], string>> = {
  met: 'met',
  missed: '**MISS**',
  'not defined': 'not defined',
};

function writeMaterial({ rows, trials }: Material): string {
  return `${rows} ${rows === 1 ? 'row' : 'rows'} of ${trials} ${trials === 1 ? 'trial' : 'trials'}`;
}

function contestTable(contestants: readonly ContestantFigures[]): readonly string[] {
  return markdownTable(
    ['', 'predicted', 'log score', 'continuous error', 'slope', 'ratio error', 'r', 'coverage', 'direction', 'inside'],
    contestants.map((one) => [
      one.name,
      writeShare(one.predicted),
      fixed(one.logScore),
      fixed(one.continuousError),
      writeEstimate(one.continuousSlope),
      fixed(one.ratioError),
      writeEstimate(one.ratioCorrelation),
      writeShare(one.coverage),
      writeShare(one.direction),
      writeShare(one.inside),
    ]),
  );
}

function gainTable(gains: readonly Gain[]): readonly string[] {
  return markdownTable(
    ['log-score gain over', 'rows', 'mean (95 %)', 'mean over trials'],
    gains.map(({ over, rows, mean, byTrial }) => [over, String(rows), writeEstimate(mean), fixed(byTrial)]),
  );
}

function kindTable(contestants: readonly ContestantFigures[]): readonly string[] {
  return markdownTable(
    ['kind', '', 'rows', 'mean absolute error', 'bias', 'slope', 'r', 'log score'],
    contestants
      .flatMap(({ name, kinds }) =>
        kinds.map(({ kind, rows, meanAbsoluteError, bias, slope, correlation, logScore }) => [
          kind,
          name,
          String(rows),
          fixed(meanAbsoluteError),
          fixed(bias),
          fixed(slope),
          fixed(correlation),
          fixed(logScore),
        ]),
      )
      .sort(([a = ''], [b = '']) => a.localeCompare(b)),
  );
}

function classTable(classes: readonly ClassFigures[]): readonly string[] {
  return markdownTable(
    ['class', 'rows', 'continuous error', 'class mean', 'ratio error', 'class mean', 'direction'],
    classes.map(({ drugClass, simulator, classMean }) => [
      drugClass,
      writeShare(simulator.predicted),
      fixed(simulator.continuousError),
      fixed(classMean.continuousError),
      fixed(simulator.ratioError),
      fixed(classMean.ratioError),
      writeShare(simulator.direction),
    ]),
  );
}

function fixed(value: number | undefined): string {
  return value === undefined ? '—' : value.toFixed(2);
}
