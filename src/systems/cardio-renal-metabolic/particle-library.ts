import { mean, variance } from '../../core/statistics.ts';
import { seededRandom } from '../../core/random.ts';
import type { Covariates } from '../../domain/belief.ts';
import { drawScores } from './draws.ts';
import type { Scores } from './draws.ts';
import { personFrom, setpointsFrom } from './individual.ts';
import type { Person, Setpoints } from './individual.ts';
import type { Parameters } from './parameters.ts';
import { TRAITS } from './schema.ts';

/** A virtual patient of the library: where it stands in the spread of every parameter, and noise of its own. */
export interface LibraryEntry {
  readonly scores: Scores;
  /** [variables × 3], to draw the person's levels after the record was seen. */
  readonly noise: readonly number[];
}

const ANCHOR_NOISE = 6 * 3;

/** Draws the library: the same for every patient, so that forecasts of one model share their chance. */
export function drawLibrary(count: number): readonly LibraryEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(`particle-library/${index}`);
    return {
      scores: drawScores(random),
      noise: Array.from({ length: ANCHOR_NOISE }, () => random.normal()),
    };
  });
}

/** What is known of each setpoint before any value is seen; of GFR on the logarithm. */
export type LevelPriors = Readonly<Record<keyof Setpoints, { readonly mean: number; readonly sd: number }>>;

const CKD_GFR = 60;

/** A library's person under what the record knows; the rest as drawn. */
export function personUnder(parameters: Parameters, scores: Scores, covariates: Covariates): Person {
  const drawn = personFrom(parameters, scores);
  const heartFailure = traitOf(covariates, 'heart_failure') ?? drawn.heartFailure;
  return {
    ...drawn,
    age: covariates.age,
    female: covariates.female,
    heartFailure,
    reducedEjectionFraction: heartFailure && drawn.reducedEjectionFraction,
    type2Diabetes: traitOf(covariates, 'type_2_diabetes') ?? drawn.type2Diabetes,
  };
}

/** Means and spreads of the setpoints among the library's persons who fit what the record knows. */
export function levelPriors(
  parameters: Parameters,
  library: readonly LibraryEntry[],
  covariates: Covariates,
): LevelPriors {
  const kidney = traitOf(covariates, 'chronic_kidney_disease');
  const drawn = library.map(({ scores }) =>
    setpointsFrom(parameters, scores, personUnder(parameters, scores, covariates)),
  );
  const fits = drawn.filter(({ gfr }) => kidney === undefined || gfr < CKD_GFR === kidney);
  const of = (value: (levels: Setpoints) => number): LevelPriors['gfr'] => {
    const values = fits.map(value);
    return { mean: mean(values), sd: Math.sqrt(variance(values)) };
  };
  return {
    potassium: of((levels) => levels.potassium),
    gfr: of((levels) => Math.log(levels.gfr)),
    sbp: of((levels) => levels.sbp),
    heartRate: of((levels) => levels.heartRate),
    weight: of((levels) => levels.weight),
    hba1c: of((levels) => levels.hba1c),
  };
}

function traitOf(covariates: Covariates, trait: (typeof TRAITS)[number]): boolean | undefined {
  return covariates.traits[TRAITS.indexOf(trait)];
}
