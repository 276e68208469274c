import { readableUnit } from '../core/quantity.ts';
import type { Violation } from '../domain/plan.ts';
import type { System } from '../domain/system.ts';
import { exceedsMaximum, forecastInterventionOf } from '../systems/doses.ts';
import type { ScreenedDrug } from './rule.ts';

/**
 * Refuses a total daily dose above the highest usual one, on the word of the drug's own row of doses, in the classes that
 * cards forecast (`Channel.drafted`).
 *
 * `factId` names that row (src/systems/…/interventions.json): a dose range is no fact of its own.
 */
export function screenDose(system: System, drug: ScreenedDrug): readonly Violation[] {
  const row = forecastInterventionOf(system, drug.ingredient);
  if (row === undefined || !isAboveMaximum(system, drug)) return [];
  const [given, highest] = [doseWords(drug.dailyDose), doseWords({ value: row.maximumDose, unit: row.unit })];
  return [
    {
      rule: 'dose.maximum',
      basis: 'record',
      severity: 'contraindicated',
      subject: drug.ingredient,
      reason: `${drug.ingredient} ${given} in all: the highest usual dose of ${drug.ingredient} is ${highest}.`,
      liftedBy: `a dose of at most ${highest}, or a specialist who wants more`,
      factId: `interventions.${drug.ingredient}`,
      source: row.source,
      evidence: [],
    },
  ];
}

/** Whether an order of a class that cards forecast asks for more a day than the highest usual dose. */
export function isAboveMaximum(system: System, { ingredient, dailyDose }: ScreenedDrug): boolean {
  const row = forecastInterventionOf(system, ingredient);
  return row !== undefined && dailyDose !== undefined && exceedsMaximum(row, dailyDose);
}

function doseWords(dose: ScreenedDrug['dailyDose']): string {
  return dose === undefined ? '' : `${dose.value} ${readableUnit(dose.unit)}`;
}
