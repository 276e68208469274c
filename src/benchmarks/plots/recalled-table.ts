import { unitText } from './page.ts';
import { CITED_ROWS } from './cited-rows.ts';

/** The rows that nobody has read in their source yet: they drive no card. */
export function recalledTable(): string {
  const rows = CITED_ROWS.filter(({ basis }) => basis === 'recalled');
  const cells = [
    ['Row', 'Value', 'Unit'],
    ...rows.map(({ id, value, unit }) => [`\`${id}\``, String(value), unitText(unit)]),
  ];
  const text = [
    '# Rows that are recalled and not yet read',
    `${rows.length} of ${CITED_ROWS.length} rows. They are marked in every report and drive no card until they have been read in a source.`,
    table(cells),
  ].join('\n\n');
  return `${text}\n`;
}

function table([head = [], ...body]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
