import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean, variance } from '../../../../src/core/statistics.ts';
import {
  MEASUREMENT_NOISE,
  instrumentsOf,
  instrumentsOn,
  instrumentsSince,
  measureTruth,
} from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import type { Instruments } from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { measurementNoise } from '../../../../src/systems/cardio-renal-metabolic/noise.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import type { VariableId } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import { anIndividual, settledLevel, doses, valueOf } from './builders.ts';

const parameters = publishedParameters();
const instruments = instrumentsOf(parameters);
const individual = anIndividual();
const { person } = individual;
const truth = VARIABLES.map(({ id }) => settledLevel(individual, doses(), id));
const QUIET = [...Array.from({ length: MEASUREMENT_NOISE - 2 }, () => 0), 9, 9];

function errorOf(id: VariableId): Instruments['errors'][number] {
  return at(instruments.errors, VARIABLE_INDEX[id]);
}

describe('measureTruth', () => {
  const random = seededRandom('measure');
  const rounds = Array.from({ length: 20_000 }, () =>
    measureTruth(instruments, person, truth, measurementNoise(random)),
  );
  const scatterOf = (id: VariableId, of: (value: number) => number): number =>
    Math.sqrt(variance(rounds.map((row) => of(valueOf(row, id)))));

  it('reports one value a variable, and the truth without noise', () => {
    const quiet = measureTruth(instruments, person, truth, QUIET);
    expect(quiet.length).toBe(VARIABLES.length);
    quiet.forEach((value, index) => {
      expect(value / at(truth, index)).toBeCloseTo(1, 9);
    });
  });

  it('scatters eGFR by 1.2 times the scatter of creatinine', () => {
    expect(scatterOf('egfr', Math.log)).toBeCloseTo(1.2 * errorOf('egfr').sd, 3);
  });

  it.each(VARIABLES.map(({ id }) => id as VariableId).filter((id) => id !== 'egfr' && id !== 'potassium'))(
    'scatters %s by the published error of its instrument',
    (id) => {
      const { kind, sd } = errorOf(id);
      const scatter = scatterOf(id, kind === 'relative' ? Math.log : Number);
      expect(scatter / sd).toBeGreaterThan(0.97);
      expect(scatter / sd).toBeLessThan(1.03);
    },
  );

  it('reports a haemolysed potassium as often as the published rate', () => {
    const level = valueOf(truth, 'potassium');
    const high = rounds.filter((row) => valueOf(row, 'potassium') > level + 4 * level * errorOf('potassium').sd).length;
    expect(high / rounds.length).toBeGreaterThan(0.6 * instruments.haemolysis.rate);
    expect(high / rounds.length).toBeLessThan(1.2 * instruments.haemolysis.rate);
  });

  it('means the true HbA1c', () => {
    expect(mean(rounds.map((row) => valueOf(row, 'hba1c')))).toBeCloseTo(valueOf(truth, 'hba1c'), 1);
  });

  it('reports nothing that no living adult shows', () => {
    const far = VARIABLES.map(({ plausible }) => plausible.low);
    const extreme = measureTruth(instruments, person, far, [...VARIABLES.map(() => -40), -9, 9]);
    VARIABLES.forEach(({ plausible }, index) => {
      expect(at(extreme, index)).toBeGreaterThanOrEqual(plausible.low);
    });
  });
});

describe('a new assay', () => {
  const biased: Instruments = {
    ...instruments,
    bias: VARIABLES.map(({ id }) => (id === 'hba1c' ? 1.1 : id === 'egfr' ? 0.9 : 1)),
  };
  const changing: Instruments = { ...instruments, next: { day: 100, instruments: biased } };

  it('shows the truth before its day and its own bias from then on', () => {
    const shown = (day: number): number =>
      valueOf(measureTruth(instrumentsOn(changing, day), person, truth, QUIET), 'hba1c');
    expect(shown(99)).toBeCloseTo(valueOf(truth, 'hba1c'), 9);
    expect(shown(100)).toBeCloseTo(1.1 * valueOf(truth, 'hba1c'), 9);
  });

  it('turns a creatinine that reads low into an eGFR that reads high', () => {
    const shown = measureTruth(biased, person, truth, QUIET);
    expect(valueOf(shown, 'egfr')).toBeGreaterThan(1.05 * valueOf(truth, 'egfr'));
  });

  it('comes on the same day whoever counts the days', () => {
    const since = instrumentsSince(changing, 60);
    expect(instrumentsOn(since, 39.9)).toBe(since);
    expect(instrumentsOn(since, 40)).toBe(biased);
  });
});
