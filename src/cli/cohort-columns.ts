import { VISIT_SLOTS, historyTensors, visitWidth } from '../belief/tensors.ts';
import type { CohortRow } from '../systems/cohort.ts';
import type { System } from '../domain/system.ts';

/** How many numbers a row of each column holds. */
export type ColumnWidths = Readonly<Record<string, number>>;

/**
 * The columns of a training shard by name: how many numbers a row holds, flattened row-major.
 *
 * With V variables, C channels and K `steps`: `visits` [slots, 1 + V + C], `regimen_*` [K, C], `future_*` (as a
 * laboratory would report) and `truth_*` [K, V].
 */
export function columnWidths(system: System, steps: number): ColumnWidths {
  const [V, C, K] = [system.variables.length, system.channels.length, steps];
  return {
    covariates: 2 + system.traits.length,
    visits: VISIT_SLOTS * visitWidth(system),
    doses: C,
    days: K,
    regimen_a: K * C,
    regimen_b: K * C,
    future_a: K * V,
    future_b: K * V,
    truth_a: K * V,
    truth_b: K * V,
  };
}

/** One shard in memory: Float32 columns by name and the persons' numbers. */
export interface ShardColumns {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float32Array>>;
  readonly person: Int32Array;
}

/** Packs cohort rows into columns. Shapes: `widths` times rows. */
export function packShard(
  system: System,
  widths: ColumnWidths,
  { rows, count }: { readonly rows: Iterable<CohortRow>; readonly count: number },
): ShardColumns {
  const columns = Object.fromEntries(
    Object.entries(widths).map(([name, width]) => [name, new Float32Array(width * count)]),
  );
  const person = new Int32Array(count);
  let index = 0;
  for (const row of rows) {
    person[index] = row.person;
    for (const [name, values] of Object.entries(packRow(system, row))) {
      columns[name]?.set(values, index * (widths[name] ?? 0));
    }
    index += 1;
  }
  return { rows: count, columns, person };
}

function packRow(system: System, { history, pair }: CohortRow): Readonly<Record<string, ArrayLike<number>>> {
  return {
    ...historyTensors(system, history),
    days: pair.days,
    regimen_a: pair.a.doses.flat(),
    regimen_b: pair.b.doses.flat(),
    future_a: pair.a.observed.flat(),
    future_b: pair.b.observed.flat(),
    truth_a: pair.a.truth.flat(),
    truth_b: pair.b.truth.flat(),
  };
}
