import { groupBy } from '../core/array.ts';
import type { GradedRow } from '../trials/dose-week/grade-rows.ts';
import type { DoseWeekVerdict } from '../trials/dose-week/score.ts';
import { colourAt } from './plots/figure.ts';
import type { Curve, Figure, Panel } from './plots/figure.ts';

/**
 * Placebo-subtracted effects, one panel a study: predicted as a line, reported as dots; by week, or by dose where a study
 * gives several doses in one week.
 */
export function doseWeekFigure(verdicts: readonly DoseWeekVerdict[]): Figure {
  return {
    title: 'Dose × week: effects against placebo',
    columns: 4,
    size: { width: 230, height: 130 },
    legend: [
      { label: 'predicted', colour: '#333333', stroke: 'line' },
      { label: '90 % predictive interval', colour: '#333333', stroke: 'dashed' },
      { label: 'reported', colour: '#333333', stroke: 'dots' },
    ],
    panels: verdicts.flatMap(({ unit, rows }) =>
      [...groupBy(rows, ({ effect }) => effect.study)].map(([study, own]) => panelOf(study, unit, own)),
    ),
  };
}

function panelOf(study: string, unit: string, rows: readonly GradedRow[]): Panel {
  const weeks = [...new Set(rows.map(({ effect }) => effect.week))];
  const doses = rows.filter(({ effect }) => effect.dose !== undefined);
  const isLadder = weeks.length === 1 && doses.length >= LADDER && doses.length === rows.length;
  return isLadder
    ? { title: `${study}, week ${weeks.join()}`, y: { label: unit }, ...byDose(rows) }
    : { title: study, y: { label: unit }, ...byWeek(rows) };
}

/** Doses in one week from which they are drawn as a curve of dose. */
const LADDER = 3;

/** Arms of which the intervals can still be told apart in one panel. */
const FEW = 2;

/** Room for the names of the arms to the right of the last point. */
const ROOM = 1.45;

function byWeek(rows: readonly GradedRow[]): Pick<Panel, 'x' | 'curves'> {
  const arms = [...groupBy(rows, ({ effect }) => effect.treatment)];
  const last = Math.max(...rows.map(({ effect }) => effect.week));
  return {
    x: { label: 'week', range: [0, ROOM * last] },
    curves: arms.flatMap(([treatment, own], index) =>
      curvesOf(own, { along: ({ effect }) => effect.week, label: treatment, colour: colourAt(index) }).filter(
        ({ stroke }) => arms.length <= FEW || stroke !== 'dashed',
      ),
    ),
  };
}

function byDose(rows: readonly GradedRow[]): Pick<Panel, 'x' | 'curves'> {
  const agents = [...groupBy(rows, ({ effect }) => effect.agent)];
  const last = Math.max(...rows.map(({ effect }) => effect.dose ?? 0));
  return {
    x: { label: `dose, ${rows[0]?.effect.doseUnit ?? ''}`, range: [0, ROOM * last] },
    curves: agents.flatMap(([agent, own], index) =>
      curvesOf(own, { along: ({ effect }) => effect.dose ?? 0, label: agent, colour: colourAt(index) }),
    ),
  };
}

/** What a curve runs along, and how it is told apart. */
interface Look {
  readonly along: (row: GradedRow) => number;
  readonly label: string;
  readonly colour: string;
}

function curvesOf(rows: readonly GradedRow[], { along, label, colour }: Look): readonly Curve[] {
  const own = rows.toSorted((a, b) => along(a) - along(b));
  const x = own.map(along);
  const line = (value: (row: GradedRow) => number) => ({ x: [0, ...x], y: [0, ...own.map(value)], colour });
  return [
    { ...line(({ predicted }) => predicted), stroke: 'line', label },
    { ...line(({ predicted, halfWidth }) => predicted - halfWidth), stroke: 'dashed' },
    { ...line(({ predicted, halfWidth }) => predicted + halfWidth), stroke: 'dashed' },
    { x, y: own.map(({ effect }) => effect.value), colour, stroke: 'dots' },
  ];
}
