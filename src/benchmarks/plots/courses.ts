import { at } from '../../core/array.ts';
import type { Individual } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { CHANNELS, VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { advancePhysiology, levelsAt, restingState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { PatientState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';

/** Doses as multiples of the reference dose; classes that are not named are not taken. */
export type Doses = Readonly<Partial<Record<DrugClass, number>>>;

/** What is taken from a day on. */
export interface Phase {
  readonly from: number;
  readonly doses: Doses;
}

/** The levels of a person over time, without fluctuation. */
export interface Course {
  /** Unit: d. */
  readonly days: readonly number[];
  /** [days][variables]. */
  readonly levels: readonly (readonly number[])[];
  /** [days]. */
  readonly states: readonly PatientState[];
}

const CALM: readonly number[] = VARIABLES.map(() => 0);

/** Doses by `System.channels`. */
export function channelDoses(doses: Doses): readonly number[] {
  return CHANNELS.map(({ id }) => doses[id as DrugClass] ?? 0);
}

/** A person settled under doses for good. */
export function settled(individual: Individual, doses: Doses = {}): PatientState {
  return restingState(individual, channelDoses(doses), CALM);
}

/** Lives through the phases, seen on these days (ascending from 0), in one step between two days. `start`: untreated rest if absent. */
export function courseOf(
  individual: Individual,
  phases: readonly Phase[],
  days: readonly number[],
  start: PatientState = settled(individual),
): Course {
  const state = start.slice();
  const states = days.map((day, index) => {
    const before = days[index - 1] ?? 0;
    const doses = phases.findLast(({ from }) => from <= before)?.doses ?? {};
    if (day > before) advancePhysiology(individual, state, channelDoses(doses), day - before);
    return state.slice();
  });
  return { days, states, levels: states.map((each) => levelsAt(individual, each)) };
}

/** Days from 0 to the last, `step` apart. */
export function everyDays(last: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

/** Where a variable stands among the levels. */
export function variableIndex(id: string): number {
  const index = VARIABLES.findIndex((variable) => variable.id === id);
  if (index < 0) throw new TypeError(`no variable is called ${id}`);
  return index;
}

/** One variable of a course. */
export function levelsOf({ levels }: Course, variable: string): readonly number[] {
  const index = variableIndex(variable);
  return levels.map((level) => at(level, index));
}

/** One variable of a settled person. */
export function settledLevel(individual: Individual, doses: Doses, variable: string): number {
  return at(levelsAt(individual, settled(individual, doses)), variableIndex(variable));
}

/** By how much doses move one variable of a settled person. */
export function settledChange(individual: Individual, doses: Doses, variable: string): number {
  return settledLevel(individual, doses, variable) - settledLevel(individual, {}, variable);
}
