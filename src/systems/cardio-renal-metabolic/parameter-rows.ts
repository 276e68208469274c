import { replaceValues } from './replace-values.ts';
import calibrated from './parameters-calibrated.json' with { type: 'json' };
import cardiovascularDrugs from './parameters/cardiovascular-drugs.json' with { type: 'json' };
import cardiovascularSideEffects from './parameters/cardiovascular-side-effects.json' with { type: 'json' };
import circulation from './parameters/circulation.json' with { type: 'json' };
import drugEffects from './parameters/drug-effects.json' with { type: 'json' };
import events from './parameters/events.json' with { type: 'json' };
import glycaemia from './parameters/glycaemia.json' with { type: 'json' };
import glycaemicDrugs from './parameters/glycaemic-drugs.json' with { type: 'json' };
import glycaemicSideEffects from './parameters/glycaemic-side-effects.json' with { type: 'json' };
import lipidUrateDrugs from './parameters/lipid-urate-drugs.json' with { type: 'json' };
import lipidUrate from './parameters/lipid-urate.json' with { type: 'json' };
import obesityGoutDrugs from './parameters/obesity-gout-drugs.json' with { type: 'json' };
import observation from './parameters/observation.json' with { type: 'json' };
import physiology from './parameters/physiology.json' with { type: 'json' };
import population from './parameters/population.json' with { type: 'json' };

/** How a parameter differs between persons. `lognormal`: the value is the median, `sd` that of the logarithm. */
export interface Spread {
  readonly distribution: 'normal' | 'lognormal' | 'none';
  readonly sd: number;
}

/** One published number of the virtual patient, with where it stands. */
export interface ParameterRow {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly spread: Spread;
  /** Standard error of the value, where an interval was published; same unit. */
  readonly uncertainty?: number;
  /** Baseline of the source's patients at which the value holds, by variable. */
  readonly at?: Readonly<Record<string, number>>;
  /** Of a direct effect: see `EventRow.seen`. */
  readonly seen?: Readonly<Record<string, number>>;
  readonly basis: 'read' | 'recalled';
  readonly source: { readonly trial?: string | readonly string[] | null };
  /**
   * What stands while a trial that the row rests on is held out (null: no row), and why; it rests on no calibration trial.
   */
  readonly without?: { readonly value: number | null; readonly why: string };
  readonly note: string;
}

/** Every row as its source gives it: what the equations read, and what the hazards of events read. */
export const PUBLISHED_ROWS = [
  ...drugEffects,
  ...glycaemicDrugs,
  ...cardiovascularDrugs,
  ...lipidUrateDrugs,
  ...obesityGoutDrugs,
  ...physiology,
  ...glycaemia,
  ...circulation,
  ...lipidUrate,
  ...population,
  ...observation,
  ...events,
  ...glycaemicSideEffects,
  ...cardiovascularSideEffects,
] as readonly ParameterRow[];

/** The same with the values of the free parameters as the calibration trials leave them (`sextant calibrate`). */
export const PARAMETER_ROWS: readonly ParameterRow[] = replaceValues(PUBLISHED_ROWS, calibrated);
