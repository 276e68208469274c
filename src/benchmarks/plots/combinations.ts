import { at } from '../../core/array.ts';
import { courseOf, everyDays, levelsOf } from './courses.ts';
import type { Doses } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Panel } from './figure.ts';
import type { Page, Sheet } from './page.ts';
import { nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';

/** What is combined, at reference doses where nothing else is said. */
const PARTS = {
  ACEi: { acei: 1 },
  ARB: { arb: 1 },
  ARNI: { arni: 1 },
  BB: { bb: 1 },
  CCB: { ccb: 1 },
  MRA: { mra: 1 },
  thiazide: { thiazide: 1 },
  metformin: { biguanide: 1 },
  SGLT2i: { sglt2i: 1 },
  sulfonylurea: { sulfonylurea: 1 },
  'DPP-4i': { dpp4i: 1 },
  'GLP-1 RA': { glp1ra: 1 },
  'tirzepatide 15': { gip_glp1ra: 1.5 },
  insulin: { insulin: 1 },
  statin: { statin: 1 },
  ezetimibe: { ezetimibe: 1 },
  PCSK9i: { pcsk9i: 1 },
  bempedoic: { bempedoic_acid: 1 },
} as const satisfies Readonly<Record<string, Doses>>;

type Part = keyof typeof PARTS;

interface Combination {
  readonly who: PersonId;
  readonly variable: string;
  readonly parts: readonly Part[];
}

const METABOLISM: readonly Combination[] = [
  { who: 'hypertension', variable: 'sbp', parts: ['ACEi', 'CCB'] },
  { who: 'hypertension', variable: 'sbp', parts: ['ACEi', 'CCB', 'thiazide', 'MRA'] },
  { who: 'hypertension', variable: 'sbp', parts: ['ACEi', 'ARB'] },
  { who: 'diabetes', variable: 'hba1c', parts: ['metformin', 'SGLT2i'] },
  { who: 'diabetes', variable: 'hba1c', parts: ['metformin', 'sulfonylurea'] },
  { who: 'diabetes', variable: 'hba1c', parts: ['GLP-1 RA', 'insulin'] },
  { who: 'diabetes', variable: 'hba1c', parts: ['DPP-4i', 'GLP-1 RA'] },
  { who: 'diabetes', variable: 'hba1c', parts: ['metformin', 'SGLT2i', 'tirzepatide 15', 'insulin'] },
  { who: 'diabetes', variable: 'body_weight', parts: ['GLP-1 RA', 'SGLT2i'] },
  { who: 'dyslipidaemia', variable: 'ldl', parts: ['statin', 'ezetimibe'] },
  { who: 'dyslipidaemia', variable: 'ldl', parts: ['statin', 'ezetimibe', 'PCSK9i', 'bempedoic'] },
];

const PILLARS: readonly Part[] = ['ARNI', 'BB', 'MRA', 'SGLT2i'];

const HEART_AND_KIDNEY: readonly Combination[] = [
  { who: 'kidney', variable: 'potassium', parts: ['ACEi', 'MRA'] },
  { who: 'kidney', variable: 'potassium', parts: ['ACEi', 'ARB'] },
  { who: 'kidney', variable: 'uacr', parts: ['ACEi', 'SGLT2i', 'MRA'] },
  { who: 'kidney', variable: 'egfr', parts: ['ACEi', 'SGLT2i', 'MRA'] },
  ...['sbp', 'potassium', 'egfr', 'nt_probnp', 'lvef', 'heart_rate'].map((variable): Combination => ({
    who: 'reducedEf',
    variable,
    parts: PILLARS,
  })),
];

const DAYS = everyDays(364, 4);

/** What drugs do together. */
export function combinations(): Page {
  return {
    name: 'combinations',
    title: 'Combinations',
    introduction:
      'Each drug alone, all together (black) and what the sum of the single effects would be (dotted), over a year at reference doses.',
    sheets: [
      sheet(
        'combinations-metabolism',
        'Drugs together: pressure, glucose, lipids',
        METABOLISM,
        'Should be seen: together drugs do more than each alone and less than the sum, most of all for HbA1c near normal, for LDL, and for two drugs on one axis.',
      ),
      sheet(
        'combinations-heart-and-kidney',
        'Drugs together: heart and kidney',
        HEART_AND_KIDNEY,
        'Should be seen: potassium adds up; albuminuria multiplies; GFR dips once and then falls more slowly; pressure in heart failure stays bearable on four drugs.',
      ),
    ],
  };
}

function sheet(name: string, title: string, of: readonly Combination[], caption: string): Sheet {
  return {
    name,
    figure: {
      title,
      columns: 3,
      size: { width: 190, height: 135 },
      legend: [
        { label: 'together', colour: colourAt(6), stroke: 'line' },
        { label: 'sum of single effects', colour: colourAt(6), stroke: 'stepped' },
      ],
      panels: of.map(panelOf),
    },
    caption,
    rows: rowsNamed(
      ...new Set(of.flatMap(({ variable, parts }) => parts.flatMap((part) => effectRows(part, variable)))),
    ),
  };
}

/** Beginnings of the ids of the rows of a part's effect on a variable. */
function effectRows(part: Part, variable: string): readonly string[] {
  return Object.keys(PARTS[part]).map((drugClass) => `${drugClass}.${variable}`);
}

function panelOf({ who, variable, parts }: Combination): Panel {
  const individual = individualOf(who);
  const lived = (doses: Doses): readonly number[] =>
    levelsOf(courseOf(individual, [{ from: 0, doses }], DAYS), variable);
  const bare = lived({});
  const single = parts.map((part) => lived(PARTS[part]));
  const sum = bare.map((level, day) => single.reduce((total, course) => total + at(course, day) - level, level));
  const together = lived(parts.reduce((doses: Doses, part) => ({ ...doses, ...PARTS[part] }), {}));
  const x = DAYS.map((day) => day / 7);
  return {
    title: `${nameOf(variable)}: ${PEOPLE[who].title}`,
    x: { label: 'weeks', range: [0, 72], ticks: [0, 13, 26, 39, 52] },
    y: { label: unitOf(variable) },
    curves: [
      ...parts.map((label, index) => ({
        x,
        y: at(single, index),
        colour: colourAt(index),
        stroke: 'line' as const,
        label,
      })),
      { x, y: sum, colour: colourAt(6), stroke: 'stepped' },
      { x, y: together, colour: colourAt(6), stroke: 'line', label: 'together' },
    ],
  };
}
