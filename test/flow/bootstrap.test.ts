import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/bootstrap.mjs', import.meta.url));

type Packages = Readonly<Record<string, { version: string; dev?: true; optional?: true }>>;

/** A lock file of one production, one development and one platform package. */
const LOCK: Packages = {
  '': { version: '0.1.0' },
  'node_modules/used': { version: '1.0.0' },
  'node_modules/checker': { version: '2.0.0', dev: true },
  'node_modules/platform': { version: '3.0.0', optional: true },
};
const PRODUCTION: Packages = { 'node_modules/used': { version: '1.0.0' } };
const EVERYTHING: Packages = { ...PRODUCTION, 'node_modules/checker': { version: '2.0.0', dev: true } };

let clone = '';
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'sextant-clone-'));
  mkdirSync(join(clone, 'scripts'));
  copyFileSync(SCRIPT, join(clone, 'scripts', 'bootstrap.mjs'));
  write('package-lock.json', JSON.stringify({ packages: LOCK }));
});
afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

/** Stamps node_modules as npm does after it has put these packages there. */
function isInstalled(packages: Packages): void {
  write('node_modules/.package-lock.json', JSON.stringify({ packages }));
}

/** A vitest that ends with a code, after writing a report if there is one. */
function vitestEnds(code: number, report?: object): void {
  const writes = `const file = process.argv.find((one) => one.startsWith('--outputFile.json=')).slice(18);
    writeFileSync(file, ${JSON.stringify(JSON.stringify(report))});`;
  const notes = `console.log('vitest', process.argv.slice(2).join(' '));`;
  const text = `import { writeFileSync } from 'node:fs'; ${report === undefined ? '' : writes} ${notes} process.exit(${code});`;
  write('node_modules/vitest/vitest.mjs', text);
}

/** Runs the bootstrap in the clone, with an npm that only notes how it was called and ends with a code. */
function bootstrap(
  args: readonly string[],
  npmEnds = 0,
): { code: number | null; said: string; npm: string | undefined } {
  const note = join(clone, 'npm-was-called-with');
  const fakeNpm = join(clone, 'npm-cli.js');
  const notes = `require('node:fs').writeFileSync(${JSON.stringify(note)}, process.argv.slice(2).join(' '));`;
  writeFileSync(fakeNpm, `${notes} process.exit(${npmEnds});`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: fakeNpm },
  });
  return { code: status, said: stdout + stderr, npm: existsSync(note) ? readFileSync(note, 'utf8') : undefined };
}

const lastLineOf = (said: string): string | undefined => said.trimEnd().split('\n').at(-1);

describe('installing what is missing', () => {
  it('a fresh clone gets everything for the tests', () => {
    vitestEnds(0);
    expect(bootstrap(['test'])).toMatchObject({ npm: 'ci --ignore-scripts --loglevel=error' });
  });

  it('a fresh clone gets production packages alone for a command', () => {
    const { npm, said } = bootstrap(['sextant', 'verify-ledger']);
    expect(npm).toBe('ci --ignore-scripts --loglevel=error --omit=dev');
    expect(said).toContain('installing 1 missing package');
  });

  it('nothing is installed twice', () => {
    isInstalled(EVERYTHING);
    expect(bootstrap(['install'])).toEqual({ code: 0, said: '', npm: undefined });
  });

  it('production packages are enough for a command, and not for the tests', () => {
    isInstalled(PRODUCTION);
    vitestEnds(0);
    expect(bootstrap(['sextant']).npm).toBeUndefined();
    expect(bootstrap(['test']).npm).toBe('ci --ignore-scripts --loglevel=error');
  });

  it('another version than the locked one counts as missing, and development packages stay', () => {
    isInstalled({ ...EVERYTHING, 'node_modules/used': { version: '0.9.0' } });
    expect(bootstrap(['demo']).npm).toBe('ci --ignore-scripts --loglevel=error');
  });

  it('a package of another platform is not missed', () => {
    isInstalled(EVERYTHING);
    expect(bootstrap(['install']).npm).toBeUndefined();
  });

  it('an npm that fails is explained, its exit code passes through, and nothing is started', () => {
    vitestEnds(0);
    const { code, said } = bootstrap(['test'], 7);
    expect(code).toBe(7);
    expect(said).toMatch(/offline\?[\s\S]*proxy\?/);
    expect(said).not.toContain('vitest');
  });
});

describe('the tests end with their counts', () => {
  beforeEach(() => {
    isInstalled(EVERYTHING);
  });
  const aReport = (counts: object): object => ({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...counts,
  });

  it.each([
    ['all passed', 0, { numPassedTests: 12 }, '12 passed, 0 failed'],
    ['some failed', 1, { numPassedTests: 10, numFailedTests: 2 }, '10 passed, 2 failed'],
    [
      'some were skipped',
      0,
      { numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 },
      '3 passed, 0 failed, 2 skipped',
    ],
    [
      'a file could not be loaded',
      1,
      { numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [] }] },
      '3 passed, 1 failed',
    ],
    ['an error came outside of any test', 1, { numPassedTests: 3 }, '3 passed, 1 failed'],
  ])('%s', (_, code, counts, line) => {
    vitestEnds(code, aReport(counts));
    const result = bootstrap(['test']);
    expect(result.code).toBe(code);
    expect(lastLineOf(result.said)).toBe(line);
  });

  it('a vitest that wrote no report failed', () => {
    vitestEnds(1);
    expect(lastLineOf(bootstrap(['test']).said)).toBe('0 passed, 1 failed');
  });

  it('arguments reach vitest', () => {
    vitestEnds(0, aReport({}));
    expect(bootstrap(['test', 'test/unit/core', '-t', 'digest']).said).toContain('test/unit/core -t digest');
  });
});

describe('a command that does not exist', () => {
  it.each([[['bogus']], [['constructor']], [[]]])('%j is refused, and the commands are named', (args) => {
    const { code, said, npm } = bootstrap(args);
    expect({ code, npm }).toEqual({ code: 1, npm: undefined });
    expect(said).toContain('Commands: demo, sextant, test, install.');
  });
});
