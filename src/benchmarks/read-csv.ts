import { AppError } from '../core/errors.ts';

/** Reads CSV with a header (RFC 4180, no line breaks inside cells) as rows by column. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...lines] = text.trim().split(/\r?\n/).map(cellsOf);
  return lines.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/**
 * Reads CSV as `readCsv` does.
 *
 * @throws AppError `config.invalid` naming the columns that the table lacks.
 */
export function readTable(
  name: string,
  text: string,
  columns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  const present = new Set(cellsOf(text.trim().split(/\r?\n/)[0] ?? ''));
  const missing = columns.filter((column) => !present.has(column));
  if (missing.length > 0) throw new AppError('config.invalid', [`${name} lacks the columns ${missing.join(', ')}.`]);
  return readCsv(text);
}

/** The cells of one line of CSV. */
export function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
