import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { cellsOf } from '../read-csv.ts';

/** Reads a cell of a row by the name of its column; '' where the row has none. */
export type Cell = (column: string) => string;

/**
 * Reads a CSV with a header (`*.csv` or `*.csv.gz`) row by row, so that no file has to fit into memory.
 *
 * The row given to the caller is the same object each time.
 */
export async function* streamCsv(path: string): AsyncGenerator<Cell> {
  const bytes = createReadStream(path);
  const input = path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  const columns = new Map<string, number>();
  let cells: readonly string[] = [];
  const cell: Cell = (column) => cells[columns.get(column) ?? -1] ?? '';
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    cells = line.includes('"') ? cellsOf(line) : line.split(',');
    if (columns.size > 0) yield cell;
    else cells.forEach((name, index) => columns.set(name, index));
  }
}

/** A cell as a number; undefined where it is empty or holds none. */
export function numberIn(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
