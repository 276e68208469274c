import { describe, expect, it } from 'vitest';
import { screenDose } from '../../../src/safety/dose-ceiling.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { isForecastClass } from '../../../src/systems/doses.ts';
import { aDraft, aDraftWithoutDose } from '../../fakes/a-record.ts';

describe('screenDose', () => {
  const forecast = system.interventions.filter(
    ({ channel, isOffMarket }) => isForecastClass(system, channel) && isOffMarket !== true,
  );

  it.each(forecast.map(({ ingredient, maximumDose }) => [ingredient, maximumDose] as const))(
    '%s is allowed at %d mg/d and refused above',
    (ingredient, maximum) => {
      expect(screenDose(system, aDraft(ingredient, maximum))).toEqual([]);
      expect(screenDose(system, aDraft(ingredient, maximum * 1.01))).toHaveLength(1);
    },
  );

  it('says how much it is, how much is usual, and on whose word', () => {
    const [violation, ...others] = screenDose(system, aDraft('spironolactone', 2500));
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ rule: 'dose.maximum', severity: 'contraindicated', subject: 'spironolactone' });
    expect(violation?.reason).toMatch(/2500 mg.*: the highest usual dose of spironolactone is 100 mg/);
    expect(violation?.source.citation).not.toBe('');
  });

  it('judges no drug whose orders are not forecast, though its dynamics are known', () => {
    expect(screenDose(system, aDraft('metformin', 99_999))).toEqual([]);
    expect(screenDose(system, aDraft('insulin glargine', 9_999))).toEqual([]);
  });

  it('judges no drug that is known for the sake of trials alone', () => {
    expect(screenDose(system, aDraft('eprosartan', 99_999))).toEqual([]);
  });

  it('judges neither an order without a dose nor a drug without a dose range', () => {
    expect(screenDose(system, aDraftWithoutDose())).toEqual([]);
    expect(screenDose(system, aDraft('ibuprofen', 99_999))).toEqual([]);
  });
});
