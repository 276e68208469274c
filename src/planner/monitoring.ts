import type { Fact } from '../domain/evidence.ts';
import type { DraftOrder } from '../domain/intervention.ts';
import type { MonitoringStep } from '../domain/plan.ts';
import type { Forecast } from '../domain/trajectory.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { FORECAST_POLICY } from './policy.ts';

/** What is measured for each class, and which fact names the earlier check of a patient at risk. */
const PLANS: readonly { drugClass: string; what: MonitoringStep['what']; early?: string }[] = [
  { drugClass: 'acei', what: 'basic-metabolic-panel', early: 'raasi.monitoring.high_risk' },
  { drugClass: 'arb', what: 'basic-metabolic-panel', early: 'raasi.monitoring.high_risk' },
  { drugClass: 'arni', what: 'basic-metabolic-panel', early: 'raasi.monitoring.high_risk' },
  { drugClass: 'mra', what: 'basic-metabolic-panel', early: 'mra.monitoring.high_risk' },
  { drugClass: 'sglt2i', what: 'basic-metabolic-panel', early: 'sglt2i.monitoring.high_risk' },
  { drugClass: 'loop', what: 'basic-metabolic-panel', early: 'loop.monitoring.high_risk' },
  { drugClass: 'bb', what: 'blood-pressure-and-heart-rate' },
];

/** The suffixes of the facts that name the checks of a class, in their order. */
const CHECKS = ['', '.second', '.third', '.fourth'] as const;

/** Chances that call for the early check. */
const WATCHED: readonly string[] = ['potassium-above-5.5', 'potassium-below-3.5', 'egfr-fall-30-percent'];

/**
 * What should be measured when, once this order is signed: the days that the facts name, and an earlier first check
 * when the forecast makes a dangerous value likely enough before it.
 *
 * A fact for the ingredient itself goes before that of its class. Works without forecasts.
 */
export function planMonitoring(
  draft: Pick<DraftOrder, 'ingredient' | 'drugClass'>,
  forecasts: readonly Forecast[],
  knowledge: Knowledge,
): readonly MonitoringStep[] {
  const plan = PLANS.find(({ drugClass }) => drugClass === draft.drugClass);
  if (plan === undefined) return [];
  const usual = usualChecks(draft, knowledge).map(({ day, fact }) => stepOf(day, plan.what, fact, fact.statement));
  const early = plan.early === undefined ? [] : earlyStep(plan.early, plan.what, usual[0]?.day, forecasts, knowledge);
  return [...early, ...usual];
}

function usualChecks(
  { ingredient, drugClass }: Pick<DraftOrder, 'ingredient' | 'drugClass'>,
  knowledge: Knowledge,
): readonly DatedFact[] {
  const own = datedFact(knowledge, `${drugClass}.monitoring.${ingredient}`);
  if (own !== undefined) return [own];
  return CHECKS.flatMap((suffix) => datedFact(knowledge, `${drugClass}.monitoring${suffix}`) ?? []);
}

function earlyStep(
  factId: string,
  what: MonitoringStep['what'],
  firstDay: number | undefined,
  forecasts: readonly Forecast[],
  knowledge: Knowledge,
): readonly MonitoringStep[] {
  const dated = datedFact(knowledge, factId);
  if (dated === undefined || (firstDay !== undefined && firstDay <= dated.day)) return [];
  const chance = highestChanceBy(forecasts, firstDay ?? dated.day);
  if (chance < FORECAST_POLICY.earlyCheckChance.value) return [];
  const reason = `${dated.fact.statement} The forecast sees a dangerous value by then in ${Math.round(chance * 100)} of 100 patients like this one.`;
  return [stepOf(dated.day, what, dated.fact, reason)];
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

function datedFact(knowledge: Knowledge, id: string): DatedFact | undefined {
  const fact = knowledge.find(id);
  if (fact?.basis !== 'read' || fact.value === null || fact.unit !== 'd') return undefined;
  return { day: fact.value, fact };
}

function stepOf(day: number, what: MonitoringStep['what'], { id, source }: Fact, reason: string): MonitoringStep {
  return { day, what, reason, factId: id, source };
}
