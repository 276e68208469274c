import { svgCircle, svgLine, svgNumber, svgSheet, svgText } from '../../core/svg.ts';
import { scaled } from './axis.ts';
import type { Axis, Scaled } from './axis.ts';

/** Colours that stay apart for colour-blind eyes (Okabe and Ito 2008, jfly.uni-koeln.de/color). */
export const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#333333',
  '#8c6d1f',
] as const;

/** The n-th colour, from the beginning again after the last. */
export function colourAt(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#333333';
}

type Stroke = 'line' | 'thin' | 'dashed' | 'dots' | 'rings' | 'stepped';

/** One curve, point by point. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: string;
  readonly stroke: Stroke;
  /** Written at its end. */
  readonly label?: string;
}

/** One pair of axes. */
export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  /** Values of x at which something begins or ends: a thin upright line. */
  readonly marks?: readonly number[];
}

/** Panels on one sheet with one legend. */
export interface Figure {
  readonly title: string;
  readonly columns: number;
  /** Of one panel, without its labels; unit: px. */
  readonly size: { readonly width: number; readonly height: number };
  /** Room for the labels of y; unit: px. */
  readonly margin?: number;
  readonly legend: readonly { readonly label: string; readonly colour: string; readonly stroke: Stroke }[];
  readonly panels: readonly Panel[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const HEAD = 44;
const ABOVE = 34;
const BELOW = 34;
const RIGHT = 16;
const MARGIN = 52;
const LETTER = 5.4;

/** Height of a label at the end of a curve, and how far it may be moved to be read; unit: px. */
const LABEL = 9;
const SHIFTS = [0, 3, -3, 6, -6, 9, -9, 12, -12, 15, -15, 18, -18, 24, -24, 30, -30, 36, -36];

/** Draws a figure as SVG: the same figure, the same bytes. */
export function drawFigure(figure: Figure): string {
  const { columns, size, panels, title, margin = MARGIN } = figure;
  const cell = { width: margin + size.width + RIGHT, height: ABOVE + size.height + BELOW };
  const width = cell.width * columns;
  const height = HEAD + cell.height * Math.ceil(panels.length / columns);
  const parts = panels.flatMap((panel, index) =>
    drawPanel(panel, {
      left: (index % columns) * cell.width + margin,
      top: HEAD + Math.floor(index / columns) * cell.height + ABOVE,
      ...size,
    }),
  );
  return svgSheet({ width, height }, [
    text(8, 16, title, 'font-size="13" font-weight="bold"'),
    ...drawLegend(figure),
    ...parts,
  ]);
}

function drawLegend({ legend }: Figure): readonly string[] {
  let left = 8;
  return legend.flatMap(({ label, colour, stroke }) => {
    const start = left;
    left += 34 + label.length * LETTER;
    const isPoint = stroke === 'dots' || stroke === 'rings';
    const sample = { x: isPoint ? [12] : [0, 20], y: [0, 0], colour, stroke };
    return [
      ...drawCurve(
        sample,
        (x) => start + x,
        () => 30,
      ),
      text(start + 25, 33, label),
    ];
  });
}

function drawPanel({ title, x, y, curves, marks = [] }: Panel, box: Box): readonly string[] {
  const across = scaled(
    x,
    curves.flatMap((curve) => curve.x),
  );
  const upright = scaled(
    y,
    curves.flatMap((curve) => curve.y),
  );
  const toX = (value: number): number => box.left + across.place(value) * box.width;
  const toY = (value: number): number => box.top + (1 - upright.place(value)) * box.height;
  return [
    text(box.left, box.top - 20, title, 'font-weight="bold"'),
    ...marks.map((mark) =>
      line([toX(mark), box.top, toX(mark), box.top + box.height], '#888888', 'stroke-dasharray="2 2"'),
    ),
    ...drawAxes({ x, y, across, upright, toX, toY }, box),
    ...curves.flatMap((curve) => drawCurve(curve, toX, toY)),
    ...drawEndLabels(curves, toX, toY, box),
  ];
}

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
  readonly across: Scaled;
  readonly upright: Scaled;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

function drawAxes({ x, y, across, upright, toX, toY }: Axes, { left, top, width, height }: Box): readonly string[] {
  const bottom = top + height;
  return [
    ...upright.ticks.flatMap((tick) => [
      line([left, toY(tick), left + width, toY(tick)], '#e4e4e4'),
      text(left - 5, toY(tick) + 3.5, upright.text(tick), 'text-anchor="end"'),
    ]),
    ...across.ticks.flatMap((tick) => [
      line([toX(tick), bottom, toX(tick), bottom + 4], '#555555'),
      text(toX(tick), bottom + 14, across.text(tick), 'text-anchor="middle"'),
    ]),
    line([left, top, left, bottom], '#555555'),
    line([left, bottom, left + width, bottom], '#555555'),
    text(left + width / 2, bottom + 26, x.label, 'text-anchor="middle" fill="#444444"'),
    ...(y.label === '' ? [] : [text(left, top - 7, y.label, 'fill="#444444"')]),
  ];
}

const DASHES: Readonly<Partial<Record<Stroke, string>>> = {
  dashed: ' stroke-dasharray="5 3"',
  stepped: ' stroke-dasharray="1 2"',
};

function drawCurve(
  { x, y, colour, stroke }: Curve,
  toX: (value: number) => number,
  toY: (value: number) => number,
): readonly string[] {
  const points = x.map((value, index) => [toX(value), toY(y[index] ?? Number.NaN)] as const);
  if (stroke === 'dots' || stroke === 'rings') {
    const look = stroke === 'dots' ? `r="2.6" fill="${colour}"` : `r="2.8" fill="#ffffff" stroke="${colour}"`;
    return points.map(([left, top]) => svgCircle({ left, top }, look));
  }
  const path = points.map((point) => point.map(svgNumber).join(' ')).join('L');
  const thickness = stroke === 'thin' ? 0.6 : 1.6;
  return [`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="${thickness}"${DASHES[stroke] ?? ''}/>`];
}

/** Writes the names of curves at their ends, moved apart where they would cover each other. */
function drawEndLabels(
  curves: readonly Curve[],
  toX: (value: number) => number,
  toY: (value: number) => number,
  { top, height }: Box,
): readonly string[] {
  const taken: Label[] = [];
  return curves.flatMap(({ x, y, colour, label }) => {
    if (label === undefined || x.length === 0) return [];
    const left = toX(x.at(-1) ?? 0) + 4;
    const right = left + label.length * LETTER;
    const wanted = toY(y.at(-1) ?? 0) + 3;
    const places = SHIFTS.map((shift) => ({ left, right, top: wanted + shift })).filter(
      (place) => place.top > top && place.top < top + height,
    );
    const place = places.find((free) => !taken.some((other) => covers(free, other))) ?? { left, right, top: wanted };
    taken.push(place);
    return [text(place.left, place.top, label, `fill="${colour}" font-size="9"`)];
  });
}

interface Label {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

function covers(one: Label, other: Label): boolean {
  return Math.abs(one.top - other.top) < LABEL && one.left < other.right && other.left < one.right;
}

function line([x1, y1, x2, y2]: readonly [number, number, number, number], colour: string, look = ''): string {
  return svgLine(
    [
      { left: x1, top: y1 },
      { left: x2, top: y2 },
    ],
    colour,
    look,
  );
}

function text(left: number, top: number, words: string, look = ''): string {
  return svgText({ left, top }, words, look);
}
