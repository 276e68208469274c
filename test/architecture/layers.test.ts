import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const rules = createRequire(import.meta.url)('./layers.cjs') as {
  readonly forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
  readonly options: Pick<ICruiseOptions, 'doNotFollow' | 'tsPreCompilationDeps' | 'enhancedResolveOptions'>;
};

/** The violations of the layer rules in a tree, as "rule: from → to". */
async function findViolations(baseDir: string, folders: string[]): Promise<readonly string[]> {
  const { output } = await cruise(folders, {
    baseDir,
    validate: true,
    ruleSet: rules.forbidden === undefined ? {} : { forbidden: rules.forbidden },
    doNotFollow: rules.options.doNotFollow ?? '',
    tsPreCompilationDeps: rules.options.tsPreCompilationDeps ?? false,
    enhancedResolveOptions: rules.options.enhancedResolveOptions ?? {},
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

describe('the house', () => {
  it('has no import that breaks a layer rule', async () => {
    expect(await findViolations(ROOT, ['src', 'cds-hooks', 'deploy'])).toEqual([]);
  });
});

describe('a planted import is caught', () => {
  let folder = '';
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a small house and returns the rules that it breaks. */
  async function rulesBrokenBy(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    folder = mkdtempSync(join(tmpdir(), 'sextant-layers-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
    const violations = await findViolations(folder, folders);
    return [...new Set(violations.map((violation) => violation.split(':')[0] ?? ''))].sort();
  }
  const leaf = 'export const leaf = 1;\n';
  const using = (path: string): string => `import { leaf } from '${path}';\nexport const user = leaf;\n`;
  const usingType = (path: string): string => `import type { leaf } from '${path}';\nexport type User = typeof leaf;\n`;

  it('an import that points down is allowed', async () => {
    expect(await rulesBrokenBy({ 'src/planner/a.ts': using('../safety/b.ts'), 'src/safety/b.ts': leaf })).toEqual([]);
  });

  it.each([
    ['core knows nothing of the domain', 'src/core/a.ts', 'src/domain/b.ts', 'down-from-core'],
    ['the domain knows no ports', 'src/domain/a.ts', 'src/ports/b.ts', 'down-from-domain'],
    ['words know no systems', 'src/terminology/a.ts', 'src/systems/b.ts', 'down-from-terminology'],
    [
      'a stage knows no planner',
      'src/safety/a.ts',
      'src/planner/b.ts',
      'down-from-record-belief-steering-knowledge-safety-reasoning-provenance',
    ],
    ['stages are siblings', 'src/belief/a.ts', 'src/record/b.ts', 'siblings-record'],
    ['planner and trials are siblings', 'src/trials/a.ts', 'src/planner/b.ts', 'siblings-planner'],
    ['only roots import adapters', 'src/pipeline/a.ts', 'src/adapters/b.ts', 'down-from-pipeline'],
    ['adapters know no roots', 'src/adapters/a.ts', 'cds-hooks/b.ts', 'down-from-adapters'],
    ['the servers are apart', 'cds-hooks/a.ts', 'smart-app/b.ts', 'servers-apart'],
    ['the servers are apart both ways', 'smart-app/a.ts', 'cds-hooks/b.ts', 'servers-apart'],
    ['the sandbox knows the service by HTTP alone', 'deploy/sandbox/a.ts', 'cds-hooks/b.ts', 'sandbox-apart'],
    ['nothing imports the command line', 'cds-hooks/a.ts', 'src/cli/b.ts', 'command-line-last'],
    ['production code imports no tests', 'deploy/sandbox/a.ts', 'test/fakes/b.ts', 'no-tests-in-production'],
    ['a new folder needs a layer', 'src/cli/a.ts', 'src/utils/b.ts', 'every-folder-has-a-layer'],
    [
      'the page imports no server code',
      'deploy/sandbox/page/a.ts',
      'deploy/sandbox/b.ts',
      'browser-imports-types-alone',
    ],
    ['servers import no page code', 'deploy/sandbox/a.ts', 'deploy/sandbox/page/b.ts', 'browser-stays-in-browser'],
  ])('%s', async (_, from, to, rule) => {
    const up = '../'.repeat(from.split('/').length - 1);
    expect(await rulesBrokenBy({ [from]: using(`${up}${to}`), [to]: leaf })).toEqual([rule]);
  });

  it('the page may import types of the server', async () => {
    const files = { 'deploy/sandbox/page/a.ts': usingType('../b.ts'), 'deploy/sandbox/b.ts': leaf };
    expect(await rulesBrokenBy(files)).toEqual([]);
  });

  it('even types point down', async () => {
    const files = { 'src/core/a.ts': usingType('../domain/b.ts'), 'src/domain/b.ts': leaf };
    expect(await rulesBrokenBy(files)).toEqual(['down-from-core']);
  });

  it('a circle is caught', async () => {
    const files = { 'src/core/a.ts': `${using('./b.ts')}${leaf}`, 'src/core/b.ts': `${using('./a.ts')}${leaf}` };
    expect(await rulesBrokenBy(files)).toEqual(['no-circles']);
  });

  it.each([
    ['a stage reads no files', 'src/record/a.ts', 'node:fs', 'no-input-output'],
    ['hashing belongs to src/core/digest', 'src/core/a.ts', 'node:crypto', 'no-input-output'],
    ['src/core/digest does nothing but hash', 'src/core/digest.ts', 'node:fs', 'digest-only-hashes'],
    ['a page has no machine', 'deploy/sandbox/page/a.ts', 'node:fs', 'browser-has-no-machine'],
    ['a package that is not there is named', 'src/adapters/a.ts', 'no-such-package', 'nothing-unresolved'],
  ])('%s', async (_, from, to, rule) => {
    expect(await rulesBrokenBy({ [from]: `import '${to}';\n` })).toEqual([rule]);
  });

  it('src/core/digest may hash', async () => {
    expect(await rulesBrokenBy({ 'src/core/digest.ts': `import 'node:crypto';\n` })).toEqual([]);
  });

  it.each([
    ['a stage uses no web framework', 'src/record/a.ts', 'express', 'pure-packages'],
    ['units are converted in src/terminology alone', 'src/record/a.ts', '@lhncbc/ucum-lhc', 'pure-packages'],
    ['src/terminology uses no other package', 'src/terminology/a.ts', 'canonicalize', 'pure-packages-of-terminology'],
  ])('%s', async (_, from, name, rule) => {
    const packageFile = JSON.stringify({ name, version: '1.0.0', main: 'index.js' });
    const installed = { [`node_modules/${name}/package.json`]: packageFile, [`node_modules/${name}/index.js`]: '' };
    const files = { [from]: `import '${name}';\n`, ...installed };
    const broken = await rulesBrokenBy(files);
    expect(broken).toContain(rule);
  });
});
