import { drawFigure } from './figure.ts';
import type { Page, Sheet } from './page.ts';
import { CITED_ROWS } from './cited-rows.ts';
import { recalledTable } from './recalled-table.ts';

/** One file of the written pages, by its path within the folder. */
export interface PageFile {
  readonly path: string;
  readonly text: string;
}

const BASIS: ReadonlyMap<string, string> = new Map(CITED_ROWS.map(({ id, basis }) => [id, basis]));

/** Writes pages as Markdown with their figures beside them. The same pages, the same bytes. */
export function renderPages(pages: readonly Page[]): readonly PageFile[] {
  return [
    { path: 'README.md', text: indexOf(pages) },
    { path: 'recalled-rows.md', text: recalledTable() },
    ...pages.flatMap((page) => [
      { path: `${page.name}.md`, text: pageText(page) },
      ...page.sheets.map(({ name, figure }) => ({ path: `figures/${name}.svg`, text: drawFigure(figure) })),
    ]),
  ];
}

function indexOf(pages: readonly Page[]): string {
  return lines([
    '# Mechanisms, to judge by eye',
    'What the virtual patient does, mechanism by mechanism, drawn by `npm run plots` from the equations and the parameter rows. The people are chosen by hand to look at; what is drawn is their level without fluctuation or error of measurement.',
    pages.map(({ name, title }) => `- [${title}](${name}.md)`).join('\n') +
      '\n- [Rows that are recalled and not yet read](recalled-rows.md)',
  ]);
}

function pageText({ title, introduction, sheets }: Page): string {
  return lines([`# ${title}`, introduction, ...sheets.flatMap(sheetText)]);
}

function sheetText({ name, figure, caption, rows }: Sheet): readonly string[] {
  return [
    `## ${figure.title}`,
    caption,
    `![${figure.title}](figures/${name}.svg)`,
    ...(rows.length === 0 ? [] : [`Rows: ${rows.map(rowText).join(', ')}.`]),
  ];
}

/** A row's id, with a mark where it is recalled. */
function rowText(id: string): string {
  const basis = BASIS.get(id);
  if (basis === undefined) throw new TypeError(`no parameter row is called ${id}`);
  return basis === 'recalled' ? `\`${id}\` (recalled)` : `\`${id}\``;
}

function lines(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
