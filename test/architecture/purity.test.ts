import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
/** Folders that touch the machine: adapters, roots, and what servers share. */
const IMPURE = ['adapters', 'web', 'cli', 'benchmarks'];
/** Time, chance, environment and network without an import. */
const EFFECTS =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.(?:env|argv|cwd|exit|hrtime|std)|\bperformance\.now\b|\bfetch\(|\bsetTimeout\b|\bconsole\./;

/** The lines of a text that have an effect outside of a comment. */
function findEffects(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
  return code.split('\n').filter((line) => EFFECTS.test(line));
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !IMPURE.includes(path.split(/[\\/]/)[0] ?? ''))
  .sort();

describe('from pipeline down, time and chance come in as arguments', () => {
  it.each(files)('src/%s has no effect of its own', (path) => {
    expect(findEffects(readFileSync(join(SOURCE, path), 'utf8'))).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    'if (Math.random() < 0.5) f();',
    'const port = process.env.PORT;',
    'await fetch(url);',
  ])('a planted effect is caught: %s', (line) => {
    expect(findEffects(line)).toEqual([line]);
  });

  it('a comment may speak of effects', () => {
    expect(findEffects('// never Math.random\n/** not Date.now() */\nconst a = 1; // process.env')).toEqual([]);
  });
});
