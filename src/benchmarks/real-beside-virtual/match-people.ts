import { groupBy } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import type { Person } from './person.ts';

/** In what people can be made alike. */
export type Trait = 'age' | 'sex' | 'gfr' | 'type_2_diabetes' | 'heart_failure';

/** Width of the bands of age, and the age from which on all are one band. Unit: a. */
const AGE_BAND = { width: 10, oldest: 80 };
/** The stages' bounds that kidney function is banded by (KDIGO 2024, doi 10.1016/j.kint.2023.10.018). Unit: mL/min/{1.73_m2}. */
const GFR_BOUNDS = [30, 45, 60, 90] as const;

/** A stratum with fewer virtual people says nothing about its own. */
const FEWEST_VIRTUAL = 5;

/** People with how much each counts; the weights add up to the number of people of the real side. */
export interface MatchedPeople {
  readonly real: readonly Person[];
  readonly virtual: readonly { readonly person: Person; readonly weight: number }[];
}

/**
 * Weighs virtual people so that each stratum (age band, sex, disease …) counts as much as among the real ones.
 *
 * Real people in strata with fewer than five virtual people are left out on both sides.
 */
export function matchPeople(
  real: readonly Person[],
  virtual: readonly Person[],
  traits: readonly Trait[],
): MatchedPeople {
  const stratum = (person: Person): string => traits.map((trait) => BAND_OF[trait](person)).join('/');
  const virtualStrata = groupBy(virtual, stratum);
  const realStrata = [...groupBy(real, stratum)].filter(
    ([key]) => (virtualStrata.get(key)?.length ?? 0) >= FEWEST_VIRTUAL,
  );
  return {
    real: realStrata.flatMap(([, people]) => people),
    virtual: realStrata.flatMap(([key, people]) => {
      const others = virtualStrata.get(key) ?? [];
      return others.map((person) => ({ person, weight: people.length / others.length }));
    }),
  };
}

const BAND_OF: Readonly<Record<Trait, (person: Person) => string>> = {
  age: ({ age }) => (age === undefined ? '?' : `${Math.floor(Math.min(age, AGE_BAND.oldest) / AGE_BAND.width)}`),
  sex: ({ female }) => (female === undefined ? '?' : female ? 'f' : 'm'),
  gfr: ({ readings }) => {
    const values = (readings.get('egfr') ?? []).map(({ value }) => value);
    return values.length === 0 ? '?' : `${GFR_BOUNDS.filter((bound) => mean(values) >= bound).length}`;
  },
  type_2_diabetes: (person) => (person.traits.type_2_diabetes === true ? 'diabetes' : ''),
  heart_failure: (person) => (person.traits.heart_failure === true ? 'heart failure' : ''),
};
