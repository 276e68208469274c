import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { at } from '../core/array.ts';
import { digestOf } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import { FREE_PARAMETERS } from '../systems/cardio-renal-metabolic/free-parameters.ts';
import { PUBLISHED_ROWS } from '../systems/cardio-renal-metabolic/parameter-rows.ts';
import { simulatorDigests } from '../systems/cardio-renal-metabolic/simulator-digests.ts';
import { replaceValues } from '../systems/cardio-renal-metabolic/replace-values.ts';
import { calibrate } from '../trials/calibrate/calibrate.ts';
import type { Calibration } from '../trials/calibrate/calibrate.ts';
import { priorValue } from '../trials/calibrate/changed-rows.ts';
import { renderCalibration } from '../trials/calibrate/render-calibration.ts';
import type { StoredCalibration } from '../trials/stored-calibration.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { drugMapOf, readTrials } from './trials-referee.ts';

/** Where the simulator reads the values of the free parameters, and where a calibration is kept with its folds. */
const VALUES = 'src/systems/cardio-renal-metabolic/parameters-calibrated.json';
const STORE = 'models/cardio-renal-metabolic/trials-calibration.json';

/** Surfaces, for which every trial is emulated some ten times, take half as many people. */
const USUAL = { people: 200, draws: 12, 'draw-people': 50, seed: 'calibration' } as const;

/**
 * Refits the free parameters to trials, predicts each trial from a fit without it, and reports the parameters; the
 * predictions are reported by `trial --out-of-fold`.
 *
 * `<folder> [--people N] [--draws K] [--draw-people N] [--seed S] [--out FILE] [--write]`. `--out` keeps values, folds and
 * predictions; `--write` keeps them in the repository and makes the simulator take the values. The same files and seed give
 * the same bytes.
 *
 * @throws AppError `config.invalid` naming everything that is wrong with the arguments or files.
 */
export function runCalibrate(args: readonly string[], print: (line: string) => void): void {
  const { place, out, options, write } = parseOrder(args);
  const trials = readTrials(place);
  const calibration = calibrate({
    trials,
    drugs: drugMapOf(trials),
    published: PUBLISHED_ROWS,
    free: FREE_PARAMETERS,
    options,
    tell: (doing) => {
      process.stderr.write(`${doing}\n`);
    },
  });
  const stored = storedFrom(calibration, trials, { ...options });
  if (out !== undefined) writeFileSync(out, `${JSON.stringify(stored, null, 1)}\n`);
  if (write) {
    writeFileSync(STORE, `${JSON.stringify(stored, null, 1)}\n`);
    writeFileSync(VALUES, `${JSON.stringify(calibration.calibrated, null, 2)}\n`);
  }
  renderCalibration(stored, FREE_PARAMETERS).forEach(print);
}

function storedFrom(
  { calibrated, values, ...rest }: Calibration,
  trials: readonly TrialFile[],
  options: StoredCalibration['options'],
): StoredCalibration {
  return {
    simulator: { ...simulatorDigests(replaceValues(PUBLISHED_ROWS, calibrated)), trials: digestOf(trials) },
    options,
    free: FREE_PARAMETERS.map((parameter, index) => {
      const value = priorValue(PUBLISHED_ROWS, parameter, at(parameter.rows, 0));
      const { logFactor, sd } = at(values, index);
      return {
        id: parameter.id,
        rows: parameter.rows,
        prior: { value, sd: parameter.sd },
        posterior: { value: value * Math.exp(logFactor), sd },
      };
    }),
    ...rest,
  };
}

function parseOrder(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      people: { type: 'string', default: String(USUAL.people) },
      draws: { type: 'string', default: String(USUAL.draws) },
      'draw-people': { type: 'string', default: String(USUAL['draw-people']) },
      seed: { type: 'string', default: USUAL.seed },
      out: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const [place] = positionals;
  const options = {
    people: Number(values.people),
    draws: Number(values.draws),
    peopleOfDraw: Number(values['draw-people']),
    seed: values.seed,
  };
  const { people, draws, peopleOfDraw } = options;
  const faults = [
    ...(place === undefined ? ['Name a folder of trial files.'] : []),
    ...([people, draws, peopleOfDraw].every((count) => Number.isInteger(count) && count >= 2)
      ? []
      : ['--people, --draws and --draw-people are whole numbers, at least 2.']),
  ];
  if (place === undefined || faults.length > 0) throw new AppError('config.invalid', faults);
  return { place, options, out: values.out, write: values.write };
}
