import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { mean, quantileOfSorted, sortedCopy } from '../../../../src/core/statistics.ts';
import { instant } from '../../../../src/core/time.ts';
import type { PatientHistory } from '../../../../src/domain/belief.ts';
import { resample } from '../../../../src/systems/cardio-renal-metabolic/importance.ts';
import type { Individual, Setpoints } from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { instrumentsOf, observePatient } from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { drawNeighbours } from '../../../../src/systems/cardio-renal-metabolic/neighbours.ts';
import { measurementNoise, restingNoise, stepNoise } from '../../../../src/systems/cardio-renal-metabolic/noise.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { drawLibrary } from '../../../../src/systems/cardio-renal-metabolic/particle-library.ts';
import type { Living } from '../../../../src/systems/cardio-renal-metabolic/counterfactual.ts';
import { PATIENT_NOISE, drawPatient } from '../../../../src/systems/cardio-renal-metabolic/draw-patient.ts';
import { weighParticles } from '../../../../src/systems/cardio-renal-metabolic/particles.ts';
import { VARIABLE_INDEX } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import {
  gfrOf,
  restingState,
  stepPatient,
  truthOf,
} from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { anIndividual, doses, valuesBy } from './builders.ts';

const parameters = publishedParameters();
const imaginable = {
  parameters,
  library: drawLibrary(parameters, 256),
  neighbours: drawNeighbours(worldOf('none'), 1500),
};

/** What the model believes of a patient: patients drawn from the belief. */
function believed(history: PatientHistory, count = 128): readonly Living[] {
  const { particles } = weighParticles(imaginable, history);
  const random = seededRandom('belief');
  const weights = particles.map(({ weight }) => weight);
  return resample(weights, count, 0.5).map((index) =>
    drawPatient(
      parameters,
      at(particles, index),
      history,
      Array.from({ length: PATIENT_NOISE }, () => random.normal()),
    ),
  );
}

function beliefIn(patients: readonly Living[], name: keyof Setpoints): { low: number; mean: number; high: number } {
  const sorted = sortedCopy(patients.map(({ individual }) => individual.setpoints[name]));
  return { low: quantileOfSorted(sorted, 0.025), mean: mean(sorted), high: quantileOfSorted(sorted, 0.975) };
}

function aRecord(given: Partial<PatientHistory> = {}): PatientHistory {
  return {
    asOf: instant(0),
    covariates: { age: 62, female: false, traits: [false, true, false] },
    visits: [],
    doses: doses(),
    ...given,
  };
}

/** The quarterly record of five years of one virtual patient under constant doses. */
function fiveYears(individual: Individual, taken: readonly number[], seed: string): PatientHistory {
  const random = seededRandom(seed);
  const instruments = instrumentsOf(parameters);
  const every = 91;
  let state = restingState(individual, taken, restingNoise(random));
  const visits = Array.from({ length: 20 }, (_, index) => {
    for (let piece = 0; index > 0 && piece < 4; piece += 1) {
      state = stepPatient(individual, state, taken, every / 4, stepNoise(random));
    }
    const values = observePatient(instruments, individual, state, measurementNoise(random));
    return { daysBeforeNow: (19 - index) * every, values, doses: taken };
  });
  const { age, female } = individual.person;
  return aRecord({ covariates: { age, female, traits: [true, true, undefined] }, visits, doses: taken });
}

describe('weighParticles', () => {
  const taken = doses({ acei: 0.5, bb: 0.5, biguanide: 1, statin: 1, sglt2i: 1 });
  const individual = anIndividual({ setpoints: { hba1c: 9, sbp: 160, urate: 8, ldl: 150 } });
  const found = believed(fiveYears(individual, taken, 'five-years'));

  // How far the belief's mean may be off: what persons differ in their responses to what they take stays open.
  it.each([
    ['potassium', 0.3],
    ['gfr', 8],
    ['sbp', 10],
    ['dbp', 6],
    ['heartRate', 5],
    ['weight', 3],
    ['hba1c', 0.8],
    ['ldl', 30],
    ['hdl', 5],
    ['triglycerides', 35],
    ['uacr', 25],
    ['ntProbnp', 250],
    ['lvef', 5],
    ['urate', 1],
  ] as const)('finds the untreated %s of someone with five years of treated values within %d', (name, apart) => {
    expect(Math.abs(beliefIn(found, name).mean - individual.setpoints[name])).toBeLessThan(apart);
  });

  it('holds most of the untreated levels within its 95 % intervals', () => {
    const names = Object.keys(individual.setpoints) as readonly (keyof Setpoints)[];
    const within = names.filter((name) => {
      const { low, high } = beliefIn(found, name);
      return individual.setpoints[name] >= low && individual.setpoints[name] <= high;
    });
    expect(within.length).toBeGreaterThanOrEqual(names.length - 2);
  });

  it('believes someone whose HbA1c is 7.2 on metformin to be higher without it', () => {
    const record = (taken: readonly number[]): PatientHistory =>
      aRecord({
        visits: [200, 100, 0].map((daysBeforeNow) => ({
          daysBeforeNow,
          values: valuesBy({ hba1c: 7.2 }),
          doses: taken,
        })),
        doses: taken,
      });
    const treated = beliefIn(believed(record(doses({ biguanide: 1 }))), 'hba1c');
    const untreated = beliefIn(believed(record(doses())), 'hba1c');
    expect(untreated.mean).toBeCloseTo(7.2, 0);
    expect(treated.mean).toBeGreaterThan(untreated.mean + 0.4);
    expect(treated.mean).toBeLessThan(9.5);
  });

  it('asks glucose for the untreated HbA1c where none was measured', () => {
    const withGlucose = (glucose: number): PatientHistory =>
      aRecord({ visits: [{ daysBeforeNow: 0, values: valuesBy({ fasting_glucose: glucose }), doses: doses() }] });
    const [low, high] = [120, 220].map((glucose) => beliefIn(believed(withGlucose(glucose)), 'hba1c'));
    expect(high?.mean).toBeGreaterThan((low?.mean ?? Infinity) + 2);
  });

  it('believes glucose less than HbA1c', () => {
    const values = valuesBy({ fasting_glucose: 220, hba1c: 6.5 });
    const both = aRecord({ visits: [{ daysBeforeNow: 0, values, doses: doses() }] });
    expect(beliefIn(believed(both), 'hba1c').mean).toBeLessThan(7.2);
  });

  it('leaves what was never measured as wide as it is in people like the patient', () => {
    const values = valuesBy({ potassium: 4.4 });
    const record = aRecord({ visits: [{ daysBeforeNow: 0, values, doses: doses() }] });
    const ldl = beliefIn(believed(record), 'ldl');
    expect(ldl.high - ldl.low).toBeGreaterThan(80);
    const known = aRecord({ visits: [{ daysBeforeNow: 0, values: valuesBy({ ldl: 110 }), doses: doses() }] });
    const seen = beliefIn(believed(known), 'ldl');
    expect(seen.high - seen.low).toBeLessThan(60);
  });

  it('expects more albumin in the urine of failing kidneys than of healthy ones', () => {
    const withEgfr = (egfr: number): PatientHistory =>
      aRecord({
        covariates: { age: 62, female: false, traits: [undefined, undefined, undefined] },
        visits: [{ daysBeforeNow: 0, values: valuesBy({ egfr }), doses: doses() }],
      });
    const [failing, healthy] = [30, 90].map((egfr) => beliefIn(believed(withEgfr(egfr)), 'uacr').mean);
    expect(failing).toBeGreaterThan(2 * (healthy ?? Infinity));
  });

  it('sees an acute illness behind a fall of eGFR on the ward, and expects some of it to heal', () => {
    const at60 = [400, 300, 200, 100].map((daysBeforeNow) => ({
      daysBeforeNow,
      values: valuesBy({ egfr: 60 }),
      doses: doses(),
    }));
    const fallen = [2, 1, 0].map((daysBeforeNow) => ({
      daysBeforeNow,
      values: valuesBy({ egfr: 36 }),
      doses: doses(),
    }));
    const patients = believed(aRecord({ visits: [...at60, ...fallen] }));
    expect(patients.every(({ setting }) => setting === 'inpatient')).toBe(true);
    expect(mean(patients.map(({ state }) => gfrOf(state)))).toBeLessThan(46);
    expect(mean(patients.map(({ individual: { setpoints } }) => setpoints.gfr))).toBeGreaterThan(52);
  });

  it('takes one high potassium for a spoilt sample rather than three of them', () => {
    const withLast = (...last: readonly number[]): PatientHistory =>
      aRecord({
        visits: [4.2, 4.1, 4.3, 4.2, ...last].map((potassium, index, all) => ({
          daysBeforeNow: 30 * (all.length - 1 - index),
          values: valuesBy({ potassium }),
          doses: doses(),
        })),
      });
    const [once, thrice] = [[5.6], [5.6, 5.5, 5.7]].map(
      (last) => beliefIn(believed(withLast(...last)), 'potassium').mean,
    );
    expect(thrice).toBeGreaterThan((once ?? Infinity) + 0.05);
  });

  it('gives the same bytes for the same history', () => {
    const history = fiveYears(individual, taken, 'again');
    const [one, two] = [believed(history, 8), believed(history, 8)];
    expect(two.map(({ state }) => state)).toEqual(one.map(({ state }) => state));
  });

  it('says by what power it had to weaken a record that tells more than the library can', () => {
    const { likelihoodPower, effectiveSampleSize } = weighParticles(
      imaginable,
      fiveYears(individual, taken, 'five-years'),
    );
    expect(likelihoodPower).toBeLessThan(1);
    expect(effectiveSampleSize).toBeGreaterThanOrEqual(23.9);
    expect(weighParticles(imaginable, aRecord()).likelihoodPower).toBe(1);
  });
});

it('a drawn patient shows now about what was measured last', () => {
  const values = valuesBy({ egfr: 45, hba1c: 8.1, ldl: 70, urate: 5 });
  const taken = doses({ statin: 1, xoi: 1, biguanide: 1 });
  const patients = believed(aRecord({ visits: [{ daysBeforeNow: 0, values, doses: taken }], doses: taken }));
  const levels = (index: number): number =>
    mean(patients.map(({ individual, state }) => at(truthOf(individual, state), index)));
  expect(Math.abs(levels(VARIABLE_INDEX.egfr) - 45)).toBeLessThan(4);
  expect(Math.abs(levels(VARIABLE_INDEX.hba1c) - 8.1)).toBeLessThan(0.4);
  expect(Math.abs(levels(VARIABLE_INDEX.ldl) - 70)).toBeLessThan(7);
  expect(Math.abs(levels(VARIABLE_INDEX.urate) - 5)).toBeLessThan(0.5);
});
