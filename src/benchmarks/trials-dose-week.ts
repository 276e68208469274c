import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { groupBy } from '../core/array.ts';
import { AppError } from '../core/errors.ts';
import { FREE_PARAMETERS } from '../systems/cardio-renal-metabolic/free-parameters.ts';
import { PARAMETER_ROWS } from '../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterRow } from '../systems/cardio-renal-metabolic/parameter-rows.ts';
import { simulatorDigests } from '../systems/cardio-renal-metabolic/simulator-digests.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { rowsWithout } from '../trials/calibrate/fold-rows.ts';
import { doseWeekCaveats } from '../trials/dose-week/caveats.ts';
import { placeboSubtracted } from '../trials/dose-week/effect.ts';
import type { ArmWeek, DoseWeekEffect } from '../trials/dose-week/effect.ts';
import { renderDoseWeek } from '../trials/dose-week/render.ts';
import { scoreDoseWeek } from '../trials/dose-week/score.ts';
import type { DoseWeekVerdict } from '../trials/dose-week/score.ts';
import { simulateDoseWeek } from '../trials/dose-week/simulate.ts';
import type { DoseWeekSimulation } from '../trials/dose-week/simulate.ts';
import { staleCaveats } from '../trials/report-caveats.ts';
import { parseStoredCalibration } from '../trials/stored-calibration.ts';
import type { StoredCalibration } from '../trials/stored-calibration.ts';
import type { TrialPopulation } from '../trials/trial-file.ts';
import { drawFigure } from './plots/figure.ts';
import { readTable } from './read-csv.ts';
import { doseWeekFigure } from './trials-dose-week-figure.ts';
import { readFileAs, readTrials } from './trials-referee.ts';

/** Where the trial files lie whose tables describe the people of some studies. */
const USUAL_TRIALS = 'models/cardio-renal-metabolic/trials';

/** Where the folds of the calibration are kept, below the folder of models. */
const CALIBRATION = 'trials-calibration.json';

/** Enough for errors well below those between studies, at a few seconds a study. */
const USUAL = { people: 100, draws: 8, seed: 'dose-week' };

/** The part of the people that lives through each draw of the parameters: their mean is compared, not their spread. */
const SHARE_OF_DRAW = 4;

/** What was asked for on the command line. */
interface Order {
  readonly folder: string;
  readonly others: string | undefined;
  readonly plot: string | undefined;
  readonly json: boolean;
  readonly models: string;
  readonly simulation: DoseWeekSimulation;
}

/**
 * Dose × week arms: placebo-subtracted effects of the virtual patients against leave-one-study-out pooling.
 *
 * `<folder> [--people N] [--draws K] [--seed S] [--others FOLDER] [--trials DIR] [--models DIR] [--json] [--plot FILE.svg]`. `<folder>` holds
 * tables with the columns of `COLUMNS`; `--others` tables of further studies, which are not graded: pooling may use them and
 * between-study variance is fitted on them. `--trials`: trial files whose baseline tables stand for studies of the same id.
 * `--models`: where the calibration is stored, with which a study is predicted that the simulator was calibrated on: by the
 * rows of its fold, unless `rowsFor` gives others. JSON holds the verdicts alone; the report says first what they rest on.
 *
 * @throws AppError `config.invalid` naming what is wrong with the arguments, or when tables or calibration cannot be read.
 */
export function runDoseWeek(
  args: readonly string[],
  print: (line: string) => void,
  rowsFor?: (study: string) => readonly ParameterRow[],
): void {
  const { folder, others, plot, json, models, simulation } = parseOrder(args);
  const graded = placeboSubtracted(readArmWeeks(folder));
  const further = others === undefined ? [] : placeboSubtracted(readArmWeeks(others));
  const calibration = calibrationIn(models);
  const emulated = { ...simulation, rowsFor: rowsFor ?? unseenRows(calibration) };
  const verdicts = [...groupBy(graded, ({ unit }) => unit)].map(([unit, effects]) =>
    contest(effects, furtherStudies(further, unit, effects), emulated),
  );
  if (plot !== undefined) writeFileSync(plot, drawFigure(doseWeekFigure(verdicts)));
  const caveats = doseWeekCaveats(graded, { others: further, ...(calibration !== undefined && { calibration }) });
  const stale = calibration === undefined ? [] : staleCaveats(calibration, simulatorDigests());
  const lines = json
    ? [JSON.stringify(verdicts, null, 2)]
    : [...[...caveats, ...stale].flatMap((line) => [line, '']), ...verdicts.flatMap(renderDoseWeek)];
  lines.forEach(print);
}

function contest(
  effects: readonly DoseWeekEffect[],
  others: readonly DoseWeekEffect[],
  simulation: DoseWeekSimulation,
): DoseWeekVerdict {
  const { forecaster, why } = simulateDoseWeek([...effects, ...others], simulation);
  return scoreDoseWeek(effects, forecaster, { others, why });
}

/** A study that is graded informs nothing, even where the further tables hold it too. */
function furtherStudies(
  further: readonly DoseWeekEffect[],
  unit: string,
  graded: readonly DoseWeekEffect[],
): readonly DoseWeekEffect[] {
  const own = new Set(graded.map(({ study }) => study));
  return further.filter((effect) => effect.unit === unit && !own.has(effect.study));
}

function calibrationIn(models: string): StoredCalibration | undefined {
  const name = join(models, system.id, CALIBRATION);
  if (!existsSync(name)) return undefined;
  const calibration = readFileAs(name, parseStoredCalibration);
  const [stored, own] = [calibration.free, FREE_PARAMETERS].map((free) => free.map(({ id }) => id).join());
  if (stored === own) return calibration;
  throw new AppError('config.invalid', [`${name} is of other free parameters: run \`sextant calibrate\` anew.`]);
}

/** The parameters that never saw a study, where the simulator was calibrated on it. */
function unseenRows(calibration: StoredCalibration | undefined): (study: string) => readonly ParameterRow[] {
  return calibration === undefined ? () => PARAMETER_ROWS : (study) => rowsWithout(calibration, study);
}

function parseOrder(args: readonly string[]): Order {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      people: { type: 'string', default: String(USUAL.people) },
      draws: { type: 'string', default: String(USUAL.draws) },
      seed: { type: 'string', default: USUAL.seed },
      others: { type: 'string' },
      trials: { type: 'string' },
      models: { type: 'string', default: 'models' },
      plot: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  const [people, draws] = [Number(values.people), Number(values.draws)];
  const faults = [
    ...(folder === undefined ? ['Name a folder of arm tables.'] : []),
    ...(Number.isInteger(people) && people > 0 && Number.isInteger(draws) && draws >= 0
      ? []
      : ['--people and --draws are whole numbers, people at least 1.']),
  ];
  if (folder === undefined || faults.length > 0) throw new AppError('config.invalid', faults);
  const { others, plot, json, models, seed } = values;
  const peopleOfDraw = Math.ceil(people / SHARE_OF_DRAW);
  const simulation = {
    people,
    draws,
    peopleOfDraw,
    seed,
    populationOf: populationsIn(values.trials),
  };
  return { folder, others, plot, json, models, simulation };
}

function populationsIn(folder: string | undefined): (study: string) => TrialPopulation | undefined {
  const place = folder ?? (existsSync(USUAL_TRIALS) ? USUAL_TRIALS : undefined);
  const known = new Map(place === undefined ? [] : readTrials(place).map(({ id, population }) => [id, population]));
  return (study) => known.get(study);
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
  const isMissing = (column: string): boolean => column !== 'dose' && (row[column] ?? '') === '';
  const strange = ['dose', 'week', 'mean_change', 'se'].filter(
    (column) => isMissing(column) || !Number.isFinite(Number(row[column])),
  );
  if (strange.length > 0) throw new AppError('config.invalid', [`${where}: ${strange.join(', ')} must be a number.`]);
  const lost = ['week', 'se'].filter((column) => Number(row[column]) <= 0);
  if (lost.length > 0) throw new AppError('config.invalid', [`${where}: ${lost.join(', ')} must be above 0.`]);
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
