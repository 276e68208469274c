import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { MEANT_FOR } from './class-courses.ts';
import { settledChange, settledLevel } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Panel } from './figure.ts';
import type { Page } from './page.ts';
import { classNameOf, nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';

/** What each class is given for, and whether that is told in % of the level. */
const MAIN_EFFECTS: Readonly<Partial<Record<DrugClass, readonly [variable: string, isRelative: boolean]>>> = {
  acei: ['sbp', false],
  arb: ['sbp', false],
  arni: ['nt_probnp', true],
  mra: ['sbp', false],
  sglt2i: ['hba1c', false],
  loop: ['body_weight', false],
  bb: ['heart_rate', false],
  biguanide: ['hba1c', false],
  sulfonylurea: ['hba1c', false],
  dpp4i: ['hba1c', false],
  glp1ra: ['hba1c', false],
  gip_glp1ra: ['hba1c', false],
  tzd: ['hba1c', false],
  insulin: ['hba1c', false],
  agi: ['hba1c', false],
  ccb: ['sbp', false],
  thiazide: ['sbp', false],
  statin: ['ldl', true],
  ezetimibe: ['ldl', true],
  pcsk9i: ['ldl', true],
  bempedoic_acid: ['ldl', true],
  xoi: ['urate', true],
  uricosuric: ['urate', true],
  omecamtiv: ['nt_probnp', true],
  antiobesity: ['body_weight', true],
};

/** The classes of each sheet. */
const SHEETS: readonly { readonly name: string; readonly title: string; readonly classes: readonly DrugClass[] }[] = [
  {
    name: 'dose-response-circulation',
    title: 'Main effect by dose: pressure, heart and kidney',
    classes: ['acei', 'arb', 'arni', 'mra', 'loop', 'bb', 'ccb', 'thiazide', 'omecamtiv'],
  },
  {
    name: 'dose-response-glucose',
    title: 'Main effect by dose: glucose',
    classes: ['biguanide', 'sulfonylurea', 'dpp4i', 'sglt2i', 'glp1ra', 'gip_glp1ra', 'tzd', 'insulin', 'agi'],
  },
  {
    name: 'dose-response-lipids',
    title: 'Main effect by dose: lipids, urate and weight',
    classes: ['statin', 'ezetimibe', 'pcsk9i', 'bempedoic_acid', 'xoi', 'uricosuric', 'antiobesity'],
  },
];

/** Second effects whose dose curve is another one. */
const SECOND_EFFECTS: readonly (readonly [DrugClass, string, boolean])[] = [
  ['glp1ra', 'body_weight', true],
  ['gip_glp1ra', 'body_weight', true],
  ['mra', 'potassium', false],
  ['statin', 'triglycerides', true],
  ['thiazide', 'potassium', false],
  ['bb', 'sbp', false],
];

const DAYS_A_WEEK = 7;

/** The long-run effect along the licensed doses of every ingredient. */
export function doseResponse(): Page {
  const second = SECOND_EFFECTS.map(([drugClass, variable, isRelative]) => dosePanel(drugClass, variable, isRelative));
  const look = { columns: 2, size: { width: 300, height: 150 }, legend: [] };
  return {
    name: 'dose-response',
    title: 'Dose and response',
    introduction:
      'Long-run effect of every ingredient along its licensed doses, in the person for whom the class is meant. A total daily dose, or a weekly one where the drug is given weekly.',
    sheets: [
      ...SHEETS.map(({ name, title, classes }) => ({
        name,
        figure: { ...look, title, panels: classes.flatMap(mainPanel) },
        caption:
          'Should be seen: more drug is never less effect; doses that guidelines call equipotent lie at one height.',
        rows: rowsNamed(...classes.flatMap((id) => [`${id}.ed50`, `${id}.hill`])),
      })),
      {
        name: 'dose-response-second',
        figure: { ...look, title: 'Effects with a dose curve of their own', panels: second },
        caption:
          'Should be seen: weight goes on falling with doses at which HbA1c has levelled off; potassium under an MRA rises along its own curve.',
        rows: rowsNamed(
          'glp1ra.body_weight',
          'gip_glp1ra.body_weight',
          'mra.potassium',
          'statin.triglycerides',
          'thiazide.potassium',
        ),
      },
    ],
  };
}

function mainPanel(drugClass: DrugClass): readonly Panel[] {
  const effect = MAIN_EFFECTS[drugClass];
  return effect === undefined ? [] : [dosePanel(drugClass, ...effect)];
}

function dosePanel(drugClass: DrugClass, variable: string, isRelative: boolean): Panel {
  const who = MEANT_FOR[drugClass];
  const individual = individualOf(who);
  const bare = settledLevel(individual, {}, variable);
  const drugs = cardioRenalMetabolic.interventions.filter(({ channel }) => channel === drugClass);
  const curves = drugs.flatMap(({ ingredient, ladder, referenceDose, dosesPerDay }, index) => {
    const isWeekly = dosesPerDay < 0.5;
    const curve = {
      x: ladder.map((dose) => Number((isWeekly ? dose * DAYS_A_WEEK : dose).toPrecision(4))),
      y: ladder.map((dose) => {
        const change = settledChange(individual, { [drugClass]: dose / referenceDose }, variable);
        return isRelative ? (100 * change) / bare : change;
      }),
      colour: colourAt(index),
    };
    return [
      { ...curve, stroke: 'line' as const, label: isWeekly ? `${ingredient}/wk` : ingredient },
      { ...curve, stroke: 'dots' as const },
    ];
  });
  const ends = curves.flatMap(({ x }) => x);
  const unit = drugs.some(({ unit: counted }) => counted === 'U/d') ? 'U' : 'mg';
  return {
    title: `${classNameOf(drugClass)}: ${nameOf(variable)}, ${PEOPLE[who].title}`,
    x: {
      label: `${unit} a day (or week)`,
      scale: 'logarithmic',
      range: [Math.min(...ends) / 1.4, Math.max(...ends) * 4],
    },
    y: { label: isRelative ? '%' : unitOf(variable) },
    curves,
  };
}
