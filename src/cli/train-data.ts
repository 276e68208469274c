import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelSchema } from '../adapters/model-schema.ts';
import { VISIT_SLOTS } from '../belief/tensors.ts';
import { digestBytes, digestOf } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import { drawCohortRow } from '../systems/cohort.ts';
import type { CohortRow } from '../systems/cohort.ts';
import { parameterDigest } from '../systems/cardio-renal-metabolic/parameters.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { WORLD_NAMES, isWorldName, worldOf } from '../systems/cardio-renal-metabolic/worlds.ts';
import type { World, WorldName } from '../systems/cardio-renal-metabolic/worlds.ts';
import { arrowBytes } from './arrow-shard.ts';
import { columnWidths, packShard } from './cohort-columns.ts';

/** Persons a file, so that neither writer nor trainer holds more than it wants: about 50 MB. */
const SHARD = 5_000;

/** Shares of the persons; the rest is the test split. */
const SPLIT = { train: 0.8, validation: 0.1 } as const;

interface Order {
  readonly people: number;
  readonly seed: string;
  readonly out: string;
  readonly world: WorldName;
  /** Days ahead of the futures, ascending. */
  readonly horizon: readonly number[];
}

interface Shard {
  readonly file: string;
  readonly first: number;
  readonly count: number;
}

/**
 * Writes a cohort of virtual patients with counterfactual futures as Arrow IPC files, and `meta.json` beside them.
 *
 * `--people N --seed S --out DIR [--world WORLD] [--horizon 7,28,84,…]`; the same arguments write the same bytes. One
 * shard is in memory at a time. `meta.json` and each file's own metadata name the system, the world and their digests.
 *
 * @throws AppError `config.invalid` naming every wrong argument.
 */
export async function writeTrainData(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const world = worldOf(order.world);
  mkdirSync(order.out, { recursive: true });
  const origin = originOf(order, world);
  const widths = columnWidths(system, order.horizon.length);
  const shards: { file: string; people: number; digest: string }[] = [];
  for (const shard of shardsOf(order.people)) {
    const columns = packShard(system, widths, { rows: cohortRows(world, order, shard), count: shard.count });
    const bytes = await arrowBytes(columns, widths, { sextant: JSON.stringify(origin) });
    writeFileSync(join(order.out, shard.file), bytes);
    shards.push({ file: shard.file, people: shard.count, digest: digestBytes(bytes) });
    print(`${shard.file}: ${shard.count} people`);
  }
  const meta = { ...origin, people: order.people, columns: { ...widths, person: 1 }, shards };
  writeFileSync(join(order.out, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`);
}

function parseOrder(args: readonly string[]): Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      world: { type: 'string', default: 'none' },
      horizon: { type: 'string', default: system.horizon.join() },
    },
  });
  const { seed, out, world } = values;
  const people = Number(values.people);
  const horizon = values.horizon.split(',').map(Number);
  const faults = [
    ...(Number.isInteger(people) && people > 0 ? [] : ['--people takes a whole number above 0.']),
    ...(out === undefined ? ['--out takes a folder.'] : []),
    ...(isWorldName(world) ? [] : [`--world takes one of ${WORLD_NAMES.join(', ')}, posterior-<k>.`]),
    ...(isAscending(horizon) ? [] : ['--horizon takes days above 0 in ascending order, with commas between them.']),
  ];
  if (out === undefined || !isWorldName(world) || faults.length > 0) throw new AppError('config.invalid', faults);
  return { people, seed, out, world, horizon };
}

function isAscending(days: readonly number[]): boolean {
  return days.every((day, index) => day > (days[index - 1] ?? 0) && day < Infinity);
}

/** Persons are exchangeable, so the splits are ranges of their numbers. */
function shardsOf(people: number): readonly Shard[] {
  const train = Math.floor(people * SPLIT.train);
  const validation = Math.floor(people * SPLIT.validation);
  return [
    ...cut('train', 0, train),
    ...cut('validation', train, train + validation),
    ...cut('test', train + validation, people),
  ];
}

function cut(split: string, first: number, end: number): readonly Shard[] {
  return Array.from({ length: Math.ceil((end - first) / SHARD) }, (_, index) => ({
    file: `${split}-${String(index).padStart(3, '0')}.arrow`,
    first: first + index * SHARD,
    count: Math.min(SHARD, end - first - index * SHARD),
  }));
}

function* cohortRows(world: World, { seed, horizon }: Order, { first, count }: Shard): Generator<CohortRow> {
  for (let person = first; person < first + count; person += 1) yield drawCohortRow(world, seed, person, horizon);
}

/** Where the numbers come from and what their dimensions mean: in the order of the tensors. */
function originOf({ seed, horizon }: Order, world: World): object {
  return {
    system: system.id,
    version: system.version,
    seed,
    world: world.name,
    worldDigest: worldDigest(world),
    schemaDigest: modelSchema(system).digest,
    parametersDigest: parameterDigest(),
    visitSlots: VISIT_SLOTS,
    horizon,
    variables: system.variables.map(({ id }) => id),
    units: system.variables.map(({ unit }) => unit),
    channels: system.channels.map(({ id }) => id),
    covariates: ['age', 'female', ...system.traits],
  };
}

/** SHA-256 of all that a world's lives depend on, its shifts applied. */
function worldDigest({ parameters, structure, habits, instruments, clinics }: World): string {
  return digestOf({ parameters, structure, habits, instruments, clinics });
}
