import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSextant } from '../../../src/cli/sextant.ts';

/** Runs a command line as a shell would, without leaving the process. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = [];
  const code = await runSextant(args, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

describe('the command line', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sextant-'));
    writeFileSync(join(folder, 'file'), '');
    writeFileSync(join(folder, 'table.csv'), 'a,b\n1,2\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('lists its commands when it is given none', async () => {
    expect(await run()).toMatchObject({ code: 2, said: expect.stringMatching(/^train-data {2,}\S/m) as string });
    expect((await run('constructor')).code).toBe(2);
  });

  it.each(['trial', 'referee', 'dose-week', 'train-data'])('%s says what it needs', async (command) => {
    expect(await run(command)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^config\.invalid: .*/) as string,
    });
  });

  it.each([
    'trial',
    'referee',
    'gym',
    'plots',
    'simulator-speed',
    'train-data',
    'real-beside-virtual',
    'forecast-virtual',
  ])('%s answers an argument that it does not know with its usage', async (command) => {
    const { code, said } = await run(command, '--nope');
    expect(code).toBe(2);
    expect(said).toContain("'--nope'");
    expect(said).toContain(`usage: ${command}`);
  });

  it.each(['trial', 'referee', 'dose-week', 'cited-trials', 'real-beside-virtual', 'coverage'])(
    '%s names a folder that does not exist, with the remedy',
    async (command) => {
      const { code, said } = await run(command, join(folder, 'nowhere'));
      expect(code).toBe(1);
      expect(said).toMatch(/nowhere.*(?:does not exist\. Name one|holds none of)/);
    },
  );

  it.each([
    ['trial', 'table.csv', /lacks the columns trial_id/],
    ['referee', 'table.csv', /lacks the columns trial_id/],
    ['dose-week', '.', /table\.csv lacks the columns study/],
    ['dose-week', 'file', /is no folder/],
    ['trial', '.', /holds no trial file/],
    ['plots', 'file', /is no folder/],
  ])('%s says what is wrong with %s', async (command, place, words) => {
    const { code, said } = await run(command, join(folder, place));
    expect(code).toBe(1);
    expect(said).toMatch(words);
  });

  it('writes no cohort into a file', async () => {
    const { code, said } = await run('train-data', '--people', '1', '--out', join(folder, 'file'));
    expect(code).toBe(1);
    expect(said).toContain('is a file. Name a folder');
  });
});
