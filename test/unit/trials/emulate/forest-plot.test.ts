import { describe, expect, it } from 'vitest';
import { forestPlot } from '../../../../src/trials/emulate/forest-plot.ts';
import { renderCohort } from '../../../../src/trials/emulate/render-cohort.ts';
import { judge } from '../../../../src/trials/referee.ts';
import { aTrial, DRUGS, hazard, hba1c, predictionsFor } from '../a-trial.ts';

const FILES = [aTrial({ id: 'A & B', endpoints: [hba1c(-1), hazard(0.8)] })];

function rows(predictions = predictionsFor(FILES)) {
  return judge({ files: FILES, predictions, drugs: DRUGS, seed: 'plot' }).rows;
}

describe('a forest plot', () => {
  it('has a panel a kind of endpoint and a line a row, with names made safe', () => {
    const svg = forestPlot(rows());
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(svg.match(/font-weight="bold"/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toContain('A &amp; B: active v placebo, hba1c_change');
    expect(svg).not.toContain('NaN');
  });

  it('leaves out what has no prediction', () => {
    expect(forestPlot(rows([]))).not.toContain('<circle');
  });
});

describe('a rendered cohort', () => {
  it('shows asked beside reached and says what was left out', () => {
    const lines = renderCohort({
      trial: 'T',
      predictions: [],
      checks: [
        { item: 'age', asked: { form: 'mean', mean: 60, unit: 'a' }, reached: [60.1, 9] },
        { item: 'female', asked: 0.4, reached: [0.4] },
      ],
      notes: ['background x is unknown and left out'],
    });
    expect(lines).toContain('| age | 60.0, — | 60.1, 9.00 |');
    expect(lines).toContain('| female | 0.400 | 0.400 |');
    expect(lines).toContain('- background x is unknown and left out');
  });
});
