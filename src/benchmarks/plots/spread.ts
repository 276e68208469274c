import { seededRandom } from '../../core/random.ts';
import { drawScores } from '../../systems/cardio-renal-metabolic/draws.ts';
import { courseOf, everyDays, levelsOf } from './courses.ts';
import type { Doses } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Panel } from './figure.ts';
import type { Page } from './page.ts';
import { nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';

interface Fan {
  readonly title: string;
  readonly who: PersonId;
  readonly doses: Doses;
  readonly variable: string;
  readonly weeks: number;
}

const FANS: readonly Fan[] = [
  { title: 'ACE inhibitor', who: 'hypertension', doses: { acei: 1 }, variable: 'sbp', weeks: 26 },
  { title: 'metformin', who: 'diabetes', doses: { biguanide: 1 }, variable: 'hba1c', weeks: 52 },
  { title: 'semaglutide 2.4 mg', who: 'obesity', doses: { glp1ra: 2.4 }, variable: 'body_weight', weeks: 78 },
  { title: 'statin', who: 'dyslipidaemia', doses: { statin: 1 }, variable: 'ldl', weeks: 12 },
  { title: 'ACEi + MRA', who: 'kidney', doses: { acei: 1, mra: 1 }, variable: 'potassium', weeks: 8 },
  { title: 'ACE inhibitor', who: 'kidney', doses: { acei: 1 }, variable: 'uacr', weeks: 26 },
  { title: 'beta blocker', who: 'reducedEf', doses: { bb: 1 }, variable: 'heart_rate', weeks: 12 },
  { title: 'beta blocker', who: 'reducedEf', doses: { bb: 1 }, variable: 'lvef', weeks: 52 },
  { title: 'sacubitril/valsartan', who: 'reducedEf', doses: { arni: 1 }, variable: 'nt_probnp', weeks: 26 },
  { title: 'loop diuretic', who: 'reducedEf', doses: { loop: 1 }, variable: 'body_weight', weeks: 8 },
  { title: 'allopurinol', who: 'gout', doses: { xoi: 1 }, variable: 'urate', weeks: 12 },
  { title: 'lifestyle programme', who: 'obesity', doses: { lifestyle: 1 }, variable: 'body_weight', weeks: 260 },
  { title: 'nothing', who: 'kidney', doses: {}, variable: 'egfr', weeks: 260 },
  { title: 'SGLT2 inhibitor', who: 'kidney', doses: { sglt2i: 1 }, variable: 'egfr', weeks: 260 },
  { title: 'nothing', who: 'diabetes', doses: {}, variable: 'hba1c', weeks: 260 },
];

const PEOPLE_OF_A_FAN = 50;
const POINTS = 40;

/** How fifty people differ under the same treatment. */
export function spread(): Page {
  return {
    name: 'spread',
    title: 'Spread between persons',
    introduction:
      'Fifty people who start at the same levels and differ in everything else: response, adherence, time constants, wear.',
    sheets: [
      {
        name: 'spread',
        figure: {
          title: 'Fifty people',
          columns: 3,
          size: { width: 190, height: 135 },
          legend: [
            { label: 'one person', colour: colourAt(5), stroke: 'thin' },
            { label: 'middle of every spread', colour: colourAt(1), stroke: 'line' },
          ],
          panels: FANS.map(panelOf),
        },
        caption:
          'Should be seen: most respond, a few hardly or in the other direction, nobody leaves what a clinic sees.',
        rows: rowsNamed(
          'adherence.',
          'acei.sbp',
          'biguanide.hba1c',
          'glp1ra.body_weight',
          'statin.ldl',
          'mra.potassium',
          'bb.heart_rate',
          'egfr.decline',
          'sglt2i.slope',
          'hba1c.drift',
        ),
      },
    ],
  };
}

function panelOf({ title, who, doses, variable, weeks }: Fan): Panel {
  const days = everyDays(weeks * 7, (weeks * 7) / POINTS);
  const x = days.map((day) => day / 7);
  const random = seededRandom('plots/spread');
  const lived = (scores?: ReturnType<typeof drawScores>): readonly number[] =>
    levelsOf(courseOf(individualOf(who, {}, scores), [{ from: 0, doses }], days), variable);
  return {
    title,
    x: { label: 'weeks', range: [0, weeks] },
    y: { label: `${nameOf(variable)}, ${unitOf(variable)} (${PEOPLE[who].title})` },
    curves: [
      ...Array.from({ length: PEOPLE_OF_A_FAN }, (_, index) => ({
        x,
        y: lived(drawScores(random.split(String(index)))),
        colour: colourAt(5),
        stroke: 'thin' as const,
      })),
      { x, y: lived(), colour: colourAt(1), stroke: 'line' },
    ],
  };
}
