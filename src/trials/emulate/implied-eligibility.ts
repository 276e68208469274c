import type { Criterion } from '../eligibility.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { readEndpoint } from './endpoint-kind.ts';
import { isPressureCode } from './pressure-codes.ts';
import { interventionOfCode, isInert } from './treatment-codes.ts';

/** Who a kind of trial enrols although its file does not say so. */
interface Implied {
  readonly criterion: Criterion;
  readonly note: string;
  readonly holds: (trial: TrialFile) => boolean;
}

/** Classes that lower pressure, by channel: a trial of nothing else is one of hypertension. */
const PRESSURE_CHANNELS: ReadonlySet<string> = new Set(['acei', 'arb', 'ccb', 'thiazide', 'bb', 'mra']);

/**
 * Nobody's treatment is stepped up who is on target: ADA Standards of Care, section 6 (HbA1c below 7 %, doi 10.2337/dc24-S006),
 * and the definition of hypertension by ESH 2023 (140 mm[Hg], doi 10.1097/HJH.0000000000003480).
 */
const IMPLIED: readonly Implied[] = [
  {
    criterion: { item: 'hba1c', comparison: '>=', value: 7 },
    note: 'the file says nothing of HbA1c: at least 7 % is taken',
    holds: ({ population, endpoints }) =>
      population.proportion.type_2_diabetes === 1 &&
      endpoints.some(isOfGlycaemia) &&
      isSilentOn(population, ['hba1c', 'fasting_glucose']),
  },
  {
    criterion: { item: 'sbp', comparison: '>=', value: 140 },
    note: 'the file says nothing of blood pressure: at least 140 mm[Hg] is taken',
    holds: (trial) => isOfHypertension(trial) && isSilentOn(trial.population, ['sbp', 'dbp']),
  },
];

function isOfGlycaemia(endpoint: TrialEndpoint): boolean {
  const read = readEndpoint(endpoint);
  if (!read.ok) return false;
  return read.kind.kind === 'change' ? read.kind.variable === 'hba1c' : read.kind.kind === 'glycaemic-failure';
}

function isSilentOn({ baseline, eligibility }: TrialFile['population'], items: readonly string[]): boolean {
  return items.every(
    (item) => baseline[item] === undefined && eligibility.every((criterion) => criterion.item !== item),
  );
}

function isOfHypertension({ arms, population }: TrialFile): boolean {
  const codes = arms.flatMap(({ interventions }) => interventions.map(({ code }) => code));
  const active = codes.filter((code) => !isInert(code));
  return (
    population.proportion.heart_failure === undefined &&
    active.length > 0 &&
    active.every((code) => isPressureCode(code) || PRESSURE_CHANNELS.has(interventionOfCode(code)?.channel ?? ''))
  );
}

/** A trial with the eligibility that goes without saying, and what was added. */
export function withImpliedEligibility(trial: TrialFile): {
  readonly trial: TrialFile;
  readonly notes: readonly string[];
} {
  const added = IMPLIED.filter(({ holds }) => holds(trial));
  if (added.length === 0) return { trial, notes: [] };
  const eligibility = [...trial.population.eligibility, ...added.map(({ criterion }) => criterion)];
  return {
    trial: { ...trial, population: { ...trial.population, eligibility } },
    notes: added.map(({ note }) => note),
  };
}
