import { describe, expect, it } from 'vitest';
import { samplingCorrelation } from '../../../../src/trials/calibrate/sampling-correlation.ts';
import type { Sampled } from '../../../../src/trials/calibrate/sampling-correlation.ts';

function change(arm: string, comparator = 'placebo'): Sampled {
  return { arm, comparator, endpoint: 'hba1c_change', family: 'continuous' };
}

function ratio(endpoint: string): Sampled {
  return { arm: 'active', comparator: 'placebo', endpoint, family: 'log-ratio' };
}

describe('samplingCorrelation', () => {
  it('is a half for two arms against one comparator', () => {
    expect(samplingCorrelation(change('low'), change('high'))).toBe(0.5);
  });

  it('is nothing for arms against their own baselines', () => {
    expect(samplingCorrelation(change('low', 'baseline'), change('high', 'baseline'))).toBe(0);
  });

  it('is more for the same people at two times', () => {
    expect(samplingCorrelation(change('low'), change('low'))).toBe(0.7);
  });

  it('is nothing for events of which none counts twice', () => {
    expect(samplingCorrelation(ratio('mi_nonfatal'), ratio('stroke_nonfatal'))).toBe(0);
    expect(samplingCorrelation(ratio('mi_nonfatal'), ratio('cv_death'))).toBe(0);
  });

  it('grows with the events that a composite shares with its parts', () => {
    const withDeath = samplingCorrelation(ratio('cv_death'), ratio('mace_3point'));
    const withStroke = samplingCorrelation(ratio('stroke_nonfatal'), ratio('mace_3point'));
    expect(withDeath).toBeGreaterThan(withStroke);
    expect(withStroke).toBeGreaterThan(0.2);
    expect(samplingCorrelation(ratio('cv_death'), ratio('death_any_cause'))).toBeGreaterThan(0.7);
    expect(withDeath).toBeLessThan(1);
  });
});
