import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readCitingRows } from '../../../src/benchmarks/trials-cited.ts';
import { citedTrials, citingRowsOf, rowsRestingOn } from '../../../src/trials/cited-trials.ts';
import type { CitingRow } from '../../../src/trials/cited-trials.ts';

const ALLOWED = new Set(['CIBIS-II', 'META Somebody 2003']);

function aRow(parts: Partial<CitingRow> = {}): CitingRow {
  return { file: 'rows.json', id: 'acei.sbp', text: '', ...parts };
}

function forbidden(rows: readonly CitingRow[], allowed = ALLOWED): readonly string[] {
  return citedTrials(rows, allowed).flatMap(({ trial, isAllowed }) => (isAllowed ? [] : [trial]));
}

describe('the search for cited trials', () => {
  test('finds the trial that a row says it rests on', () => {
    expect(forbidden([aRow({ trial: 'SHOUT-2' })])).toEqual(['SHOUT-2']);
  });

  test('finds acronyms and registry numbers in the text', () => {
    expect(forbidden([aRow({ text: 'As in TOPCAT (NCT00094302) and ISRCTN12345678.' })])).toEqual([
      'ISRCTN12345678',
      'NCT00094302',
      'TOPCAT',
    ]);
  });

  test('lets calibration trials pass', () => {
    expect(forbidden([aRow({ trial: 'META Somebody 2003', text: 'CIBIS-II, main paper' })])).toEqual([]);
  });

  test('does not take CIBIS-II for CIBIS', () => {
    expect(citedTrials([aRow({ text: 'CIBIS-II' })], ALLOWED).map(({ trial }) => trial)).toEqual(['CIBIS-II']);
  });

  test('does not take plain words for trials', () => {
    expect(forbidden([aRow({ text: 'a step, a flow and the life of a leader; SGLT2 and CKD; NHANES' })])).toEqual([]);
  });

  test('reads rows with one source, several, or none', () => {
    const rows = citingRowsOf('x.json', [
      { id: 'a', source: { citation: 'RALES', where: 'abstract', trial: null } },
      { ingredient: 'b', source: [{ trial: 'DELIVER' }, { trial: 'SHOUT-2' }] },
      { id: 'c', value: 3 },
    ]);
    expect(forbidden(rows)).toEqual(['RALES', 'DELIVER', 'SHOUT-2']);
  });

  test('finds a row that rests on a trial which it does not name', () => {
    const rows = citingRowsOf('x.json', [
      { id: 'a', source: { citation: 'Somebody 2015', where: 'abstract', design: 'trial' } },
    ]);
    expect(forbidden(rows)).toEqual(['a trial that is not named']);
  });

  test('lets a diet be called after its trial, but not the trial', () => {
    expect(forbidden([aRow({ text: 'the DASH diet; DPP-4 inhibitors' })])).toEqual([]);
    expect(forbidden([aRow({ text: 'read in DASH, table 2' })])).toEqual(['DASH']);
  });

  test('lists what rests on a trial, so that a fold can leave it out', () => {
    const rows = [
      aRow({ trial: 'A' }),
      aRow({ id: 'x', trial: 'A' }),
      aRow({ id: 'x', trial: 'B' }),
      aRow({ id: 'y' }),
    ];
    expect([...rowsRestingOn(rows)]).toEqual([
      ['A', ['acei.sbp', 'x']],
      ['B', ['x']],
    ]);
  });

  test('refuses what is no list of rows', () => {
    expect(() => citingRowsOf('x.json', { id: 'a' })).toThrow(/x\.json/);
  });
});

describe('what grades us is not what feeds us', () => {
  const rows = readCitingRows(fileURLToPath(new URL('../../../src', import.meta.url)));

  test('no parameter cites a trial outside of the calibration list', () => {
    const outside = citedTrials(rows.parameters).filter(({ isAllowed }) => !isAllowed);
    expect(outside.map(({ id, trial, how }) => `${id}: ${trial} (${how})`)).toEqual([]);
  });

  test('there are parameters and facts to look at', () => {
    expect(rows.parameters.length).toBeGreaterThan(50);
    expect(rows.facts.length).toBeGreaterThan(20);
  });
});
