import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../core/errors.ts';
import { DRUGS } from '../terminology/drugs.ts';
import { referenceDosesOf } from '../trials/contrast.ts';
import type { DrugMap } from '../trials/contrast.ts';
import { FROZEN_ROWS } from '../trials/frozen-rows.ts';
import { parsePredictions } from '../trials/prediction.ts';
import { problemLines } from '../trials/problems.ts';
import type { Reading } from '../trials/problems.ts';
import { judge } from '../trials/referee.ts';
import { renderVerdict } from '../trials/render-verdict.ts';
import { rowsAsJson, verdictAsJson } from '../trials/rows-as-json.ts';
import { parseTrialFile } from '../trials/parse-trial-file.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { trialsOfTable } from './trials-table.ts';

/**
 * Benchmark B3: grades predictions of trials, and the null rivals beside them.
 *
 * `<trials> [--predictions FILE] [--class-out FILE] [--others TRIALS] [--own-list] [--seed S] [--json] [--out FILE]`, where
 * TRIALS is a folder of trial files, one file, or a table of published effects (.csv). Grades against the frozen list
 * unless `--own-list` makes the rows of the files the list. Prints Markdown, or with `--json` the rows of §6.
 *
 * @throws AppError `config.invalid` naming everything that is wrong with the files.
 */
export function runTrialsReferee(args: readonly string[], print: (line: string) => void): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      predictions: { type: 'string' },
      'class-out': { type: 'string' },
      others: { type: 'string' },
      'own-list': { type: 'boolean', default: false },
      seed: { type: 'string', default: 'referee' },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const [place] = positionals;
  if (place === undefined) throw new AppError('config.invalid', ['Name a folder of trial files, or a table.']);
  const files = readTrials(place);
  const others = values.others === undefined ? [] : readTrials(values.others);
  const classOut = values['class-out'];
  const verdict = judge({
    files,
    others,
    predictions: values.predictions === undefined ? [] : readFileAs(values.predictions, parsePredictions),
    ...(classOut !== undefined && { classOut: readFileAs(classOut, parsePredictions) }),
    ...(!values['own-list'] && { frozen: FROZEN_ROWS }),
    drugs: drugMapOf([...files, ...others]),
    seed: values.seed,
  });
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(verdictAsJson(verdict), null, 2)}\n`);
  const lines = values.json ? [JSON.stringify(rowsAsJson(verdict), null, 2)] : renderVerdict(verdict);
  lines.forEach(print);
}

/** Classes that the simulator has not from the drug table, reference doses from the designs of the trials themselves. */
export function drugMapOf(files: readonly TrialFile[]): DrugMap {
  return {
    classes: Object.fromEntries(DRUGS.map((drug) => [drug.ingredient, drug.drugClass])),
    referenceDoses: referenceDosesOf(files),
  };
}

/**
 * Reads the trial files of a folder in order of name, one file, or a table.
 *
 * @throws AppError `config.invalid` with the problems of every file, or where a folder holds none.
 */
export function readTrials(place: string): readonly TrialFile[] {
  if (place.endsWith('.csv')) return trialsOfTable(readFileSync(place, 'utf8'), place);
  const names = statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(place, name))
    : [place];
  if (names.length === 0) throw new AppError('config.invalid', [`${place} holds no trial file (*.json).`]);
  const readings = names.map((name) => ({ name, reading: readWith(name, parseTrialFile) }));
  const problems = readings.flatMap(({ name, reading }) => (reading.ok ? [] : namedLines(name, reading)));
  if (problems.length > 0) throw new AppError('config.invalid', problems);
  return readings.flatMap(({ reading }) => (reading.ok ? [reading.value] : []));
}

/**
 * Reads a JSON file as what a parser makes of it.
 *
 * @throws AppError `config.invalid` with everything that is wrong with the file.
 */
export function readFileAs<T>(name: string, parse: (value: unknown) => Reading<T>): T {
  const reading = readWith(name, parse);
  if (!reading.ok) throw new AppError('config.invalid', namedLines(name, reading));
  return reading.value;
}

function readWith<T>(name: string, parse: (value: unknown) => Reading<T>): Reading<T> {
  const text = readFileSync(name, 'utf8');
  try {
    return parse(JSON.parse(text) as unknown);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problems: [{ where: '', problem: 'not JSON', fix: error.message }] };
  }
}

function namedLines(name: string, reading: Extract<Reading<unknown>, { ok: false }>): readonly string[] {
  return problemLines(reading.problems).map((line) => `${name}: ${line}`);
}
