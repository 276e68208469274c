import { at } from '../../core/array.ts';
import type { RiskFactors } from '../../systems/cardio-renal-metabolic/events/risk-factors.ts';
import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { MEANT_FOR } from './class-courses.ts';
import { settled } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Figure, Panel } from './figure.ts';
import type { Page } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';
import { factorsOf, hazardsNamed, RISK_NAMES, yearRisks } from './year-risks.ts';

const SIX: readonly PersonId[] = ['healthy', 'diabetes', 'hypertension', 'kidney', 'reducedEf', 'preservedEf'];
const RISK_AXIS = { label: 'risk in a year (%)', scale: 'logarithmic' } as const;

/** Events, side effects and what moves them. */
export function eventRisks(): Page {
  return {
    name: 'events',
    title: 'Events and side effects',
    introduction: 'Risk within a year from the hazards, death competing.',
    sheets: [
      {
        name: 'events-people',
        figure: peopleFigure(),
        caption:
          'Should be seen: the healthy are rarely struck; heart failure is admitted for heart failure; albuminuric kidney disease reaches kidney failure; only diabetes knows hypoglycaemia.',
        rows: rowsNamed('background.', 'mortality.', 'hf_hospitalisation.rate', 'cv_death_other.rate'),
      },
      {
        name: 'events-classes-heart',
        figure: classesFigure('Drugs and programmes: risk with and without (1)', CLASSES.slice(0, 16)),
        caption:
          'Rings without, dots with the reference dose, in the person for whom the class is meant; only events that move by 2 % or more.',
        rows: rowsNamed(...CLASSES.slice(0, 16).flatMap((id) => RISK_NAMES.map((event) => `${id}.${event}`))),
      },
      {
        name: 'events-classes-metabolism',
        figure: classesFigure('Drugs and programmes: risk with and without (2)', CLASSES.slice(16)),
        caption: 'Rings without, dots with the reference dose; the classes that follow.',
        rows: rowsNamed(...CLASSES.slice(16).flatMap((id) => RISK_NAMES.map((event) => `${id}.${event}`))),
      },
      {
        name: 'events-factors',
        figure: factorsFigure('Risk in a year by what moves it (1)', SCANS.slice(0, 8)),
        caption:
          'Should be seen: every curve rises with age, pressure, LDL, albuminuria and NT-proBNP and as eGFR falls; it is flat outside of where the effect was seen.',
        rows: rowsNamed('mi.', 'stroke.', 'hf_hospitalisation.', 'cv_death_other.', 'death_non_cv.'),
      },
      {
        name: 'events-factors-more',
        figure: factorsFigure('Risk in a year by what moves it (2)', SCANS.slice(8)),
        caption:
          'Should be seen: every curve rises with age, pressure, LDL, albuminuria and NT-proBNP and as eGFR falls; it is flat outside of where the effect was seen.',
        rows: rowsNamed('mi.', 'stroke.', 'hf_hospitalisation.', 'cv_death_other.', 'death_non_cv.'),
      },
    ],
  };
}

function peopleFigure(): Figure {
  return {
    title: 'Risk in a year without treatment',
    columns: 2,
    size: { width: 240, height: 330 },
    margin: 118,
    legend: [],
    panels: SIX.map((id) => {
      const risks = yearRisks(individualOf(id), {});
      return dotPanel(
        PEOPLE[id].title,
        RISK_NAMES.map((_, index) => index).filter((index) => at(risks, index) > 0),
        [{ risks, isRing: false }],
      );
    }),
  };
}

function classesFigure(title: string, classes: readonly DrugClass[]): Figure {
  return {
    title,
    columns: 3,
    size: { width: 140, height: 150 },
    margin: 118,
    legend: [
      { label: 'without', colour: colourAt(0), stroke: 'rings' },
      { label: 'with the class', colour: colourAt(1), stroke: 'dots' },
    ],
    panels: classes.map((drugClass) => {
      const individual = individualOf(MEANT_FOR[drugClass]);
      const without = yearRisks(individual, {});
      const risks = yearRisks(individual, { [drugClass]: 1 });
      const moved = RISK_NAMES.map((_, index) => index).filter((index) => {
        const ratio = at(risks, index) / at(without, index);
        return ratio > 1.02 || ratio < 0.98;
      });
      return dotPanel(`${drugClass}: ${PEOPLE[MEANT_FOR[drugClass]].title}`, moved, [
        { risks: without, isRing: true },
        { risks, isRing: false },
      ]);
    }),
  };
}

/** Rarer than this (%) is drawn at the edge. */
const LEAST_RISK = 0.003;

function dotPanel(
  title: string,
  shown: readonly number[],
  columns: readonly { readonly risks: readonly number[]; readonly isRing: boolean }[],
): Panel {
  const upwards = [...shown].reverse();
  const names = upwards.map((index) => at(RISK_NAMES, index).replaceAll('_', ' '));
  return {
    title,
    x: { ...RISK_AXIS, range: [LEAST_RISK, 100] },
    y: { label: '', names: names.length === 0 ? ['no event moves'] : names },
    curves: columns.map(({ risks, isRing }) => ({
      x: upwards.map((index) => Math.max(LEAST_RISK, at(risks, index))),
      y: upwards.map((_, place) => place),
      colour: colourAt(isRing ? 0 : 1),
      stroke: isRing ? ('rings' as const) : ('dots' as const),
    })),
  };
}

interface Scan {
  readonly who: PersonId;
  readonly factor: keyof RiskFactors;
  readonly label: string;
  readonly values: readonly number[];
  readonly isLogarithmic?: true;
  readonly events: readonly string[];
}

const HARD = [
  'death',
  'mi',
  'stroke',
  'hf_hospitalisation',
  'cv_death_other',
  'death_non_cv',
  'kidney_failure',
] as const;
const range = (low: number, high: number, step: number): readonly number[] =>
  Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
const doublings = (low: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => low * 2 ** (index / 2));

const SCANS: readonly Scan[] = [
  { who: 'hypertension', factor: 'age', label: 'age (years)', values: range(30, 90, 2), events: HARD },
  { who: 'reducedEf', factor: 'age', label: 'age (years)', values: range(30, 90, 2), events: HARD },
  { who: 'hypertension', factor: 'sbp', label: 'systolic pressure (mmHg)', values: range(90, 210, 5), events: HARD },
  { who: 'reducedEf', factor: 'sbp', label: 'systolic pressure (mmHg)', values: range(90, 210, 5), events: HARD },
  { who: 'dyslipidaemia', factor: 'ldl', label: 'LDL (mg/dL)', values: range(15, 260, 7), events: HARD },
  {
    who: 'diabetes',
    factor: 'pastHba1c',
    label: 'HbA1c of the last years (%)',
    values: range(5, 13, 0.25),
    events: HARD,
  },
  {
    who: 'diabetes',
    factor: 'egfr',
    label: 'eGFR (mL/min/1.73 m²)',
    values: range(8, 120, 4),
    events: [...HARD, 'aki', 'hypoglycaemia_severe'],
  },
  { who: 'kidney', factor: 'egfr', label: 'eGFR (mL/min/1.73 m²)', values: range(8, 120, 4), events: [...HARD, 'aki'] },
  {
    who: 'diabetes',
    factor: 'uacr',
    label: 'UACR (mg/g)',
    values: doublings(2, 24),
    isLogarithmic: true,
    events: HARD,
  },
  {
    who: 'hypertension',
    factor: 'ntProbnp',
    label: 'NT-proBNP (pg/mL)',
    values: doublings(10, 24),
    isLogarithmic: true,
    events: HARD,
  },
  {
    who: 'reducedEf',
    factor: 'ntProbnp',
    label: 'NT-proBNP (pg/mL)',
    values: doublings(30, 24),
    isLogarithmic: true,
    events: HARD,
  },
  { who: 'reducedEf', factor: 'lvef', label: 'LVEF (%)', values: range(12, 60, 2), events: HARD },
  { who: 'gout', factor: 'urate', label: 'urate (mg/dL)', values: range(3, 13, 0.5), events: ['gout_flare'] },
  { who: 'diabetes', factor: 'bmi', label: 'BMI (kg/m²)', values: range(18, 48, 2), events: HARD },
];

function factorsFigure(title: string, scans: readonly Scan[]): Figure {
  return { title, columns: 2, size: { width: 300, height: 170 }, legend: [], panels: scans.map(scanPanel) };
}

function scanPanel({ who, factor, label, values, isLogarithmic, events }: Scan): Panel {
  const individual = individualOf(who);
  const factors = factorsOf(individual, settled(individual));
  const hazards = values.map((value) => hazardsNamed({ ...factors, [factor]: value }));
  const low = values[0] ?? 0;
  const high = values.at(-1) ?? 1;
  const end = isLogarithmic === true ? high * (high / low) ** 0.4 : high + 0.4 * (high - low);
  return {
    title: `by ${label}: ${PEOPLE[who].title}`,
    x: { label, range: [low, end], scale: isLogarithmic === true ? 'logarithmic' : 'linear' },
    y: { label: '%', scale: 'logarithmic' },
    curves: events.map((event, index) => ({
      x: values,
      y: hazards.map((hazard) => 100 * (1 - Math.exp(-at(hazard, RISK_NAMES.indexOf(event))))),
      colour: colourAt(index),
      stroke: 'line',
      label: event.replaceAll('_', ' '),
    })),
  };
}
