import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean, variance } from '../../../../src/core/statistics.ts';
import { instrumentsOf, measureTruth } from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { measurementNoise } from '../../../../src/systems/cardio-renal-metabolic/noise.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { anIndividual, valueOf } from './builders.ts';

const instruments = instrumentsOf(publishedParameters());
const { person } = anIndividual();
const truth = [4.4, 45, 130, 70, 85, 7.5];

describe('measureTruth', () => {
  const random = seededRandom('measure');
  const rounds = Array.from({ length: 20_000 }, () =>
    measureTruth(instruments, person, truth, measurementNoise(random)),
  );

  it('scatters eGFR by 1.2 times the scatter of creatinine', () => {
    const logs = rounds.map((row) => Math.log(valueOf(row, 'egfr')));
    expect(Math.sqrt(variance(logs))).toBeCloseTo(1.2 * instruments.creatinine.sd, 3);
  });

  it('scatters pressure by the error of one reading', () => {
    expect(Math.sqrt(variance(rounds.map((row) => valueOf(row, 'sbp'))))).toBeCloseTo(instruments.sbp.sd, 0);
  });

  it('reports a haemolysed potassium as often as the published rate', () => {
    const high = rounds.filter((row) => valueOf(row, 'potassium') > 4.4 + 4 * 4.4 * instruments.potassium.sd).length;
    expect(high / rounds.length).toBeGreaterThan(0.6 * instruments.haemolysis.rate);
    expect(high / rounds.length).toBeLessThan(1.2 * instruments.haemolysis.rate);
  });

  it('means the true HbA1c', () => {
    expect(mean(rounds.map((row) => valueOf(row, 'hba1c')))).toBeCloseTo(7.5, 1);
  });

  it('reports nothing that no living adult shows', () => {
    const extreme = measureTruth(instruments, person, [9.9, 2, 40, 20, 25, 3], [9, 9, -9, -9, -9, -9, -9, 9]);
    expect(valueOf(extreme, 'potassium')).toBe(10);
    expect(valueOf(extreme, 'sbp')).toBe(40);
  });
});
