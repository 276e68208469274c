import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { historyTensors } from '../../../src/belief/tensors.ts';
import { digestBytes } from '../../../src/core/digest.ts';
import { writeTrainData } from '../../../src/cli/train-data.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { worldOf } from '../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawCohortRow } from '../../../src/systems/cohort.ts';

const folder = mkdtempSync(join(tmpdir(), 'sextant-train-data-'));
const quiet = (): undefined => undefined;

interface Meta {
  readonly people: number;
  readonly world: string;
  readonly worldDigest: string;
  readonly parametersDigest: string;
  readonly schemaDigest: string;
  readonly horizon: readonly number[];
  readonly variables: readonly string[];
  readonly units: readonly string[];
  readonly channels: readonly string[];
  readonly columns: Readonly<Record<string, number>>;
  readonly shards: readonly { readonly file: string; readonly people: number; readonly digest: string }[];
}

function metaOf(out: string): Meta {
  return JSON.parse(readFileSync(join(out, 'meta.json'), 'utf8')) as Meta;
}

beforeAll(async () => {
  for (const out of ['a', 'b'])
    await writeTrainData(['--people', '40', '--seed', '7', '--out', join(folder, out)], quiet);
  await writeTrainData(['--people', '40', '--seed', '7', '--out', join(folder, 'c'), '--world', 'dose-curve'], quiet);
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
    const { history, pair } = drawCohortRow(worldOf('none'), '7', 5);
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

  it('names its dimensions, its world and the digests of all that it was made from', () => {
    const meta = metaOf(out);
    const { variables, channels, horizon } = cardioRenalMetabolic;
    expect(meta.variables).toEqual(variables.map(({ id }) => id));
    expect(meta.units).toEqual(variables.map(({ unit }) => unit));
    expect(meta.channels).toEqual(channels.map(({ id }) => id));
    expect(meta.columns.future_a).toBe(horizon.length * variables.length);
    expect(meta.columns.regimen_a).toBe(horizon.length * channels.length);
    for (const digest of [meta.worldDigest, meta.parametersDigest, meta.schemaDigest]) {
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('gives another world another digest, and the same world the same', () => {
    expect(metaOf(join(folder, 'b')).worldDigest).toBe(metaOf(out).worldDigest);
    expect(metaOf(join(folder, 'c'))).toMatchObject({ world: 'dose-curve' });
    expect(metaOf(join(folder, 'c')).worldDigest).not.toBe(metaOf(out).worldDigest);
  });

  it('writes the origin into each file, so that a shard alone says what it is', () => {
    const { schema } = tableFromIPC(readFileSync(join(out, 'test-000.arrow')));
    const origin = JSON.parse(schema.metadata.get('sextant') ?? '{}') as Partial<Meta>;
    expect(origin.worldDigest).toBe(metaOf(out).worldDigest);
    expect(origin.variables).toEqual(metaOf(out).variables);
  });

  it('writes futures of the days that are asked for, to years', async () => {
    const far = join(folder, 'far');
    await writeTrainData(['--people', '10', '--out', far, '--horizon', '28,365,1826'], quiet);
    expect(metaOf(far)).toMatchObject({ horizon: [28, 365, 1826], columns: { days: 3 } });
    const days = tableFromIPC(readFileSync(join(far, 'train-000.arrow'))).getChild('days');
    const last = [...(days ?? [])].map((row) => [...(row as Iterable<number>)].at(-1) ?? 0);
    expect(last).toContain(1826);
  });

  it('names every wrong argument at once', async () => {
    const wrong = writeTrainData(['--people', '0', '--world', 'mars', '--horizon', '7,3'], quiet);
    await expect(wrong).rejects.toThrow(AppError);
    await expect(wrong).rejects.toMatchObject({ code: 'config.invalid', details: { length: 4 } });
  });
});
