import { NEVER_RECORDED } from './record-items.ts';
import { BASELINE_IS, number, percent, writeAsked, writeItem } from './write-figures.ts';
import type { PanelReport } from './panel-report.ts';
import type { ReportBlock } from './report-blocks.ts';

/** The flow of a panel of records through screening, its baseline table and what it promises. */
export function renderPanel(panel: PanelReport): readonly ReportBlock[] {
  return [
    { kind: 'heading', level: 2, text: 'Expected cohort from the panel' },
    {
      kind: 'paragraph',
      text: `${panel.source}. Values older than ${panel.options.recentDays} days count as not known.`,
    },
    flowTable(panel),
    criteriaTable(panel),
    { kind: 'paragraph', text: FLOW_IS },
    tableBeside(panel),
    { kind: 'list', items: promises(panel) },
  ];
}

function flowTable({ flow, deceased, unreadable }: PanelReport): ReportBlock {
  return {
    kind: 'table',
    head: ['flow', 'people'],
    rows: [
      ['not screened: deceased', String(deceased)],
      ['not screened: no readable record', String(unreadable)],
      ['screened', String(flow.screened)],
      ['excluded: fails at least one criterion', String(flow.excluded)],
      ['undecided: fails none, but the record lacks an item', String(flow.undecided)],
      ['eligible', String(flow.eligible)],
    ],
  };
}

const FLOW_IS =
  'First: the criterion that excludes somebody first, in this order. Any: fails it whatever else. Only: fails this and nothing else. Not in record: the item is missing; of the undecided, the first missing one. Nothing missing is guessed; a list of diagnoses or drugs without any entry says nothing.';

function criteriaTable({ flow }: PanelReport): ReportBlock {
  return {
    kind: 'table',
    head: ['criterion', 'from', 'first', 'any', 'only', 'not in record', 'of the undecided'],
    rows: flow.criteria.map(({ label, from, first, fails, only, unknown, firstUnknown }) => [
      label,
      from,
      ...[first, fails, only, unknown, firstUnknown].map(String),
    ]),
  };
}

function tableBeside({ table, flow }: PanelReport): ReportBlock {
  return {
    kind: 'table',
    head: [BASELINE_IS, 'asked', 'eligible people', 'known in'],
    rows: table.map(({ item, asked, reached, known }) => [
      writeItem(item, asked),
      writeAsked(asked),
      reached.length === 0 ? 'not in any record' : reached.map(number).join(', '),
      `${known} of ${flow.eligible}`,
    ]),
  };
}

function promises({ feasibility, options, alreadyOn, flow }: PanelReport): readonly string[] {
  const { eligible, atMost, perMonth } = feasibility;
  const blind = flow.criteria.filter(({ item }) => NEVER_RECORDED.includes(item));
  return [
    `Eligible: ${percent(eligible.value)} of those screened (95 % interval ${percent(eligible.low)} to ${percent(eligible.high)}); at most ${percent(atMost)} if everybody undecided turned out to be.`,
    ...(perMonth === undefined
      ? []
      : [
          `Recruited a month: ${number(perMonth.expected)} (${number(perMonth.low)} to ${number(perMonth.high)}), at most ${number(perMonth.atMost)}, of ${number(options.screenedPerMonth ?? 0)} screened and ${percent(options.consent)} consenting.`,
        ]),
    ...alreadyOn.map(
      ({ drugClass, people }) =>
        `${people} of the eligible already take a drug of a class under study (${drugClass}); "class:${drugClass}": 0 in background leaves them out.`,
    ),
    ...blind.map(({ label }) => `${label}: this item is read from no record.`),
  ];
}
