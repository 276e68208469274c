import { DAYS_A_YEAR } from '../../core/time.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { courseOf, everyDays, levelsOf } from './courses.ts';
import { colourAt } from './figure.ts';
import type { Page } from './page.ts';
import { nameOf, unitOf } from './page.ts';
import { rowsNamed } from './cited-rows.ts';
import { individualOf, PEOPLE } from './typical-people.ts';
import type { PersonId } from './typical-people.ts';

const SIX: readonly PersonId[] = ['healthy', 'diabetes', 'hypertension', 'kidney', 'reducedEf', 'preservedEf'];
const FIVE_YEARS = everyDays(1827, 29);

/** Five years without treatment. */
export function naturalHistory(): Page {
  const courses = SIX.map((id) => courseOf(individualOf(id), [], FIVE_YEARS));
  const years = FIVE_YEARS.map((day) => day / DAYS_A_YEAR);
  return {
    name: 'natural-history',
    title: 'Natural history without treatment',
    introduction: 'Six people in the middle of every spread, without drugs, programmes, illness or fluctuation.',
    sheets: [
      {
        name: 'natural-history',
        figure: {
          title: 'Five years without treatment',
          columns: 3,
          size: { width: 190, height: 120 },
          legend: SIX.map((id, index) => ({ label: PEOPLE[id].title, colour: colourAt(index), stroke: 'line' })),
          panels: VARIABLES.map(({ id }) => ({
            title: nameOf(id),
            x: { label: 'years', range: [0, 5] },
            y: { label: unitOf(id), scale: id === 'uacr' || id === 'nt_probnp' ? 'logarithmic' : 'linear' },
            curves: courses.map((course, index) => ({
              x: years,
              y: levelsOf(course, id),
              colour: colourAt(index),
              stroke: 'line' as const,
            })),
          })),
        },
        caption:
          'Should be seen: HbA1c rises in diabetes alone; eGFR falls by about 1 mL/min/1.73 m² a year with age and several times faster with albuminuria; pressure rises slowly; potassium, urate and NT-proBNP follow the kidney.',
        rows: rowsNamed(
          'egfr.decline',
          'hba1c.drift',
          'sbp.ageing',
          'weight.ageing',
          'potassium.egfr_slope',
          'urate.egfr_slope',
          'nt_probnp.egfr_slope',
        ),
      },
    ],
  };
}
