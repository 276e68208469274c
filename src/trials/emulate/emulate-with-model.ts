import { at } from '../../core/array.ts';
import { mean, variance } from '../../core/statistics.ts';
import { instant } from '../../core/time.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import type { Regimen } from '../../domain/intervention.ts';
import type { Trajectory } from '../../domain/trajectory.ts';
import type { WorldModel } from '../../ports/world-model.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import { worldOf } from '../../systems/cardio-renal-metabolic/worlds.ts';
import type { Prediction } from '../prediction.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { finalDrugsOf, planArm } from './arm-plan.ts';
import type { ArmPlan } from './arm-plan.ts';
import { DAYS_A_MONTH } from './course.ts';
import type { Emulation } from './emulate-trial.ts';
import { readEndpoint } from './endpoint-kind.ts';
import type { EndpointKind } from './endpoint-kind.ts';
import { personItems } from './person-items.ts';
import { drawTrialCohort } from './trial-cohort.ts';
import type { TrialPerson } from './trial-cohort.ts';

/** How a world model is asked about a trial. */
export interface ModelOptions {
  readonly people: number;
  /** Futures a person and arm. */
  readonly samples: number;
  readonly seed: string;
}

type Change = Extract<EndpointKind, { kind: 'change' }>;

/** A row that a world model can be asked. */
interface Question {
  readonly kind: Change;
  /** Unit: d. */
  readonly day: number;
  readonly arm: ArmPlan;
  readonly comparator?: ArmPlan;
}

type Asked = { readonly ok: true; readonly question: Question } | { readonly ok: false; readonly reason: string };

/** How far a model can be asked (unit: d): follow-up in months is rounded, so that it may end up to a day later. */
const REACH = Math.max(...cardioRenalMetabolic.horizon);
const ROUNDING = 1;

/** Days before randomisation on which the people of a trial were seen: a screening and two visits of a run-in. */
const SEEN_BEFORE = [84, 28, 0] as const;

/**
 * Emulates a trial with a world model behind the port, as far as its horizon reaches.
 *
 * The people are the same as the mechanistic emulation draws; the model sees their record under the background and rolls out
 * background and treatment at its final dose. Events, slopes and what lies beyond the horizon are not evaluable. The
 * predictive standard deviation is that between the members of an ensemble, with the Monte-Carlo error on top.
 *
 * Rejects with AppError `model.unavailable` when the model cannot answer.
 */
export async function emulateWithModel(model: WorldModel, trial: TrialFile, options: ModelOptions): Promise<Emulation> {
  const asked = trial.endpoints.map((endpoint) => ask(trial, endpoint));
  const drawn = drawTrialCohort(worldOf('none'), trial, options.people, `${options.seed}/${trial.id}`);
  const predictions: Prediction[] = [];
  for (const [row, endpoint] of trial.endpoints.entries()) {
    const { arm, comparator, endpoint: name, followUpMonths: month, measure, unit } = endpoint;
    const key = { trial: trial.id, arm, comparator, endpoint: name, month, measure, unit };
    const one = at(asked, row);
    if (!one.ok) predictions.push({ ...key, evaluable: false, reason: one.reason });
    else if (!drawn.ok) predictions.push({ ...key, evaluable: false, reason: drawn.reason });
    else {
      const effects = await effectsOf(model, drawn.cohort.people, one.question, options);
      predictions.push({ ...key, evaluable: true, ...summarise(effects) });
    }
  }
  return {
    trial: trial.id,
    predictions,
    checks: drawn.ok ? drawn.cohort.checks : [],
    notes: drawn.ok ? drawn.cohort.notes : [],
  };
}

function ask(trial: TrialFile, endpoint: TrialEndpoint): Asked {
  const read = readEndpoint(endpoint);
  if (!read.ok) return read;
  if (read.kind.kind !== 'change')
    return { ok: false, reason: 'a world model forecasts variables, no events or slopes' };
  if (read.kind.isLogarithmic === true)
    return { ok: false, reason: 'a world model forecasts changes, no ratios of means' };
  const day = endpoint.followUpMonths * DAYS_A_MONTH;
  if (day > REACH + ROUNDING) return { ok: false, reason: `${Math.round(day)} days lie beyond the model's ${REACH}` };
  const arm = constantPlan(trial, endpoint.arm);
  if (!arm.ok) return arm;
  const question = { kind: read.kind, day: Math.min(REACH, day), arm: arm.plan };
  if (endpoint.comparator === '' || endpoint.comparator === 'baseline') return { ok: true, question };
  const comparator = constantPlan(trial, endpoint.comparator);
  return comparator.ok ? { ok: true, question: { ...question, comparator: comparator.plan } } : comparator;
}

function constantPlan(trial: TrialFile, id: string): ReturnType<typeof planArm> {
  const arm = trial.arms.find((one) => one.id === id);
  const planned = arm === undefined ? ({ ok: false, reason: `no arm is called ${id}` } as const) : planArm(arm);
  if (!planned.ok) return planned;
  const isTitrated = planned.plan.alternatives.some(
    ({ plan }) => plan.pressureTarget !== undefined || plan.pressureFall !== undefined,
  );
  return isTitrated ? { ok: false, reason: 'a world model takes constant doses, no pressure targets' } : planned;
}

/** The effect in each person by ensemble member: [people][members]. */
async function effectsOf(
  model: WorldModel,
  people: readonly TrialPerson[],
  { kind, day, arm, comparator }: Question,
  { samples, seed }: ModelOptions,
): Promise<readonly (readonly number[])[]> {
  const effects: (readonly number[])[] = [];
  for (const [index, person] of people.entries()) {
    const regimens = [
      ...regimensOf(person, arm, 'arm'),
      ...(comparator === undefined ? [] : regimensOf(person, comparator, 'comparator')),
    ];
    const belief = await model.encode(historyOf(person));
    const rolled = await model.rollOut(
      belief,
      regimens.map(({ regimen }) => regimen),
      { days: [day], samples, seed: `${seed}/${index}` },
    );
    const changes = rolled.map((trajectory) => changeByMember(trajectory, kind, person));
    effects.push(contrast(changes, regimens));
  }
  return effects;
}

interface WeightedRegimen {
  readonly regimen: Regimen;
  /** Share within its arm, negative for the comparator. */
  readonly weight: number;
}

function regimensOf(
  { background }: TrialPerson,
  { alternatives }: ArmPlan,
  side: 'arm' | 'comparator',
): readonly WeightedRegimen[] {
  return alternatives.map(({ share, plan }, index) => ({
    regimen: { id: `${side}-${index}`, drugs: [...background, ...finalDrugsOf(plan)] },
    weight: side === 'arm' ? share : -share,
  }));
}

/** What a record would show of a person before randomisation: settled values under the background. */
function historyOf({ individual: { person }, levels, doses }: TrialPerson): PatientHistory {
  const items = personItems(person, levels);
  return {
    asOf: instant(0),
    covariates: {
      age: person.age,
      female: person.female,
      traits: cardioRenalMetabolic.traits.map((trait) => items[trait] === 1),
    },
    visits: SEEN_BEFORE.map((daysBeforeNow) => ({ daysBeforeNow, values: levels, doses })),
    doses,
  };
}

function changeByMember(trajectory: Trajectory, { variable, isRelative, factor }: Change, person: TrialPerson) {
  const { members, samplesPerMember, variables, levels } = trajectory;
  const place = variables.indexOf(variable);
  const before = at(
    person.levels,
    cardioRenalMetabolic.variables.findIndex(({ id }) => id === variable),
  );
  return Array.from({ length: members }, (_, member) => {
    const own = Array.from({ length: samplesPerMember }, (_, sample) =>
      at(levels, (member * samplesPerMember + sample) * variables.length + place),
    );
    const change = mean(own) - before;
    return isRelative ? (100 * change) / before : change * factor;
  });
}

function contrast(changes: readonly (readonly number[])[], regimens: readonly WeightedRegimen[]): readonly number[] {
  return at(changes, 0).map((_, member) =>
    regimens.reduce((sum, { weight }, index) => sum + weight * at(at(changes, index), member), 0),
  );
}

function summarise(effects: readonly (readonly number[])[]) {
  const byPerson = effects.map((members) => mean(members));
  const byMember = at(effects, 0).map((_, member) => mean(effects.map((members) => at(members, member))));
  const monteCarloSe = Math.sqrt(variance(byPerson) / byPerson.length);
  return {
    predicted: mean(byPerson),
    monteCarloSe,
    predictiveSd: Math.sqrt(variance(byMember) + monteCarloSe ** 2),
  };
}
