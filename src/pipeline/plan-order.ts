import { currentDrugs } from '../belief/current-drugs.ts';
import type { Applicability, Belief } from '../domain/belief.ts';
import type { DraftOrder } from '../domain/intervention.ts';
import type { Abstention, Candidate, CurrentValue, Plan, Violation } from '../domain/plan.ts';
import { ageInDays, latestValue } from '../domain/readings.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';
import type { Forecast, Trajectory } from '../domain/trajectory.ts';
import { forecastCautions } from '../planner/forecast-caution.ts';
import { modelDisagreement } from '../planner/disagreement.ts';
import { monitoringRisks } from '../planner/monitoring-risks.ts';
import { planMonitoring } from '../planner/monitoring.ts';
import { isForecastable, stoppedBy, totalOrder, unreadableOrder, withOtherOrders } from '../planner/order-bundle.ts';
import { proposeCandidates } from '../planner/propose.ts';
import type { DraftSetting, Proposal } from '../planner/propose.ts';
import { rankByRisk, riskOf } from '../planner/rank.ts';
import type { RegimenRisk } from '../planner/rank.ts';
import { rollOutRegimens, SAMPLES } from '../planner/roll-out.ts';
import { summariseTrajectory } from '../planner/summarise.ts';
import type { CurrentOf } from '../planner/summarise.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import type { WorldModel } from '../ports/world-model.ts';
import { explain } from '../reasoning/explain.ts';
import { screenOrder, screenRunningDrugs, screenStopLimits } from '../safety/check.ts';
import { isAboveMaximum, screenDose } from '../safety/dose-ceiling.ts';
import { isForecastClass } from '../systems/doses.ts';
import { attempt } from './deadline.ts';
import type { Attempt } from './deadline.ts';
import { unscreenedParts } from './unscreened.ts';

/** One draft order with everything that is known when its turn comes. */
export interface OrderCase {
  readonly draft: DraftOrder;
  readonly alsoOrdered: readonly DraftOrder[];
  readonly record: PatientRecord;
  readonly applicability: Applicability;
  readonly belief: Attempt<Belief>;
  readonly seed: string;
  readonly deadline: AbortSignal | undefined;
}

/** The parts that planning an order needs. */
export interface PlanningParts {
  readonly system: System;
  readonly model: WorldModel;
  readonly knowledge: Knowledge;
}

interface Screened {
  readonly proposal: Proposal;
  readonly violations: readonly Violation[];
}

type Futures = ReadonlyMap<string, Trajectory>;

/** An order before any model is asked: what the table says of it, and of what could be done instead. */
export interface ScreenedOrder {
  readonly order: OrderCase;
  /** The order with the doses of all orders of its ingredient. */
  readonly total: DraftOrder;
  readonly violations: readonly Violation[];
  /** What speaks against drugs that run already, whatever is ordered. */
  readonly running: readonly Violation[];
  readonly candidates: readonly Screened[];
}

/** Screens an order and what could be done instead (steps 5 and 7): needs no model. */
export function screenCase(order: OrderCase, parts: PlanningParts): ScreenedOrder {
  const { draft, record, alsoOrdered } = order;
  const { system, knowledge } = parts;
  const total = totalOrder(order);
  const context = { knowledge, alsoOrdered, replaces: stoppedBy([draft, ...alsoOrdered], record) };
  const own = byGravity([...screenDose(system, total), ...screenOrder(total, record, context)]);
  const running = runningObjections(order, own, knowledge);
  if (!isForecastable(system, total)) return { order, total, violations: own, running, candidates: [] };
  const background = withOtherOrders(system, currentDrugs(system, record), order, record);
  const candidates = proposeCandidates(system, background, total, settingOf(order)).map((proposal) => ({
    proposal,
    violations: proposal.role === 'draft' ? own : screenProposal(proposal, order, knowledge),
  }));
  return { order, total, violations: own, running, candidates };
}

function settingOf({ draft, alsoOrdered, record }: OrderCase): DraftSetting {
  const isSame = alsoOrdered.map(({ ingredient }) => ingredient === draft.ingredient);
  return { stops: stoppedBy([draft], record), isSplit: isSame.includes(true), hasOthers: isSame.includes(false) };
}

/**
 * Running drugs that a reading stops, said beside whatever is ordered. A caution: it refuses the running drug, and not
 * the draft.
 */
function runningObjections(
  { draft, record }: OrderCase,
  own: readonly Violation[],
  knowledge: Knowledge,
): readonly Violation[] {
  return screenStopLimits(record, knowledge)
    .filter(({ rule, subject }) => subject !== draft.ingredient && own.every((other) => other.rule !== rule))
    .map((found) => ({ ...found, severity: 'caution', reason: `${found.subject} is running; ${found.reason}` }));
}

function byGravity(violations: readonly Violation[]): readonly Violation[] {
  const rankOf = ({ severity }: Violation) => (severity === 'contraindicated' ? 0 : 1);
  return violations.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function screenProposal(
  { order }: Proposal,
  { record, alsoOrdered }: OrderCase,
  knowledge: Knowledge,
): readonly Violation[] {
  if (order === undefined) return screenRunningDrugs(record, knowledge);
  const replaces = [...order.replaces, ...stoppedBy(alsoOrdered, record)];
  return screenOrder(order, record, { knowledge, replaces, alsoOrdered });
}

/**
 * Plans one screened order: rolls the candidates out, judges them and explains the draft (steps 8 to 10).
 *
 * Whatever keeps the model from answering removes forecasts from the plan, never refusals.
 */
export async function planOrder(screened: ScreenedOrder, parts: PlanningParts): Promise<{ plan: Plan; cause?: Error }> {
  const futures = await futuresOf(screened, parts);
  if (!futures.ok) return { plan: silentPlan(screened, parts, futures.abstention), ...causeOf(futures) };
  const candidates = judge(screened, futures.value, parts);
  const disagreement = modelDisagreement(candidates);
  if (disagreement !== undefined) return { plan: silentPlan(screened, parts, disagreement) };
  return { plan: spokenPlan(screened, candidates, futures.value, parts) };
}

function causeOf({ cause }: { readonly cause?: Error }): { readonly cause?: Error } {
  return cause === undefined ? {} : { cause };
}

async function futuresOf(screened: ScreenedOrder, parts: PlanningParts): Promise<Attempt<Futures>> {
  const { order, candidates } = screened;
  const { belief, draft, deadline, seed } = order;
  const abstention = orderAbstention(screened, parts.system);
  if (abstention !== undefined) return { ok: false, abstention };
  if (!belief.ok) return belief;
  const regimens = candidates.filter(isRolledOut).map(({ proposal }) => proposal.regimen);
  const options = { days: parts.system.horizon, samples: SAMPLES, seed: `${seed}/${draft.reference}` };
  return attempt(() => rollOutRegimens(parts.model, belief.value, regimens, options), deadline);
}

/** A refused order has no future worth showing. "No change" is no order: it is what effects are measured against. */
function isRolledOut(screened: Screened): boolean {
  return screened.proposal.role === 'no-change' || !isRefused(screened.violations);
}

function isRefused(violations: readonly Violation[]): boolean {
  return violations.some(({ severity }) => severity === 'contraindicated');
}

/** Why these orders cannot be forecast, whoever the patient is. */
function orderAbstention({ order, total }: ScreenedOrder, system: System): Abstention | undefined {
  if (!isForecastable(system, total)) return unforecastable(system, total);
  const excessive = [total, ...order.alsoOrdered.map((draft) => totalOf(draft, order))].find((each) =>
    isAboveMaximum(system, each),
  );
  if (excessive !== undefined) return doseUnsupported(excessive);
  const unreadable = unreadableOrder(system, order);
  return unreadable === undefined ? undefined : otherDoseUnknown(unreadable);
}

function totalOf(draft: DraftOrder, order: OrderCase): DraftOrder {
  const all = [order.draft, ...order.alsoOrdered];
  return totalOrder({ draft, alsoOrdered: all.filter((other) => other !== draft) });
}

function doseUnsupported({ ingredient }: DraftOrder): Abstention {
  return {
    code: 'draft.dose-unsupported',
    reason: `the dose of ${ingredient} is above every dose that the model was built for`,
    help: `order at most the highest usual dose of ${ingredient}`,
  };
}

function otherDoseUnknown({ ingredient }: DraftOrder): Abstention {
  return {
    code: 'draft.other-dose-unknown',
    reason: `${ingredient} is about to be signed as well, and its dose cannot be read or its dynamics are unknown`,
    help: `state dose and frequency of ${ingredient} as structured dosage, or sign the orders one after the other`,
  };
}

function unforecastable(system: System, { ingredient, drugClass }: DraftOrder): Abstention {
  return isForecastClass(system, drugClass)
    ? {
        code: 'draft.dose-unknown',
        reason: `the daily dose of ${ingredient} cannot be read from the order, or its dynamics are unknown`,
        help: 'state dose and frequency in the order as structured dosage',
      }
    : {
        code: 'draft.not-modelled',
        reason: `the effect of ${ingredient} is not in the model`,
        help: '',
      };
}

type ForecastsOf = ReadonlyMap<string, readonly Forecast[]>;

function judge({ order, candidates }: ScreenedOrder, futures: Futures, parts: PlanningParts): readonly Candidate[] {
  const currentOf = currentValueOf(order.record);
  const trajectories = [...futures.values()];
  const forecasts: ForecastsOf = new Map(
    trajectories.map((each) => [each.regimenId, summariseTrajectory(parts.system, each, currentOf)]),
  );
  const risks = new Map(trajectories.map((each) => [each.regimenId, riskOf(parts.system, each, currentOf)]));
  const rankable = candidates.filter(({ violations }) => !isRefused(violations));
  const ranks = rankByRisk(rankable.flatMap(({ proposal }) => risks.get(proposal.regimen.id) ?? []));
  return candidates.map((candidate) => {
    const { id } = candidate.proposal.regimen;
    return { ...forecastCandidate(candidate, forecasts, parts), ...judgementOf(risks.get(id), ranks.get(id)) };
  });
}

function judgementOf(risk: RegimenRisk | undefined, rank: number | undefined): Pick<Candidate, 'risk' | 'rank'> {
  if (risk === undefined) return {};
  const { probability, standardError } = risk;
  return { risk: { probability, standardError }, ...(rank === undefined ? {} : { rank }) };
}

function forecastCandidate(screened: Screened, forecasts: ForecastsOf, parts: PlanningParts): Candidate {
  const bare = bareCandidate(screened);
  const { order, regimen } = screened.proposal;
  const own = forecasts.get(regimen.id);
  if (own === undefined) return bare;
  const contrast = { forecasts: own, noChange: forecasts.get('no-change') ?? [] };
  const cautions =
    order === undefined
      ? []
      : forecastCautions(parts.system, { ingredient: order.ingredient, ...contrast }, parts.knowledge);
  return { ...bare, forecasts: own, violations: [...bare.violations, ...cautions] };
}

function bareCandidate({ proposal, violations }: Screened): Candidate {
  const { role, label, regimen, order } = proposal;
  const made =
    order === undefined ? {} : { order: { ingredient: order.ingredient, dailyDoseMg: order.dailyDose.value } };
  return { role, label, regimen, ...made, violations, forecasts: [] };
}

function currentValueOf(record: PatientRecord): CurrentOf {
  return (variable) => latestValue(record, variable)?.value;
}

function silentPlan(screened: ScreenedOrder, parts: PlanningParts, abstention: Abstention): Plan {
  const { order, violations, running, candidates } = screened;
  return {
    draft: order.draft,
    violations: [...violations, ...running],
    ...unscreenedOf(order.record),
    applicability: order.applicability,
    abstention,
    current: currentValues(parts.system, order.record),
    candidates: candidates.map(bareCandidate),
    reasons: [],
    monitoring: planMonitoring(order.draft, [], parts.knowledge, monitoringRisks(parts.system, order.record)),
  };
}

function spokenPlan(
  { order, violations, running }: ScreenedOrder,
  candidates: readonly Candidate[],
  futures: Futures,
  { system, model, knowledge }: PlanningParts,
): Plan {
  const drafted = candidates.find(({ role }) => role === 'draft');
  const [draft, noChange] = [futures.get('draft'), futures.get('no-change')];
  return {
    draft: order.draft,
    violations: [...(drafted?.violations ?? violations), ...running],
    ...unscreenedOf(order.record),
    applicability: order.applicability,
    model: model.describe(),
    current: currentValues(system, order.record),
    candidates,
    reasons:
      draft === undefined || noChange === undefined
        ? []
        : explain(system, { channel: order.draft.drugClass, draft, noChange }, knowledge),
    monitoring: planMonitoring(order.draft, drafted?.forecasts ?? [], knowledge, monitoringRisks(system, order.record)),
  };
}

function unscreenedOf(record: PatientRecord): Pick<Plan, 'unscreened'> {
  const unscreened = unscreenedParts(record);
  return unscreened.length === 0 ? {} : { unscreened };
}

function currentValues(system: System, record: PatientRecord): readonly CurrentValue[] {
  return system.variables.flatMap(({ id }) => {
    const latest = latestValue(record, id);
    if (latest === undefined) return [];
    return [{ variable: id, value: latest.value, daysOld: ageInDays(record, latest), source: latest.source }];
  });
}
