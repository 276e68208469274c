import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mechanismPages } from '../benchmarks/plots/mechanism-pages.ts';
import { renderPages } from '../benchmarks/plots/render-pages.ts';

/** Draws the page of plots of every mechanism into a folder [docs/mechanisms]. */
export function runPlots(args: readonly string[], print: (line: string) => void): void {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const folder = positionals[0] ?? join('docs', 'mechanisms');
  mkdirSync(join(folder, 'figures'), { recursive: true });
  const files = renderPages(mechanismPages());
  files.forEach(({ path, text }) => {
    writeFileSync(join(folder, path), text);
  });
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  print(`${files.length} files, ${(bytes / 1024).toFixed(0)} KiB in ${folder}`);
}
