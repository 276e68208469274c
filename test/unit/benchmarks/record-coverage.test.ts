import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runRecordCoverage } from '../../../src/benchmarks/record-coverage.ts';
import { anObservation, aPatient, aPotassium, aPrescription, type Json } from '../record/fhir-builders.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sextant-coverage-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const bundle = (...resources: readonly Json[]): string =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });

async function coverageOf(): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const code = await runRecordCoverage([folder], (line) => lines.push(line));
  return { code, lines };
}

describe('record coverage', () => {
  it('ends with the share of usable observations that are mapped', async () => {
    const file = bundle(
      aPatient(),
      aPotassium(4.4, { id: 'good' }),
      aPotassium(44, { id: 'impossible' }),
      aPotassium(4.4, { id: 'no-unit', valueQuantity: { value: 4 } }),
      anObservation('2828-2', 40, 'mmol/L', { id: 'urine' }),
      aPrescription('lisinopril'),
    );
    await writeFile(join(folder, 'ada.json.gz'), gzipSync(file));
    const { code, lines } = await coverageOf();
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('mapped 50.00 %');
    expect(lines).toContain('         1  potassium: unit-missing');
    expect(lines).toContain('         1  acei');
  });

  it('hands each record to the assessment and counts its answers', async () => {
    await writeFile(join(folder, 'ada.json'), bundle(aPatient(), aPotassium(4.4)));
    const lines: string[] = [];
    await runRecordCoverage(
      [folder],
      (line) => lines.push(line),
      ({ measurements }) => ({ answer: 'abstention', codes: [`${measurements.length} measurement`] }),
    );
    expect(lines).toContain('         1  abstention: 1 measurement');
  });

  it('a file that is no bundle is named, and the others are read all the same', async () => {
    await writeFile(join(folder, 'a.json'), 'not json');
    await writeFile(join(folder, 'b.json'), '{"entry":[{"resource":7},null]}');
    await writeFile(join(folder, 'c.json'), bundle(aPatient(), aPotassium(4.4)));
    const { code, lines } = await coverageOf();
    expect(code).toBe(1);
    expect(lines.slice(0, 2)).toEqual(['a.json: not JSON', 'b.json: no Patient in it']);
    expect(lines.at(-1)).toBe('mapped 100.00 %');
  });

  it('without a folder it says how it is used', async () => {
    const lines: string[] = [];
    expect(await runRecordCoverage([], (line) => lines.push(line))).toBe(2);
    expect(lines[0]).toContain('usage');
  });
});
