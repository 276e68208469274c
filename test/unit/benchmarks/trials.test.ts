import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTrials } from '../../../src/benchmarks/trials.ts';
import { simulatorDigests } from '../../../src/systems/cardio-renal-metabolic/simulator-digests.ts';
import { aStoredCalibration } from '../trials/a-stored-calibration.ts';

const TRIAL = {
  id: 'INVENTED',
  population: {
    baseline: { hba1c: { mean: 8.2, sd: 0.8, unit: '%' } },
    proportion: { type_2_diabetes: 1, heart_failure: 0 },
  },
  arms: [
    { id: 'active', interventions: [{ code: 'metformin', dose: 2000, unit: 'mg/d' }] },
    { id: 'placebo', interventions: [{ code: 'placebo' }] },
  ],
  followUpMonths: 3,
  endpoints: [
    { endpoint: 'hba1c_change', unit: '%-points', measure: 'mean_difference', arm: 'active', comparator: 'placebo' },
  ],
};

/** A trial whose file leaves HbA1c open and names a background that nobody knows. */
const NOTED = {
  ...TRIAL,
  population: { proportion: { type_2_diabetes: 1, heart_failure: 0 }, background: { 'unheard-of': 1 } },
};

const REPORTED = {
  ...TRIAL,
  endpoints: TRIAL.endpoints.map((endpoint) => ({ ...endpoint, estimate: -1, ciLow: -1.2, ciHigh: -0.8 })),
};

function written(trial: object) {
  const folder = mkdtempSync(join(tmpdir(), 'trials-'));
  writeFileSync(join(folder, 'invented.json'), JSON.stringify(trial));
  return folder;
}

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  await runTrials(args, (line) => lines.push(line));
  return lines.join('\n');
}

const KEY = { trial: 'INVENTED', arm: 'active', comparator: 'placebo', endpoint: 'hba1c_change' };
const STORED_PREDICTION = { ...KEY, evaluable: true, predicted: -0.625, monteCarloSe: 0.01, predictiveSd: 0.05 };

/** A folder of models that holds a stored calibration and, where given, explanations. */
function models(parts: Readonly<Record<string, unknown>> = {}, misses?: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  mkdirSync(join(folder, 'cardio-renal-metabolic'));
  const write = (name: string, content: unknown): void => {
    writeFileSync(join(folder, 'cardio-renal-metabolic', name), JSON.stringify(content));
  };
  const [usual] = aStoredCalibration().folds;
  const fold = { ...usual, trial: 'INVENTED' };
  const predictions = [STORED_PREDICTION];
  write('trials-calibration.json', aStoredCalibration({ predictions, classOut: predictions, folds: [fold], ...parts }));
  if (misses !== undefined) write('trials-misses.json', misses);
  return folder;
}

/** The stored prediction lies above what was reported. */
const MISS = { trial: 'INVENTED', endpoint: 'hba1c_change', direction: 'above' };

const SMALL = ['--people', '12', '--draws', '2', '--draw-people', '6'];

describe('sextant trial', () => {
  it('prints the rows of a trial without estimates as JSON', async () => {
    const rows = JSON.parse(await run(written(TRIAL), ...SMALL, '--json')) as readonly Record<string, unknown>[];
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      trial: 'INVENTED',
      arm: 'active',
      comparator: 'placebo',
      endpoint: 'hba1c_change',
      month: 3,
      evaluable: true,
      reason: null,
      reported: null,
    });
    for (const field of ['predicted', 'monteCarloSe', 'predictiveSd'])
      expect(rows[0]?.[field]).toEqual(expect.any(Number));
  });

  it('prints the predictions of a trial without estimates as a table without bars', async () => {
    const text = await run(written(TRIAL), ...SMALL);
    expect(text).toContain('## Predictions');
    expect(text).toMatch(/\| INVENTED \| active \| placebo \| hba1c_change \(%-points\) \| 3 \| -\d\.\d\d \(/);
    expect(text).not.toMatch(/## Bars|MISS/);
  });

  it('calls the bars of a single trial not defined', async () => {
    const text = await run(written(REPORTED), ...SMALL);
    expect(text.match(/\| not defined \|$/gm)).toHaveLength(5);
    expect(text).not.toContain('| **MISS** |');
    expect(text).toContain('**In sample.**');
  });

  it('prints prediction beside report, and the referee, where there is an estimate', async () => {
    const text = await run(written(REPORTED), ...SMALL, '--cohort');
    expect(text).toContain('-1.00 (-1.20 to -0.80)');
    expect(text).toContain('## Simulator beside rivals');
    expect(text).toContain('INVENTED: baseline');
  });

  it('grades stored predictions instead of emulating, and says what is out of fold', async () => {
    const rows = JSON.parse(
      await run(written(REPORTED), '--out-of-fold', '--models', models(), '--json'),
    ) as readonly Record<string, unknown>[];
    expect(rows[0]).toMatchObject({ predicted: -0.625, reported: { estimate: -1, low: -1.2, high: -0.8 } });
    const text = await run(written(REPORTED), '--out-of-fold', '--models', models());
    expect(text).toContain('**Out of fold.**');
    expect(text).toContain('**Not out of fold:**');
    expect(text).toContain('by fits that saw no trial of the classes');
    expect(text).not.toContain('**In sample.**');
  });

  it('calls a stored calibration stale when the parameters have changed since', async () => {
    const simulator = simulatorDigests();
    expect(await run(written(REPORTED), '--out-of-fold', '--models', models())).toContain('**Stale.**');
    const shown = async (parts: Readonly<Record<string, unknown>>) =>
      await run(written(REPORTED), '--out-of-fold', '--models', models(parts));
    expect(await shown({ simulator: { ...simulator, trials: 'any' } })).not.toContain('**Stale.**');
    expect(await shown({ simulator: { ...simulator, interventions: 'others' } })).toContain('(interventions)');
  });

  it('counts a trial that the calibration does not hold as a miss, not as emulated', async () => {
    const folder = written(REPORTED);
    writeFileSync(join(folder, 'unseen.json'), JSON.stringify({ ...REPORTED, id: 'UNSEEN' }));
    const text = await run(folder, '--out-of-fold', '--models', models());
    expect(text).toContain('**MISS** not evaluable: no prediction was given');
  });

  it('refuses trials of which the calibration holds none', async () => {
    const other = { ...REPORTED, id: 'UNSEEN' };
    await expect(run(written(other), '--out-of-fold', '--models', models())).rejects.toThrow('leave --out-of-fold out');
  });

  it('draws the plot of stored predictions', async () => {
    const plot = join(written(REPORTED), 'forest.svg');
    await run(written(REPORTED), '--out-of-fold', '--models', models(), '--plot', plot);
    expect(readFileSync(plot, 'utf8')).toContain('-0.63 / -1.00');
  });

  it('puts explanations beside the large misses', async () => {
    const misses = [{ ...MISS, kind: 'population', explanation: 'Sicker people.' }];
    const text = await run(written(REPORTED), '--out-of-fold', '--models', models({}, misses));
    expect(text).toContain('| population | Sicker people. |');
    expect(await run(written(REPORTED), '--out-of-fold', '--models', models())).toContain('no explanation yet');
  });

  it('refuses a calibration that is not there or cannot be read, and options that go with none', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'models-'));
    await expect(run(written(REPORTED), '--out-of-fold', '--models', empty)).rejects.toMatchObject({
      code: 'config.invalid',
      details: [expect.stringContaining('sextant calibrate')],
    });
    await expect(run(written(REPORTED), '--out-of-fold', '--models', models({ folds: [] }))).rejects.toMatchObject({
      details: [expect.stringContaining('no fold is fitted without INVENTED')],
    });
    await expect(run(written(REPORTED), '--out-of-fold', '--cohort')).rejects.toMatchObject({
      details: [expect.stringContaining('--out-of-fold')],
    });
  });

  it('draws a forest plot', async () => {
    const folder = written(TRIAL);
    const plot = join(folder, 'forest.svg');
    await run(join(folder, 'invented.json'), ...SMALL, '--plot', plot);
    expect(readFileSync(plot, 'utf8')).toContain('</svg>');
  });

  it('says in the report what was taken for granted or left out, of each trial', async () => {
    const text = await run(written(NOTED), ...SMALL);
    expect(text).toMatch(/## Notes[^]*- INVENTED: background unheard-of is unknown and left out/);
    expect(text).toMatch(/## Notes[^]*- INVENTED: .*at least 7 % is taken/);
    expect(await run(written(TRIAL), ...SMALL)).not.toContain('## Notes');
  });

  it('says it in the JSON rows too, and of stored predictions what the file alone tells', async () => {
    const [row] = JSON.parse(await run(written(NOTED), ...SMALL, '--json')) as readonly { notes?: readonly string[] }[];
    expect(row?.notes).toEqual(expect.arrayContaining([expect.stringContaining('unheard-of')]));
    const [plain] = JSON.parse(await run(written(TRIAL), ...SMALL, '--json')) as readonly object[];
    expect(plain).not.toHaveProperty('notes');
    const stored = await run(written(NOTED), '--out-of-fold', '--models', models());
    expect(stored).toMatch(/## Notes[^]*background unheard-of is unknown and left out/);
  });

  it('refuses draws of nobody by name', async () => {
    await expect(run(written(TRIAL), '--people', '5', '--draws', '2', '--draw-people', '0')).rejects.toMatchObject({
      code: 'config.invalid',
      details: [expect.stringContaining('--draw-people')],
    });
  });

  it('names everything that is wrong with its arguments', async () => {
    await expect(run('--people', 'many', '--model', 'oracle')).rejects.toMatchObject({
      code: 'config.invalid',
      details: [
        expect.stringContaining('Name a trial'),
        expect.stringContaining('--model'),
        expect.stringContaining('--people'),
      ],
    });
  });
});
