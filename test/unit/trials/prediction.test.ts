import { describe, expect, it } from 'vitest';
import { predictionOf } from '../../../src/trials/prediction.ts';
import type { Prediction } from '../../../src/trials/prediction.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { emulateTrial } from '../../../src/trials/emulate/emulate-trial.ts';
import { aVirtualTrial, ratio, row } from './emulate/a-virtual-trial.ts';

const TWO = aVirtualTrial({ endpoints: [row('hba1c_change'), row('hba1c_change', { unit: 'mmol/mol' })] });
const ONE = aVirtualTrial();

function aPrediction(predicted: number, more: object = {}): Prediction {
  const key = { trial: 'INVENTED', arm: 'active', comparator: 'placebo', endpoint: 'hba1c_change', month: 6 };
  return { ...key, evaluable: true, predicted, monteCarloSe: 0, predictiveSd: 0, ...more };
}

function predictedFor(predictions: readonly Prediction[], trial = TWO) {
  return rowsOf(trial).map((each) => {
    const found = predictionOf(predictions, each);
    return found?.evaluable === true ? found.predicted : undefined;
  });
}

describe('rows that differ in measure or unit alone', () => {
  it('have keys of their own, and a row without a double keeps the short one', () => {
    expect(new Set(rowsOf(TWO).map(({ key }) => key)).size).toBe(2);
    expect(rowsOf(ONE).map(({ key }) => key)).toEqual(['INVENTED | active | placebo | hba1c_change | 6']);
  });

  it('each find the prediction in their unit', () => {
    expect(
      predictedFor([
        aPrediction(-1, { unit: '%-points', measure: 'mean_difference' }),
        aPrediction(-11, { unit: 'mmol/mol', measure: 'mean_difference' }),
      ]),
    ).toEqual([-1, -11]);
  });

  it('do not share one that names neither', () => {
    expect(predictedFor([aPrediction(-1)])).toEqual([undefined, undefined]);
    expect(predictedFor([aPrediction(-1)], ONE)).toEqual([-1]);
  });

  it('are told apart by what the emulation says', () => {
    const options = { people: 12, draws: 0, peopleOfDraw: 0, seed: 's' };
    const [points, molar] = predictedFor(emulateTrial(TWO, options).predictions);
    expect((molar ?? 0) / (points ?? 1)).toBeCloseTo(1 / 0.0915, 5);
  });
});

describe('predictions of one row', () => {
  it('are none when there are two', () => {
    expect(predictedFor([aPrediction(-1), aPrediction(-2)], ONE)).toEqual([undefined]);
  });

  it('are none in another unit', () => {
    expect(predictedFor([aPrediction(-11, { unit: 'mmol/mol' })], ONE)).toEqual([undefined]);
  });
});

describe('a trial file', () => {
  it('has no row twice', () => {
    expect(() => aVirtualTrial({ endpoints: [row('hba1c_change'), row('hba1c_change')] })).toThrow(
      'the row stands twice',
    );
    expect(() =>
      aVirtualTrial({ endpoints: [ratio('stroke'), ratio('stroke', { measure: 'risk_ratio' })] }),
    ).not.toThrow();
  });
});

describe('a ratio of geometric means', () => {
  it('is the exponential of the mean change of the logarithm', () => {
    const endpoint = { arm: 'active', comparator: 'placebo' };
    const trial = aVirtualTrial({
      population: {
        baseline: { hba1c: { mean: 8.2, sd: 0.8, unit: '%' }, triglycerides: { median: 180, unit: 'mg/dL' } },
      },
      arms: [
        { id: 'active', interventions: [{ code: 'atorvastatin', dose: 80, unit: 'mg/d' }] },
        { id: 'placebo', interventions: [{ code: 'placebo' }] },
      ],
      endpoints: [
        { ...endpoint, endpoint: 'triglycerides_change', measure: 'risk_ratio', unit: 'ratio of geometric means' },
        { ...endpoint, endpoint: 'triglycerides_change', measure: 'percent_change', unit: '%' },
      ],
    });
    const [geometric, percent] = predictedFor(
      emulateTrial(trial, { people: 20, draws: 0, peopleOfDraw: 0, seed: 's' }).predictions,
      trial,
    );
    expect(geometric).toBeLessThan(1);
    expect(geometric).toBeCloseTo(1 + (percent ?? 0) / 100, 1);
  });
});
