import type { Unit } from '../core/quantity.ts';
import type { Source } from './evidence.ts';

/** A limit whose crossing matters to a clinician. */
export interface Threshold {
  readonly id: string;
  readonly side: 'above' | 'below';
  readonly value: number;
  /** When set, `value` is a change relative to the patient's current value (−0.3 = a fall by 30 %). */
  readonly relativeToCurrent?: true;
  /** Words for a card: "potassium above 5.5 mmol/L". */
  readonly label: string;
  /** The fact (src/knowledge/facts) that gives the value its source. */
  readonly factId: string;
}

/** One observable of a system: the only place that says what it is called, coded and measured in. */
export interface Variable {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  /** LOINC codes that report exactly this quantity. */
  readonly loinc: readonly string[];
  /** What a living adult can show, in `unit`; outside, the record is wrong and the value is refused. */
  readonly plausible: { readonly low: number; readonly high: number };
  /** Standardisation of the tensors: (transformed value − centre) / scale. */
  readonly scale: { readonly transform: 'identity' | 'log'; readonly centre: number; readonly spread: number };
  readonly decimals: number;
  /**
   * Set where cards do not speak of it yet: it is read, believed and forecast, and the ledger keeps it, but no fact gives
   * its limits or its mechanism a source.
   */
  readonly isSilent?: true;
  readonly thresholds: readonly Threshold[];
}

/** A drug class that the system's dynamics know; doses enter as a fraction of the reference dose. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /**
   * What a drafted order of this class gets on a card: `forecast` only where the safety rules and monitoring facts of
   * the class stand, so that a forecast never appears without the screening that belongs to it; `screened` means the
   * rules alone. A running drug of either kind enters the belief as a dose.
   */
  readonly drafted: 'forecast' | 'screened';
}

/** The units that a daily dose is counted in. */
export type DoseUnit = Extract<Unit, 'mg/d' | 'U/d' | '1'>;

/** An ingredient that acts through a channel. */
export interface Intervention {
  readonly ingredient: string;
  readonly channel: string;
  /** The unit of its doses: units of insulin are no milligrams, and a programme is followed (1) or not. */
  readonly unit: DoseUnit;
  /** Reference (guideline target) total daily dose, in `unit`. Of a weekly drug, a seventh of the weekly dose. */
  readonly referenceDose: number;
  readonly maximumDose: number;
  /** Usual total daily doses in ascending order, in `unit`. */
  readonly ladder: readonly number[];
  /** Less than 1 for what is taken weekly or more rarely. */
  readonly dosesPerDay: number;
  /**
   * Set where the market that the simulated clinics prescribe from lacks it (withdrawn, never licensed, sold elsewhere, or
   * outside of their lists): trials and records know it, no simulated clinic prescribes it.
   */
  readonly isOffMarket?: true;
  /**
   * Variables (by id) that the ingredient moves in a way of its own, which the dynamics of its channel do not hold: what is
   * forecast of them under it is known to be wrong.
   */
  readonly unmodelled?: readonly string[];
  /** Where the doses were found. */
  readonly source: Source;
}

/** What a system shows to the rest of the house. Arrays are in tensor order. */
export interface System {
  readonly id: string;
  readonly version: string;
  readonly variables: readonly Variable[];
  /** Quantities that a record holds and from which variables are derived (creatinine for eGFR). */
  readonly inputs: readonly Variable[];
  readonly channels: readonly Channel[];
  /** Yes/no traits that condition the dynamics, in tensor order after age and sex. */
  readonly traits: readonly string[];
  readonly interventions: readonly Intervention[];
  /** Days ahead at which forecasts are made (unit: d), ascending. */
  readonly horizon: readonly number[];
}
