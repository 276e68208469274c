import type { Violation } from '../domain/plan.ts';
import type { System } from '../domain/system.ts';
import type { Forecast } from '../domain/trajectory.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { FORECAST_POLICY } from './policy.ts';
import { SAMPLES } from './roll-out.ts';
import { chanceWithinHorizon } from './summarise.ts';

/** Hyperkalaemia is the one forecast that questions an order by itself. */
const QUESTIONED = { variable: 'potassium', threshold: 'potassium-above-5.5' } as const;

/** Standard errors that count: the risk is judged by its upper bound, and against no change beyond chance. */
const STANDARD_ERRORS = 2;

/** The futures that a caution compares: with the order, and without any change. */
export interface ForecastContrast {
  readonly ingredient: string;
  readonly forecasts: readonly Forecast[];
  readonly noChange: readonly Forecast[];
}

/**
 * A caution when an order makes potassium above 5.5 mmol/L likelier than our policy tolerates.
 *
 * Judged by the upper bound of the chance, so that few samples never clear an order; and only when the order raises the
 * chance: a risk that is there anyway does not speak against it.
 */
export function forecastCautions(
  system: System,
  { ingredient, forecasts, noChange }: ForecastContrast,
  knowledge: Knowledge,
): readonly Violation[] {
  const variable = system.variables.find(({ id }) => id === QUESTIONED.variable);
  const threshold = variable?.thresholds.find(({ id }) => id === QUESTIONED.threshold);
  const fact = threshold === undefined ? undefined : knowledge.find(threshold.factId);
  if (threshold === undefined || fact?.basis !== 'read') return [];
  const chance = chanceWithinHorizon(forecasts, threshold);
  if (chance === undefined || !isQuestionable(chance, chanceWithinHorizon(noChange, threshold) ?? 0)) return [];
  const weeks = Math.round(Math.max(...system.horizon) / 7);
  const frequency = `${Math.round(chance * 100)} of 100 patients like this one within ${weeks} weeks`;
  return [
    {
      rule: 'forecast.potassium',
      basis: 'forecast',
      severity: 'caution',
      subject: ingredient,
      reason: `the forecast sees ${threshold.label} in ${frequency}: ${fact.statement}`,
      liftedBy: 'a lower dose, an alternative, or an early check of potassium',
      factId: fact.id,
      source: fact.source,
      evidence: [],
    },
  ];
}

function isQuestionable(chance: number, without: number): boolean {
  const margin = STANDARD_ERRORS * Math.sqrt((chance * (1 - chance)) / SAMPLES);
  return chance + margin > FORECAST_POLICY.cautionChance.value && chance - margin > without;
}
