import type { Setpoints } from '../../systems/cardio-renal-metabolic/individual.ts';
import { settledChange, settledLevel } from './courses.ts';
import type { Doses } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Axis } from './axis.ts';
import type { Panel } from './figure.ts';
import type { Page } from './page.ts';
import { unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';

interface Question {
  readonly title: string;
  readonly who: PersonId;
  /** The setpoint that is varied, and the values it takes. */
  readonly along: keyof Setpoints;
  readonly values: readonly number[];
  readonly x: Axis;
  /** What is read off. */
  readonly variable: string;
  readonly isRelative?: true;
  readonly drugs: readonly (readonly [label: string, doses: Doses])[];
}

const GFR = { label: 'eGFR (mL/min/1.73 m²)' };
const GFRS = [12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 110];
const PRESSURES = [100, 110, 120, 130, 140, 150, 160, 170, 180, 190];
const HBA1CS = [6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11];
const HBA1C = { label: 'HbA1c before (%)' };

const QUESTIONS: readonly Question[] = [
  {
    title: 'HbA1c change by HbA1c before',
    who: 'diabetes',
    along: 'hba1c',
    values: HBA1CS,
    x: HBA1C,
    variable: 'hba1c',
    drugs: [
      ['metformin', { biguanide: 1 }],
      ['sulfonylurea', { sulfonylurea: 1 }],
      ['DPP-4i', { dpp4i: 1 }],
      ['GLP-1 RA', { glp1ra: 1 }],
      ['tirzepatide', { gip_glp1ra: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['TZD', { tzd: 1 }],
      ['insulin', { insulin: 1 }],
    ],
  },
  {
    title: 'HbA1c change without diabetes',
    who: 'obesity',
    along: 'hba1c',
    values: [4.8, 5.2, 5.6, 6, 6.4],
    x: HBA1C,
    variable: 'hba1c',
    drugs: [
      ['metformin', { biguanide: 1 }],
      ['GLP-1 RA', { glp1ra: 1 }],
      ['tirzepatide', { gip_glp1ra: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['lifestyle', { lifestyle: 1 }],
      ['exercise', { exercise: 1 }],
      ['thiazide', { thiazide: 1 }],
    ],
  },
  {
    title: 'HbA1c change by eGFR',
    who: 'diabetes',
    along: 'gfr',
    values: GFRS,
    x: GFR,
    variable: 'hba1c',
    drugs: [
      ['SGLT2i', { sglt2i: 1 }],
      ['metformin', { biguanide: 1 }],
      ['GLP-1 RA', { glp1ra: 1 }],
      ['sulfonylurea', { sulfonylurea: 1 }],
    ],
  },
  {
    title: 'systolic change by pressure before',
    who: 'hypertension',
    along: 'sbp',
    values: PRESSURES,
    x: { label: 'systolic pressure before (mmHg)' },
    variable: 'sbp',
    drugs: [
      ['ACEi', { acei: 1 }],
      ['CCB', { ccb: 1 }],
      ['thiazide', { thiazide: 1 }],
      ['BB', { bb: 1 }],
      ['MRA', { mra: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['DASH', { dash: 1 }],
      ['sodium', { sodium_restriction: 1 }],
    ],
  },
  {
    title: 'potassium rise by eGFR',
    who: 'kidney',
    along: 'gfr',
    values: GFRS,
    x: GFR,
    variable: 'potassium',
    drugs: [
      ['ACEi', { acei: 1 }],
      ['ARNI', { arni: 1 }],
      ['spironolactone 25', { mra: 1 }],
      ['ACEi + MRA', { acei: 1, mra: 1 }],
      ['ACEi + spiro 50', { acei: 1, mra: 2 }],
      ['ACEi + MRA + SGLT2i', { acei: 1, mra: 1, sglt2i: 1 }],
      ['thiazide', { thiazide: 1 }],
      ['loop', { loop: 1 }],
    ],
  },
  {
    title: 'eGFR dip by eGFR',
    who: 'kidney',
    along: 'gfr',
    values: GFRS,
    x: GFR,
    variable: 'egfr',
    drugs: [
      ['ACEi', { acei: 1 }],
      ['MRA', { mra: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['loop', { loop: 1 }],
      ['ACEi + MRA + SGLT2i', { acei: 1, mra: 1, sglt2i: 1 }],
    ],
  },
  {
    title: 'urate change by urate before',
    who: 'gout',
    along: 'urate',
    values: [4, 5, 6, 7, 8, 9, 10, 11, 12],
    x: { label: 'urate before (mg/dL)' },
    variable: 'urate',
    drugs: [
      ['allopurinol 300', { xoi: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['thiazide', { thiazide: 1 }],
      ['loop', { loop: 1 }],
      ['bempedoic acid', { bempedoic_acid: 1 }],
    ],
  },
  {
    title: 'weight change by weight, no diabetes',
    who: 'obesity',
    along: 'weight',
    values: [60, 70, 80, 90, 100, 110, 120, 140],
    x: { label: 'weight before (kg)' },
    variable: 'body_weight',
    isRelative: true,
    drugs: [
      ['semaglutide 2.4', { glp1ra: 2.4 }],
      ['tirzepatide 15', { gip_glp1ra: 1.5 }],
      ['metformin', { biguanide: 1 }],
      ['SGLT2i', { sglt2i: 1 }],
      ['lifestyle', { lifestyle: 1 }],
    ],
  },
];

/** How effects depend on where a person starts. */
export function dependence(): Page {
  return {
    name: 'dependence',
    title: 'Dependence on baseline and kidney',
    introduction: 'Long-run effect of the reference dose in people who differ in one thing alone.',
    sheets: [
      {
        name: 'dependence',
        figure: {
          title: 'Effect by where a person starts',
          columns: 2,
          size: { width: 290, height: 190 },
          legend: [],
          panels: QUESTIONS.map(panelOf),
        },
        caption:
          'Should be seen: a higher HbA1c falls further and a normal one hardly falls; the SGLT2 inhibitor loses its glucose effect with eGFR and nothing else does; a higher pressure falls further; RAAS blockers raise potassium more as eGFR falls.',
        rows: rowsNamed(
          'sglt2i.hba1c',
          'potassium.egfr',
          'pressure.trial_floor',
          'xoi.resistant',
          'weight.diabetes',
          'glucose.',
          'insulin.sensitivity',
          'insulin.weight',
        ),
      },
    ],
  };
}

function panelOf({ title, who, along, values, x, variable, isRelative, drugs }: Question): Panel {
  const people = values.map((value) => individualOf(who, { [along]: value }));
  return {
    title: `${title} (${PEOPLE[who].title})`,
    x: { ...x, range: endsOf(values) },
    y: { label: isRelative === true ? '%' : unitOf(variable) },
    curves: drugs.map(([label, doses], index) => ({
      x: values,
      y: people.map((person) => {
        const change = settledChange(person, doses, variable);
        return isRelative === true ? (100 * change) / settledLevel(person, {}, variable) : change;
      }),
      colour: colourAt(index),
      stroke: 'line',
      label,
    })),
  };
}

/** The range of the values with room for the curves' names. */
function endsOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return [low, high + 0.4 * (high - low)];
}
