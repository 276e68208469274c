import { at } from '../../core/array.ts';
import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { courseOf, everyDays, levelsOf } from './courses.ts';
import type { Course } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Panel } from './figure.ts';
import type { Page, Sheet } from './page.ts';
import { classNameOf, nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';

/** For whom each class is meant. */
export const MEANT_FOR: Readonly<Record<DrugClass, PersonId>> = {
  acei: 'kidney',
  arb: 'kidney',
  arni: 'reducedEf',
  mra: 'reducedEf',
  sglt2i: 'diabetes',
  loop: 'reducedEf',
  bb: 'reducedEf',
  biguanide: 'diabetes',
  sulfonylurea: 'diabetes',
  dpp4i: 'diabetes',
  glp1ra: 'diabetes',
  gip_glp1ra: 'diabetes',
  tzd: 'diabetes',
  insulin: 'diabetes',
  agi: 'diabetes',
  ccb: 'hypertension',
  thiazide: 'hypertension',
  statin: 'dyslipidaemia',
  ezetimibe: 'dyslipidaemia',
  pcsk9i: 'dyslipidaemia',
  bempedoic_acid: 'dyslipidaemia',
  aspirin: 'dyslipidaemia',
  xoi: 'gout',
  uricosuric: 'gout',
  sgc: 'reducedEf',
  digoxin: 'reducedEf',
  omecamtiv: 'reducedEf',
  antiobesity: 'obesity',
  lifestyle: 'obesity',
  weight_loss: 'obesity',
  exercise: 'obesity',
  dash: 'hypertension',
  sodium_restriction: 'hypertension',
  smoking_cessation: 'smoker',
};

/** Day on which the drug is stopped, and the last day. */
const STOP = 182;
const END = 364;
/** Daily for four weeks after each change, every fourth day otherwise. */
const DAYS = everyDays(END, 1).filter((day) => day % 4 === 0 || day % STOP <= 28 || day % STOP === 26);
/** The same in long steps: their ends should lie on the curve. */
const LONG_STEPS = everyDays(END, 26);

/** A variable moves when it leaves the untreated course by more than this: relatively, or in shares of its tensor scale. */
const MOVED = 0.004;

/** The course of every class over half a year on and half a year off the reference dose. */
export function classCourses(): Page {
  return {
    name: 'drug-courses',
    title: 'Every class over time',
    introduction:
      'The reference dose from day 0 to week 26, then nothing: onset, plateau and washout, in the person for whom the class is meant. Rings are the same life in steps of 26 days. Classes that move no variable (they act on events alone) are left out.',
    sheets: CLASSES.map(classSheet).filter(({ figure }) => figure.panels.length > 0),
  };
}

function classSheet(drugClass: DrugClass): Sheet {
  const who = MEANT_FOR[drugClass];
  const individual = individualOf(who);
  const phases = [
    { from: 0, doses: { [drugClass]: 1 } },
    { from: STOP, doses: {} },
  ];
  const treated = courseOf(individual, phases, DAYS);
  const untreated = courseOf(individual, [], DAYS);
  const coarse = courseOf(individual, phases, LONG_STEPS);
  const moved = VARIABLES.map(({ id }) => id).filter((id) => hasMoved(id, treated, untreated));
  return {
    name: `course-${drugClass.replaceAll('_', '-')}`,
    figure: {
      title: `${classNameOf(drugClass)}: ${PEOPLE[who].title}`,
      columns: 3,
      size: { width: 190, height: 105 },
      legend: [
        { label: 'with', colour: colourAt(1), stroke: 'line' },
        { label: 'without', colour: colourAt(0), stroke: 'dashed' },
        { label: 'in long steps', colour: colourAt(1), stroke: 'rings' },
      ],
      panels: moved.map((id) => panelOf(id, treated, untreated, coarse)),
    },
    caption: `At week 26: ${changesOf(moved, treated, untreated)}. Afterwards it should wash out, back to the untreated course.`,
    rows: rowsNamed(`${drugClass}.`),
  };
}

function hasMoved(id: string, treated: Course, untreated: Course): boolean {
  const isLogarithmic = VARIABLES.find((variable) => variable.id === id)?.scale.transform === 'log';
  const spread = VARIABLES.find((variable) => variable.id === id)?.scale.spread ?? 1;
  const bare = levelsOf(untreated, id);
  return levelsOf(treated, id).some((level, index) => {
    const other = at(bare, index);
    return Math.abs(isLogarithmic ? Math.log(level / other) : (level - other) / spread / 4) > MOVED;
  });
}

function panelOf(id: string, treated: Course, untreated: Course, coarse: Course): Panel {
  const weeks = DAYS.map((day) => day / 7);
  return {
    title: nameOf(id),
    x: { label: 'weeks', range: [0, 52], ticks: [0, 4, 13, 26, 39, 52] },
    y: { label: unitOf(id) },
    marks: [STOP / 7],
    curves: [
      { x: weeks, y: levelsOf(untreated, id), colour: colourAt(0), stroke: 'dashed' },
      { x: weeks, y: levelsOf(treated, id), colour: colourAt(1), stroke: 'line' },
      { x: LONG_STEPS.map((day) => day / 7), y: levelsOf(coarse, id), colour: colourAt(1), stroke: 'rings' },
    ],
  };
}

function changesOf(moved: readonly string[], treated: Course, untreated: Course): string {
  const week26 = DAYS.indexOf(STOP);
  const changes = moved.map((id) => {
    const change = at(levelsOf(treated, id), week26) - at(levelsOf(untreated, id), week26);
    return `${nameOf(id)} ${change < 0 ? '−' : '+'}${Number(Math.abs(change).toPrecision(2))} ${unitOf(id)}`;
  });
  return changes.join(', ');
}
