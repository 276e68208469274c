import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { writeShare } from '../trials/bars.ts';
import { placeboSubtracted, scoreDoseWeek } from '../trials/dose-week.ts';
import type { ArmWeek, DoseWeekFigures, DoseWeekForecaster } from '../trials/dose-week.ts';
import { readTable } from './read-csv.ts';

/**
 * Dose × week arms: placebo-subtracted effects of a simulator against leave-one-study-out pooling. `<folder>` holds tables
 * with the columns of `COLUMNS`.
 *
 * @throws AppError `config.invalid` when no folder is named or its tables cannot be read.
 */
export function runDoseWeek(
  args: readonly string[],
  print: (line: string) => void,
  simulator: DoseWeekForecaster = () => undefined,
): void {
  const [folder] = args;
  if (folder === undefined) throw new AppError('config.invalid', ['Name a folder of arm tables.']);
  for (const [unit, arms] of groupBy(readArmWeeks(folder), ({ unit }) => unit)) {
    const verdict = scoreDoseWeek(placeboSubtracted(arms), simulator);
    print(`${unit}: ${verdict.effects} effects, ${verdict.predicted} predicted by the simulator`);
    [verdict.simulator, verdict.pooling, verdict.poolingEverywhere].forEach((figures) => {
      print(`  ${lineOf(figures)}`);
    });
  }
}

const COLUMNS = ['study', 'treatment', 'agent', 'dose', 'dose_unit', 'week', 'mean_change', 'unit', 'se'];

/**
 * Reads every table of a folder, in order of name.
 *
 * @throws AppError `config.invalid` when there is none, or when one lacks a column or a number.
 */
export function readArmWeeks(folder: string): readonly ArmWeek[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort();
  if (names.length === 0) throw new AppError('config.invalid', [`${folder} holds no table (*.csv).`]);
  return names.flatMap((name) => {
    const rows = readTable(name, readFileSync(join(folder, name), 'utf8'), COLUMNS);
    return rows.map((row, index) => armWeekOf(row, `${name}, row ${index + 1}`));
  });
}

function armWeekOf(row: Readonly<Record<string, string>>, where: string): ArmWeek {
  const strange = ['dose', 'week', 'mean_change', 'se'].filter((column) => !Number.isFinite(Number(row[column])));
  if (strange.length > 0) throw new AppError('config.invalid', [`${where}: ${strange.join(', ')} must be a number.`]);
  return {
    study: row.study ?? '',
    treatment: row.treatment ?? '',
    agent: row.agent ?? '',
    ...(row.dose !== undefined && row.dose !== '' && { dose: Number(row.dose) }),
    doseUnit: row.dose_unit ?? '',
    week: Number(row.week),
    change: Number(row.mean_change),
    unit: row.unit ?? '',
    standardError: Number(row.se),
  };
}

function lineOf({ name, rows, rootMeanSquareError, coverage }: DoseWeekFigures): string {
  const error = rootMeanSquareError === undefined ? 'not defined' : rootMeanSquareError.toFixed(3);
  return `${name}: RMSE ${error} over ${rows}, 90 % coverage ${writeShare(coverage)}`;
}
