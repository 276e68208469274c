import type { CauseKind } from './causes.ts';
import type { Comparison, Draw } from './compare-settings.ts';
import type { SpreadRatio } from './compare-people.ts';
import { TOLERANCE, unitOf, type Difference } from './find-differences.ts';
import { QUANTITIES, type ComparedQuantity } from './quantities.ts';
import { SETTINGS, SOURCES, type Setting } from './settings.ts';

/** The report as lines of Markdown; holds figures over people alone, of no single person. */
export function renderComparison(
  comparison: Comparison,
  differences: readonly Difference[],
  draw: Draw,
): readonly string[] {
  const present = SETTINGS.filter(({ source }) => !comparison.absent.includes(source));
  return [
    '# Real people beside virtual ones',
    '',
    ...introduction(draw),
    '',
    '## Differences beyond the tolerance',
    '',
    ...KINDS.flatMap(({ kind, title }) =>
      titled(title, DIFFERENCE_HEAD, differenceRows(differences.filter((difference) => difference.kind === kind))),
    ),
    '## The sets',
    '',
    ...table(
      ['set', 'licence'],
      Object.values(SOURCES).map(({ name, licence }) => [name, licence]),
    ),
    ...comparison.absent.map((source) => `\nNot in the folder, and so not compared: ${source}.`),
    ...present.flatMap((setting) => ['', ...settingLines(setting, comparison)]),
    '',
  ];
}

function introduction({ people, seed }: Draw): readonly string[] {
  const [low, high] = TOLERANCE.spread;
  const [often, rarely] = TOLERANCE.interval;
  return [
    `Written by \`sextant real-beside-virtual\` with ${people} virtual people drawn a cohort, seed \`${seed}\`. A description,`,
    'nothing was fitted to it. Each person counts once, however often measured. Virtual people are weighed so that each',
    'stratum (age in bands of ten years, sex, and what a setting names) counts as much as among the real ones; real people in',
    'strata with fewer than five virtual ones are left out. People whose start the cohort draws evenly over what a model',
    'should know are not among the virtual ones. Ratios are virtual over real, with a 95 % interval over people (bootstrap).',
    '',
    `A difference is named when a standard deviation is below ${low} or above ${high} times the real one, a median more than 10 %`,
    `(potassium 0.2 mmol/L) away, or the usual interval between measurements below ${often} or above ${rarely} times the real one.`,
    'Causes are opinions read from the figures.',
  ];
}

const DIFFERENCE_HEAD = ['setting', 'quantity', 'what', 'n', 'real', 'virtual', 'ratio', 'likely cause', 'rows'];

/** The kinds of cause, those that ask for a physician first. */
const KINDS: readonly { readonly kind: CauseKind; readonly title: string }[] = [
  { kind: 'system', title: 'Of the system: for a physician to judge' },
  { kind: 'method', title: 'Of the method: measured otherwise' },
  { kind: 'design', title: 'Of the cohort’s design' },
  { kind: 'people', title: 'Of the people: not those whom the system speaks of' },
];

function differenceRows(differences: readonly Difference[]): readonly (readonly string[])[] {
  return differences.map(({ setting, quantity, aspect, gap, unit, real, virtual, realPeople, ratio, cause, rows }) => [
    ...[setting, quantity, gap === undefined ? aspect : `${aspect}, ${gap}`, `${realPeople}`],
    ...[`${short(real)} ${unit}`, short(virtual), ratioText(ratio), cause],
    rows.map((row) => `\`${row}\``).join(', '),
  ]);
}

function settingLines(setting: Setting, { levels, changes, intervals }: Comparison): readonly string[] {
  const own = <T extends { readonly setting: string }>(figures: readonly T[]): readonly T[] =>
    figures.filter((figure) => figure.setting === setting.id);
  return [
    `## ${setting.name}`,
    '',
    `${SOURCES[setting.source].name}. ${setting.note} Beside them: ${setting.virtual.cohort}, ${setting.virtual.phase}; alike in ${setting.matched.join(', ')}.`,
    '',
    ...levelLines(own(levels)),
    ...changeLines(own(changes)),
    ...intervalLines(own(intervals)),
  ];
}

function levelLines(levels: Comparison['levels']): readonly string[] {
  const rows = levels.flatMap((figure) =>
    (['real', 'virtual'] as const).map((side) => {
      const { mean, sd, p5, p25, median, p75, p95 } = figure[side];
      return [
        ...headOf(figure, side, 'median level'),
        ...[mean, sd, p5, p25, median, p75, p95].map(short),
        side === 'real' ? '' : ratioText(figure.spreadRatio),
      ];
    }),
  );
  return titled(
    'Levels',
    ['quantity', 'side', 'n', 'mean', 'sd', '5 %', '25 %', 'median', '75 %', '95 %', 'ratio of sd'],
    rows,
  );
}

function changeLines(changes: Comparison['changes']): readonly string[] {
  const rows = changes.flatMap((figure) =>
    (['real', 'virtual'] as const).map((side) => {
      const { mean, sd, median, p75, p95, correlation } = figure[side];
      const [quantity, ...head] = headOf(figure, side, 'spread of changes');
      return [
        ...[quantity ?? '', figure.gap, ...head],
        ...[mean, sd, median, p75, p95, correlation].map(short),
        side === 'real' ? '' : ratioText(figure.spreadRatio),
      ];
    }),
  );
  const head = [
    'quantity',
    'after',
    'side',
    'n',
    'mean',
    'sd',
    'median size',
    '75 %',
    '95 %',
    'correlation',
    'ratio of sd',
  ];
  return titled('Changes within people', head, rows);
}

function intervalLines(intervals: Comparison['intervals']): readonly string[] {
  const rows = intervals.flatMap((figure) =>
    (['real', 'virtual'] as const).map((side) => {
      const { p25, median, p75 } = figure[side];
      return [...headOf(figure, side, 'interval'), ...[p25, median, p75].map(short)];
    }),
  );
  return titled('Between measurements', ['quantity', 'side', 'n', '25 %', 'median', '75 %'], rows);
}

function headOf(
  figure: {
    readonly quantity: string;
    readonly realPeople: number;
    readonly leftOut: number;
    readonly virtualPeople: number;
  },
  side: 'real' | 'virtual',
  aspect: Difference['aspect'],
): readonly string[] {
  const quantity = QUANTITIES.find(({ id }) => id === figure.quantity);
  const real = figure.leftOut === 0 ? `${figure.realPeople}` : `${figure.realPeople} (${figure.leftOut} left out)`;
  return [nameOf(quantity, aspect), side, side === 'real' ? real : `${figure.virtualPeople}`];
}

function nameOf(quantity: ComparedQuantity | undefined, aspect: Difference['aspect']): string {
  return quantity === undefined ? '' : `${quantity.id}, ${unitOf(quantity, aspect)}`;
}

function titled(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`### ${title}`, '', ...table(head, rows), ''];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function ratioText([ratio, low, high]: SpreadRatio | readonly [number]): string {
  const middle = ratio.toFixed(2);
  return low === undefined || high === undefined ? middle : `${middle} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

/** Three figures are more than these samples can bear. */
function short(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}
