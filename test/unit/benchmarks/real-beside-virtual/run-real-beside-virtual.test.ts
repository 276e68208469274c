import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareSettings } from '../../../../src/benchmarks/real-beside-virtual/compare-settings.ts';
import { runRealBesideVirtual } from '../../../../src/benchmarks/real-beside-virtual/run-real-beside-virtual.ts';
import { AppError } from '../../../../src/core/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'sextant-beside-'));
const data = join(folder, 'data');
const models = join(folder, 'models');

/** Invented wearers whose mornings wander by 30 mg/dL. */
beforeAll(() => {
  mkdirSync(join(data, 'shanghai-t2dm'), { recursive: true });
  const rows = Array.from({ length: 12 }, (_, person) =>
    [110, 140, 170, 140].map((value, day) => `${person},r,2021-01-0${day + 1}T06:00,cgm,,${value},mg/dL,`),
  ).flat();
  const text = ['person_id,recording,time,kind,name,value,unit,text', ...rows].join('\n');
  writeFileSync(join(data, 'shanghai-t2dm', 'train.csv.gz'), gzipSync(text));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const lines: string[] = [];
  const code = await runRealBesideVirtual(args, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
}

describe('real-beside-virtual', () => {
  const options = ['--people', '250', '--seed', 'unit'];

  test('writes figures and a report of the sets that the folder holds', async () => {
    const { code, text } = await run(data, ...options, '--models', models);
    expect(code).toBe(0);
    expect(text).toContain('sensor mornings | fasting_glucose | spread of changes, 1 d | 12 |');
    const written = readFileSync(join(models, 'cardio-renal-metabolic', 'real-beside-virtual.json'), 'utf8');
    const report = JSON.parse(written) as { levels: { quantity: string }[]; absent: string[] };
    expect(report.levels.map(({ quantity }) => quantity)).toEqual(['fasting_glucose']);
    expect(report.absent).toHaveLength(5);
  });

  test('the same seed writes the same bytes', async () => {
    const path = join(models, 'cardio-renal-metabolic', 'real-beside-virtual.json');
    const before = readFileSync(path, 'utf8');
    await run(data, ...options, '--models', models);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('without a folder it says how it is used', async () => {
    expect(await run()).toMatchObject({ code: 2, text: expect.stringContaining('usage') as unknown });
  });

  test('a folder without any set, and no people, are refused', async () => {
    await expect(run(folder)).rejects.toThrow(AppError);
    await expect(run(data, '--people', 'many')).rejects.toThrow(AppError);
  });
});

const shared = process.env.SEXTANT_SHARED_DATA;

test.skipIf(shared === undefined)(
  'in the shared sets, weekly potassium of trial outpatients spreads as published biology says (needs SEXTANT_SHARED_DATA, the folder with the sets)',
  async () => {
    const { changes, absent } = await compareSettings(shared ?? '', { people: 600, seed: 'unit' });
    const weekly = changes.find(
      ({ setting, quantity, gap }) => setting === 'trial outpatients' && quantity === 'potassium' && gap === '14 d',
    );
    expect(absent).toEqual([]);
    // Intra-individual CV of 5 to 7 % (row potassium.within_person) of 4.3 mmol/L, times √2 for a difference.
    expect(weekly?.real.sd).toBeGreaterThan(0.3);
    expect(weekly?.real.sd).toBeLessThan(0.45);
  },
  300_000,
);
