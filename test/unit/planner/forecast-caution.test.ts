import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../src/domain/trajectory.ts';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { forecastCautions } from '../../../src/planner/forecast-caution.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

function aForecast(probability: number, threshold: string): Forecast {
  const distribution = { median: 5, low: 4, high: 6, epistemicShare: 0 };
  return { variable: 'potassium', day: 84, ...distribution, chances: [{ threshold, probability }] };
}

function cautionsAt(probability: number, { threshold = 'potassium-above-5.5', without = 0.02 } = {}) {
  const [forecasts, noChange] = [[aForecast(probability, threshold)], [aForecast(without, threshold)]];
  return forecastCautions(system, { ingredient: 'spironolactone', forecasts, noChange }, openKnowledge());
}

describe('forecastCautions', () => {
  it('judges by the upper bound of the chance: 8 of 100 are under the policy of 10, 9 of 100 are not', () => {
    expect(cautionsAt(0.08)).toEqual([]);
    expect(cautionsAt(0.09)).toHaveLength(1);
  });

  it('says the chance in natural frequencies, on the word of the threshold’s fact', () => {
    const [caution] = cautionsAt(0.23);
    expect(caution).toMatchObject({ severity: 'caution', subject: 'spironolactone', factId: 'potassium.mild' });
    expect(caution?.reason).toMatch(/potassium above 5\.5 mmol\/L in 23 of 100 patients like this one/);
  });

  it('says of no drug what is known of spironolactone alone', () => {
    expect(cautionsAt(0.23)[0]?.reason).not.toMatch(/On spironolactone/);
  });

  it('does not blame an order for a risk that is there without it', () => {
    expect(cautionsAt(0.3, { without: 0.3 })).toEqual([]);
    expect(cautionsAt(0.3, { without: 0.28 })).toEqual([]);
    expect(cautionsAt(0.3, { without: 0.2 })).toHaveLength(1);
  });

  it('says nothing without a forecast of that threshold', () => {
    expect(cautionsAt(0.9, { threshold: 'potassium-below-3.5' })).toEqual([]);
    expect(forecastCautions(system, { ingredient: 'x', forecasts: [], noChange: [] }, openKnowledge())).toEqual([]);
  });
});
