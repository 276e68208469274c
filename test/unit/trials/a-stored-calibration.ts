import type { StoredCalibration } from '../../../src/trials/stored-calibration.ts';
import { aTrial, predictionsFor } from './a-trial.ts';

/** A calibration of one invented trial by one free parameter, as it is stored; `parts` as a file may hold them. */
export function aStoredCalibration(parts: Readonly<Record<string, unknown>> = {}): StoredCalibration {
  const predictions = predictionsFor([aTrial()]);
  return {
    simulator: { published: 'abc', calibrated: 'def' },
    options: { people: 20, seed: 'calibration' },
    free: [
      {
        id: 'glycaemia.alpha',
        rows: ['alpha.hba1c'],
        prior: { value: -1, sd: 0.2 },
        posterior: { value: -1.1, sd: 0.1 },
      },
    ],
    surfaces: { 'continuous: hba1c_change (%-points)': { error: 0.01, effect: 0.7 } },
    folds: [
      { trial: 'INVENTED-1', heldOut: ['INVENTED-1'], free: [{ logFactor: 0.05, sd: 0.1 }], withheld: ['alpha.sbp'] },
    ],
    predictions,
    classOut: predictions,
    ...parts,
  };
}
