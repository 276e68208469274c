import type { Abstention, Candidate } from '../domain/plan.ts';
import { FORECAST_POLICY } from './policy.ts';
import { lastForecast } from './summarise.ts';

/** The variables on which the model's members have to agree before it may speak. */
const AGREED = ['potassium', 'egfr'] as const;

/**
 * An abstention when too much of the uncertainty is disagreement between the members of the model, on any candidate at
 * the last day of the horizon. A single model disagrees with nobody and is not held back.
 */
export function modelDisagreement(candidates: readonly Candidate[]): Abstention | undefined {
  const shares = candidates.flatMap(({ forecasts }) =>
    AGREED.flatMap((variable) => lastForecast(forecasts, variable)?.epistemicShare ?? []),
  );
  const widest = Math.max(0, ...shares);
  if (widest <= FORECAST_POLICY.disagreement.value) return undefined;
  return {
    code: 'model.disagrees',
    reason: `${Math.round(widest * 100)} % of the forecast’s uncertainty is disagreement between the model’s members`,
    help: 'a more recent potassium and creatinine would narrow it',
  };
}
