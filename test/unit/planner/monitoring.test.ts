import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../src/domain/trajectory.ts';
import { BUILT_IN_FACTS, openKnowledge } from '../../../src/knowledge/index.ts';
import { planMonitoring } from '../../../src/planner/monitoring.ts';
import { aDraft } from '../../fakes/a-record.ts';

const knowledge = openKnowledge();

function aForecast(day: number, probability: number, threshold = 'potassium-above-5.5'): Forecast {
  const distribution = { median: 5, low: 4, high: 6, epistemicShare: 0 };
  return { variable: 'potassium', day, ...distribution, chances: [{ threshold, probability }] };
}

function daysFor(ingredient: string, forecasts: readonly Forecast[] = []): readonly number[] {
  return planMonitoring(aDraft(ingredient), forecasts, knowledge).map(({ day }) => day);
}

describe('planMonitoring', () => {
  it.each([
    ['lisinopril', [7]],
    ['spironolactone', [7, 28, 56, 84]],
    ['eplerenone', [7, 30]],
    ['finerenone', [28]],
    ['furosemide', [7]],
    ['bisoprolol', [7]],
    ['empagliflozin', []],
    ['ibuprofen', []],
  ])('%s is checked on the days of its facts', (ingredient, days) => {
    expect(daysFor(ingredient)).toEqual(days);
  });

  it('a beta blocker asks for pressure and pulse, the others for blood', () => {
    expect(planMonitoring(aDraft('bisoprolol'), [], knowledge)[0]?.what).toBe('blood-pressure-and-heart-rate');
    expect(planMonitoring(aDraft('lisinopril'), [], knowledge)[0]?.what).toBe('basic-metabolic-panel');
  });

  it.each([
    ['spironolactone', [3, 7, 28, 56, 84]],
    ['lisinopril', [5, 7]],
    ['empagliflozin', [28]],
  ])('a likely dangerous value brings the first check of %s forward', (ingredient, days) => {
    expect(daysFor(ingredient, [aForecast(3, 0.05)])).toEqual(days);
  });

  it('an unlikely one, or a late one, does not', () => {
    expect(daysFor('spironolactone', [aForecast(7, 0.04)])).toEqual([7, 28, 56, 84]);
    expect(daysFor('spironolactone', [aForecast(14, 0.3)])).toEqual([7, 28, 56, 84]);
  });

  it('a limit that a blood sample does not show, does not either', () => {
    expect(daysFor('lisinopril', [aForecast(3, 0.5, 'sbp-below-90')])).toEqual([7]);
  });

  it.each([
    ['lisinopril', 'age-60', [5, 7]],
    ['valsartan', 'chronic-kidney-disease', [5, 7]],
    ['lisinopril', 'raas-inhibitor', [7]],
    ['furosemide', 'raas-inhibitor', [5, 7]],
    ['furosemide', 'age-60', [5, 7]],
    ['empagliflozin', 'acute-kidney-injury', [28]],
    ['empagliflozin', 'age-60', []],
    ['spironolactone', 'age-60', [7, 28, 56, 84]],
  ] as const)('%s with the risk %s that its fact may name, without any forecast', (ingredient, risk, days) => {
    const steps = planMonitoring(aDraft(ingredient), [], knowledge, [risk]);
    expect(steps.map(({ day }) => day)).toEqual(days);
    expect(steps.map(({ reason }) => reason).join(' ')).not.toMatch(/The forecast sees/);
  });

  it('cites the fact of each check', () => {
    const [first] = planMonitoring(aDraft(), [], knowledge);
    expect(first?.factId).toBe('mra.monitoring');
    expect(first?.source).toEqual(knowledge.fact('mra.monitoring').source);
  });

  it('leaves out a check that is only recalled', () => {
    const rows = BUILT_IN_FACTS.map((row) =>
      (row as { id: string }).id === 'mra.monitoring' ? { ...(row as object), basis: 'recalled' } : row,
    );
    expect(planMonitoring(aDraft(), [], openKnowledge(rows)).map(({ day }) => day)).toEqual([28, 56, 84]);
  });
});
