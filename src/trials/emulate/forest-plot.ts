import { svgCircle, svgLine, svgSheet, svgText } from '../../core/svg.ts';
import type { RowVerdict } from '../referee.ts';
import { asReported } from '../row.ts';

const HEIGHT = 18;
const LABELS = 430;
const AXIS = 360;
const NUMBERS = 200;
const MARGIN = 24;
const TOP = 44;

/** Half-width of a 95 % interval in standard errors. */
const WIDE = 1.96;

/** One interval on the scale of its row. */
interface Mark {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One row as it is drawn. */
interface Line {
  readonly label: string;
  readonly predicted: Mark;
  readonly reported: Mark | undefined;
  readonly scale: RowVerdict['row']['scale'];
}

/**
 * A forest plot: for each row the prediction with its predictive 95 % interval (filled) over what was reported (open), one
 * panel a kind of endpoint, since kinds do not share a unit. Rows without a prediction are left out.
 */
export function forestPlot(rows: readonly RowVerdict[]): string {
  const kinds = [...new Set(rows.map(({ row }) => row.kind))];
  let top = MARGIN;
  const panels = kinds.flatMap((kind) => {
    const lines = rows.filter(({ row }) => row.kind === kind).flatMap(lineOf);
    if (lines.length === 0) return [];
    const drawn = panel(kind, lines, top);
    top += TOP + lines.length * HEIGHT + MARGIN;
    return [drawn];
  });
  return svgSheet({ width: LABELS + AXIS + NUMBERS + MARGIN, height: top }, panels);
}

function lineOf({ row, prediction }: RowVerdict): readonly Line[] {
  if (!prediction.evaluable) return [];
  const value = row.scale === 'log' ? Math.log(prediction.predicted) : prediction.predicted;
  const half = WIDE * Math.max(prediction.predictiveSd, prediction.monteCarloSe);
  const { observed } = row;
  const reported = observed && {
    value: observed.value,
    low: observed.low ?? observed.value,
    high: observed.high ?? observed.value,
  };
  const against = row.comparator === '' ? '' : ` v ${row.comparator}`;
  return [
    {
      label: `${row.trial}: ${row.arm}${against}, ${row.endpoint}`,
      predicted: { value, low: value - half, high: value + half },
      reported,
      scale: row.scale,
    },
  ];
}

function panel(kind: string, lines: readonly Line[], top: number): string {
  const place = axisOf(lines);
  const bottom = top + TOP + lines.length * HEIGHT;
  const zero = place(0);
  const ends = [
    { left: zero, top: top + 22 },
    { left: zero, top: bottom },
  ] as const;
  return [
    svgText({ left: MARGIN, top: top + 14 }, kind, 'font-weight="bold"'),
    svgText({ left: LABELS + AXIS + 8, top: top + 14 }, 'predicted / reported', 'fill="#555555"'),
    svgLine(ends, '#999999', 'stroke-dasharray="3 3"'),
    ...lines.map((line, index) => drawLine(line, top + TOP + index * HEIGHT, place)),
  ].join('\n');
}

function axisOf(lines: readonly Line[]): (value: number) => number {
  const ends = lines.flatMap(({ predicted, reported }) => [
    predicted.low,
    predicted.high,
    reported?.low ?? 0,
    reported?.high ?? 0,
  ]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  return (value) => LABELS + ((value - low) / Math.max(1e-9, high - low)) * (AXIS - 20) + 10;
}

function drawLine({ label, predicted, reported, scale }: Line, y: number, place: (value: number) => number): string {
  const write = (mark: Mark | undefined): string =>
    mark === undefined ? '' : asReported(mark.value, scale).toFixed(2);
  return [
    svgText({ left: MARGIN, top: y + 4 }, shortened(label)),
    ...(reported === undefined ? [] : whisker(reported, { y: y + 3, place, fill: '#ffffff', stroke: '#c0392b' })),
    ...whisker(predicted, { y: y - 3, place, fill: '#1f4e79', stroke: '#1f4e79' }),
    svgText({ left: LABELS + AXIS + 8, top: y + 4 }, `${write(predicted)} / ${write(reported)}`),
  ].join('\n');
}

/** Where and how an interval is drawn. */
interface Look {
  readonly y: number;
  readonly place: (value: number) => number;
  readonly fill: string;
  readonly stroke: string;
}

function whisker({ value, low, high }: Mark, { y, place, fill, stroke }: Look): readonly string[] {
  const [left, right] = [place(low), place(high)];
  return [
    svgLine(
      [
        { left, top: y },
        { left: right, top: y },
      ],
      stroke,
    ),
    svgCircle({ left: place(value), top: y }, `r="2.5" fill="${fill}" stroke="${stroke}"`),
  ];
}

const LONGEST_LABEL = 74;

function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}
