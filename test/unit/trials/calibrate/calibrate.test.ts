import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { FREE_PARAMETERS } from '../../../../src/systems/cardio-renal-metabolic/free-parameters.ts';
import { PUBLISHED_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { replaceValues } from '../../../../src/systems/cardio-renal-metabolic/replace-values.ts';
import { calibrate } from '../../../../src/trials/calibrate/calibrate.ts';
import type { Calibration } from '../../../../src/trials/calibrate/calibrate.ts';
import { changedRows } from '../../../../src/trials/calibrate/changed-rows.ts';
import { emulateTrial } from '../../../../src/trials/emulate/emulate-trial.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';
import { aVirtualTrial, arm, PLACEBO } from '../emulate/a-virtual-trial.ts';

const OPTIONS = { people: 24, draws: 2, peopleOfDraw: 12, seed: 'calibrate' };
const METFORMIN = FREE_PARAMETERS.findIndex(({ rows }) => rows.includes('biguanide.hba1c'));
const PUBLISHED = PUBLISHED_ROWS.find(({ id }) => id === 'biguanide.hba1c')?.value ?? Number.NaN;

/** Trials in which the class does 1.4 times what is published: their reports are emulated. */
const STRONGER = replaceValues(PUBLISHED_ROWS, [{ id: 'biguanide.hba1c', value: 1.4 * PUBLISHED }]);
const TRIALS = ['A', 'B', 'C', 'D'].map((id) => reported({ ...aVirtualTrial(), id }));

const GLIPTIN = { arms: [arm('active', { code: 'sitagliptin', dose: 100, unit: 'mg/d' }), PLACEBO] };

function reported(trial: TrialFile): TrialFile {
  const { predictions } = emulateTrial(trial, { ...OPTIONS, draws: 0 }, STRONGER);
  const endpoints = trial.endpoints.map((endpoint, index) => {
    const prediction = at(predictions, index);
    if (!prediction.evaluable) throw new TypeError(prediction.reason);
    return { ...endpoint, ...around(prediction.predicted) };
  });
  return { ...trial, endpoints };
}

function around(estimate: number) {
  return { estimate, ciLow: estimate - 0.05, ciHigh: estimate + 0.05 };
}

function calibrated(trials: readonly TrialFile[]): Calibration {
  const tell = (): void => undefined;
  const drugs = { classes: {}, referenceDoses: {} };
  return calibrate({ trials, drugs, published: PUBLISHED_ROWS, free: FREE_PARAMETERS, options: OPTIONS, tell });
}

const first = calibrated(TRIALS);

describe('calibrate', () => {
  it('finds the strength that made the reports', () => {
    const found = first.calibrated.find(({ id }) => id === 'biguanide.hba1c')?.value ?? Number.NaN;
    expect(found / PUBLISHED).toBeGreaterThan(1.2);
    expect(found / PUBLISHED).toBeLessThan(1.5);
  });

  it('leaves alone what no trial gives', () => {
    const others = first.values.filter((_, index) => index !== METFORMIN);
    expect(others.map(({ logFactor }) => logFactor)).toEqual(others.map(() => 0));
  });

  it('predicts a trial as if it had never been reported', () => {
    const [own, ...others] = TRIALS;
    if (own === undefined) throw new TypeError('no trial');
    const changed = { ...own, endpoints: own.endpoints.map((endpoint) => ({ ...endpoint, ...around(3) })) };
    const second = calibrated([changed, ...others]);
    const of = (calibration: Calibration, trial: string) =>
      calibration.predictions.filter((row) => row.trial === trial);
    expect(of(second, 'A')).toEqual(of(first, 'A'));
    expect(of(second, 'B')).not.toEqual(of(first, 'B'));
  });

  it('leaves a class at its prior where every trial that gives it is held out', () => {
    const prior = FREE_PARAMETERS.map(({ sd }) => ({ logFactor: 0, sd }));
    const rows = changedRows(PUBLISHED_ROWS, FREE_PARAMETERS, prior, () => false);
    const { predictions } = emulateTrial(at(TRIALS, 1), OPTIONS, rows);
    expect(first.classOut.filter(({ trial }) => trial === 'B')).toEqual(predictions);
  });

  it('hides, with a class, trials that give it as background', () => {
    const onMetformin = reported({
      ...aVirtualTrial({ ...GLIPTIN, population: { background: { metformin: 1 } } }),
      id: 'E',
    });
    const alone = calibrated([...TRIALS.slice(0, 1), onMetformin]).classOut.filter(({ trial }) => trial === 'A');
    const bare = calibrated(TRIALS.slice(0, 1)).classOut;
    expect(alone).toEqual(bare);
  });

  it('measures how far what it fits lies from what is emulated', () => {
    const { error, effect } = Object.values(first.surfaces)[0] ?? { error: 1, effect: 0 };
    expect(error).toBeLessThan(0.05 * effect);
  });

  it('gives the same bytes again', () => {
    expect(JSON.stringify(calibrated(TRIALS).predictions)).toBe(JSON.stringify(first.predictions));
  });
});
