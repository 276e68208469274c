/** A value that stands in place of a row's own. */
export interface Replacement {
  readonly id: string;
  /** In the unit of the row. */
  readonly value: number;
  /** Standard error, same unit. */
  readonly uncertainty?: number;
}

/** The rows with other values; spreads, sources and notes stay. @throws TypeError naming a value whose row is missing. */
export function replaceValues<Row extends { readonly id: string; readonly value: number }>(
  rows: readonly Row[],
  replacements: readonly Replacement[],
): readonly Row[] {
  const byId = new Map(replacements.map((replacement) => [replacement.id, replacement]));
  const known = new Set(rows.map(({ id }) => id));
  const lost = replacements.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (lost.length > 0) throw new TypeError(`no row is called ${lost.join(', ')}`);
  return rows.map((row) => {
    const { value, uncertainty } = byId.get(row.id) ?? {};
    if (value === undefined) return row;
    return { ...row, value, ...(uncertainty !== undefined && { uncertainty }) };
  });
}
