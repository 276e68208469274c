import { at } from '../../core/array.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import { publishedHazards } from '../../systems/cardio-renal-metabolic/events/published-hazards.ts';
import { EVENTS, eventIndex } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { hazardsOf } from '../../systems/cardio-renal-metabolic/events/hazards.ts';
import { riskFactorsAt } from '../../systems/cardio-renal-metabolic/events/risk-factors-at.ts';
import type { RiskFactors } from '../../systems/cardio-renal-metabolic/events/risk-factors.ts';
import { tracesAfterDays, tracesAtStart } from '../../systems/cardio-renal-metabolic/events/traces.ts';
import type { Individual } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { PatientState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import { levelsAt } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import { courseOf, everyDays, settled } from './courses.ts';
import type { Doses } from './courses.ts';

/** Events of which the plots speak: those that strike, and death from any cause. */
export const RISK_NAMES: readonly string[] = ['death', ...EVENTS.map(({ id }) => id)];

const STEP = 30;

/** The hazards of a person as risk factors stand, by `RISK_NAMES`; unit: /a. */
export function hazardsNamed(factors: RiskFactors): readonly number[] {
  const constants = publishedHazards();
  const hazards = new Float64Array(EVENTS.length);
  hazardsOf(constants, factors, hazards);
  const of = (id: Parameters<typeof eventIndex>[0]): number => at(hazards, eventIndex(id));
  const { mi, stroke } = constants.caseFatality;
  return [of('cv_death_other') + of('death_non_cv') + mi * of('mi') + stroke * of('stroke'), ...hazards];
}

/** The risk factors of a person who has had no event yet. */
export function factorsOf(individual: Individual, state: PatientState): RiskFactors {
  return riskFactorsAt(individual, state, tracesAtStart(individual, levelsAt(individual, state)));
}

/**
 * The risk of each event within the first year of somebody settled under doses, death competing, by `RISK_NAMES`; unit:
 * %. What risk follows slowly (LDL, HbA1c, urate) sets out from where it lies without drugs.
 */
export function yearRisks(individual: Individual, doses: Doses): readonly number[] {
  const course = courseOf(individual, [{ from: 0, doses }], everyDays(DAYS_A_YEAR, STEP), settled(individual, doses));
  const risks = RISK_NAMES.map(() => 0);
  const { lags } = publishedHazards();
  let traces = tracesAtStart(individual, levelsAt(individual, settled(individual)));
  let alive = 1;
  const free = RISK_NAMES.map(() => 1);
  course.states.forEach((state) => {
    traces = tracesAfterDays(traces, individual, state, { days: STEP, lags });
    const hazards = hazardsNamed(riskFactorsAt(individual, state, traces));
    const years = DAYS_A_YEAR / course.states.length / DAYS_A_YEAR;
    hazards.forEach((hazard, index) => {
      const struck = at(free, index) * (1 - Math.exp(-hazard * years));
      risks[index] = at(risks, index) + 100 * (index === 0 ? 1 : alive) * struck;
      free[index] = at(free, index) - struck;
    });
    alive *= Math.exp(-at(hazards, 0) * years);
  });
  return risks;
}
