import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTrials } from '../../../src/benchmarks/trials.ts';

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

const SMALL = ['--people', '12', '--draws', '2', '--draw-people', '6'];

describe('sextant trial', () => {
  it('prints the rows of a trial without estimates as JSON', async () => {
    const rows = JSON.parse(await run(written(TRIAL), ...SMALL, '--json')) as readonly Record<string, unknown>[];
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      trial: 'INVENTED',
      endpoint: 'hba1c_change',
      month: 3,
      evaluable: true,
      reason: null,
    });
  });

  it('prints prediction beside report, and the referee, where there is an estimate', async () => {
    const [endpoint] = TRIAL.endpoints;
    const reported = { ...TRIAL, endpoints: [{ ...endpoint, estimate: -1, ciLow: -1.2, ciHigh: -0.8 }] };
    const text = await run(written(reported), ...SMALL, '--cohort');
    expect(text).toContain('-1.00 (-1.20 to -0.80)');
    expect(text).toContain('## Simulator and rivals');
    expect(text).toContain('INVENTED: baseline');
  });

  it('draws a forest plot', async () => {
    const folder = written(TRIAL);
    const plot = join(folder, 'forest.svg');
    await run(join(folder, 'invented.json'), ...SMALL, '--plot', plot);
    expect(readFileSync(plot, 'utf8')).toContain('</svg>');
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
