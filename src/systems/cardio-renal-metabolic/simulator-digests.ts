import { digestOf } from '../../core/digest.ts';
import { CLINICS } from './clinics.ts';
import { FREE_PARAMETERS } from './free-parameters.ts';
import type { ParameterRow } from './parameter-rows.ts';
import { PARAMETER_ROWS, PUBLISHED_ROWS } from './parameter-rows.ts';
import { digestOfNumbers, equationsDigest } from './parameters.ts';
import correlations from './parameters/correlations.json' with { type: 'json' };
import { cardioRenalMetabolic } from './system.ts';

/**
 * SHA-256 of each part of the simulator that is data; `calibrated`: its rows.
 *
 * `equations` is what a model trained on the simulator names: the numbers of the calibrated rows that the equations read.
 */
export function simulatorDigests(
  calibrated: readonly ParameterRow[] = PARAMETER_ROWS,
): Readonly<Record<string, string>> {
  return {
    published: digestOfNumbers(PUBLISHED_ROWS),
    without: digestOf(PUBLISHED_ROWS.map(({ id, without }) => ({ id, value: without?.value }))),
    free: digestOf(FREE_PARAMETERS.map(({ id, rows, start, sd }) => ({ id, rows, start: start?.value, sd }))),
    calibrated: digestOfNumbers(calibrated),
    equations: equationsDigest(calibrated),
    interventions: digestOf(cardioRenalMetabolic.interventions),
    clinics: digestOf(CLINICS.map(({ id, share, rows }) => ({ id, share, rows: digestOfNumbers(rows) }))),
    correlations: digestOf(correlations.map(({ id, value }) => ({ id, value }))),
  };
}
