import type { ColumnWidths, ShardColumns } from './cohort-columns.ts';

/**
 * Writes a shard as an Apache Arrow IPC file: each column a FixedSizeList of Float32, `person` an Int32, `metadata` in
 * the file's schema.
 *
 * The Arrow package is loaded only here: training data are written by developers, never by the service.
 */
export async function arrowBytes(
  shard: ShardColumns,
  widths: ColumnWidths,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { Field, FixedSizeList, Float32, Int32, RecordBatch, Schema, Struct, Table, makeData, tableToIPC } =
    await import('apache-arrow');
  const length = shard.rows;
  const lists = Object.entries(shard.columns).map(([name, data]) => {
    const width = widths[name] ?? 0;
    const child = makeData({ type: new Float32(), length: length * width, nullCount: 0, data });
    const type = new FixedSizeList(width, new Field('item', new Float32(), false));
    return { field: new Field(name, type, false), data: makeData({ type, length, nullCount: 0, child }) };
  });
  const person = makeData({ type: new Int32(), length, nullCount: 0, data: shard.person });
  const fields = [...lists.map(({ field }) => field), new Field('person', new Int32(), false)];
  const children = [...lists.map(({ data }) => data), person];
  const batch = new RecordBatch(
    new Schema(fields, new Map(Object.entries(metadata))),
    makeData({ type: new Struct(fields), length, nullCount: 0, children }),
  );
  return tableToIPC(new Table([batch]), 'file');
}
