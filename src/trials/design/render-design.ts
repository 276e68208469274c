import { at } from '../../core/array.ts';
import { normalHalfWidth } from '../normal.ts';
import { asReported } from '../row.ts';
import type { Scale } from '../row.ts';
import { isRatioMeasure } from '../trial-file.ts';
import type { EventsDesign } from './design-events.ts';
import type { MeansAnalysis, MeansDesign } from './design-means.ts';
import type { PredictedPrimary, TrialDesign } from './design-trial.ts';
import type { PanelReport } from './panel-report.ts';
import { renderPanel } from './render-panel.ts';
import type { ReportBlock } from './report-blocks.ts';
import { BASELINE_IS, number, percent, writeAsked, writeItem } from './write-figures.ts';

/** A design as a report for a trialist and a compliance officer: what is expected, from whom, how sure, and what it is not. */
export function renderDesign(design: TrialDesign, panel?: PanelReport): readonly ReportBlock[] {
  const { trial } = design;
  return [
    { kind: 'heading', level: 1, text: `Trial design: ${trial.id}` },
    { kind: 'paragraph', text: summaryOf(design) },
    { kind: 'heading', level: 2, text: 'What was asked' },
    { kind: 'list', items: questionLines(design) },
    ...(panel === undefined ? [] : renderPanel(panel)),
    { kind: 'heading', level: 2, text: 'Expected effect' },
    { kind: 'paragraph', text: effectLine(design) },
    cohortTable(design),
    ...(design.notes.length === 0 ? [] : [{ kind: 'list', items: design.notes } as const]),
    { kind: 'heading', level: 2, text: 'By subgroup' },
    subgroupTable(design),
    { kind: 'paragraph', text: SUBGROUPS_ARE },
    { kind: 'heading', level: 2, text: 'Sample size and power' },
    ...sizeBlocks(design),
    { kind: 'heading', level: 2, text: 'The simulation where a textbook is right' },
    textbookTable(design),
    { kind: 'heading', level: 2, text: 'What this is not' },
    { kind: 'list', items: LIMITS },
  ];
}

/** People to randomise in both arms, dropout counted; undefined where no size was found. */
export function targetOf({ size }: TrialDesign): number | undefined {
  switch (size.kind) {
    case 'none':
      return undefined;
    case 'means':
      return 2 * analysisCalled(size, 'baseline').perArmWithDropout;
    case 'events':
      return 2 * size.perArmWithDropout;
  }
}

/** The sentence that a reader in a hurry needs. */
export function summaryOf(design: TrialDesign): string {
  const { endpoint, size, options } = design;
  const effect = `Expected effect on ${endpoint.endpoint} at ${endpoint.followUpMonths} months: ${writeEffect(design)}.`;
  if (size.kind === 'none') return `${effect} No size: ${size.reason}.`;
  const { power, alpha } = options.aim;
  const aim = `for ${percent(power)} power at two-sided α ${alpha}${options.dropout > 0 ? ` with ${percent(options.dropout)} dropout` : ''}`;
  if (size.kind === 'events') {
    return `${effect} ${size.perArmWithDropout} people per arm (${Math.round(size.events)} events) ${aim}; assurance ${percent(size.assurance)}.`;
  }
  const [baseline, prognostic] = [analysisCalled(size, 'baseline'), analysisCalled(size, 'prognostic score')];
  return `${effect} ${baseline.perArmWithDropout} people per arm adjusted for the baseline value, ${prognostic.perArmWithDropout} adjusted for the prognostic score, ${aim}; assurance ${percent(baseline.assurance)}.`;
}

function questionLines({ trial, endpoint, options }: TrialDesign): readonly string[] {
  const arms = trial.arms.map((arm) => arm.label ?? arm.id);
  return [
    `Primary endpoint: ${endpoint.endpoint} (${endpoint.measure}, ${endpoint.unit}) at ${endpoint.followUpMonths} months, ${endpoint.arm} against ${endpoint.comparator}; arms of the file: ${arms.join(', ')}`,
    `Aim: power ${options.aim.power}, two-sided α ${options.aim.alpha}, equal arms, dropout ${percent(options.dropout)}`,
    `Computed from ${options.people} virtual people in each arm, ${options.draws} draws of the parameters with ${options.peopleOfDraw} people each, at most ${options.trials} simulated trials a figure, seed "${options.seed}"`,
  ];
}

function scaleOf({ endpoint }: TrialDesign): Scale {
  return isRatioMeasure(endpoint.measure) ? 'log' : 'identity';
}

function writeEffect(design: TrialDesign): string {
  return `${number(asReported(design.effect.value, scaleOf(design)))} ${design.endpoint.unit}`;
}

function effectLine(design: TrialDesign): string {
  const { effect } = design;
  return (
    `${writeEffect(design)}; Monte-Carlo 95 % interval ${interval(effect, effect.monteCarloSe, scaleOf(design))}; ` +
    `what the parameters leave open: sd ${number(effect.predictiveSd)}${scaleOf(design) === 'log' ? ' of the logarithm' : ''}, 95 % interval ${interval(effect, effect.predictiveSd, scaleOf(design))}.`
  );
}

function interval({ value }: Pick<PredictedPrimary, 'value'>, sd: number, scale: Scale): string {
  const half = normalHalfWidth(0.95) * sd;
  return [value - half, value + half].map((end) => number(asReported(end, scale))).join(' to ');
}

function cohortTable({ checks }: TrialDesign): ReportBlock {
  return {
    kind: 'table',
    head: [BASELINE_IS, 'asked', 'virtual people'],
    rows: checks.map(({ item, asked, reached }) => [
      writeItem(item, asked),
      writeAsked(asked),
      reached.map(number).join(', '),
    ]),
  };
}

const SUBGROUPS_ARE =
  'Differences between subgroups are what the mechanism implies for virtual people: none of them was tested, and the trial is not sized to show any.';

function subgroupTable(design: TrialDesign): ReportBlock {
  const scale = scaleOf(design);
  return {
    kind: 'table',
    head: ['subgroup', 'virtual people', 'effect', 'Monte-Carlo 95 %', 'predictive sd'],
    rows: design.subgroups.map((group) => [
      group.label,
      String(group.people),
      number(asReported(group.value, scale)),
      interval(group, group.monteCarloSe, scale),
      group.predictiveSd === undefined ? '—' : number(group.predictiveSd),
    ]),
  };
}

function sizeBlocks(design: TrialDesign): readonly ReportBlock[] {
  const { size } = design;
  switch (size.kind) {
    case 'none':
      return [{ kind: 'paragraph', text: `No size: ${size.reason}.` }];
    case 'means':
      return meansBlocks(design, size);
    case 'events':
      return eventsBlocks(design, size);
  }
}

function textbookTable({ textbook }: TrialDesign): ReportBlock {
  return {
    kind: 'table',
    head: ['case', 'formula', 'simulated', 'simulated / formula'],
    rows: textbook.map(({ name, formula, simulated }) => [
      name,
      formula.toFixed(1),
      simulated.toFixed(1),
      (simulated / formula).toFixed(3),
    ]),
  };
}

const NAMES: Readonly<Record<MeansAnalysis['name'], string>> = {
  unadjusted: 'unadjusted (t test)',
  baseline: 'adjusted for the baseline value (ANCOVA)',
  'prognostic score': 'adjusted for the prognostic score (PROCOVA)',
};

function meansBlocks({ options }: TrialDesign, size: MeansDesign): readonly ReportBlock[] {
  const outcome = size.scale === 'log-ratio' ? 'logarithm of follow-up over baseline' : 'outcome';
  return [
    {
      kind: 'paragraph',
      text: `As measured (fluctuation and assay error included): mean difference ${number(size.difference)}, sd ${number(size.sd)} of the ${outcome}${addedSpread(size, options.sd)}.`,
    },
    {
      kind: 'table',
      head: [
        'analysis',
        'r² under control',
        'n per arm, simulated',
        'by formula',
        'simulated / formula',
        'with dropout',
        'power at n',
        'type-I error at n',
        'assurance',
      ],
      rows: size.analyses.map((each) => [
        NAMES[each.name],
        each.rSquared.toFixed(2),
        String(each.curve.perArm),
        each.byFormula.toFixed(1),
        (each.curve.perArm / each.byFormula).toFixed(2),
        `${each.perArmWithDropout}`,
        `${percent(each.confirmed.power)} of ${each.confirmed.trials}`,
        `${percent(each.typeOne.power)} of ${each.typeOne.trials}`,
        percent(each.assurance),
      ]),
    },
    { kind: 'paragraph', text: prognosisLine(size) },
    curveTable(size.analyses.map(({ name, curve }) => ({ name: NAMES[name], points: curve.points }))),
    { kind: 'paragraph', text: `${FORMULAS.means} ${assuranceLine(options.draws)}` },
  ];
}

function addedSpread({ sd, virtualSd }: MeansDesign, asked: number | undefined): string {
  if (asked === undefined) return '';
  return sd > virtualSd * 1.001
    ? `, of the virtual people ${number(virtualSd)}, the rest added as asked`
    : `; the narrower ${number(asked)} asked for is not used`;
}

function analysisCalled({ analyses }: MeansDesign, name: MeansAnalysis['name']): MeansAnalysis {
  return analyses.find((each) => each.name === name) ?? at(analyses, 0);
}

function prognosisLine(size: MeansDesign): string {
  const [none, score] = [analysisCalled(size, 'unadjusted'), analysisCalled(size, 'prognostic score')];
  const shrinks = 1 - score.curve.perArm / none.curve.perArm;
  return (
    `Prognostic score: r² ${score.rSquared.toFixed(2)} with the outcome under control, so the formula lets the sample shrink by ${percent(score.rSquared)} ` +
    `(${percent(score.rSquaredWithin)} with both arms); simulated: by ${percent(shrinks)}, with power ${percent(score.confirmed.power)} and type-I error ${percent(score.typeOne.power)}.`
  );
}

const FORMULAS = {
  means: 'By formula: 2 (z + z)² σ² (1 − r²) / δ², r² within both arms.',
  events: 'By formula: 4 (z + z)² / (ln HR)² events (Schoenfeld), over the mean share of people with one.',
} as const;

function assuranceLine(draws: number): string {
  return `Assurance is power averaged over the predictive distribution of the effect (${draws} draws of the parameters); findings in the other direction count as none.`;
}

function curveTable(
  curves: readonly {
    readonly name: string;
    readonly points: readonly { readonly perArm: number; readonly power: number }[];
  }[],
): ReportBlock {
  return {
    kind: 'table',
    head: ['n per arm: power', ...at(curves, 0).points.map((_, index) => `size ${index + 1}`)],
    rows: curves.map(({ name, points }) => [
      name,
      ...points.map(({ perArm, power }) => `${perArm}: ${percent(power)}`),
    ]),
  };
}

function eventsBlocks({ options }: TrialDesign, size: EventsDesign): readonly ReportBlock[] {
  const { incidence, curve } = size;
  return [
    {
      kind: 'paragraph',
      text: `Hazard ratio ${number(Math.exp(size.logHazardRatio))}; share with the event by the end of follow-up ${percent(incidence.active)} and ${percent(incidence.control)} (control), death of another kind competing.`,
    },
    {
      kind: 'table',
      head: ['log-rank test', 'simulated', 'by formula', 'simulated / formula'],
      rows: [
        [
          'events in both arms',
          size.events.toFixed(1),
          size.eventsByFormula.toFixed(1),
          (size.events / size.eventsByFormula).toFixed(2),
        ],
        ['n per arm', String(curve.perArm), size.byFormula.toFixed(1), (curve.perArm / size.byFormula).toFixed(2)],
        ['n per arm with dropout', String(size.perArmWithDropout), '—', '—'],
        ['power at n', `${percent(size.confirmed.power)} of ${size.confirmed.trials}`, percent(options.aim.power), '—'],
        [
          'type-I error at n',
          `${percent(size.typeOne.power)} of ${size.typeOne.trials}`,
          percent(options.aim.alpha),
          '—',
        ],
        ['assurance at n', percent(size.assurance), '—', '—'],
      ],
    },
    curveTable([{ name: 'log-rank', points: curve.points }]),
    durationTable(size),
    { kind: 'paragraph', text: durationLine(options.recruitedPerMonth) },
    {
      kind: 'paragraph',
      text: `${FORMULAS.events} ${assuranceLine(options.draws)} Adjustment for a prognostic score is computed for measured endpoints alone.`,
    },
  ];
}

function durationTable({ durations }: EventsDesign): ReportBlock {
  return {
    kind: 'table',
    head: ['n per arm', 'months of recruitment', 'months until the events are in'],
    rows: durations.map(({ perArm, recruitmentMonths, totalMonths }) => [
      String(perArm),
      recruitmentMonths.toFixed(1),
      totalMonths === undefined ? 'beyond twice the follow-up' : totalMonths.toFixed(1),
    ]),
  };
}

function durationLine(recruitedPerMonth: number | undefined): string {
  return recruitedPerMonth === undefined
    ? 'Durations count from the day on which everybody is in: nobody said how fast people are recruited.'
    : `Durations count from the first person in, ${number(recruitedPerMonth)} people recruited a month; where the events are in before recruitment ends, the rest need not come.`;
}

const LIMITS: readonly string[] = [
  'No patient was treated: every figure is what published effects, put together in one mechanism, imply for virtual people. How far that agrees with randomised trials is graded by the referee (docs/trials.md); its misses are misses here.',
  'Assurance and predictive intervals hold the simulator’s own doubt about its parameters, not the doubt whether its mechanism is right: real effects scatter more.',
  'Virtual people do not stop their treatment, add other drugs or fall ill by chance on the way; real outcomes vary more. Give the sd that you know.',
  'Dropout is by chance alone, whatever the outcome would have been.',
  'The prognostic score is learned from virtual people of the same kind; in real people r² is lower until it is shown on their data.',
];
