import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/trials/referee.ts';
import type { Verdict } from '../../../src/trials/referee.ts';
import { renderVerdict } from '../../../src/trials/render-verdict.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { aPanel, aTrial, DRUGS, hazard, hba1c, predictionsFor } from './a-trial.ts';

type Parts = Partial<Parameters<typeof judge>[0]>;

function barsOf(files: Parameters<typeof judge>[0]['files'], parts: Parts = {}) {
  const verdict: Verdict = judge({ files, predictions: predictionsFor(files), drugs: DRUGS, seed: 'bars', ...parts });
  if (verdict.kind !== 'graded') throw new Error('not graded');
  return { verdict, standings: verdict.bars.map(({ standing }) => standing) };
}

const ONE = [aTrial({ endpoints: [hba1c(-1), hazard(0.8)] })];

describe('the bars of one trial', () => {
  it('are not defined, but for the rows that were predicted', () => {
    const { verdict, standings } = barsOf(ONE);
    expect(standings).toEqual(['met', ...Array.from({ length: 5 }, () => 'not defined')]);
    expect(renderVerdict(verdict).join('\n')).not.toContain('| **MISS** |');
  });

  it('are missed where nothing was predicted: that one trial is enough to see', () => {
    expect(barsOf(ONE, { predictions: [] }).standings[0]).toBe('missed');
  });

  it('are missed, not excused, where a frozen list promised more', () => {
    const [row] = ONE.flatMap(rowsOf);
    const { trial = '', arm = '', comparator = '', endpoint = '' } = row ?? {};
    const promised = { trial, arm, comparator, endpoint, month: null, hasInterval: true };
    const { standings } = barsOf(ONE, { frozen: [promised, { ...promised, trial: 'LOST' }] });
    expect(standings).toEqual(Array.from({ length: 6 }, () => 'missed'));
  });
});

describe('the bars of one trial beside others that are not graded', () => {
  it('define the error, as there is a class mean to compare with', () => {
    expect(barsOf(ONE, { others: aPanel() }).standings.slice(0, 3)).toEqual(['met', 'met', 'not defined']);
  });
});

describe('the bars of a panel', () => {
  const panel = aPanel();

  it('say how many rows and trials they rest on', () => {
    const { verdict } = barsOf(panel);
    expect(verdict.bars.map(({ restsOn }) => restsOn)).toEqual([
      { rows: 24, trials: 12 },
      { rows: 12, trials: 12 },
      { rows: 12, trials: 12 },
      { rows: 12, trials: 12 },
      { rows: 24, trials: 12 },
      { rows: 24, trials: 12 },
    ]);
    expect(renderVerdict(verdict).join('\n')).toContain('| 24 rows of 12 trials |');
  });

  it('stay missed when a simulator is silent: silence is no lack of trials', () => {
    expect(barsOf(panel, { predictions: [] }).standings).not.toContain('not defined');
    expect(barsOf(panel, { predictions: [] }).standings).not.toContain('met');
  });

  it('are all missed while a file of the frozen list is missing, however good the rest', () => {
    const frozen = panel.flatMap((file) =>
      rowsOf(file).map(({ trial, arm, comparator, endpoint, month }) => ({
        ...{ trial, arm, comparator, endpoint, month },
        hasInterval: true,
      })),
    );
    expect(new Set(barsOf(panel, { frozen }).standings)).not.toEqual(new Set(['missed']));
    const files = panel.slice(1);
    expect(barsOf(files, { frozen }).standings).toEqual(Array.from({ length: 6 }, () => 'missed'));
    expect(renderVerdict(barsOf(files, { frozen }).verdict).join('\n')).toContain('every bar is missed');
  });

  it('do not define a coverage of fewer than twenty rows', () => {
    expect(barsOf(panel.slice(0, 9)).standings[4]).toBe('not defined');
    expect(barsOf(panel.slice(0, 10)).standings[4]).not.toBe('not defined');
  });
});
