import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelSchema } from '../adapters/model-schema.ts';
import { VISIT_SLOTS } from '../belief/tensors.ts';
import { digestBytes } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import { drawCohortRow } from '../systems/cohort.ts';
import type { CohortRow } from '../systems/cohort.ts';
import { parameterDigest, publishedParameters } from '../systems/cardio-renal-metabolic/parameters.ts';
import type { Parameters } from '../systems/cardio-renal-metabolic/parameters.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { WORLD_NAMES, isWorldName, parametersOfWorld } from '../systems/cardio-renal-metabolic/worlds.ts';
import type { WorldName } from '../systems/cardio-renal-metabolic/worlds.ts';
import { arrowBytes } from './arrow-shard.ts';
import { columnWidths, packShard } from './cohort-columns.ts';

/** Persons a file, so that a trainer never holds more than it wants. */
const SHARD = 10_000;

/** Shares of the persons; the rest is the test split. */
const SPLIT = { train: 0.8, validation: 0.1 } as const;

interface Order {
  readonly people: number;
  readonly seed: string;
  readonly out: string;
  readonly shift: WorldName;
}

interface Shard {
  readonly file: string;
  readonly first: number;
  readonly count: number;
}

/**
 * Writes a cohort of virtual patients with counterfactual futures as Arrow IPC files, and `meta.json` beside them.
 *
 * `--people N --seed S --out DIR [--shift WORLD]`; the same arguments write the same bytes.
 *
 * @throws AppError `config.invalid` naming every wrong argument.
 */
export async function writeTrainData(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const parameters = parametersOfWorld(publishedParameters(), order.shift);
  mkdirSync(order.out, { recursive: true });
  const shards: { file: string; people: number; digest: string }[] = [];
  for (const shard of shardsOf(order.people)) {
    const columns = packShard(system, cohortRows(parameters, order.seed, shard), shard.count);
    const bytes = await arrowBytes(columns, columnWidths(system));
    writeFileSync(join(order.out, shard.file), bytes);
    shards.push({ file: shard.file, people: shard.count, digest: digestBytes(bytes) });
    print(`${shard.file}: ${shard.count} people`);
  }
  writeFileSync(join(order.out, 'meta.json'), `${JSON.stringify({ ...metaOf(order), shards }, null, 2)}\n`);
}

function parseOrder(args: readonly string[]): Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      shift: { type: 'string', default: 'none' },
    },
  });
  const { seed, out, shift } = values;
  const people = Number(values.people);
  const faults = [
    ...(Number.isInteger(people) && people > 0 ? [] : ['--people takes a whole number above 0']),
    ...(out === undefined ? ['--out takes a folder'] : []),
    ...(isWorldName(shift) ? [] : [`--shift takes one of ${WORLD_NAMES.join(', ')}`]),
  ];
  if (out === undefined || !isWorldName(shift) || faults.length > 0) throw new AppError('config.invalid', faults);
  return { people, seed, out, shift };
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

function* cohortRows(parameters: Parameters, seed: string, { first, count }: Shard): Generator<CohortRow> {
  for (let person = first; person < first + count; person += 1) yield drawCohortRow(parameters, seed, person);
}

function metaOf({ seed, people, shift }: Order): object {
  return {
    system: system.id,
    version: system.version,
    seed,
    people,
    shift,
    schemaDigest: modelSchema(system).digest,
    parametersDigest: parameterDigest(),
    visitSlots: VISIT_SLOTS,
    horizon: system.horizon,
    variables: system.variables.map(({ id }) => id),
    channels: system.channels.map(({ id }) => id),
    covariates: ['age', 'female', ...system.traits],
    columns: { ...columnWidths(system), person: 1 },
  };
}
