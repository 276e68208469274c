import { describe, expect, it } from 'vitest';
import { entry } from '../../../../../src/core/array.ts';
import { A } from '../../../../../src/systems/cardio-renal-metabolic/actions.ts';
import { lagged, shareOver } from '../../../../../src/systems/cardio-renal-metabolic/events/lag.ts';
import { riskFactorsAt } from '../../../../../src/systems/cardio-renal-metabolic/events/risk-factors-at.ts';
import { tracesAfterDays, tracesAtStart } from '../../../../../src/systems/cardio-renal-metabolic/events/traces.ts';
import { ACTIONS } from '../../../../../src/systems/cardio-renal-metabolic/state.ts';
import { levelsAt, restingState } from '../../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { individualOf } from '../../../../../src/benchmarks/plots/typical-people.ts';
import { channelDoses } from '../../../../../src/benchmarks/plots/courses.ts';
import { VARIABLES } from '../../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { CONSTANTS } from './builders.ts';

const CALM = VARIABLES.map(() => 0);
const LAGS = CONSTANTS.lags;

describe('lagged', () => {
  it('comes as close as the published years of lower LDL', () => {
    const inYear = (from: number, to: number): number =>
      (shareOver(to / LAGS.ldl) * to - (from === 0 ? 0 : shareOver(from / LAGS.ldl) * from)) / (to - from);
    const longRun = -Math.log(0.64);
    // Law 2003, doi 10.1136/bmj.326.7404.1423: 11, 24 and 33 % in year 1, year 2 and years 3 to 5.
    expect(1 - Math.exp(-longRun * inYear(0, 1))).toBeCloseTo(0.12, 2);
    expect(1 - Math.exp(-longRun * inYear(1, 2))).toBeCloseTo(0.25, 2);
    expect(1 - Math.exp(-longRun * inYear(2, 5))).toBeCloseTo(0.33, 2);
  });

  it('lies between where it was and where it goes', () => {
    expect(lagged(8, 6, 0)).toBe(8);
    expect(lagged(8, 6, 0.5)).toBeGreaterThan(6);
    expect(lagged(8, 6, 50)).toBeCloseTo(6, 12);
  });
});

describe('tracesAfterDays', () => {
  const individual = individualOf('dyslipidaemia');
  const untreated = restingState(individual, channelDoses({}), CALM);
  const treated = restingState(individual, channelDoses({ statin: 1 }), CALM);
  const start = tracesAtStart(individual, levelsAt(individual, untreated));

  it('lets risk follow a statin over years', () => {
    const month = tracesAfterDays(start, individual, treated, { days: 30, lags: LAGS });
    const decade = tracesAfterDays(start, individual, treated, { days: 3652, lags: LAGS });
    const full = tracesAtStart(individual, levelsAt(individual, treated)).ldl;
    expect(start.ldl - month.ldl).toBeLessThan(0.1 * (start.ldl - full));
    expect(decade.ldl - full).toBeLessThan(0.5);
  });

  it('changes nothing while levels stay', () => {
    expect(tracesAfterDays(start, individual, untreated, { days: 400, lags: LAGS })).toEqual(start);
  });
});

describe('riskFactorsAt', () => {
  it('reads GFR without the dip that an SGLT2 inhibitor makes', () => {
    const individual = individualOf('kidney');
    const off = restingState(individual, channelDoses({}), CALM);
    const on = restingState(individual, channelDoses({ sglt2i: 1 }), CALM);
    const traces = tracesAtStart(individual, levelsAt(individual, off));
    expect(entry(on, ACTIONS + A.gfr)).toBeLessThan(0.99);
    expect(riskFactorsAt(individual, on, traces).egfr).toBeCloseTo(riskFactorsAt(individual, off, traces).egfr, 6);
  });
});
