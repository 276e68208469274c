import { seededRandom } from '../../core/random.ts';
import { COMPONENTS } from './components.ts';
import { drawScores } from './draws.ts';
import type { Scores } from './draws.ts';
import { ACTION_COUNT } from './actions.ts';
import type { Responses } from './drug-response.ts';
import { individualFrom, personFrom, setpointsFrom } from './individual.ts';
import type { Individual, Person, Setpoints } from './individual.ts';
import { PARAMETER_IDS, REQUIRED_IDS } from './parameter-units.ts';
import type { DrugClass } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';

/** One way in which a body may answer: where somebody stands in the spread of every parameter. */
export interface LibraryEntry {
  readonly scores: Scores;
  /** Responses to drugs already worked out, by condition. */
  readonly known: Map<string, Responses>;
}

/**
 * Draws the library: the same for every patient, so that forecasts of one model share their chance. Responses are worked
 * out at once for every condition, so that no patient waits for them.
 */
export function drawLibrary(parameters: Parameters, count: number): readonly LibraryEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const entry = {
      scores: drawScores(seededRandom(`particle-library/${index}`)),
      known: new Map<string, Responses>(),
    };
    const drawn = personFrom(parameters, entry.scores);
    for (const condition of CONDITIONS) responsesOf(parameters, entry, { ...drawn, ...condition });
    return entry;
  });
}

/** The conditions that responses to drugs depend on. */
const CONDITIONS: readonly Pick<Person, 'type2Diabetes' | 'reducedEjectionFraction'>[] = [false, true].flatMap(
  (type2Diabetes) => [false, true].map((reducedEjectionFraction) => ({ type2Diabetes, reducedEjectionFraction })),
);

/** The entry that is average in everything. */
export function averageEntry(): LibraryEntry {
  return { scores: Object.fromEntries(PARAMETER_IDS.map((id) => [id, 0])) as Scores, known: new Map() };
}

/** Classes whose effect depends on a setpoint (urate under xanthine oxidase inhibitors): worked out anew each time. */
const BOUND_TO_SETPOINTS: ReadonlySet<DrugClass> = new Set(['xoi']);

const BOUND_COMPONENTS = COMPONENTS.flatMap(({ drugClass }, index) =>
  BOUND_TO_SETPOINTS.has(drugClass) ? [index] : [],
);

/**
 * The constants of a library's entry in a person at setpoints: those of `individualFrom`, whose costly part, the responses
 * to most drugs, is kept from the first time.
 */
export function embody(
  parameters: Parameters,
  entry: LibraryEntry,
  start: { readonly person: Person; readonly setpoints: Setpoints },
): Individual {
  const bare = individualFrom(withoutDrugs(parameters), entry.scores, start);
  const responses = responsesOf(parameters, entry, start.person);
  const actions = responses.actions.slice();
  for (const index of BOUND_COMPONENTS) {
    const row = index * ACTION_COUNT;
    actions.set(bare.responses.actions.subarray(row, row + ACTION_COUNT), row);
  }
  return { ...bare, responses: { ...responses, actions } };
}

function responsesOf(parameters: Parameters, { scores, known }: LibraryEntry, person: Person): Responses {
  const condition = `${person.type2Diabetes}/${person.reducedEjectionFraction}`;
  const responses =
    known.get(condition) ??
    individualFrom(parameters, scores, { person, setpoints: setpointsFrom(parameters, scores, person) }).responses;
  known.set(condition, responses);
  return responses;
}

const BARE = new WeakMap<Parameters, Parameters>();

/** The parameters without the rows of classes whose effect depends on nothing that a record tells: quick to build people from. */
export function withoutDrugs(parameters: Parameters): Parameters {
  const known = BARE.get(parameters) ?? bare(parameters);
  BARE.set(parameters, known);
  return known;
}

function bare(parameters: Parameters): Parameters {
  const needed: ReadonlySet<string> = new Set(REQUIRED_IDS);
  const isBound = (id: string): boolean => [...BOUND_TO_SETPOINTS].some((drugClass) => id.startsWith(`${drugClass}.`));
  const kept = Object.entries(parameters).filter(([id]) => needed.has(id) || isBound(id));
  return Object.fromEntries(kept) as unknown as Parameters;
}
