import type { Random } from '../../core/random.ts';
import type { ParameterId } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import type { TrialPopulation } from '../trial-file.ts';
import { quota } from './background.ts';

/** Yes-or-no traits of tables, with the parameter that holds their share. */
export const TRAITS = {
  female: 'female',
  type_2_diabetes: 'type_2_diabetes',
  heart_failure: 'heart_failure',
  reduced_ejection_fraction: 'hfref',
  ascvd: 'ascvd',
  smoker: 'smoker',
} as const satisfies Readonly<Record<string, ParameterId>>;

export type Trait = keyof typeof TRAITS;

/** Which traits each person has, by the shares of the table; what it does not give is left to the generator. */
export function dealTraits(
  { proportion }: TrialPopulation,
  n: number,
  random: Random,
): readonly Readonly<Partial<Record<Trait, boolean>>>[] {
  const shares = { ...proportion };
  const failing = proportion.heart_failure ?? (proportion.reduced_ejection_fraction === undefined ? undefined : 1);
  if (shares.reduced_ejection_fraction !== undefined && failing !== undefined && failing > 0) {
    shares.reduced_ejection_fraction = Math.min(1, shares.reduced_ejection_fraction / failing);
    shares.heart_failure = failing;
  }
  const dealt = (Object.keys(TRAITS) as readonly Trait[]).flatMap((trait) => {
    const share = shares[trait];
    return share === undefined ? [] : [{ trait, holds: quota(n, share, random.split(trait)) }];
  });
  return Array.from({ length: n }, (_, person) =>
    Object.fromEntries(dealt.map(({ trait, holds }) => [trait, holds[person] === true])),
  );
}

/** Parameters under which the drawn person has exactly these traits. */
export function withTraits(parameters: Parameters, traits: Readonly<Partial<Record<Trait, boolean>>>): Parameters {
  const sure = Object.entries(traits).map(([trait, holds]) => {
    const id = TRAITS[trait as Trait];
    return [id, { ...parameters[id], value: holds ? 1 : 0 }] as const;
  });
  return { ...parameters, ...Object.fromEntries(sure) };
}
