import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { mean } from '../../core/statistics.ts';
import type { DosedDrug } from '../../domain/intervention.ts';
import { drawCorrelatedScores } from '../../systems/cardio-renal-metabolic/correlations.ts';
import { personFrom, setpointsFrom } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Individual } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import type { PatientState } from '../../systems/cardio-renal-metabolic/virtual-patient.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { dosesOf } from '../../systems/doses.ts';
import { isEligible } from '../eligibility.ts';
import type { Criterion } from '../eligibility.ts';
import type { TrialFile, TrialPopulation } from '../trial-file.ts';
import { dealBackground } from './background.ts';
import { checkItem, whyForced } from './baseline-target.ts';
import type { BaselineCheck } from './baseline-target.ts';
import { withImpliedEligibility } from './implied-eligibility.ts';
import { interventionOfCode } from './treatment-codes.ts';
import { strangeness } from './lab-units.ts';
import { KIDNEY_DISEASE, matchTable } from './match-table.ts';
import { clinicNearest } from './nearest-clinic.ts';
import { personItems } from './person-items.ts';
import { settle } from './solve-setpoints.ts';
import type { Candidate } from './solve-setpoints.ts';
import { dealTraits, TRAITS, withTraits } from './traits.ts';
import type { Trait } from './traits.ts';

/** One person of a trial at randomisation. */
export interface TrialPerson {
  readonly individual: Individual;
  readonly background: readonly DosedDrug[];
  /** Background as fractions of the reference dose, by `System.channels`. */
  readonly doses: readonly number[];
  /** Settled under the background. */
  readonly resting: PatientState;
  /** By `System.variables`. */
  readonly levels: readonly number[];
}

/** The people of a trial, and how well they meet its table. */
export interface TrialCohort {
  readonly people: readonly TrialPerson[];
  readonly checks: readonly BaselineCheck[];
  /** What of the table could not be used, and whom it left out. */
  readonly notes: readonly string[];
}

/** A cohort with who was chosen for it, or why nobody could be enrolled. */
export type DrawnCohort =
  | { readonly ok: true; readonly cohort: TrialCohort; readonly choice: Choice }
  | { readonly ok: false; readonly reason: string };

/** Who was chosen: by place, which draw fitted, and whether the person was still eligible after matching. */
export interface Choice {
  readonly draws: readonly number[];
  readonly isIn: readonly boolean[];
}

/** Draws for one place in the cohort until somebody fits. */
const MOST_DRAWS = 300;

/**
 * Draws n virtual people who meet a trial's baseline table, its shares and its eligibility.
 *
 * They come from the clinic whose people are nearest to the table. Traits and background drugs are dealt out by quota;
 * continuous items keep each person's rank and take the table's distribution, cut off where eligibility cuts it off,
 * with untreated setpoints solved so that the settled state under the background shows it. What the table does not give
 * keeps the generator's value, and eligibility on it is met by drawing anew. A cohort that does not come out as the table
 * describes it is refused. With a `choice` of another drawing of the same
 * seed the same people are taken, eligible or not: then a small change of the world changes the cohort but little.
 */
export function drawTrialCohort(world: World, given: TrialFile, n: number, seed: string, choice?: Choice): DrawnCohort {
  const random = seededRandom(`${seed}/cohort`);
  const { trial, notes } = withImpliedEligibility(given);
  const { population } = trial;
  const strange = strangeBound(population.eligibility);
  if (strange !== undefined) return { ok: false, reason: strange };
  const parameters = clinicNearest(world, population, random.split('clinic')).parameters;
  const background = dealBackground(population.background, n, random.split('background'));
  const traits = dealTraits(population, n, random.split('traits'));
  const doses = background.drugs.map((drugs) => dosesOf(cardioRenalMetabolic, { id: 'background', drugs }));
  const drawn: Drawn[] = [];
  for (let person = 0; person < n; person += 1) {
    const draw = { parameters, structure: world.structure, traits: at(traits, person), doses: at(doses, person) };
    const fitting = drawEligible(draw, population, random.split(`person-${person}`), choice?.draws[person]);
    if (fitting === undefined) return { ok: false, reason: nobodyFits(population) };
    drawn.push(fitting);
  }
  const candidates = drawn.map(({ candidate }) => candidate);
  const matched = matchTable(candidates, doses, population);
  const isIn =
    choice?.isIn ??
    matched.map(({ individual, levels }) =>
      isEligible(checkable(population.eligibility), personItems(individual.person, levels)),
    );
  const people = matched.flatMap((settled, person) =>
    at(isIn, person) ? [{ ...settled, background: at(background.drugs, person), doses: at(doses, person) }] : [],
  );
  if (people.length === 0) return { ok: false, reason: nobodyFits(population) };
  const checks = checksOf(people, population);
  const forced = choice === undefined ? forcedItem(people, checks) : undefined;
  if (forced !== undefined) return { ok: false, reason: forced };
  return {
    ok: true,
    choice: { draws: drawn.map(({ draw }) => draw), isIn },
    cohort: {
      people,
      checks,
      notes: [...notes, ...notesOf(trial, background.unknown, n - people.length), ...implausible(people)],
    },
  };
}

function nobodyFits({ eligibility }: TrialPopulation): string {
  const lines = eligibility.map(({ item, comparison, value }) => `${item} ${comparison} ${value}`);
  return `no virtual person meets ${lines.join(' and ')} together with the baseline table`;
}

/** Why a bound of eligibility cannot be in the unit of the system. */
function strangeBound(eligibility: readonly Criterion[]): string | undefined {
  const [reason] = eligibility.flatMap(({ item, value }) => strangeness(item, value) ?? []);
  return reason === undefined ? undefined : `eligibility: ${reason}`;
}

interface Draw {
  readonly parameters: Parameters;
  readonly structure: World['structure'];
  readonly traits: Readonly<Partial<Record<Trait, boolean>>>;
  readonly doses: readonly number[];
}

/** A candidate, and which draw it was. */
interface Drawn {
  readonly candidate: Candidate;
  readonly draw: number;
}

/** `chosen`: the draw to be taken, whether it is eligible or not. */
function drawEligible(
  { parameters, structure, traits, doses }: Draw,
  population: TrialPopulation,
  random: Random,
  chosen?: number,
): Drawn | undefined {
  const certain = withTraits(parameters, traits);
  const free = checkable(population.eligibility).filter(
    ({ item }) => population.baseline[item] === undefined && population.proportion[item] === undefined,
  );
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const scores = drawCorrelatedScores(random);
    const person = personFrom(certain, scores);
    const candidate = { parameters, scores, person, setpoints: setpointsFrom(parameters, scores, person), structure };
    const isFit =
      chosen === undefined
        ? free.length === 0 || isEligible(free, personItems(person, settle(candidate, doses).levels))
        : draw === chosen;
    if (isFit) return { candidate, draw };
  }
  return undefined;
}

const KNOWN_ITEMS: ReadonlySet<string> = new Set([
  ...VARIABLES.map(({ id }) => id),
  'age',
  'bmi',
  ...Object.keys(TRAITS),
  KIDNEY_DISEASE,
]);

/** The conditions on what a virtual person has at all. */
function checkable(eligibility: readonly Criterion[]): readonly Criterion[] {
  return eligibility.filter(({ item }) => KNOWN_ITEMS.has(item));
}

function checksOf(people: readonly TrialPerson[], { baseline, proportion }: TrialPopulation): readonly BaselineCheck[] {
  const items = people.map(({ individual, levels }) => personItems(individual.person, levels));
  const valuesOf = (item: string): readonly number[] => items.flatMap((own) => own[item] ?? []);
  return [
    ...Object.entries(baseline)
      .filter(([item]) => KNOWN_ITEMS.has(item))
      .map(([item, asked]) => checkItem(item, asked, valuesOf(item))),
    ...Object.entries(proportion)
      .filter(([item]) => KNOWN_ITEMS.has(item))
      .map(([item, asked]) => ({ item, asked, reached: [mean(valuesOf(item))] })),
  ];
}

/** Why the table describes people who cannot be; undefined where the cohort meets it. */
function forcedItem(people: readonly TrialPerson[], checks: readonly BaselineCheck[]): string | undefined {
  const items = people.map(({ individual, levels }) => personItems(individual.person, levels));
  const [reason] = checks.flatMap(
    (check) =>
      whyForced(
        check,
        items.flatMap((own) => own[check.item] ?? []),
      ) ?? [],
  );
  return reason;
}

const MOST_HBA1C = VARIABLES.find(({ id }) => id === 'hba1c')?.plausible.high ?? Infinity;

/** Says when the background can only leave what the table shows if people were untreated as nobody is. */
function implausible(people: readonly TrialPerson[]): readonly string[] {
  const beyond = people.filter(({ individual }) => individual.setpoints.hba1c > MOST_HBA1C).length;
  return beyond > 0 ? [`${beyond} people would have an untreated HbA1c above ${MOST_HBA1C} %`] : [];
}

/** What can be said of a trial before anybody is drawn: what goes without saying, and what has to be left out. */
export function notesOfFile(given: TrialFile): readonly string[] {
  const { trial, notes } = withImpliedEligibility(given);
  const unknown = Object.keys(trial.population.background).filter((code) => interventionOfCode(code) === undefined);
  return [...notes, ...notesOf(trial, unknown, 0)];
}

function notesOf({ population }: TrialFile, unknown: readonly string[], leftOut: number): readonly string[] {
  const { baseline, proportion, eligibility, refused } = population;
  const items = [...Object.keys(baseline), ...Object.keys(proportion), ...eligibility.map(({ item }) => item)];
  const strange = [...new Set(items.filter((item) => !KNOWN_ITEMS.has(item)))];
  return [
    ...unknown.map((code) => `background ${code} is unknown and left out`),
    ...Object.entries(refused ?? {}).map(([item, reason]) => `${reason}: ${item} is left out`),
    ...strange.map((item) => `${item} is no item of the system and left out`),
    ...(leftOut > 0 ? [`${leftOut} people failed eligibility after matching and were left out`] : []),
  ];
}
