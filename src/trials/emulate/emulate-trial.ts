import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import { variance } from '../../core/statistics.ts';
import { eventConstantsFrom } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { worldOf } from '../../systems/cardio-renal-metabolic/worlds.ts';
import type { Prediction } from '../prediction.ts';
import { asReported } from '../row.ts';
import { isRatioMeasure } from '../trial-file.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { planArm } from './arm-plan.ts';
import type { ArmPlan, PersonPlan, Planned } from './arm-plan.ts';
import type { BaselineCheck } from './baseline-target.ts';
import { liveThrough, visitDays } from './course.ts';
import { effectFrom, tallyCourse, tallyFor } from './effect-of.ts';
import { readEndpoint } from './endpoint-kind.ts';
import type { EndpointKind } from './endpoint-kind.ts';
import { eventRowsOf } from './event-rows.ts';
import type { Estimate, Tally } from './tally.ts';
import { drawTrialCohort } from './trial-cohort.ts';
import type { TrialCohort } from './trial-cohort.ts';

/** How a trial is emulated. */
export interface EmulationOptions {
  /** Virtual people, each living through every arm. */
  readonly people: number;
  /** Draws of the parameters from what their sources leave open, and people in each. */
  readonly draws: number;
  readonly peopleOfDraw: number;
  readonly seed: string;
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
 * effect over draws of the parameters, with the Monte-Carlo error on top.
 */
export function emulateTrial(trial: TrialFile, options: EmulationOptions = USUAL_OPTIONS): Emulation {
  const plans = new Map(trial.arms.map((arm) => [arm.id, planArm(arm)]));
  const asked = trial.endpoints.map((endpoint) => ask(plans, trial, endpoint));
  const questions = asked.flatMap((one) => (one.ok ? [one.question] : []));
  const base = answer(worldOf('none'), trial, questions, options.people, options.seed);
  if (!base.ok) return refuseAll(trial, asked, base.reason);
  const drawn = Array.from({ length: questions.length === 0 ? 0 : options.draws }, (_, draw) =>
    answer(worldOf(`posterior-${draw}`), trial, questions, options.peopleOfDraw, options.seed),
  );
  let next = 0;
  const predictions = trial.endpoints.map((endpoint, row): Prediction => {
    const one = at(asked, row);
    if (!one.ok) return { ...keyOf(trial, endpoint), evaluable: false, reason: one.reason };
    const question = next;
    next += 1;
    const values = drawn.flatMap((each) => (each.ok ? [at(each.effects, question).value] : []));
    return predictionFrom(trial, endpoint, at(base.effects, question), values);
  });
  return { trial: trial.id, predictions, checks: base.cohort.checks, notes: base.cohort.notes };
}

function refuseAll(trial: TrialFile, asked: readonly Asked[], reason: string): Emulation {
  const predictions = trial.endpoints.map((endpoint, row): Prediction => {
    const one = at(asked, row);
    return { ...keyOf(trial, endpoint), evaluable: false, reason: one.ok ? reason : one.reason };
  });
  return { trial: trial.id, predictions, checks: [], notes: [] };
}

function keyOf(trial: TrialFile, { arm, comparator, endpoint, followUpMonths }: TrialEndpoint) {
  return { trial: trial.id, arm, comparator, endpoint, month: followUpMonths };
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
  const arm = planOf(plans, endpoint.arm);
  if (!arm.ok) return arm;
  const month =
    read.kind.kind === 'slope' ? Math.max(endpoint.followUpMonths, trial.followUpMonths) : endpoint.followUpMonths;
  const question = { kind: read.kind, month, arm: arm.plan };
  if (endpoint.comparator === '' || endpoint.comparator === 'baseline') {
    return isRatioMeasure(endpoint.measure)
      ? { ok: false, reason: 'a ratio needs an arm to compare with' }
      : { ok: true, question };
  }
  const comparator = planOf(plans, endpoint.comparator);
  return comparator.ok ? { ok: true, question: { ...question, comparator: comparator.plan } } : comparator;
}

function planOf(plans: ReadonlyMap<string, Planned>, id: string): Planned {
  return plans.get(id) ?? { ok: false, reason: `no arm is called ${id}` };
}

type Answer =
  | { readonly ok: true; readonly effects: readonly Estimate[]; readonly cohort: TrialCohort }
  | { readonly ok: false; readonly reason: string };

/** Answers the questions in one world. */
function answer(world: World, trial: TrialFile, questions: readonly Question[], n: number, seed: string): Answer {
  const drawn = drawTrialCohort(world, trial, n, `${seed}/${trial.id}`);
  if (!drawn.ok) return drawn;
  const draw = world.name === 'none' ? undefined : world.name;
  const constants = eventConstantsFrom(eventRowsOf(world.parameters, draw));
  const tallies = liveThroughArms(drawn.cohort, questions, constants, `${seed}/${trial.id}`);
  return {
    ok: true,
    cohort: drawn.cohort,
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
function planFor({ alternatives }: ArmPlan, place: number): PersonPlan {
  let reached = 0;
  const found = alternatives.find(({ share }) => {
    reached += share;
    return place < reached;
  });
  return (found ?? at(alternatives, alternatives.length - 1)).plan;
}
