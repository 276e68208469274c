import { FREE_PARAMETERS } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import { PARAMETER_ROWS, PUBLISHED_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { StoredCalibration } from '../stored-calibration.ts';
import { changedRows } from './changed-rows.ts';

/**
 * The rows of the simulator that never saw a trial: those of its fold, or of the calibrated simulator where the trial was
 * no part of the calibration.
 */
export function rowsWithout({ folds }: StoredCalibration, trial: string): readonly ParameterRow[] {
  const fold = folds.find((one) => one.trial === trial);
  if (fold === undefined) return PARAMETER_ROWS;
  return changedRows(PUBLISHED_ROWS, FREE_PARAMETERS, fold.free, (id) => fold.heldOut.includes(id));
}
