import { describe, expect, it } from 'vitest';
import { mechanismPages } from '../../../../src/benchmarks/plots/mechanism-pages.ts';
import { renderPages } from '../../../../src/benchmarks/plots/render-pages.ts';
import { cardioRenalMetabolic } from '../../../../src/systems/cardio-renal-metabolic/system.ts';

const PAGES = mechanismPages();
const FILES = renderPages(PAGES);
const PROGRAMMES = ['lifestyle', 'weight_loss', 'exercise', 'dash', 'sodium_restriction', 'smoking_cessation'];
const GREATEST = 3 * 1024 * 1024;

function textOf(path: string): string {
  return FILES.find((file) => file.path === path)?.text ?? '';
}

describe('the pages of plots', () => {
  it('hold every mechanism', () => {
    expect(PAGES.map(({ name }) => name)).toEqual([
      'natural-history',
      'drug-courses',
      'dose-response',
      'events',
      'dependence',
      'combinations',
      'spread',
      'acute',
    ]);
  });

  it('show every ingredient whose doses act on a variable', () => {
    const silent = new Set(['aspirin', 'sgc', 'digoxin', ...PROGRAMMES]);
    const svg = FILES.filter(({ path }) => path.startsWith('figures/dose-response')).map(({ text }) => text);
    const missing = cardioRenalMetabolic.interventions.filter(
      ({ channel, ingredient }) => !silent.has(channel) && !svg.some((text) => text.includes(`>${ingredient}`)),
    );
    expect(missing).toEqual([]);
  });

  it('draw no number that is none', () => {
    expect(FILES.filter(({ text }) => /NaN|Infinity|undefined/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('stay below 3 MB and the same from one drawing to the next', () => {
    expect(FILES.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBeLessThan(GREATEST);
    expect(renderPages(mechanismPages())).toEqual(FILES);
  });

  it('embed every figure that is written, and no other', () => {
    const written = FILES.filter(({ path }) => path.endsWith('.svg')).map(({ path }) => path);
    const embedded = FILES.flatMap(({ text }) => [...text.matchAll(/\]\((figures\/[^)]+)\)/g)].map(([, path]) => path));
    expect(embedded).toEqual(written);
  });

  it('mark recalled rows where they are named and list them at the end', () => {
    const recalled = [...textOf('recalled-rows.md').matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id);
    const marked = [...textOf('natural-history.md').matchAll(/`([^`]+)` \(recalled\)/g)].map(([, id]) => id);
    expect(marked.every((id) => recalled.includes(id))).toBe(true);
    expect(textOf('recalled-rows.md')).toMatch(/^\| `[a-z0-9_]+\.[a-z0-9_.]+` +\|/m);
    expect(textOf('README.md')).toContain('recalled-rows.md');
  });

  it('refuse to name a parameter row that does not exist', () => {
    const [page] = PAGES;
    const [sheet] = page?.sheets ?? [];
    if (page === undefined || sheet === undefined) throw new TypeError('no page');
    const wrong = { ...page, sheets: [{ ...sheet, rows: ['potassium.of_the_moon'] }] };
    expect(() => renderPages([wrong])).toThrow('potassium.of_the_moon');
  });
});
