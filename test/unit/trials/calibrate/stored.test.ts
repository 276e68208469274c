import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTrials } from '../../../../src/benchmarks/trials-referee.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { simulatorDigests } from '../../../../src/systems/cardio-renal-metabolic/simulator-digests.ts';
import { frozenTrials } from '../../../../src/trials/frozen-rows.ts';
import { parseStoredCalibration } from '../../../../src/trials/stored-calibration.ts';

interface Registry {
  readonly models: readonly {
    readonly trainedOn: { readonly cohort: { readonly meta: { readonly parametersDigest: string } } };
  }[];
}

const reading = parseStoredCalibration(
  JSON.parse(readFileSync('models/cardio-renal-metabolic/trials-calibration.json', 'utf8')),
);
if (!reading.ok) throw new TypeError(JSON.stringify(reading.problems));
const stored = reading.value;

describe('the calibration in the repository', () => {
  it('is that of these rows and free parameters: whoever changes one runs `sextant calibrate … --write` again', () => {
    expect(stored.simulator).toMatchObject(simulatorDigests());
  });

  it('is that of the trial files', () => {
    expect(stored.simulator.trials).toBe(digestOf(readTrials('models/cardio-renal-metabolic/trials')));
  });

  it('is what the learned model was trained on', () => {
    const { models } = JSON.parse(readFileSync('models/registry.json', 'utf8')) as Registry;
    const digests = models.map(({ trainedOn }) => trainedOn.cohort.meta.parametersDigest);
    expect(digests).toEqual([stored.simulator.equations]);
  });

  it('has a fold for every trial of the frozen list', () => {
    expect(stored.folds.map(({ trial }) => trial).sort()).toEqual([...frozenTrials()].sort());
  });

  it('left no free parameter where no trial informed it and moved none beyond three prior standard deviations', () => {
    for (const { id, prior, posterior } of stored.free) {
      expect(Math.abs(Math.log(posterior.value / prior.value)), id).toBeLessThan(3 * prior.sd);
      expect(posterior.sd, id).toBeLessThan(prior.sd);
    }
  });
});
