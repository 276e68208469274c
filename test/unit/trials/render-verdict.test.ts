import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/trials/referee.ts';
import { renderVerdict } from '../../../src/trials/render-verdict.ts';
import type { ReportNotes } from '../../../src/trials/render-verdict.ts';
import { IN_SAMPLE, outOfFoldCaveats } from '../../../src/trials/report-caveats.ts';
import { rowsAsJson } from '../../../src/trials/rows-as-json.ts';
import { aStoredCalibration } from './a-stored-calibration.ts';
import { aTrial, DRUGS, hazard, hba1c, predictionsFor, withoutFields } from './a-trial.ts';

const FILES = ['A', 'B', 'C'].map((id) => aTrial({ id, endpoints: [hba1c(-1), hazard(0.8)] }));
/** A and B are predicted far off, C exactly. */
const PREDICTIONS = [...predictionsFor(FILES.slice(0, 2), 3), ...predictionsFor(FILES.slice(2))];
const VERDICT = judge({ files: FILES, predictions: PREDICTIONS, drugs: DRUGS, seed: 'report' });

function report(notes: ReportNotes = {}, verdict = VERDICT): string {
  return renderVerdict(verdict, notes).join('\n');
}

describe('a report', () => {
  it('says first how far it may be trusted, then whether it passed, then where it is wrong', () => {
    const headings = report({ caveats: ['Out of fold.'] })
      .split('\n')
      .filter((line) => line.startsWith('#') || line === 'Out of fold.');
    expect(headings.slice(0, 7)).toEqual([
      '# Trials: predicted beside reported',
      'Out of fold.',
      '## In short',
      '## Bars',
      '## Simulator beside rivals',
      '## Large misses',
      '## Rows',
    ]);
  });

  it('names every large miss and says which nobody has explained', () => {
    const few = { trial: 'A', kind: 'chance', direction: 'above', explanation: 'Few events.' } as const;
    const explanations = ['hba1c_change', 'cv_death'].map((endpoint) => ({ ...few, endpoint }));
    const text = report({ explanations });
    expect(text).toContain('- Large misses: 4, 2 of them without an explanation.');
    expect(text.match(/\| chance \| Few events\. \|/g)).toHaveLength(2);
    expect(text.match(/no explanation yet/g)).toHaveLength(2);
  });

  it('counts the recalled parameters behind each row and lists what each can move', () => {
    const text = report({ recalledFor: ({ trial }) => (trial === 'B' ? ['alpha.onset', 'alpha.ed50'] : []) });
    expect(text.match(/\| B \|.*\| 2 \|/g)).toHaveLength(2);
    expect(text.match(/^\| A \|.*\| 0 \|/gm)).toHaveLength(2);
    expect(text).toContain('| alpha.ed50 | 2 | B |');
  });

  it('lists the kinds of endpoint in order, the simulator first in each', () => {
    const table = report().split('## By kind of endpoint')[1]?.split('## By class')[0] ?? '';
    const cells = [...table.matchAll(/^\| (\S[^|]*) \| ([^|]*) \| \d/gm)].map(([, kind = '', name = '']) => [
      kind,
      name,
    ]);
    const kinds = cells.map(([kind = '']) => kind);
    expect(kinds).toEqual(kinds.toSorted((a, b) => a.localeCompare(b)));
    const first = kinds.map((kind) => kinds.indexOf(kind)).filter((index, place) => index === place);
    expect(first.map((index) => cells[index]?.[1])).toEqual(first.map(() => 'simulator'));
  });

  it('says of classes left out whether the simulator took part', () => {
    expect(report()).toContain('The rivals alone');
    const classOut = predictionsFor(FILES);
    const refitted = judge({ files: FILES, predictions: classOut, classOut, drugs: DRUGS, seed: 'report' });
    expect(report({}, refitted)).toContain('by fits that saw no trial of the classes');
    expect(report({}, refitted)).toMatch(
      /keeps class-specific meta-analyses as priors[^]*the rivals know nothing of the class/,
    );
  });
});

describe('a report of trials without estimates', () => {
  const asked = withoutFields(hazard(0.8), ['estimate', 'ciLow', 'ciHigh']);
  const files = [aTrial({ endpoints: [asked] })];
  const verdict = judge({ files, predictions: predictionsFor(files), drugs: DRUGS, seed: 'report' });

  it('is a table of predictions without bars', () => {
    const text = report({}, verdict);
    expect(text).toContain(
      '| INVENTED-1 | active | placebo | cv_death (ratio) | 6 | 1.00 (0.98 to 1.02) | 0.02 | 0 |  |',
    );
    expect(text).not.toContain('## Bars');
    expect(text).not.toContain('MISS');
  });

  it('says why a row is not evaluable without calling it a miss', () => {
    const silent = judge({ files, predictions: [], drugs: DRUGS, seed: 'report' });
    expect(report({}, silent)).toContain('| — | — | 0 | not evaluable: no prediction was given |');
  });
});

describe('rows as JSON', () => {
  it('carry what was reported in the unit of the row, ratios as ratios', () => {
    const [change, ratio] = rowsAsJson(VERDICT);
    expect(change?.reported).toEqual({ estimate: -1, low: -1.2, high: -0.8 });
    expect(ratio?.reported).toEqual({ estimate: 0.8, low: 0.666666666667, high: 0.96 });
  });

  it('carry no interval where none was reported', () => {
    const files = [aTrial({ endpoints: [withoutFields(hba1c(-1), ['ciLow', 'ciHigh'])] })];
    const [row] = rowsAsJson(judge({ files, predictions: [], drugs: DRUGS, seed: 'report' }));
    expect(row).toMatchObject({ evaluable: false, reported: { estimate: -1, low: null, high: null } });
  });
});

/** Everything that somebody chose who had seen misses. */
const CHOSEN = [
  'room that glucose leaves saturates',
  'root of what beta cells are left',
  'alone or on metformin',
  'pressure of incretins follows weight',
  'defaults for eligibility',
  'what doses are worth',
  'people of dose × week',
];

describe('caveats', () => {
  it('of stored predictions say what is out of fold, what is not, and of which simulator', () => {
    const text = outOfFoldCaveats(aStoredCalibration()).join('\n');
    expect(text).toContain('1 free parameters were fitted without it (1 folds). In 1 of them rows');
    expect(text).toContain('cannot be undone');
    for (const chosen of CHOSEN) expect(text).toContain(chosen);
    expect(text).not.toContain('two equations');
    expect(text).toContain('published abc, calibrated def; options: people 20, seed calibration');
  });

  it('of emulated predictions call them in sample', () => {
    expect(IN_SAMPLE.join('\n')).toContain('**In sample.**');
  });
});
