import { at } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import { setpointsFrom } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { ParameterId } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { Parameters } from '../../systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { VariableId } from '../../systems/cardio-renal-metabolic/seen.ts';
import type { BaselineItem, TrialPopulation } from '../trial-file.ts';
import { boundsOf, matchedValues } from './baseline-target.ts';
import { settle, settleAt } from './solve-setpoints.ts';
import type { AskedLevels, Candidate } from './solve-setpoints.ts';

/** A share of the table that is no trait but follows from eGFR. */
export const KIDNEY_DISEASE = 'chronic_kidney_disease';
const CKD_GFR = 60;

/** Gives everyone the table's values, first age, eGFR and body size, from which other setpoints follow. */
export function matchTable(
  drawn: readonly Candidate[],
  doses: readonly (readonly number[])[],
  population: TrialPopulation,
) {
  const shaped = sized(kidneyed(aged(drawn, population), population), population);
  const first = shaped.map((candidate, person) => settle(candidate, at(doses, person)));
  const columns = VARIABLES.flatMap(({ id }, index) => {
    const target = targetOf(id as VariableId, population, at(drawn, 0).parameters);
    if (target === undefined) return [];
    const values = first.map(({ levels }) => at(levels, index));
    return [[id, matchedValues(id, target, values, boundsOf(population.eligibility, id))] as const];
  });
  const weights = population.baseline.bmi === undefined ? [] : shaped.map(({ setpoints }) => setpoints.weight);
  return shaped.map((candidate, person) => {
    const asked: AskedLevels = {
      ...Object.fromEntries(columns.map(([id, values]) => [id, at(values, person)])),
      ...(weights.length > 0 && { body_weight: at(weights, person) }),
      ...(isMatchedThroughGfr(population) && { egfr: candidate.setpoints.gfr }),
    };
    return settleAt(candidate, at(doses, person), asked);
  });
}

function isMatchedThroughGfr({ baseline, proportion }: TrialPopulation): boolean {
  return baseline.egfr !== undefined || proportion[KIDNEY_DISEASE] !== undefined;
}

/** The table's item of a variable. Fasting glucose speaks for HbA1c where the table has no HbA1c. */
function targetOf(id: VariableId, { baseline }: TrialPopulation, parameters: Parameters): BaselineItem | undefined {
  const fasting = baseline.fasting_glucose;
  if (id === 'hba1c' && baseline[id] === undefined && fasting !== undefined) return hba1cFrom(fasting, parameters);
  const isElsewhere = id === 'egfr' || id === 'fasting_glucose' || (id === 'body_weight' && baseline.bmi !== undefined);
  return isElsewhere ? undefined : baseline[id];
}

/** The HbA1c of people with such a fasting glucose (mg/dL). */
function hba1cFrom(fasting: BaselineItem, parameters: Parameters): BaselineItem {
  const share = parameters['glucose.fasting_share'].value;
  const slope = parameters['glucose.hba1c_slope'].value;
  const hba1c = (glucose: number): number => (glucose / share - parameters['glucose.hba1c_intercept'].value) / slope;
  if (fasting.form === 'mean') {
    const { mean: centre, sd } = fasting;
    return { form: 'mean', mean: hba1c(centre), unit: '%', ...(sd !== undefined && { sd: sd / share / slope }) };
  }
  const { median, q1, q3 } = fasting;
  const quartiles = q1 === undefined || q3 === undefined ? {} : { q1: hba1c(q1), q3: hba1c(q3) };
  return { form: 'median', median: hba1c(median), unit: '%', ...quartiles };
}

function aged(drawn: readonly Candidate[], { baseline, eligibility }: TrialPopulation): readonly Candidate[] {
  const target = baseline.age;
  if (target === undefined) return drawn;
  const values = matchedValues(
    'age',
    target,
    drawn.map(({ person }) => person.age),
    boundsOf(eligibility, 'age'),
  );
  return drawn.map((candidate, index) => ({ ...candidate, person: { ...candidate.person, age: at(values, index) } }));
}

/** Gives everyone the table's eGFR, or moves eGFR until the table's share has chronic kidney disease by it. */
function kidneyed(drawn: readonly Candidate[], population: TrialPopulation): readonly Candidate[] {
  const own = drawn.map(({ setpoints }) => setpoints.gfr);
  const target = population.baseline.egfr;
  const share = population.proportion[KIDNEY_DISEASE];
  const bounds = boundsOf(population.eligibility, 'egfr');
  const values =
    target === undefined
      ? share === undefined
        ? own
        : withShareBelow(own, share, CKD_GFR)
      : matchedValues('egfr', target, own, bounds);
  return drawn.map((candidate, index) => rescored(candidate, 'egfr.baseline', at(values, index), 'gfr'));
}

function withShareBelow(own: readonly number[], share: number, limit: number): readonly number[] {
  const sorted = [...own].sort((a, b) => a - b);
  const edge = at(sorted, Math.min(sorted.length - 1, Math.max(0, Math.round(share * sorted.length) - 1)));
  const factor = limit / (edge + 1e-6);
  return own.map((value) => Math.min(130, value * factor));
}

/** The person whose own value of a parameter is the one asked for, with the other setpoints that follow from it. */
function rescored(candidate: Candidate, id: ParameterId, value: number, setpoint: 'gfr' | 'weight'): Candidate {
  const { parameters, scores, person } = candidate;
  const row = parameters[id];
  if (row === undefined) return candidate;
  const { sd, distribution } = row.spread;
  const score = distribution === 'lognormal' ? Math.log(value / row.value) / sd : (value - row.value) / sd;
  const moved = distribution === 'none' || sd === 0 ? scores : { ...scores, [id]: score };
  const setpoints = setpointsFrom(parameters, moved, person);
  const exact =
    setpoint === 'gfr'
      ? { gfr: value, weight: candidate.setpoints.weight }
      : { weight: value * (person.height / 100) ** 2, gfr: candidate.setpoints.gfr };
  return { ...candidate, scores: moved, setpoints: { ...setpoints, ...exact } };
}

/** Gives everyone the table's body mass index, and heights with which the table's weight comes out. */
function sized(drawn: readonly Candidate[], { baseline, eligibility }: TrialPopulation): readonly Candidate[] {
  const target = baseline.bmi;
  if (target === undefined) return drawn;
  const own = drawn.map(({ setpoints, person }) => setpoints.weight / (person.height / 100) ** 2);
  const values = matchedValues('bmi', target, own, boundsOf(eligibility, 'bmi'));
  const stretch = heightFactor(drawn, values, baseline.body_weight);
  return drawn.map((candidate, index) => {
    const person = { ...candidate.person, height: candidate.person.height * stretch };
    return rescored({ ...candidate, person }, 'bmi', at(values, index), 'weight');
  });
}

function heightFactor(drawn: readonly Candidate[], bmi: readonly number[], weight: BaselineItem | undefined): number {
  if (weight === undefined) return 1;
  const asked = weight.form === 'mean' ? weight.mean : weight.median;
  const reached = mean(drawn.map(({ person }, index) => at(bmi, index) * (person.height / 100) ** 2));
  return Math.min(1.1, Math.max(0.9, Math.sqrt(asked / reached)));
}
