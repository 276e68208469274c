import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDoseWeek } from '../../../src/benchmarks/trials-dose-week.ts';
import type { AppError } from '../../../src/core/errors.ts';
import { FREE_PARAMETERS } from '../../../src/systems/cardio-renal-metabolic/free-parameters.ts';
import { PARAMETER_ROWS } from '../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import type { DoseWeekVerdict } from '../../../src/trials/dose-week/score.ts';
import { simulateDoseWeek } from '../../../src/trials/dose-week/simulate.ts';
import { aStoredCalibration } from '../trials/a-stored-calibration.ts';
import { anEffect } from '../trials/dose-week/arms.ts';

const HEADER = 'study,treatment,agent,dose,dose_unit,week,mean_change,unit,se,n';
const SMALL = ['--people', '16', '--draws', '2'];
const UNIT = '%-points HbA1c';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arms-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(rows: readonly string[]): string {
  const own = mkdtempSync(join(folder, 'tables-'));
  writeFileSync(join(own, 'x.csv'), [HEADER, ...rows].join('\n'));
  return own;
}

function run(...args: readonly string[]): string {
  const lines: string[] = [];
  // Nothing is stored in the folder of tables, so that no test rests on what the repository has.
  runDoseWeek(['--models', folder, ...args], (line) => lines.push(line));
  return lines.join('\n');
}

function verdictOf(...args: readonly string[]): DoseWeekVerdict {
  const [verdict] = JSON.parse(run(...args, '--json')) as readonly DoseWeekVerdict[];
  if (verdict === undefined) throw new TypeError('no verdict');
  return verdict;
}

/** The free parameters as a fit that learned nothing leaves them. */
const UNMOVED = FREE_PARAMETERS.map(({ id, rows, sd }) => ({
  ...{ id, rows },
  prior: { value: 1, sd },
  posterior: { value: 1, sd },
}));

/** A folder of models with a calibration of another simulator, a fold of which left out a study. */
function models(study: string, free: readonly object[] = UNMOVED): string {
  const own = mkdtempSync(join(folder, 'models-'));
  mkdirSync(join(own, 'cardio-renal-metabolic'));
  const [fold] = aStoredCalibration().folds;
  const folds = [{ ...fold, trial: study, free: free.map(() => ({ logFactor: 0, sd: 0.1 })), withheld: [] }];
  const calibration = aStoredCalibration({ predictions: [], classOut: [], free, folds });
  writeFileSync(join(own, 'cardio-renal-metabolic', 'trials-calibration.json'), JSON.stringify(calibration));
  return own;
}

/** Two arms of a drug that nobody knows. */
function unknownDrug(study: string): readonly string[] {
  return [`${study},drug 10 mg,drug,10,mg/day,12,-1,kg,0.1,50`, `${study},placebo,placebo,0,mg/day,12,0,kg,0.1,50`];
}

/** A study of metformin whose arms are what our own engine says, moved by `shift`. */
function ownStudy(study: string, shift: number): readonly string[] {
  const effects = [4, 12, 26].map((week) => anEffect({ study, week }));
  const { forecaster } = simulateDoseWeek(effects, { people: 16, draws: 0, peopleOfDraw: 1, seed: 'truth' });
  return effects.flatMap((effect) => [
    `${study},metformin 2000 mg,metformin,2000,mg/day,${effect.week},${(forecaster(effect)?.value ?? 0) + shift},${UNIT},0.05,200`,
    `${study},placebo,placebo,0,mg/day,${effect.week},0,${UNIT},0.05,200`,
  ]);
}

describe('sextant dose-week', () => {
  it('pools other studies where it knows no such drug, and names the drug', () => {
    const text = run(written(['one', 'two', 'three'].flatMap(unknownDrug)), ...SMALL);
    expect(text).toContain('## kg: 3 effects of 3 studies, 0 predicted by the simulator');
    expect(text).toContain('| pooling, wherever it can | 3 | 0.000 |');
    expect(text).toContain('- missed: drug, 3 effects: the system has no row for drug');
    expect(text).not.toMatch(/met:|MISS:/);
  });

  it('meets the bar of exactness on arms of its own engine, where studies differ', () => {
    const rows = [-0.4, 0.4, -0.3, 0.35].flatMap((shift, index) => ownStudy(`study ${index}`, shift));
    const folderOfOwn = written(rows);
    expect(verdictOf(folderOfOwn, ...SMALL).bars.exactness).toBe('met');
    expect(run(folderOfOwn, ...SMALL)).toMatch(
      /- met: RMSE below pooling: 0\.\d{3} against 0\.\d{3} on 12 rows; difference -0\.\d\d \(.* to .*\) by resampling studies/,
    );
  });

  it('misses the bar of exactness on arms that are nothing like its engine', () => {
    const rows = [2, 2.01, 1.99].flatMap((shift, index) => ownStudy(`study ${index}`, shift));
    const own = written(rows);
    expect(verdictOf(own, ...SMALL).bars.exactness).toBe('missed');
    expect(run(own, ...SMALL)).toContain('- MISS: RMSE below pooling');
  });

  it('on one study says that the between-study variance is not fitted, and fits it on others', () => {
    const sealed = written(ownStudy('study 0', 0.05));
    const open = written([-0.3, 0.3, -0.2].flatMap((shift, index) => ownStudy(`study ${index + 1}`, shift)));
    expect(run(sealed, ...SMALL)).toContain('Between-study variance cannot be fitted');
    expect(run(sealed, ...SMALL)).toContain('not defined: RMSE below pooling');
    const informed = verdictOf(sealed, ...SMALL, '--others', open);
    expect(informed).toMatchObject({ effects: 3, studies: 1, pooling: { rows: 3 } });
    expect(informed.simulatorEverywhere.tau).toBeGreaterThan(0.1);
  });

  it('takes nothing of a graded study from the further tables', () => {
    const sealed = written(ownStudy('study 0', 0.05));
    expect(verdictOf(sealed, ...SMALL, '--others', sealed).simulatorEverywhere.tau).toBeUndefined();
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const own = written(ownStudy('study 0', 0));
    expect(run(own, ...SMALL)).toBe(run(own, ...SMALL));
    expect(run(own, ...SMALL)).not.toBe(run(own, ...SMALL, '--seed', 'another'));
  });

  it('takes the people of a study from its trial file', () => {
    const trials = mkdtempSync(join(folder, 'trials-'));
    const trial = {
      id: 'study 0',
      population: { baseline: { hba1c: { mean: 9.8, sd: 0.4, unit: '%' } }, proportion: { type_2_diabetes: 1 } },
      arms: [{ id: 'placebo', interventions: [{ code: 'placebo' }] }],
      followUpMonths: 6,
      endpoints: [{ endpoint: 'hba1c_change', unit: '%-points', measure: 'mean_difference', arm: 'placebo' }],
    };
    writeFileSync(join(trials, 'study.json'), JSON.stringify(trial));
    const own = written(ownStudy('study 0', 0));
    const [usual, known] = [verdictOf(own, ...SMALL), verdictOf(own, ...SMALL, '--trials', trials)];
    expect(known.simulatorEverywhere.bias).toBeLessThan((usual.simulatorEverywhere.bias ?? 0) - 0.1);
  });

  it('predicts a study with the rows of its fold', () => {
    const weaker = PARAMETER_ROWS.map((row) => (row.id === 'biguanide.hba1c' ? { ...row, value: row.value / 4 } : row));
    const lines: string[] = [];
    runDoseWeek(
      [written(ownStudy('study 0', 0)), ...SMALL, '--json', '--models', folder],
      (line) => lines.push(line),
      () => weaker,
    );
    const [verdict] = JSON.parse(lines.join('\n')) as readonly DoseWeekVerdict[];
    expect(Math.min(...(verdict?.rows ?? []).map(({ effect, predicted }) => predicted - effect.value))).toBeGreaterThan(
      0,
    );
  });

  it('says first what its figures rest on, with the calibration of the folder of models', () => {
    const own = written(ownStudy('study 0', 0));
    const text = run(own, ...SMALL, '--models', models('study 0'));
    expect(text).toMatch(/\*\*Out of fold:\*\* study 0[^]*## %-points HbA1c/);
    expect(text).toContain('**Stale.**');
    expect(text).toContain('**No rival:** metformin');
    expect(run(own, ...SMALL, '--models', folder)).toContain('**In sample.**');
  });

  it('refuses a calibration of other free parameters by name', () => {
    const own = written(ownStudy('study 0', 0));
    expect(detailsOf(() => run(own, ...SMALL, '--models', models('study 0', UNMOVED.slice(1))))).toEqual([
      expect.stringContaining('sextant calibrate'),
    ]);
  });

  it('keeps JSON to the verdicts', () => {
    expect(verdictOf(written(ownStudy('study 0', 0)), ...SMALL, '--models', models('study 0')).studies).toBe(1);
  });

  it('draws a panel a study', () => {
    const plot = join(folder, 'curves.svg');
    run(written([...ownStudy('study 0', 0), ...ownStudy('study <1>', 0.1)]), ...SMALL, '--plot', plot);
    const svg = readFileSync(plot, 'utf8');
    expect(svg).toContain('study 0');
    expect(svg).toContain('study &lt;1&gt;');
    expect(svg).toContain('metformin 2000 mg');
  });

  it('names everything that is wrong with its arguments', () => {
    expect(detailsOf(() => run('--people', 'many'))).toEqual([
      expect.stringContaining('Name a folder'),
      expect.stringContaining('--people'),
    ]);
  });

  it.each([
    ['a word for a week', 'one,drug,drug,10,mg/day,soon,-1,kg,0.1,50', 'week'],
    ['a change that is not there', 'one,drug,drug,10,mg/day,12,,kg,0.1,50', 'mean_change'],
    ['a week that is none', 'one,drug,drug,10,mg/day,0,-1,kg,0.1,50', 'week must be above 0'],
    ['a standard error of nothing', 'one,drug,drug,10,mg/day,12,-1,kg,0,50', 'se must be above 0'],
    ['a week before the first', 'one,drug,drug,10,mg/day,-4,-1,kg,-0.1,50', 'week, se must be above 0'],
    ['a word for a dose', 'one,drug,drug,much,mg/day,12,-1,kg,0.1,50', 'dose'],
  ])('refuses %s', (_, row, column) => {
    expect(detailsOf(() => run(written([row])))).toEqual([expect.stringContaining(column)]);
  });
});

function detailsOf(fails: () => unknown): readonly string[] | undefined {
  try {
    fails();
  } catch (error) {
    return (error as AppError).details;
  }
  return undefined;
}
