import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import { variance } from '../../core/statistics.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import { PARAMETER_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { worldOf } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { unmodelledBy } from '../../systems/doses.ts';
import type { Prediction } from '../prediction.ts';
import { asReported } from '../row.ts';
import { isRatioMeasure } from '../trial-file.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { planArm } from './arm-plan.ts';
import type { ArmPlan, PersonPlan, Planned } from './arm-plan.ts';
import type { BaselineCheck } from './baseline-target.ts';
import { liveThrough, visitDays } from './course.ts';
import { drawnPotency } from './drawn-potency.ts';
import { effectFrom, tallyCourse, tallyFor } from './effect-of.ts';
import { readEndpoint } from './endpoint-kind.ts';
import type { EndpointKind } from './endpoint-kind.ts';
import type { Estimate, Tally } from './tally.ts';
import { drawTrialCohort } from './trial-cohort.ts';
import type { Choice, TrialCohort } from './trial-cohort.ts';

/** How a trial is emulated. */
export interface EmulationOptions {
  /** Virtual people, each living through every arm. */
  readonly people: number;
  /** Draws of the parameters from what their sources leave open, and people in each. */
  readonly draws: number;
  readonly peopleOfDraw: number;
  readonly seed: string;
  /** Who is to be taken: the choice of another emulation of the trial with as many people and the same seed. */
  readonly choice?: Choice;
}

/** Enough for a Monte-Carlo error well below that of trials, at a few seconds a trial. */
export const USUAL_OPTIONS: EmulationOptions = { people: 300, draws: 12, peopleOfDraw: 50, seed: 'trial' };

/** What the simulator says of a trial. */
export interface Emulation {
  readonly trial: string;
  /** One a row of the file, in its order. */
  readonly predictions: readonly Prediction[];
  readonly checks: readonly BaselineCheck[];
  readonly notes: readonly string[];
  /** Absent where nobody could be enrolled. */
  readonly choice?: Choice;
}

/** A row that can be computed. */
interface Question {
  readonly kind: EndpointKind;
  readonly month: number;
  readonly arm: ArmPlan;
  /** Absent for a change within the arm, and for what describes one arm alone. */
  readonly comparator?: ArmPlan;
}

type Asked = { readonly ok: true; readonly question: Question } | { readonly ok: false; readonly reason: string };

/**
 * Emulates a trial with the mechanistic virtual patients: the same people live through every arm.
 *
 * What the system has no row for is not evaluable, with the reason. The predictive standard deviation is that of the
 * effect over draws of the parameters and of what doses are worth, with the Monte-Carlo error on top. `rows`: the
 * parameters of the virtual patients.
 */
export function emulateTrial(
  trial: TrialFile,
  options: EmulationOptions = USUAL_OPTIONS,
  rows: readonly ParameterRow[] = PARAMETER_ROWS,
): Emulation {
  const plans = new Map(trial.arms.map((arm) => [arm.id, planArm(arm)]));
  const asked = trial.endpoints.map((endpoint) => ask(plans, trial, endpoint));
  const questions = asked.flatMap((one) => (one.ok ? [one.question] : []));
  const base = answer(worldOf('none', rows), trial, questions, { ...options, n: options.people });
  if (!base.ok) return refuseAll(trial, asked, base.reason);
  const drawn = Array.from({ length: questions.length === 0 ? 0 : options.draws }, (_, draw) => {
    const world = worldOf(`posterior-${draw}`, rows);
    const people = { n: options.peopleOfDraw, seed: options.seed };
    return answer(world, trial, questions.map(inDraw(world.name)), people);
  });
  let next = 0;
  const predictions = trial.endpoints.map((endpoint, row): Prediction => {
    const one = at(asked, row);
    if (!one.ok) return { ...keyOf(trial, endpoint), evaluable: false, reason: one.reason };
    const question = next;
    next += 1;
    const values = drawn.flatMap((each) => (each.ok ? [at(each.effects, question).value] : []));
    return predictionFrom(trial, endpoint, at(base.effects, question), values);
  });
  const { cohort, choice } = base;
  return { trial: trial.id, predictions, checks: cohort.checks, notes: cohort.notes, choice };
}

function refuseAll(trial: TrialFile, asked: readonly Asked[], reason: string): Emulation {
  const predictions = trial.endpoints.map((endpoint, row): Prediction => {
    const one = at(asked, row);
    return { ...keyOf(trial, endpoint), evaluable: false, reason: one.ok ? reason : one.reason };
  });
  return { trial: trial.id, predictions, checks: [], notes: [] };
}

function keyOf(trial: TrialFile, { arm, comparator, endpoint, followUpMonths, measure, unit }: TrialEndpoint) {
  return { trial: trial.id, arm, comparator, endpoint, month: followUpMonths, measure, unit };
}

function predictionFrom(
  trial: TrialFile,
  endpoint: TrialEndpoint,
  { value, standardError }: Estimate,
  drawn: readonly number[],
): Prediction {
  const key = keyOf(trial, endpoint);
  if (!Number.isFinite(value)) return { ...key, evaluable: false, reason: 'nobody is at risk of the endpoint' };
  const known = drawn.filter(Number.isFinite);
  const between = known.length < 2 ? 0 : (variance(known) * known.length) / (known.length - 1);
  return {
    ...key,
    evaluable: true,
    predicted: asReported(value, isRatioMeasure(endpoint.measure) ? 'log' : 'identity'),
    monteCarloSe: standardError,
    predictiveSd: Math.sqrt(between + standardError ** 2),
  };
}

function ask(plans: ReadonlyMap<string, Planned>, trial: TrialFile, endpoint: TrialEndpoint): Asked {
  const read = readEndpoint(endpoint);
  if (!read.ok) return read;
  const isOfOneArm = endpoint.comparator === '' || endpoint.comparator === 'baseline';
  if (isOfOneArm && isRatioMeasure(endpoint.measure))
    return { ok: false, reason: 'a ratio needs an arm to compare with' };
  const arm = planOf(plans, endpoint.arm);
  if (!arm.ok) return arm;
  const comparator = isOfOneArm ? undefined : planOf(plans, endpoint.comparator);
  if (comparator?.ok === false) return comparator;
  const missing = missingEffect(read.kind, [arm.plan, ...(comparator === undefined ? [] : [comparator.plan])]);
  if (missing !== undefined) return { ok: false, reason: missing };
  const month =
    read.kind.kind === 'slope' ? Math.max(endpoint.followUpMonths, trial.followUpMonths) : endpoint.followUpMonths;
  const question = { kind: read.kind, month, arm: arm.plan };
  return { ok: true, question: comparator === undefined ? question : { ...question, comparator: comparator.plan } };
}

/** Says which drug is known to change what a row asks for in a way that the system does not hold. */
function missingEffect(kind: EndpointKind, plans: readonly ArmPlan[]): string | undefined {
  if (kind.kind !== 'change') return undefined;
  const given = plans.flatMap(({ alternatives }) => alternatives.flatMap(({ plan }) => plan.courses));
  const found = given.find(({ intervention }) => unmodelledBy(intervention).includes(kind.variable));
  return found && `what ${found.intervention.ingredient} does to ${kind.variable} is not modelled`;
}

function planOf(plans: ReadonlyMap<string, Planned>, id: string): Planned {
  return plans.get(id) ?? { ok: false, reason: `no arm is called ${id}` };
}

type Answer =
  | { readonly ok: true; readonly effects: readonly Estimate[]; readonly cohort: TrialCohort; readonly choice: Choice }
  | { readonly ok: false; readonly reason: string };

/** Questions as they are asked in a draw: what a dose is worth is drawn too. */
function inDraw(name: string): (question: Question) => Question {
  const potency = drawnPotency(name);
  return ({ arm, comparator, ...rest }) => ({
    ...rest,
    arm: potency(arm),
    ...(comparator !== undefined && { comparator: potency(comparator) }),
  });
}

/** Answers the questions in one world. */
function answer(
  world: World,
  trial: TrialFile,
  questions: readonly Question[],
  { n, seed, choice }: { readonly n: number; readonly seed: string; readonly choice?: Choice },
): Answer {
  const drawn = drawTrialCohort(world, trial, n, `${seed}/${trial.id}`, choice);
  if (!drawn.ok) return drawn;
  const tallies = liveThroughArms(drawn.cohort, questions, world.events, `${seed}/${trial.id}`);
  return {
    ok: true,
    cohort: drawn.cohort,
    choice: drawn.choice,
    effects: questions.map(({ kind, arm, comparator }, question) => {
      const of = (plan: ArmPlan): Tally => tallies.get(plan)?.[question] ?? tallyFor(kind, 2);
      return effectFrom(kind, of(arm), comparator === undefined ? undefined : of(comparator));
    }),
  };
}

/** Tallies by arm and question; the people of an arm with shares each get one of its plans, the same in every world. */
function liveThroughArms(
  { people }: TrialCohort,
  questions: readonly Question[],
  constants: EventConstants,
  seed: string,
): ReadonlyMap<ArmPlan, readonly Tally[]> {
  const arms = [
    ...new Set(questions.flatMap(({ arm, comparator }) => [arm, ...(comparator === undefined ? [] : [comparator])])),
  ];
  const visits = visitDays(questions.map(({ month }) => month));
  const hasEvents = questions.some(({ kind }) => kind.kind === 'event');
  return new Map(
    arms.map((arm, armIndex) => {
      const tallies = questions.map(({ kind }) => tallyFor(kind, visits.length));
      const lot = seededRandom(`${seed}/alternatives-${armIndex}`);
      people.forEach((person, index) => {
        const plan = planFor(arm, lot.uniform());
        const course = liveThrough(person, plan, visits, hasEvents ? constants : undefined);
        questions.forEach((question, place) => {
          if (question.arm !== arm && question.comparator !== arm) return;
          tallyCourse(at(tallies, place), index, { person, course, constants }, question);
        });
      });
      return [arm, tallies] as const;
    }),
  );
}

/** The alternative of an arm that stands at a place in its shares. */
export function planFor({ alternatives }: ArmPlan, place: number): PersonPlan {
  let reached = 0;
  const found = alternatives.find(({ share }) => {
    reached += share;
    return place < reached;
  });
  return (found ?? at(alternatives, alternatives.length - 1)).plan;
}
