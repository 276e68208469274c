import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawPanel, readPanel } from '../../../src/cli/design-panel.ts';
import { runDesign } from '../../../src/cli/design.ts';
import { runSextant } from '../../../src/cli/sextant.ts';

const folder = mkdtempSync(join(tmpdir(), 'design-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const EXAMPLE = 'models/cardio-renal-metabolic/designs/sglt2i-albuminuria.json';
const QUICK = ['--people', '40', '--draws', '1', '--draw-people', '20', '--trials', '200'];

async function run(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  await runDesign(args, (line) => lines.push(line));
  return lines.join('\n');
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function bundleOf(...resources: readonly object[]): string {
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  });
}

describe('sextant design', () => {
  it('prints the report of the example and writes page, Markdown and study', async () => {
    const out = join(folder, 'out');
    const report = await run(EXAMPLE, ...QUICK, '--virtual-panel', '30', '--screened-per-month', '50', '--out', out);
    expect(report).toContain('## Expected cohort from the panel');
    expect(report).toContain('screened | 30');
    expect(readdirSync(out).sort()).toEqual(['design.html', 'design.md', 'study.json']);
    expect(readFileSync(join(out, 'design.md'), 'utf8').trimEnd()).toBe(report);
    expect(JSON.parse(readFileSync(join(out, 'study.json'), 'utf8'))).toMatchObject({ resourceType: 'Bundle' });
  });

  it('prints the study alone when asked for JSON', async () => {
    expect(JSON.parse(await run(EXAMPLE, ...QUICK, '--json'))).toMatchObject({ type: 'collection' });
  });

  it.each([
    [[], /Name a trial file/],
    [[EXAMPLE, '--power', '1.2'], /--power lies from 0.5/],
    [[EXAMPLE, '--dropout', ''], /--dropout is a share/],
    [[EXAMPLE, '--people', '3'], /--people is a whole number/],
    [[EXAMPLE, '--panel', 'x', '--virtual-panel', '5'], /exclude each other/],
    [[EXAMPLE, '--screened-per-month', '5'], /needs --panel/],
    [[EXAMPLE, 'records'], /one trial file/],
    [[EXAMPLE, '--primary', 'death'], /no endpoint is called death/],
  ])('refuses %j with its remedy', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('names all faults of the arguments at once', async () => {
    await expect(run(EXAMPLE, '--alpha', '0', '--sd', '0')).rejects.toThrow(/--alpha.*--sd/);
  });

  it('takes no folder for a trial file', async () => {
    await expect(run(folder)).rejects.toThrow(/is a folder/);
  });

  it('prints one line of what is wrong with an argument that begins with a hyphen', async () => {
    const lines: string[] = [];
    expect(await runSextant(['design', EXAMPLE, '--dropout', '-1'], (line) => lines.push(line))).toBe(2);
    expect(lines).toEqual(["Option '--dropout' argument is ambiguous.", expect.stringMatching(/^usage: design/)]);
  });

  it('names what is wrong with a file', async () => {
    await expect(run(written('broken.json', '{'))).rejects.toThrow(/is not JSON/);
    await expect(run(written('empty.json', '{}'))).rejects.toThrow(/endpoints: .*List at least one endpoint/);
  });
});

describe('a panel', () => {
  it('is read from a folder: the living screened, the dead and the unreadable counted', async () => {
    const panel = join(folder, 'panel');
    mkdirSync(panel);
    const weight = {
      resourceType: 'Observation',
      id: 'w',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      effectiveDateTime: '2025-03-01T08:00:00Z',
      valueQuantity: { value: 80, unit: 'kg', code: 'kg', system: 'http://unitsofmeasure.org' },
    };
    const patient = { resourceType: 'Patient', id: 'p', gender: 'male', birthDate: '1960-01-01' };
    const own = { ...weight, subject: { reference: 'Patient/p' } };
    writeFileSync(join(panel, 'living.json'), bundleOf(patient, own));
    writeFileSync(join(panel, 'dead.json'), bundleOf({ ...patient, deceasedDateTime: '2025-04-01' }, own));
    writeFileSync(join(panel, 'noise.json'), '{');
    const { records, deceased, unreadable } = await readPanel(panel);
    expect([records.length, deceased, unreadable]).toEqual([1, 1, 1]);
    expect(records[0]?.measurements.map(({ variable, value }) => [variable, value])).toEqual([['body_weight', 80]]);
  });

  it('that is an empty folder is refused', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await expect(readPanel(empty)).rejects.toThrow(/holds no/);
  });

  it('of virtual patients is the same for the same seed, and another for another', () => {
    const [one, same, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(drawPanel(3, seed).records));
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});
