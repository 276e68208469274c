import { describe, expect, it } from 'vitest';
import { drugMapOf, readFileAs, readTrials } from '../../../src/benchmarks/trials-referee.ts';
import { designRows } from '../../../src/trials/contrast.ts';
import { gradeRows } from '../../../src/trials/grade.ts';
import { largeMissesOf, parseExplanations } from '../../../src/trials/large-misses.ts';
import { predictedEffect, predictionOf } from '../../../src/trials/prediction.ts';
import type { Prediction } from '../../../src/trials/prediction.ts';
import type { RowVerdict } from '../../../src/trials/referee.ts';
import { parseStoredCalibration } from '../../../src/trials/stored-calibration.ts';

const MODEL = new URL('../../../models/cardio-renal-metabolic/', import.meta.url).pathname;
const files = readTrials(`${MODEL}trials`);
const explanations = readFileAs(`${MODEL}trials-misses.json`, parseExplanations);

/** The predictions that the report shows: each trial by a fit that had not seen it. */
const { predictions: shown } = readFileAs(`${MODEL}trials-calibration.json`, parseStoredCalibration);

/** The rows as the referee grades them, without the rivals, which take a minute. */
function gradedRows(predictions: readonly Prediction[]): readonly RowVerdict[] {
  const rows = designRows(files, drugMapOf(files));
  const grades = gradeRows({ rows, pool: rows }, ({ row }) => predictedEffect(predictionOf(predictions, row), row));
  return grades.flatMap((grade) => {
    const prediction = predictionOf(predictions, grade.row);
    return prediction === undefined ? [] : [{ row: grade.row, prediction, grade }];
  });
}

describe('the large misses of the frozen list', () => {
  const rows = gradedRows(shown);
  const misses = largeMissesOf(rows, explanations);

  it('are sought among all 180 rows', () => {
    expect(rows).toHaveLength(180);
    expect(misses.length).toBeGreaterThan(0);
  });

  it('are each explained', () => {
    const open = misses.filter(({ explanation }) => explanation === undefined);
    expect(open.map(({ verdict }) => verdict.row.key)).toEqual([]);
  });

  it('would be found open if their explanations were lost', () => {
    const [first] = misses;
    const rest = explanations.filter(({ trial }) => trial !== first?.verdict.row.trial);
    expect(largeMissesOf(rows, rest).filter(({ explanation }) => explanation === undefined)).not.toEqual([]);
  });

  it('are explained once each, for rows that exist', () => {
    const keys = explanations.map(({ trial, endpoint, arm, direction }) =>
      [trial, endpoint, arm, direction].join(' | '),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const strange = explanations.filter(
      ({ trial, endpoint, arm }) =>
        !rows.some(({ row }) => row.trial === trial && endpoint === row.endpoint && (arm ?? row.arm) === row.arm),
    );
    expect(strange).toEqual([]);
  });
});
