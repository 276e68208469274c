import { describe, expect, test } from 'vitest';
import { contrastOf, referenceDosesOf } from '../../../src/trials/contrast.ts';
import type { DesignedRow } from '../../../src/trials/contrast.ts';
import { CLASS_MEAN } from '../../../src/trials/rivals/class-mean.ts';
import { CONSTANT } from '../../../src/trials/rivals/constant.ts';
import { META_REGRESSION } from '../../../src/trials/rivals/meta-regression.ts';
import { holdOut, LEAVE_CLASS_OUT, LEAVE_TRIAL_OUT } from '../../../src/trials/rivals/rival.ts';
import type { Fold, Rival } from '../../../src/trials/rivals/rival.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { parseTrialFile } from '../../../src/trials/parse-trial-file.ts';
import { at } from '../../../src/core/array.ts';
import { aPanel, aTrial, DRUGS, hazard, hba1c, rowsFrom, trialJson } from './a-trial.ts';

function predictAll<S>(rival: Rival<S>, rows: readonly DesignedRow[], fold: Fold = LEAVE_TRIAL_OUT) {
  const predictor = holdOut(rival, rows, fold);
  return rows.map((row) => predictor(row));
}

/** The panel with every estimate of one trial moved far away. */
function poisoned(trial: string): readonly DesignedRow[] {
  return rowsFrom(aPanel()).map((designed) =>
    designed.row.trial === trial && designed.row.observed !== undefined
      ? { ...designed, row: { ...designed.row, observed: { ...designed.row.observed, value: 50 } } }
      : designed,
  );
}

describe.each([
  ['constant', (rows: readonly DesignedRow[]) => predictAll(CONSTANT, rows)],
  ['class mean', (rows: readonly DesignedRow[]) => predictAll(CLASS_MEAN, rows)],
  ['meta-regression', (rows: readonly DesignedRow[]) => predictAll(META_REGRESSION, rows)],
])('the %s', (_, predict) => {
  test('says the same of a trial however its own rows are poisoned', () => {
    const [clean, changed] = [predict(rowsFrom(aPanel())), predict(poisoned('INVENTED-0'))];
    expect(changed.slice(0, 2)).toEqual(clean.slice(0, 2));
  });
});

describe('what the rivals learn', () => {
  test('a poisoned trial does change what is said of the others', () => {
    for (const rival of [CLASS_MEAN.name, META_REGRESSION.name]) {
      const predict = (rows: readonly DesignedRow[]) =>
        rival === CLASS_MEAN.name ? predictAll(CLASS_MEAN, rows) : predictAll(META_REGRESSION, rows);
      expect(predict(poisoned('INVENTED-0'))[4]).not.toEqual(predict(rowsFrom(aPanel()))[4]);
    }
  });

  test('the constant says 0.90 of ratios, no effect of differences, nothing of rates', () => {
    const rate = { endpoint: 'failure', unit: '%', measure: 'rate', arm: 'active', estimate: 20 };
    const rows = rowsFrom([aTrial({ endpoints: [hazard(0.5), hba1c(-1), rate] })]);
    expect(predictAll(CONSTANT, rows)).toEqual([{ value: Math.log(0.9), sd: 0 }, { value: 0, sd: 0 }, undefined]);
  });

  test('the class mean is the mean of the other trials of the class, each trial once', () => {
    const files = [
      aTrial({ id: 'A', endpoints: [hba1c(-1), { ...hba1c(-1), followUpMonths: 12 }] }),
      aTrial({ id: 'B', code: 'alphadine', endpoints: [hba1c(-1)] }),
      aTrial({ id: 'C', endpoints: [hba1c(-0.4)] }),
      aTrial({ id: 'D', code: 'betapril', endpoints: [hba1c(-3)] }),
    ];
    expect(predictAll(CLASS_MEAN, rowsFrom(files))[3]?.value).toBeCloseTo(-1, 10);
  });

  test('the class mean of a class nobody else tried is the mean of the endpoint', () => {
    const files = [
      aTrial({ id: 'A', endpoints: [hba1c(-1)] }),
      aTrial({ id: 'B', endpoints: [hba1c(-1)] }),
      aTrial({ id: 'C', code: 'betapril', endpoints: [hba1c(-3)] }),
    ];
    expect(predictAll(CLASS_MEAN, rowsFrom(files))[2]?.value).toBeCloseTo(-1, 10);
  });

  test('the class mean of an endpoint nobody else has is the constant', () => {
    expect(predictAll(CLASS_MEAN, rowsFrom([aTrial({ endpoints: [hba1c(-1)] })]))[0]).toEqual({ value: 0, sd: 0 });
  });

  test('a contrast stated the other way round counts with its sign turned', () => {
    const turned = { ...trialJson({ id: 'B' }), endpoints: [{ ...hba1c(0.8), arm: 'placebo', comparator: 'active' }] };
    const reading = parseTrialFile(turned);
    if (!reading.ok) throw new Error('not read');
    const predicted = predictAll(CLASS_MEAN, rowsFrom([aTrial({ id: 'A', endpoints: [hba1c(-1)] }), reading.value]));
    expect(predicted.map((effect) => effect?.value)).toEqual([expect.closeTo(-0.8, 10), expect.closeTo(1, 10)]);
  });

  test('the meta-regression finds the slope of dose that a class mean cannot', () => {
    const files = [2.5, 5, 10, 20, 40, 80].map((dose, index) =>
      aTrial({ id: `D-${index}`, dose, endpoints: [hba1c(-0.5 - 0.25 * index, 0.05)] }),
    );
    const rows = rowsFrom(files);
    const error = (predicted: readonly ({ readonly value: number } | undefined)[]) =>
      predicted.reduce((sum, effect, index) => sum + Math.abs((effect?.value ?? 0) - (-0.5 - 0.25 * index)), 0);
    expect(error(predictAll(META_REGRESSION, rows))).toBeLessThan(0.4 * error(predictAll(CLASS_MEAN, rows)));
  });

  test('the meta-regression is less sure of a class that it never saw', () => {
    const files = [0, 1, 2, 3, 4, 5].map((index) =>
      aTrial({
        id: `E-${index}`,
        code: index < 3 ? 'alphastat' : 'betapril',
        endpoints: [hba1c(index < 3 ? -1 : -0.2, 0.05)],
      }),
    );
    const rows = rowsFrom(files);
    const [byTrial, byClass] = [predictAll(META_REGRESSION, rows), predictAll(META_REGRESSION, rows, LEAVE_CLASS_OUT)];
    expect(byClass[0]?.sd ?? 0).toBeGreaterThan(byTrial[0]?.sd ?? Infinity);
  });

  test('leaving a class out hides every other trial of the class', () => {
    const hide = (a: DesignedRow, b: DesignedRow) => LEAVE_CLASS_OUT.isHidden(a, b);
    const [alpha, other, beta] = rowsFrom([
      aTrial({ id: 'A' }),
      aTrial({ id: 'B', code: 'alphadine' }),
      aTrial({ id: 'C', code: 'betapril' }),
    ]);
    if (alpha === undefined || other === undefined || beta === undefined) throw new Error('no rows');
    expect([hide(other, alpha), hide(beta, alpha)]).toEqual([true, false]);
  });
});

describe('a contrast', () => {
  test('cancels what both arms get', () => {
    const json = trialJson();
    const both = { code: 'metformin', dose: 2000, unit: 'mg/d' };
    const arms = json.arms.map((arm) => ({ ...arm, interventions: [...arm.interventions, both] }));
    const reading = parseTrialFile({ ...json, arms });
    if (!reading.ok) throw new Error('not read');
    const contrast = contrastOf(reading.value, at(rowsOf(reading.value), 0), DRUGS);
    expect(contrast).toMatchObject({
      id: 'alpha vs ',
      sign: 1,
      activity: 1,
      ingredients: { alphastat: 1 },
      baseline: 8,
    });
  });

  test('counts dose in doublings of the reference', () => {
    const file = aTrial({ dose: 40 });
    expect(contrastOf(file, at(rowsOf(file), 0), DRUGS).dose).toBe(2);
  });

  test('takes reference doses from designs, never from results', () => {
    const files = [aTrial({ dose: 5 }), aTrial({ dose: 20, endpoints: [hba1c(-9)] })];
    expect(referenceDosesOf(files)['alphastat mg/d']).toBeCloseTo(10, 10);
  });
});
