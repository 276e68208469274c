import { describe, expect, test } from 'vitest';
import { digestOfRows, FROZEN_ROWS, frozenTrials } from '../../../src/trials/frozen-rows.ts';
import type { FrozenRow } from '../../../src/trials/frozen-rows.ts';
import { gradeRows } from '../../../src/trials/grade.ts';
import { normalLogDensity } from '../../../src/trials/normal.ts';
import { judge } from '../../../src/trials/referee.ts';
import type { Verdict } from '../../../src/trials/referee.ts';
import { renderVerdict } from '../../../src/trials/render-verdict.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { rowsAsJson } from '../../../src/trials/rows-as-json.ts';
import { aPanel, aTrial, DRUGS, hba1c, predictionsFor, rowsFrom } from './a-trial.ts';

const panel = aPanel();

function judged(parts: Partial<Parameters<typeof judge>[0]> = {}): Extract<Verdict, { kind: 'graded' }> {
  const verdict = judge({ files: panel, predictions: predictionsFor(panel), drugs: DRUGS, seed: 'test', ...parts });
  if (verdict.kind !== 'graded') throw new Error('not graded');
  return verdict;
}

function frozenPanel(): readonly FrozenRow[] {
  return panel.flatMap((file) =>
    rowsOf(file).map(({ trial, arm, comparator, endpoint, month }) => ({
      trial,
      arm: arm.toUpperCase(),
      comparator,
      endpoint,
      month,
      hasInterval: true,
    })),
  );
}

function isMet(verdict: ReturnType<typeof judged>, name: string): boolean | undefined {
  const standing = verdict.bars.find((bar) => bar.name.includes(name))?.standing;
  return standing === 'not defined' ? undefined : standing === 'met';
}

describe('the frozen list', () => {
  test('is the one that was written down before anything was tuned', () => {
    expect(digestOfRows(FROZEN_ROWS)).toBe('4885cd9c950a3127d849daae9ddb59ffae0515f750802b3a73d7c435c2bf6020');
  });

  test('has 180 rows of 63 trials or pools, 150 of them with an interval, each once', () => {
    expect(FROZEN_ROWS).toHaveLength(180);
    expect(frozenTrials().size).toBe(63);
    expect(FROZEN_ROWS.filter(({ hasInterval }) => hasInterval)).toHaveLength(150);
    expect(new Set(FROZEN_ROWS.map((row) => JSON.stringify(row))).size).toBe(180);
  });
});

describe('the referee', () => {
  test('finds that a perfect predictor beats every rival', () => {
    const verdict = judged();
    expect(verdict.gains.map(({ mean }) => (mean?.low ?? 0) > 0)).toEqual([true, true, true]);
    expect(isMet(verdict, 'mean absolute error')).toBe(true);
    expect(isMet(verdict, 'slope')).toBe(true);
    expect(isMet(verdict, 'correlation')).toBe(true);
    expect(verdict.simulator.inside).toEqual({ hits: 24, of: 24 });
  });

  test('finds that a constant predictor beats no rival but draws with itself', () => {
    const predictions = predictionsFor(panel).map((one) =>
      one.evaluable
        ? { ...one, predicted: one.endpoint === 'cv_death' ? 0.9 : 0, monteCarloSe: 0, predictiveSd: 0 }
        : one,
    );
    const verdict = judged({ predictions });
    expect(verdict.gains[0]?.mean).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(isMet(verdict, 'gain over the meta-regression')).toBe(false);
    expect(isMet(verdict, 'correlation')).toBe(false);
    expect(isMet(verdict, 'mean absolute error')).toBe(false);
  });

  test('counts a row without prediction as a miss in every figure', () => {
    const predictions = predictionsFor(panel).filter(({ endpoint }) => endpoint !== 'cv_death');
    const verdict = judged({ predictions });
    expect(verdict.evaluable).toEqual({ hits: 12, of: 24 });
    expect(isMet(verdict, 'evaluable')).toBe(false);
    expect(isMet(verdict, 'coverage')).toBe(false);
    expect(verdict.simulator.inside).toEqual({ hits: 12, of: 24 });
    expect(verdict.simulator.logScore ?? 0).toBeLessThan(judged().simulator.logScore ?? 0);
  });

  test('never lets silence score better than the worst rival', () => {
    const verdict = judged({ predictions: [] });
    expect(verdict.gains.every(({ mean }) => (mean?.value ?? 1) <= 0)).toBe(true);
    for (const rival of verdict.rivals) {
      expect(verdict.simulator.continuousError ?? 0).toBeGreaterThanOrEqual(rival.continuousError ?? Infinity);
    }
  });

  test('counts a frozen row that no file holds as a miss', () => {
    const frozen: readonly FrozenRow[] = [
      ...frozenPanel(),
      { trial: 'LOST', arm: 'active', comparator: 'placebo', endpoint: 'cv_death', month: null, hasInterval: true },
    ];
    const verdict = judged({ frozen });
    expect(verdict.evaluable).toEqual({ hits: 24, of: 25 });
    expect(verdict.absent.map(({ trial }) => trial)).toEqual(['LOST']);
    expect(verdict.simulator.inside).toEqual({ hits: 24, of: 25 });
    expect(renderVerdict(verdict).join('\n')).toContain('**MISS** no trial file has LOST');
  });

  test('does not grade rows that the frozen list lacks', () => {
    expect(judged({ frozen: frozenPanel().slice(0, 6) }).rows).toHaveLength(6);
  });

  test('gives the same bytes for the same case', () => {
    expect(JSON.stringify(judged())).toBe(JSON.stringify(judged()));
  });

  test('prints misses as misses', () => {
    const lines = renderVerdict(judged({ predictions: predictionsFor(panel, 2) }));
    expect(lines.filter((line) => line.includes('| **MISS** |')).length).toBeGreaterThan(0);
    expect(lines.some((line) => line.includes('wrong direction'))).toBe(true);
  });

  test('refuses a ratio predicted at 0 as not evaluable', () => {
    const predictions = predictionsFor(panel).map((one) => (one.evaluable ? { ...one, predicted: 0 } : one));
    const reasons = judged({ predictions }).rows.map(({ prediction }) =>
      prediction.evaluable ? '' : prediction.reason,
    );
    expect(reasons.filter((reason) => reason.startsWith('a ratio must be above 0'))).toHaveLength(12);
  });
});

describe('trial files without estimates', () => {
  const { estimate, ciLow, ciHigh, ...asked } = hba1c(-1);
  const files = [aTrial({ endpoints: [asked] })];

  test('only have their predictions listed, in the format of the trial files', () => {
    expect([estimate, ciLow, ciHigh]).toHaveLength(3);
    const verdict = judge({ files, predictions: predictionsFor(files), drugs: DRUGS, seed: 'test' });
    expect(verdict.kind).toBe('predictions');
    expect(rowsAsJson(verdict)).toEqual([
      {
        trial: 'INVENTED-1',
        arm: 'active',
        comparator: 'placebo',
        endpoint: 'hba1c_change',
        unit: '%-points',
        measure: 'mean_difference',
        month: 6,
        predicted: 0,
        monteCarloSe: 0.01,
        predictiveSd: 0.02,
        evaluable: true,
        reason: null,
        reported: null,
      },
    ]);
  });

  test('say why where there is no prediction', () => {
    const [row] = rowsAsJson(judge({ files, predictions: [], drugs: DRUGS, seed: 'test' }));
    expect(row).toMatchObject({ predicted: null, evaluable: false, reason: 'no prediction was given' });
  });
});

describe('a grade', () => {
  const files = [
    aTrial({ id: 'A', endpoints: [hba1c(-1, 0.196)] }),
    aTrial({ id: 'B', endpoints: [hba1c(-0.6, 0.196)] }),
    aTrial({ id: 'C', endpoints: [hba1c(-0.2, 0.196)] }),
  ];
  const rows = rowsFrom(files);

  test('is the log density with the three variances, by hand', () => {
    const [grade] = gradeRows({ rows, pool: rows }, () => ({ value: -0.6, sd: 0.3 }));
    const tau2 = grade?.tau2 ?? 0;
    // B and C: residuals 0 and 0.4, each with 0.1² + 0.3²; one trial of doubt at half the root mean square of 0.6 and 0.2.
    const doubt = (0.36 + 0.04) / 2 / 4;
    expect(0.16 / (0.1 + tau2) + doubt / tau2).toBeCloseTo(3, 3);
    expect(grade?.logScore).toBeCloseTo(normalLogDensity(-1, -0.6, 0.01 + 0.09 + tau2), 5);
  });

  test('does not depend on what was observed in its own trial', () => {
    const other = rowsFrom([aTrial({ id: 'A', endpoints: [hba1c(40, 0.196)] }), ...files.slice(1)]);
    const tau2 = (from: typeof rows) => gradeRows({ rows: from, pool: from }, () => ({ value: 0, sd: 0 }))[0]?.tau2;
    expect(tau2(other)).toBe(tau2(rows));
  });

  test('has no log score where fewer than two other trials inform the between-trial variance', () => {
    const two = rows.slice(0, 2);
    const [grade] = gradeRows({ rows: two, pool: two }, () => ({ value: 0, sd: 0 }));
    expect(grade?.logScore).toBeUndefined();
    expect(grade?.absoluteError).toBeCloseTo(1, 10);
  });

  test('of a row without an interval counts in the error alone', () => {
    const { ciLow, ciHigh, ...bare } = hba1c(-1);
    expect(ciLow).toBeLessThan(ciHigh);
    const withBare = rowsFrom([aTrial({ id: 'D', endpoints: [bare] }), ...files]);
    const [grade] = gradeRows({ rows: withBare, pool: withBare }, () => ({ value: -0.7, sd: 0.1 }));
    expect(grade?.absoluteError).toBeCloseTo(0.3, 10);
    expect([grade?.logScore, grade?.isCovered, grade?.isInside, grade?.isRightWay]).toEqual(Array(4).fill(undefined));
  });

  test('asks for the direction only where the interval leaves out no effect', () => {
    const wide = rowsFrom([aTrial({ id: 'D', endpoints: [hba1c(-0.1, 0.5)] }), ...files]);
    const grades = gradeRows({ rows: wide, pool: wide }, () => ({ value: 0.1, sd: 0 }));
    expect(grades.map(({ isRightWay }) => isRightWay)).toEqual([undefined, false, false, false]);
  });
});
