import { courseOf, everyDays, levelsOf, settled } from './courses.ts';
import type { Doses } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Panel } from './figure.ts';
import type { Page } from './page.ts';
import { nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';
import { injured } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';

const REGIMENS: readonly (readonly [label: string, doses: Doses])[] = [
  ['without drugs', {}],
  ['ACEi', { acei: 1 }],
  ['ACEi + MRA', { acei: 1, mra: 1 }],
  ['ACEi + MRA + loop', { acei: 1, mra: 1, loop: 1 }],
];

const WHO: readonly PersonId[] = ['hypertension', 'kidney', 'reducedEf'];
const VARIABLES_SEEN = ['egfr', 'potassium', 'nt_probnp', 'urate', 'sbp', 'body_weight'] as const;
const DAYS = everyDays(21, 0.5);

/** Three weeks after an acute illness with loss of volume. */
export function acute(): Page {
  return {
    name: 'acute',
    title: 'Acute illness',
    introduction:
      'A volume event (vomiting, fever, too much diuretic) strikes at day 0 people who are settled under their drugs, which go on.',
    sheets: WHO.map((who) => ({
      name: `acute-${who.toLowerCase()}`,
      figure: {
        title: `Volume event: ${PEOPLE[who].title}`,
        columns: 3,
        size: { width: 190, height: 120 },
        legend: REGIMENS.map(([label], index) => ({ label, colour: colourAt(index), stroke: 'line' as const })),
        panels: VARIABLES_SEEN.map((variable) => panelOf(who, variable)),
      },
      caption:
        'Should be seen: GFR falls at once and recovers within one to two weeks; potassium follows within days, most under RAAS blockers and with a poor kidney.',
      rows: rowsNamed('volume_event.', 'potassium.', 'nt_probnp.egfr_slope', 'urate.egfr_slope', 'urate.relaxation'),
    })),
  };
}

function panelOf(who: PersonId, variable: string): Panel {
  const individual = individualOf(who);
  return {
    title: nameOf(variable),
    x: { label: 'days', range: [0, 21], ticks: [0, 3, 7, 14, 21] },
    y: { label: unitOf(variable) },
    curves: REGIMENS.map(([, doses], index) => {
      const before = settled(individual, doses);
      const course = courseOf(individual, [{ from: 0, doses }], DAYS, injured(individual, before));
      return { x: DAYS, y: levelsOf(course, variable), colour: colourAt(index), stroke: 'line' };
    }),
  };
}
