import { groupBy } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import type { Covariates } from '../../domain/belief.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import { enrol } from './enrol.ts';
import type { Person, Setpoints } from './individual.ts';
import { effectiveSize } from './importance.ts';
import { LEVELS, scaled } from './informed-levels.ts';
import { withoutDrugs } from './particle-library.ts';
import { TRAITS } from './schema.ts';
import type { World } from './worlds.ts';

/** Someone of the population: who they are, and where their variables rest. */
export interface Neighbour {
  readonly person: Person;
  readonly setpoints: Setpoints;
}

/** Expected value and spread of a setpoint between people, on its scale. */
interface LevelPrior {
  readonly mean: number;
  readonly sd: number;
}

/** The same of every level. */
export type LevelPriors = Readonly<Record<keyof Setpoints, LevelPrior>>;

/** Draws people from all clinics of a world: the same for every patient. */
export function drawNeighbours(world: World, count: number): readonly Neighbour[] {
  const clinics = world.clinics.map((clinic) => ({ ...clinic, parameters: withoutDrugs(clinic.parameters) }));
  return Array.from({ length: count }, (_, index) => {
    const { individual } = enrol({ ...world, clinics }, seededRandom(`neighbours/${index}`));
    return { person: individual.person, setpoints: individual.setpoints };
  });
}

/** Of these many people the priors must at least be made. */
const LEAST_EFFECTIVE = 40;

/** How far apart in age (unit: a) people may be and still be compared; the next is tried when the last leaves too few. */
const AGE_BANDS = [5, 10, 20, 80] as const;

/** What counts for how much in a neighbour; the next is tried when the last leaves too few. */
const LIKENESSES: readonly ((covariates: Covariates, neighbour: Neighbour) => number)[] = [
  (covariates, neighbour) => (neighbour.person.female === covariates.female ? sharedTraits(covariates, neighbour) : 0),
  sharedTraits,
  () => 1,
];

/**
 * Weighs the population by how near each person is to what a record says of the patient: the same sex and conditions as far
 * as they are known, and about the same age. Weights sum to 1; where the record describes nobody, less is asked.
 */
export function weighNeighbours(neighbours: readonly Neighbour[], covariates: Covariates): readonly number[] {
  for (const likeness of LIKENESSES) {
    for (const band of AGE_BANDS) {
      const raw = neighbours.map((neighbour) => {
        const apart = (neighbour.person.age - covariates.age) / band;
        return likeness(covariates, neighbour) * Math.exp(-0.5 * apart * apart);
      });
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const weights = raw.map((weight) => weight / total);
      if (total > 0 && effectiveSize(weights) >= LEAST_EFFECTIVE) return weights;
    }
  }
  return neighbours.map(() => 1 / neighbours.length);
}

// Kidney disease stage 3 or worse: eGFR below 60 (KDIGO 2024, doi 10.1016/j.kint.2023.10.018).
const CKD_GFR = 60;

/** Problem lists name only what is there, and leave out some of it: a condition that is not listed is rare, not excluded. */
function sharedTraits({ traits }: Covariates, { person, setpoints }: Neighbour): number {
  const own: Readonly<Record<(typeof TRAITS)[number], boolean>> = {
    heart_failure: person.heartFailure,
    type_2_diabetes: person.type2Diabetes,
    chronic_kidney_disease: setpoints.gfr < CKD_GFR,
  };
  return TRAITS.reduce((likeness, trait, index) => {
    const listed = traits[index];
    if (listed === undefined || listed === own[trait]) return likeness;
    return listed ? 0 : likeness * (1 - COHORT_DESIGN.listed);
  }, 1);
}

/** The conditions that decide where setpoints lie. */
export function phenotypeOf({ heartFailure, reducedEjectionFraction, type2Diabetes }: Person): string {
  return [heartFailure, reducedEjectionFraction, type2Diabetes].map(Number).join('');
}

/** A group of neighbours with the same conditions. */
export interface Phenotype {
  /** The one in it who is most like the patient. */
  readonly typical: Neighbour;
  readonly priors: LevelPriors;
}

/** The phenotypes that a patient may have, with the spread of setpoints in each, by `phenotypeOf`. */
export function phenotypesOf(
  neighbours: readonly Neighbour[],
  weights: readonly number[],
): ReadonlyMap<string, Phenotype> {
  const weighed = neighbours.flatMap((neighbour, index) => {
    const weight = weights[index] ?? 0;
    return weight > NEGLIGIBLE ? [{ neighbour, weight }] : [];
  });
  const everybody = priorsOf(weighed);
  const groups = groupBy(weighed, ({ neighbour }) => phenotypeOf(neighbour.person));
  return new Map(
    [...groups].map(([key, group]) => {
      const typical = group.reduce((best, next) => (next.weight > best.weight ? next : best));
      return [key, { typical: typical.neighbour, priors: group.length < FEW ? everybody : priorsOf(group) }];
    }),
  );
}

const NEGLIGIBLE = 1e-6;

/** A group with fewer people says nothing of a spread. */
const FEW = 12;

function priorsOf(group: readonly { readonly neighbour: Neighbour; readonly weight: number }[]): LevelPriors {
  const total = group.reduce((sum, { weight }) => sum + weight, 0);
  return Object.fromEntries(
    LEVELS.map(({ name, isLogarithmic }) => {
      let [sum, squares] = [0, 0];
      for (const { neighbour, weight } of group) {
        const value = scaled(neighbour.setpoints[name], isLogarithmic);
        sum += weight * value;
        squares += weight * value * value;
      }
      const mean = sum / total;
      return [name, { mean, sd: Math.sqrt(Math.max(0, squares / total - mean * mean)) }];
    }),
  ) as unknown as LevelPriors;
}
