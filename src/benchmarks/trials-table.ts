import { groupBy } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { isPressureCode } from '../trials/emulate/pressure-codes.ts';
import { armSlug } from '../trials/frozen-rows.ts';
import { problemLines } from '../trials/problems.ts';
import { parseTrialFile } from '../trials/parse-trial-file.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { readTable } from './read-csv.ts';

/** Words by which a table of published effects calls drugs, as regular expressions, and the code of each. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/placebo|^$|baseline|^control$| alone$/i, 'placebo'],
  [/sacubitril/i, 'sacubitril-valsartan'],
  [/sglt2i/i, 'class:sglt2i'],
  [/dpp-?4i/i, 'class:dpp4-inhibitor'],
  [/glp-?1ra/i, 'class:glp1-agonist'],
  [/sulfonylurea|\+su\b/i, 'class:sulfonylurea'],
  [/^alog/i, 'alogliptin'],
  [/omecamtiv/i, 'omecamtiv-mecarbil'],
  [/intensive sbp<120/i, 'bp-target-120'],
  [/^<140/i, 'bp-target-140'],
  [/dual combination/i, 'class:antihypertensive-dual'],
  [/monotherapy|of 5 classes/i, 'class:antihypertensive-single'],
];

/** A milligram amount in the name of an arm: "tirzepatide 5 mg QW", "alog_12.5", "canagliflozin 100/300". */
const DOSE = /(?:[a-z]|to|_) ?(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?/i;
/** "half standard dose" beside "standard dose". */
const HALF = 0.5;

/**
 * Reads a table of published effects (CSV with the columns trial_id, n, arm, comparator, follow_up_months, endpoint, unit,
 * measure, estimate, ci_low, ci_high) as trial files without a baseline table, so that the rivals can be run on it.
 *
 * Arms are read from their names; where a row gives no follow-up it takes six months, which only the duration term of the
 * meta-regression sees.
 *
 * @throws AppError `config.invalid` naming missing columns, or the rows of a trial that cannot be read.
 */
export function trialsOfTable(csv: string, name = 'the table'): readonly TrialFile[] {
  const rows = readTable(name, csv, COLUMNS);
  return [...groupBy(rows, (row) => row.trial_id ?? '')].map(([id, own]) => trialOf(id, own));
}

const COLUMNS = ['trial_id', 'arm', 'comparator', 'follow_up_months', 'endpoint', 'unit', 'measure', 'estimate'];

type TableRow = Readonly<Record<string, string>>;

/** Follow-up of a row that gives none. Unit: months. */
const UNSTATED_MONTHS = 6;

function trialOf(id: string, rows: readonly TableRow[]): TrialFile {
  const arms = [...new Set(rows.flatMap((row) => [row.arm ?? '', comparatorOf(row)]))].filter(isArm);
  const reading = parseTrialFile({
    id,
    population: {},
    arms: arms.map((name) => ({ id: name, interventions: [interventionOf(name)] })),
    followUpMonths: UNSTATED_MONTHS,
    endpoints: rows.map(endpointOf),
  });
  if (!reading.ok) {
    throw new AppError(
      'config.invalid',
      problemLines(reading.problems).map((line) => `${id}: ${line}`),
    );
  }
  return reading.value;
}

function endpointOf(row: TableRow): object {
  return {
    endpoint: row.endpoint,
    unit: row.unit,
    measure: row.measure,
    arm: row.arm,
    comparator: comparatorOf(row),
    estimate: numberOf(row.estimate),
    ciLow: numberOf(row.ci_low),
    ciHigh: numberOf(row.ci_high),
    followUpMonths: numberOf(row.follow_up_months),
  };
}

function interventionOf(name: string): object {
  const [, code] = CODES.find(([words]) => words.test(name)) ?? [];
  const [, low, high] = DOSE.exec(name) ?? [];
  if (/half standard/i.test(name)) return { code, dose: HALF, unit: '1' };
  if (/standard dose/i.test(name)) return { code, dose: 1, unit: '1' };
  const ingredient = code ?? firstWord(name);
  const dose =
    low === undefined || (code !== undefined && isPressureCode(code)) ? {} : { dose: Number(low), unit: 'mg' };
  return high === undefined
    ? { code: ingredient, ...dose }
    : { code: ingredient, doseMin: Number(low), doseMax: Number(high), unit: 'mg' };
}

function firstWord(name: string): string {
  const word = /^(?:oral )?([a-z+-]+)/i.exec(name)?.[1];
  return word === undefined ? armSlug(name) : word.toLowerCase();
}

function comparatorOf(row: TableRow): string {
  return row.comparator ?? '';
}

function isArm(name: string): boolean {
  return name !== '' && name !== 'baseline';
}

function numberOf(cell: string | undefined): number | undefined {
  return cell === undefined || cell === '' ? undefined : Number(cell);
}
