import type { DoseUnit, Intervention, System } from '../../domain/system.ts';
import cardiovascularRows from './interventions-cardiovascular.json' with { type: 'json' };
import glycaemicRows from './interventions-glycaemic.json' with { type: 'json' };
import lipidUrateRows from './interventions-lipid-urate.json' with { type: 'json' };
import obesityGoutRows from './interventions-obesity-gout.json' with { type: 'json' };
import trialDrugRows from './interventions-trial-drugs.json' with { type: 'json' };
import cardioRenalRows from './interventions.json' with { type: 'json' };
import { CHANNELS, HORIZON, INPUTS, TRAITS, VARIABLES } from './schema.ts';

const DOSE_UNITS: readonly DoseUnit[] = ['mg/d', 'U/d', '1'];

const INTERVENTIONS: readonly Intervention[] = [
  ...cardioRenalRows,
  ...glycaemicRows,
  ...cardiovascularRows,
  ...lipidUrateRows,
  ...obesityGoutRows,
  ...trialDrugRows,
].map((row) => ({
  ingredient: row.ingredient,
  channel: row.class,
  unit: doseUnitOf(row),
  referenceDose: row.referenceDose,
  maximumDose: row.maxDose,
  ladder: row.ladder,
  dosesPerDay: row.dosesPerDay,
  ...('offMarket' in row && { isOffMarket: true as const }),
  ...('unmodelled' in row && { unmodelled: row.unmodelled }),
  source: row.source,
}));

function doseUnitOf({ ingredient, unit }: { readonly ingredient: string; readonly unit: string }): DoseUnit {
  const known = DOSE_UNITS.find((doseUnit) => doseUnit === unit);
  if (known === undefined) throw new TypeError(`the doses of ${ingredient} are in ${unit}, which no regimen counts in`);
  return known;
}

/** Heart, kidney and metabolism: what a drug that moves potassium and kidney function does over three months. */
export const cardioRenalMetabolic: System = {
  id: 'cardio-renal-metabolic',
  version: '0.1.0',
  variables: VARIABLES,
  inputs: INPUTS,
  channels: CHANNELS,
  traits: TRAITS,
  interventions: INTERVENTIONS,
  horizon: HORIZON,
};
