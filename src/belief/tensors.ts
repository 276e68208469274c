import { at } from '../core/array.ts';
import type { PatientHistory, Visit } from '../domain/belief.ts';
import type { System } from '../domain/system.ts';

/** Visits that a history tensor holds; of a longer history the most recent ones. */
export const VISIT_SLOTS = 32;

/**
 * A history as raw numbers in physical units; NaN where nothing is known.
 *
 * The models standardise inside their own graph, so this packing is the whole contract between a record, the training
 * cohort and a model.
 */
export interface HistoryTensors {
  /** Shape [2 + traits]: age (a), female (0 or 1), then each trait (0, 1 or NaN). */
  readonly covariates: Float32Array;
  /**
   * Shape [VISIT_SLOTS, 1 + variables + channels], oldest first, padded in front: days before now (d; NaN in a padding
   * row), values (physical units, NaN where not measured), doses (fraction of the reference dose).
   */
  readonly visits: Float32Array;
  /** Shape [channels]: what the patient takes now. */
  readonly doses: Float32Array;
}

/** The width of one row of `HistoryTensors.visits`. */
export function visitWidth(system: System): number {
  return 1 + system.variables.length + system.channels.length;
}

/**
 * Packs a history into tensors.
 *
 * @throws TypeError when a visit does not have one value a variable and one dose a channel: everything after it would shift.
 */
export function historyTensors(system: System, history: PatientHistory): HistoryTensors {
  const width = visitWidth(system);
  const recent = history.visits.slice(-VISIT_SLOTS);
  const visits = new Float32Array(VISIT_SLOTS * width).fill(Number.NaN);
  recent.forEach((visit, index) => {
    if (1 + visit.values.length + visit.doses.length !== width) throw new TypeError('a visit of another system');
    visits.set(visitRow(visit), (VISIT_SLOTS - recent.length + index) * width);
  });
  const { age, female, traits } = history.covariates;
  return {
    covariates: Float32Array.from([age, female ? 1 : 0, ...traits.map(numberOf)]),
    visits,
    doses: Float32Array.from(system.channels, (_, index) => at(history.doses, index)),
  };
}

function visitRow(visit: Visit): readonly number[] {
  return [visit.daysBeforeNow, ...visit.values.map((value) => value ?? Number.NaN), ...visit.doses];
}

function numberOf(claim: boolean | undefined): number {
  return claim === undefined ? Number.NaN : Number(claim);
}
