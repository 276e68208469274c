import { isEventId } from '../../systems/cardio-renal-metabolic/events/event-table.ts';
import { factorOf } from '../../systems/cardio-renal-metabolic/events/factors.ts';
import { MODIFIERS } from '../../systems/cardio-renal-metabolic/events/risk-modifiers.ts';
import { PARAMETER_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { EndpointRow } from '../row.ts';
import type { TrialFile } from '../trial-file.ts';
import { classesGiven } from './classes-given.ts';
import { readEndpoint } from './endpoint-kind.ts';
import type { EndpointKind } from './endpoint-kind.ts';

/**
 * The parameter rows that were written down from memory (`basis: recalled`) and can move what is predicted for a row of a
 * trial; their ids.
 *
 * Counted are the rows of every class that either arm or the background gives, save what it does to events that are no part
 * of the endpoint, and the rows of the endpoint itself: of its variable, or of the events and risk factors that make it.
 * Rows that describe everybody (correlations, noise, other variables) reach every prediction and are not counted.
 */
export function recalledRowsOf(
  file: TrialFile,
  row: EndpointRow,
  rows: readonly Pick<ParameterRow, 'id' | 'basis'>[] = PARAMETER_ROWS,
): readonly string[] {
  const given = classesOf(file, row);
  const { subjects, events } = askedIn(file, row);
  const matters = (id: string): boolean => {
    const [subject = '', name = ''] = id.split('.');
    if (CLASS_NAMES.has(subject)) return given.has(subject) && (!isEventId(name) || events.has(name));
    return subjects.has(subject === 'background' ? name : subject) || isModifierOf(id, events);
  };
  return rows.filter(({ basis, id }) => basis === 'recalled' && matters(id)).map(({ id }) => id);
}

const CLASS_NAMES: ReadonlySet<string> = new Set(CLASSES);

/** Whether a row is a risk factor's effect on one of the events, or by how long that follows behind. */
function isModifierOf(id: string, events: ReadonlySet<string>): boolean {
  return MODIFIERS.some(
    ({ row, factor, events: own }) =>
      (row === id || factorOf(factor).lag?.row === id) && own.some((event) => events.has(event)),
  );
}

/** The classes of the two sides of a row alone, with the background that somebody takes. */
function classesOf(file: TrialFile, { arm, comparator }: EndpointRow): ReadonlySet<string> {
  const taken = Object.entries(file.population.background).filter(([, share]) => share > 0);
  return classesGiven({
    ...file,
    arms: file.arms.filter(({ id }) => id === arm || id === comparator),
    population: { ...file.population, background: Object.fromEntries(taken) },
  });
}

/** What rows of an endpoint begin with, and the events that it counts. */
interface Asked {
  readonly subjects: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

function askedIn(file: TrialFile, row: EndpointRow): Asked {
  const endpoint = file.endpoints.find(
    ({ endpoint: name, arm, comparator }) => name === row.endpoint && arm === row.arm && comparator === row.comparator,
  );
  const read = endpoint === undefined ? undefined : readEndpoint(endpoint);
  const names = read?.ok === true ? namesOf(read.kind) : [];
  return {
    subjects: new Set(names.flatMap((name) => [name, ...(DRIVEN_BY[name] ?? [])])),
    events: new Set(names.filter(isEventId)),
  };
}

function namesOf(kind: EndpointKind): readonly string[] {
  switch (kind.kind) {
    case 'change':
      return [kind.variable];
    case 'slope':
      return ['egfr'];
    case 'glycaemic-failure':
      return ['hba1c'];
    case 'event':
      return kind.parts.map((part) => ('event' in part ? part.event : part.derived));
  }
}

/** Under which other names the rows stand that a variable or event is computed from. */
const DRIVEN_BY: Readonly<Record<string, readonly string[]>> = {
  hba1c: ['glucose', 'insulin'],
  fasting_glucose: ['glucose', 'insulin'],
  body_weight: ['weight', 'energy'],
  sbp: ['pressure'],
  dbp: ['sbp', 'pressure'],
  cv_death_other: ['mortality'],
  death_non_cv: ['mortality'],
  gout_flare: ['gout', 'urate'],
  kidney_failure: ['egfr'],
  egfr_below_15: ['egfr'],
  egfr_decline_40: ['egfr'],
  egfr_decline_50: ['egfr'],
  egfr_decline_57: ['egfr'],
  hyperkalaemia: ['potassium'],
  new_diabetes: ['hba1c', 'glucose', 'insulin'],
};
