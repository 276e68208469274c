import { describe, expect, it } from 'vitest';
import type { CardFrame } from '../../../cds-hooks/card-frame.ts';
import { forecastParagraphs } from '../../../cds-hooks/forecast-detail.ts';
import { instant } from '../../../src/core/time.ts';
import type { Candidate, Plan } from '../../../src/domain/plan.ts';
import type { Forecast } from '../../../src/domain/trajectory.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

const FRAME: CardFrame = {
  entryId: 'entry',
  patientId: 'patient',
  at: instant(0),
  system,
  version: '0',
  dropped: {},
  maximumCards: 5,
};

/** What a card says of its own doubt when forecasts have these shares. */
function doubtsOf(...shares: readonly (number | undefined)[]): string {
  const forecasts = shares.map((share): Forecast => ({
    variable: 'potassium',
    day: 28,
    median: 4.6,
    low: 4,
    high: 5.2,
    chances: [],
    ...(share === undefined ? {} : { epistemicShare: share }),
  }));
  const candidate: Candidate = {
    role: 'draft',
    label: 'As ordered',
    regimen: { id: 'draft', drugs: [] },
    violations: [],
    forecasts,
  };
  const plan = { current: [], candidates: [candidate], reasons: [], monitoring: [], violations: [] };
  return forecastParagraphs(FRAME, plan as unknown as Plan, [candidate]).join('\n');
}

describe('what a forecast card says of its own doubt', () => {
  it('claims no agreement when a single model answered', () => {
    const text = doubtsOf(undefined, undefined);
    expect(text).toContain('One model answered: what it does not know itself is not in the interval.');
    expect(text).not.toContain('ensemble');
  });

  it('says that the models agree when several answered alike', () => {
    expect(doubtsOf(0, 0)).toContain('The models of the ensemble agree');
  });

  it('names the widest disagreement', () => {
    expect(doubtsOf(0.02, 0.31)).toContain('Up to 31 % of the spread is disagreement');
  });
});

describe('a variable of which cards do not speak', () => {
  it('is neither among the reasons nor among the values that the forecast rests on', () => {
    const link = { channel: 'mra', direction: 'lowers', effect: -9, day: 84 } as const;
    const plan = {
      current: ['ldl', 'sbp'].map((variable) => ({
        variable,
        value: 131,
        daysOld: 3,
        source: `Observation/${variable}`,
      })),
      candidates: [],
      reasons: ['urate', 'sbp'].map((variable) => ({ ...link, variable })),
      monitoring: [],
      violations: [],
    };
    const text = forecastParagraphs(FRAME, plan as unknown as Plan, []).join('\n');
    expect(text).toContain('Systolic pressure 131');
    expect(text).toContain('lowers systolic pressure');
    expect(text).not.toMatch(/LDL|urate/i);
  });
});
