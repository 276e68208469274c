import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { historyTensors } from '../../../src/belief/tensors.ts';
import { digestBytes } from '../../../src/core/digest.ts';
import { writeTrainData } from '../../../src/cli/train-data.ts';
import { publishedParameters } from '../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { drawCohortRow } from '../../../src/systems/cohort.ts';

const folder = mkdtempSync(join(tmpdir(), 'sextant-train-data-'));
const quiet = (): undefined => undefined;

interface Meta {
  readonly people: number;
  readonly columns: Readonly<Record<string, number>>;
  readonly shards: readonly { readonly file: string; readonly people: number; readonly digest: string }[];
}

function metaOf(out: string): Meta {
  return JSON.parse(readFileSync(join(out, 'meta.json'), 'utf8')) as Meta;
}

beforeAll(async () => {
  for (const out of ['a', 'b'])
    await writeTrainData(['--people', '40', '--seed', '7', '--out', join(folder, out)], quiet);
  await writeTrainData(['--people', '40', '--seed', '7', '--out', join(folder, 'c'), '--shift', 'dose-curve'], quiet);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('writeTrainData', () => {
  const out = join(folder, 'a');

  it('writes three splits of different persons and says so', () => {
    expect(readdirSync(out).sort()).toEqual(['meta.json', 'test-000.arrow', 'train-000.arrow', 'validation-000.arrow']);
    expect(metaOf(out).shards.map(({ people }) => people)).toEqual([32, 4, 4]);
    const persons = metaOf(out).shards.flatMap(({ file }) => [
      ...(tableFromIPC(readFileSync(join(out, file)))
        .getChild('person')
        ?.toArray() as Int32Array),
    ]);
    expect(new Set(persons).size).toBe(40);
  });

  it('writes the same bytes for the same seed', () => {
    expect(metaOf(join(folder, 'b')).shards).toEqual(metaOf(out).shards);
  });

  it('writes other bytes for a shifted world', () => {
    expect(metaOf(join(folder, 'c')).shards).not.toEqual(metaOf(out).shards);
  });

  it('states the digest of each file', () => {
    for (const { file, digest } of metaOf(out).shards) expect(digestBytes(readFileSync(join(out, file)))).toBe(digest);
  });

  it('packs a history as the models read it', () => {
    const table = tableFromIPC(readFileSync(join(out, 'train-000.arrow')));
    const { history, pair } = drawCohortRow(publishedParameters(), '7', 5);
    const tensors = historyTensors(cardioRenalMetabolic, history);
    const row = (name: string): number[] => [...(table.getChild(name)?.get(5) as Iterable<number>)];
    expect(row('visits')).toEqual([...tensors.visits]);
    expect(row('covariates')).toEqual([...tensors.covariates]);
    expect(row('future_b')).toEqual([...Float32Array.from(pair.b.observed.flat())]);
    expect(row('truth_a')).toEqual([...Float32Array.from(pair.a.truth.flat())]);
    expect(row('regimen_b')).toEqual([...Float32Array.from(pair.b.doses.flat())]);
  });

  it('holds fixed-size lists of the widths that meta states', () => {
    const table = tableFromIPC(readFileSync(join(out, 'train-000.arrow')));
    for (const [name, width] of Object.entries(metaOf(out).columns)) {
      const column = table.getChild(name);
      expect(name === 'person' ? 1 : [...(column?.get(0) as Iterable<number>)].length, name).toBe(width);
    }
  });

  it('names every wrong argument at once', async () => {
    const wrong = writeTrainData(['--people', '0', '--shift', 'mars'], quiet);
    await expect(wrong).rejects.toThrow(AppError);
    await expect(wrong).rejects.toMatchObject({ code: 'config.invalid', details: { length: 3 } });
  });
});
