import { at } from '../../core/array.ts';
import { DAYS_A_YEAR } from '../../core/time.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import { EVENTS } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { hazardsOf } from '../../systems/cardio-renal-metabolic/events/hazards.ts';
import { riskFactorsAt } from '../../systems/cardio-renal-metabolic/events/risk-factors-at.ts';
import { tracesAfterDays, tracesAtStart } from '../../systems/cardio-renal-metabolic/events/traces.ts';
import type { Traces } from '../../systems/cardio-renal-metabolic/events/traces.ts';
import type { Individual } from '../../systems/cardio-renal-metabolic/individual.ts';
import { advancePhysiology, levelsAt } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PersonPlan } from './arm-plan.ts';
import { dosingOf } from './dosing.ts';
import type { TrialPerson } from './trial-cohort.ts';

/** Days of a month, as follow-up is counted. */
export const DAYS_A_MONTH = DAYS_A_YEAR / 12;

/** Admissions for heart failure since the trial began that hazards tell apart: none, one, two, more. */
export const ADMISSIONS = 4;

/** One person's foreseen course through one arm, without fluctuation. */
export interface Course {
  /** From 0; unit: d. */
  readonly days: readonly number[];
  /** By day: [days][variables]. */
  readonly levels: readonly (readonly number[])[];
  /** By day, where events are asked for: [days][admissions × events], unit: /a. */
  readonly hazards: readonly Float64Array[];
}

/** The days at which a trial is looked at: every month, and at the end of each endpoint. */
export function visitDays(months: readonly number[]): readonly number[] {
  const last = Math.max(...months);
  const monthly = Array.from({ length: Math.floor(last) + 1 }, (_, month) => month);
  return [...new Set([...monthly, ...months])].sort((a, b) => a - b).map((month) => month * DAYS_A_MONTH);
}

/**
 * Lets one person live through an arm as foreseen: everybody's chance is set to its mean, so that two arms differ by
 * treatment alone. `constants`: of events, where hazards are asked for.
 */
export function liveThrough(
  person: TrialPerson,
  plan: PersonPlan,
  visits: readonly number[],
  constants: EventConstants | undefined,
): Course {
  const { individual } = person;
  const state = person.resting.slice();
  const dosing = dosingOf(person, plan);
  let traces = tracesAtStart(individual, person.levels);
  const hazardsNow = (): readonly Float64Array[] =>
    constants === undefined ? [] : [hazardsAt(individual, state, traces, constants)];
  const levels: (readonly number[])[] = [person.levels];
  const hazards = [...hazardsNow()];
  for (let visit = 0; visit + 1 < visits.length; visit += 1) {
    const [from, to] = [at(visits, visit), at(visits, visit + 1)];
    dosing.visit(at(levels, visit));
    for (const { start, days } of stretches(from, to, dosing.days)) {
      advancePhysiology(individual, state, dosing.dosesFrom(start), days);
    }
    levels.push(levelsAt(individual, state));
    if (constants !== undefined) {
      traces = tracesAfterDays(traces, individual, state, { days: to - from, lags: constants.lags });
    }
    hazards.push(...hazardsNow());
  }
  return { days: visits, levels, hazards };
}

/** Cuts the time between two visits where a schedule changes a dose. Unit: d. */
function stretches(from: number, to: number, changes: readonly number[]) {
  const inner = [...new Set(changes)].filter((day) => day > from && day < to).sort((a, b) => a - b);
  const starts = [from, ...inner];
  return starts.map((start, index) => ({ start, days: (starts[index + 1] ?? to) - start }));
}

function hazardsAt(
  individual: Individual,
  state: PatientState,
  traces: Traces,
  constants: EventConstants,
): Float64Array {
  const hazards = new Float64Array(ADMISSIONS * EVENTS.length);
  for (let admissions = 0; admissions < ADMISSIONS; admissions += 1) {
    const row = hazards.subarray(admissions * EVENTS.length, (admissions + 1) * EVENTS.length);
    const after = { ...traces, heartFailure: traces.heartFailure || admissions > 0, hfAdmissions: admissions };
    hazardsOf(constants, riskFactorsAt(individual, state, after), row);
  }
  return hazards;
}
