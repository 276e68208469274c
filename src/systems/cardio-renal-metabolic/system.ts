import type { Intervention, System } from '../../domain/system.ts';
import interventionRows from './interventions.json' with { type: 'json' };
import { CHANNELS, HORIZON, INPUTS, TRAITS, VARIABLES } from './schema.ts';

const INTERVENTIONS: readonly Intervention[] = interventionRows.map((row) => ({
  ingredient: row.ingredient,
  channel: row.class,
  referenceDose: row.referenceDose,
  maximumDose: row.maxDose,
  ladder: row.ladder,
  dosesPerDay: row.dosesPerDay,
  source: row.source,
}));

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
