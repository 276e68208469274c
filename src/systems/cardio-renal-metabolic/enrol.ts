import type { Random } from '../../core/random.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import { drawScores } from './draws.ts';
import { individualFrom, personFrom, setpointsFrom } from './individual.ts';
import type { Individual, Person, Setpoints } from './individual.ts';
import type { Parameters } from './parameters.ts';

/** Draws a virtual patient's constants: from the population, or evenly over the support that a model should know. */
export function enrol(parameters: Parameters, random: Random): Individual {
  const scores = drawScores(random);
  const person = personFrom(parameters, scores);
  const setpoints = setpointsFrom(parameters, scores, person);
  const wide = random.split('broad');
  const start = wide.uniform() < COHORT_DESIGN.broadShare ? broadened(person, wide) : { person, setpoints };
  return individualFrom(parameters, scores, start);
}

function broadened(person: Person, random: Random): { readonly person: Person; readonly setpoints: Setpoints } {
  const { support } = COHORT_DESIGN;
  const anywhere = ([low, high]: readonly [number, number]): number => low + (high - low) * random.uniform();
  return {
    person: { ...person, age: anywhere(support.age) },
    setpoints: {
      potassium: anywhere(support.potassium),
      gfr: anywhere(support.gfr),
      sbp: anywhere(support.sbp),
      heartRate: anywhere(support.heartRate),
      weight: anywhere(support.bmi) * (person.height / 100) ** 2,
      hba1c: anywhere(person.type2Diabetes ? support.hba1cDiabetes : support.hba1cNoDiabetes),
    },
  };
}
