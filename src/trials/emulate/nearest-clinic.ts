import type { Random } from '../../core/random.ts';
import { mean, variance } from '../../core/statistics.ts';
import { drawCorrelatedScores } from '../../systems/cardio-renal-metabolic/correlations.ts';
import { personFrom, setpointsFrom } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { isEligible } from '../eligibility.ts';
import type { TrialPopulation } from '../trial-file.ts';
import { personItems } from './person-items.ts';

type WorldClinic = World['clinics'][number];

/** People drawn of each clinic to compare it with the table. */
const LOOKED_AT = 80;

/** A share that differs by this much counts as one standard deviation does. */
const SHARE_UNIT = 0.25;

/**
 * The clinic whose people are nearest to a trial's table, in standard deviations over what the table gives, and of whom
 * more are eligible: minus twice the logarithm of a chance adds up with squared deviations.
 */
export function clinicNearest(world: World, population: TrialPopulation, random: Random): WorldClinic {
  const distances = world.clinics.map((clinic) => ({ clinic, distance: distanceTo(clinic, population, random) }));
  const [nearest] = distances.sort((a, b) => a.distance - b.distance);
  if (nearest === undefined) throw new RangeError('the world has no clinic');
  return nearest.clinic;
}

function distanceTo(
  clinic: WorldClinic,
  { baseline, proportion, eligibility }: TrialPopulation,
  random: Random,
): number {
  const stream = random.split(clinic.id);
  const people = Array.from({ length: LOOKED_AT }, () => untreatedItems(clinic.parameters, stream));
  const valuesOf = (item: string): readonly number[] => people.flatMap((items) => items[item] ?? []);
  const ofItems = Object.entries(baseline).map(([item, target]) => {
    const values = valuesOf(item);
    if (values.length === 0) return 0;
    const centre = target.form === 'mean' ? target.mean : target.median;
    return Math.min(3, Math.abs(centre - mean(values)) / Math.max(1e-6, Math.sqrt(variance(values))));
  });
  const ofShares = Object.entries(proportion).map(([item, share]) => {
    const values = valuesOf(item);
    return values.length === 0 ? 0 : Math.abs(share - mean(values)) / SHARE_UNIT;
  });
  const eligible = people.filter((items) =>
    isEligible(
      eligibility.filter(({ item }) => items[item] !== undefined),
      items,
    ),
  );
  const rarity = -2 * Math.log((eligible.length + 0.5) / (people.length + 0.5));
  return [...ofItems, ...ofShares].reduce((sum, gap) => sum + gap ** 2, rarity);
}

function untreatedItems(parameters: Parameters, random: Random) {
  const scores = drawCorrelatedScores(random);
  const person = personFrom(parameters, scores);
  const setpoints = setpointsFrom(parameters, scores, person);
  const byVariable: Readonly<Record<string, number>> = {
    ...setpoints,
    egfr: setpoints.gfr,
    heart_rate: setpoints.heartRate,
    body_weight: setpoints.weight,
    nt_probnp: setpoints.ntProbnp,
  };
  return personItems(
    person,
    VARIABLES.map(({ id }) => byVariable[id] ?? Number.NaN),
  );
}
