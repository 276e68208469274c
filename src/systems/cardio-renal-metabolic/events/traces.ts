import { at } from '../../../core/array.ts';
import { DAYS_A_YEAR } from '../../../core/time.ts';
import type { Individual } from '../individual.ts';
import { VARIABLE_INDEX as V } from '../seen.ts';
import type { PatientState } from '../state.ts';
import { levelsAt } from '../virtual-patient.ts';
import type { EventConstants } from './event-constants.ts';
import { lagged } from './lag.ts';
import type { RiskFactors } from './risk-factors.ts';

/** What a patient's past leaves behind that no state holds: events, and levels that risk follows slowly. */
export type Traces = Pick<
  RiskFactors,
  'ascvd' | 'heartFailure' | 'hfAdmissions' | 'hasFlared' | 'ldl' | 'pastHba1c' | 'urate'
>;

/** The traces of somebody who has had no event yet and whose levels have long been what they are. */
export function tracesAtStart({ person }: Pick<Individual, 'person'>, levels: readonly number[]): Traces {
  return {
    ascvd: person.ascvd,
    heartFailure: person.heartFailure,
    hfAdmissions: 0,
    hasFlared: false,
    ldl: at(levels, V.ldl),
    pastHba1c: at(levels, V.hba1c),
    urate: at(levels, V.urate),
  };
}

/** The traces after some days (unit: d) that ended in a state: LDL, HbA1c and urate as risk sees them, behind the levels. */
export function tracesAfterDays(
  traces: Traces,
  individual: Individual,
  state: PatientState,
  { days, lags }: { readonly days: number; readonly lags: EventConstants['lags'] },
): Traces {
  const levels = levelsAt(individual, state);
  const years = days / DAYS_A_YEAR;
  return {
    ...traces,
    ldl: lagged(traces.ldl, at(levels, V.ldl), years / lags.ldl),
    pastHba1c: lagged(traces.pastHba1c, at(levels, V.hba1c), years / lags.pastHba1c),
    urate: lagged(traces.urate, at(levels, V.urate), years / lags.urate),
  };
}
