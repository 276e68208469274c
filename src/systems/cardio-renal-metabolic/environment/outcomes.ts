import { VARIABLE_INDEX } from '../seen.ts';
import { at, entry } from '../../../core/array.ts';
import { EVENTS } from '../events/event-table.ts';
import type { EventId } from '../events/event-table.ts';
import type { Individual } from '../individual.ts';
import { S } from '../state.ts';
import type { PatientState } from '../state.ts';
import { levelsAt } from '../virtual-patient.ts';

/** What a stretch of life brought. */
export interface Stretch {
  readonly individual: Individual;
  readonly before: PatientState;
  readonly after: PatientState;
  /** Lived; unit: a. */
  readonly years: number;
  /** Of the horizon, lost to death within the stretch; unit: a. */
  readonly yearsLost: number;
  readonly doses: readonly number[];
  readonly events: readonly { readonly id: string }[];
}

interface Outcome {
  /** UCUM. */
  readonly unit: string;
  readonly meaning: string;
  readonly amount: (stretch: Stretch) => number;
}

/** HbA1c (%) to which most adults with diabetes are treated: American Diabetes Association 2024, section 6 (doi 10.2337/dc24-S006). */
const HBA1C_TARGET = 7;

/** Body mass index (kg/m2) above which weight is excess: World Health Organization, Technical Report Series 894 (2000). */
const BMI_LIMIT = 25;

const HEART: readonly EventId[] = ['mi', 'stroke', 'hf_hospitalisation'];

/** Events that have an outcome of their own, or that no drug brings about. */
const OTHER: readonly EventId[] = [
  ...HEART,
  'cv_death_other',
  'death_non_cv',
  'kidney_failure',
  'hypoglycaemia_severe',
  'hypoglycaemia_mild',
  'hospitalisation_other',
];

/** Hyperkalaemia is read off the state, and is brought about by drugs as those that strike are. */
const SIDE_EFFECTS: readonly string[] = [
  ...EVENTS.map(({ id }) => id).filter((id) => !OTHER.includes(id)),
  'hyperkalaemia',
];

const counting =
  (ids: readonly string[]) =>
  ({ events }: Stretch): number =>
    events.filter(({ id }) => ids.includes(id)).length;

/** Outcomes of a stretch by name: all of them losses, so that a patient wants less of each. */
export const OUTCOMES = {
  life_lost: {
    unit: 'a',
    meaning: 'years of the horizon that death took; counted once, so that dying early never pays',
    amount: ({ yearsLost }) => yearsLost,
  },
  glucose: {
    unit: '%.a',
    meaning: 'HbA1c above 7 %, summed over time',
    amount: ({ individual, after, years }) => Math.max(0, levelOf(individual, after, 'hba1c') - HBA1C_TARGET) * years,
  },
  weight: {
    unit: 'kg.a',
    meaning: 'body weight above a body mass index of 25 kg/m2, summed over time',
    amount: ({ individual, after, years }) =>
      Math.max(0, levelOf(individual, after, 'body_weight') - BMI_LIMIT * (individual.person.height / 100) ** 2) *
      years,
  },
  kidney: {
    unit: 'mL/min/{1.73_m2}',
    meaning: 'GFR lost with nephrons: not the dip under a drug, which comes back when it is stopped',
    amount: ({ before, after }) => entry(before, S.structuralGfr) - entry(after, S.structuralGfr),
  },
  kidney_failure: {
    unit: '1',
    meaning: 'beginning of dialysis or transplantation',
    amount: counting(['kidney_failure']),
  },
  heart: {
    unit: '1',
    meaning: 'myocardial infarctions, strokes and admissions for heart failure',
    amount: counting(HEART),
  },
  hypoglycaemia_severe: {
    unit: '1',
    meaning: 'hypoglycaemia that needs another person',
    amount: counting(['hypoglycaemia_severe']),
  },
  hypoglycaemia_mild: { unit: '1', meaning: 'any other hypoglycaemia', amount: counting(['hypoglycaemia_mild']) },
  side_effects: {
    unit: '1',
    meaning: 'other unwanted events: side effects, hyperkalaemia, falls, gout',
    amount: counting(SIDE_EFFECTS),
  },
  burden: {
    unit: 'a',
    meaning: 'drug classes and programmes taken at once, summed over time',
    amount: ({ doses, years }) => doses.filter((dose) => dose > 0).length * years,
  },
} as const satisfies Readonly<Record<string, Outcome>>;

export type OutcomeId = keyof typeof OUTCOMES;

export const OUTCOME_IDS = Object.keys(OUTCOMES) as readonly OutcomeId[];

/** Amounts by outcome, in the units of `OUTCOMES`. */
export type Amounts = Readonly<Record<OutcomeId, number>>;

/** What a stretch of life cost, by outcome. */
export function amountsOf(stretch: Stretch): Amounts {
  return Object.fromEntries(OUTCOME_IDS.map((id) => [id, OUTCOMES[id].amount(stretch)])) as Amounts;
}

/** The sum of what several stretches cost. */
export function summed(stretches: readonly Amounts[]): Amounts {
  return Object.fromEntries(
    OUTCOME_IDS.map((id) => [id, stretches.reduce((sum, amounts) => sum + amounts[id], 0)]),
  ) as Amounts;
}

function levelOf(individual: Individual, state: PatientState, variable: 'hba1c' | 'body_weight'): number {
  return at(levelsAt(individual, state), VARIABLE_INDEX[variable]);
}
