import type { Fact } from '../domain/evidence.ts';
import type { DraftOrder } from '../domain/intervention.ts';
import type { MonitoringStep } from '../domain/plan.ts';
import type { Forecast } from '../domain/trajectory.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import type { MonitoringRisk } from './monitoring-risks.ts';
import { FORECAST_POLICY } from './policy.ts';

interface ClassPlan {
  readonly drugClass: string;
  readonly what: MonitoringStep['what'];
  /** The fact that names the earlier check of a patient at risk. */
  readonly early?: string;
  /** What that fact's own statement counts as a risk, with or without a forecast. */
  readonly risks?: readonly MonitoringRisk[];
}

const RAASI_EARLY = {
  what: 'basic-metabolic-panel',
  early: 'raasi.monitoring.high_risk',
  risks: ['age-60', 'chronic-kidney-disease'],
} as const;

/** What is measured for each class. */
const PLANS: readonly ClassPlan[] = [
  { drugClass: 'acei', ...RAASI_EARLY },
  { drugClass: 'arb', ...RAASI_EARLY },
  { drugClass: 'arni', ...RAASI_EARLY },
  { drugClass: 'mra', what: 'basic-metabolic-panel', early: 'mra.monitoring.high_risk' },
  {
    drugClass: 'sglt2i',
    what: 'basic-metabolic-panel',
    early: 'sglt2i.monitoring.high_risk',
    risks: ['acute-kidney-injury'],
  },
  {
    drugClass: 'loop',
    what: 'basic-metabolic-panel',
    early: 'loop.monitoring.high_risk',
    risks: ['age-60', 'chronic-kidney-disease', 'raas-inhibitor'],
  },
  { drugClass: 'bb', what: 'blood-pressure-and-heart-rate' },
];

/** The suffixes of the facts that name the checks of a class, in their order. */
const CHECKS = ['', '.second', '.third', '.fourth'] as const;

/** Chances that call for the early check. */
const WATCHED: readonly string[] = ['potassium-above-5.5', 'potassium-below-3.5', 'egfr-fall-30-percent'];

/**
 * What should be measured when, once this order is signed: the days that the facts name, and an earlier first check
 * when the record holds a risk that the class's fact names, or the forecast makes a dangerous value likely enough before
 * it.
 *
 * A fact for the ingredient itself goes before that of its class. Works without forecasts.
 */
export function planMonitoring(
  draft: Pick<DraftOrder, 'ingredient' | 'drugClass'>,
  forecasts: readonly Forecast[],
  knowledge: Knowledge,
  risks: readonly MonitoringRisk[] = [],
): readonly MonitoringStep[] {
  const plan = PLANS.find(({ drugClass }) => drugClass === draft.drugClass);
  if (plan === undefined) return [];
  const usual = usualChecks(draft, knowledge).map(({ day, fact }) => stepOf(day, plan.what, fact, fact.statement));
  const early = earlySteps(plan, usual[0]?.day, { forecasts, knowledge, risks });
  return [...early, ...usual];
}

function usualChecks(
  { ingredient, drugClass }: Pick<DraftOrder, 'ingredient' | 'drugClass'>,
  knowledge: Knowledge,
): readonly DatedFact[] {
  const own = datedFacts(knowledge, `${drugClass}.monitoring.${ingredient}`);
  return own.length > 0 ? own : datedFacts(knowledge, `${drugClass}.monitoring`);
}

interface Signs {
  readonly forecasts: readonly Forecast[];
  readonly knowledge: Knowledge;
  readonly risks: readonly MonitoringRisk[];
}

function earlySteps(plan: ClassPlan, firstDay: number | undefined, signs: Signs): readonly MonitoringStep[] {
  const dated = plan.early === undefined ? undefined : datedFact(signs.knowledge, plan.early);
  if (dated === undefined || (firstDay !== undefined && firstDay <= dated.day)) return [];
  const { day, fact } = dated;
  const chance = highestChanceBy(signs.forecasts, firstDay ?? day);
  const isLikely = chance >= FORECAST_POLICY.earlyCheckChance.value;
  if (!isLikely && !signs.risks.some((risk) => plan.risks?.includes(risk) === true)) return [];
  const forecast = ` The forecast sees a dangerous value by then in ${Math.round(chance * 100)} of 100 patients like this one.`;
  return [stepOf(day, plan.what, fact, `${fact.statement}${isLikely ? forecast : ''}`)];
}

function highestChanceBy(forecasts: readonly Forecast[], day: number): number {
  const chances = forecasts.filter((forecast) => forecast.day <= day).flatMap((forecast) => forecast.chances);
  return chances
    .filter(({ threshold }) => WATCHED.includes(threshold))
    .reduce((highest, { probability }) => Math.max(highest, probability), 0);
}

interface DatedFact {
  readonly day: number;
  readonly fact: Fact;
}

function datedFacts(knowledge: Knowledge, id: string): readonly DatedFact[] {
  return CHECKS.flatMap((suffix) => datedFact(knowledge, `${id}${suffix}`) ?? []);
}

function datedFact(knowledge: Knowledge, id: string): DatedFact | undefined {
  const fact = knowledge.find(id);
  if (fact?.basis !== 'read' || fact.value === null || fact.unit !== 'd') return undefined;
  return { day: fact.value, fact };
}

function stepOf(day: number, what: MonitoringStep['what'], { id, source }: Fact, reason: string): MonitoringStep {
  return { day, what, reason, factId: id, source };
}
