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
import { checkItem } from './baseline-target.ts';
import type { BaselineCheck } from './baseline-target.ts';
import { withImpliedEligibility } from './implied-eligibility.ts';
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

/** A cohort, or why nobody could be enrolled. */
export type DrawnCohort =
  { readonly ok: true; readonly cohort: TrialCohort } | { readonly ok: false; readonly reason: string };

/** Draws for one place in the cohort until somebody fits. */
const MOST_DRAWS = 300;

/**
 * Draws n virtual people who meet a trial's baseline table, its shares and its eligibility.
 *
 * They come from the clinic whose people are nearest to the table. Traits and background drugs are dealt out by quota;
 * continuous items keep each person's rank and take the table's distribution, cut off where eligibility cuts it off,
 * with untreated setpoints solved so that the settled state under the background shows it. What the table does not give
 * keeps the generator's value, and eligibility on it is met by drawing anew.
 */
export function drawTrialCohort(world: World, given: TrialFile, n: number, seed: string): DrawnCohort {
  const random = seededRandom(`${seed}/cohort`);
  const { trial, notes } = withImpliedEligibility(given);
  const { population } = trial;
  const parameters = clinicNearest(world, population, random.split('clinic')).parameters;
  const background = dealBackground(population.background, n, random.split('background'));
  const traits = dealTraits(population, n, random.split('traits'));
  const doses = background.drugs.map((drugs) => dosesOf(cardioRenalMetabolic, { id: 'background', drugs }));
  const drawn: Candidate[] = [];
  for (let person = 0; person < n; person += 1) {
    const draw = { parameters, structure: world.structure, traits: at(traits, person), doses: at(doses, person) };
    const candidate = drawEligible(draw, population, random.split(`person-${person}`));
    if (candidate === undefined) return { ok: false, reason: nobodyFits(population) };
    drawn.push(candidate);
  }
  const matched = matchTable(drawn, doses, population);
  const people = matched.flatMap((settled, person) => {
    const items = personItems(settled.individual.person, settled.levels);
    const isIn = isEligible(checkable(population.eligibility), items);
    return isIn ? [{ ...settled, background: at(background.drugs, person), doses: at(doses, person) }] : [];
  });
  if (people.length === 0) return { ok: false, reason: nobodyFits(population) };
  return {
    ok: true,
    cohort: {
      people,
      checks: checksOf(people, population),
      notes: [...notes, ...notesOf(trial, background.unknown, n - people.length), ...implausible(people)],
    },
  };
}

function nobodyFits({ eligibility }: TrialPopulation): string {
  const lines = eligibility.map(({ item, comparison, value }) => `${item} ${comparison} ${value}`);
  return `no virtual person meets ${lines.join(' and ')} together with the baseline table`;
}

interface Draw {
  readonly parameters: Parameters;
  readonly structure: World['structure'];
  readonly traits: Readonly<Partial<Record<Trait, boolean>>>;
  readonly doses: readonly number[];
}

function drawEligible(
  { parameters, structure, traits, doses }: Draw,
  population: TrialPopulation,
  random: Random,
): Candidate | undefined {
  const certain = withTraits(parameters, traits);
  const free = checkable(population.eligibility).filter(
    ({ item }) => population.baseline[item] === undefined && population.proportion[item] === undefined,
  );
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const scores = drawCorrelatedScores(random);
    const person = personFrom(certain, scores);
    const candidate = { parameters, scores, person, setpoints: setpointsFrom(parameters, scores, person), structure };
    if (free.length === 0 || isEligible(free, personItems(person, settle(candidate, doses).levels))) return candidate;
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

const MOST_HBA1C = VARIABLES.find(({ id }) => id === 'hba1c')?.plausible.high ?? Infinity;

/** Says when the background can only leave what the table shows if people were untreated as nobody is. */
function implausible(people: readonly TrialPerson[]): readonly string[] {
  const beyond = people.filter(({ individual }) => individual.setpoints.hba1c > MOST_HBA1C).length;
  return beyond > 0 ? [`${beyond} people would have an untreated HbA1c above ${MOST_HBA1C} %`] : [];
}

function notesOf({ population }: TrialFile, unknown: readonly string[], leftOut: number): readonly string[] {
  const { baseline, proportion, eligibility } = population;
  const items = [...Object.keys(baseline), ...Object.keys(proportion), ...eligibility.map(({ item }) => item)];
  const strange = [...new Set(items.filter((item) => !KNOWN_ITEMS.has(item)))];
  return [
    ...unknown.map((code) => `background ${code} is unknown and left out`),
    ...strange.map((item) => `${item} is no item of the system and left out`),
    ...(leftOut > 0 ? [`${leftOut} people failed eligibility after matching and were left out`] : []),
  ];
}
