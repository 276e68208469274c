import { describe, expect, it } from 'vitest';
import { historyTensors, VISIT_SLOTS, visitWidth } from '../../../src/belief/tensors.ts';
import { instant } from '../../../src/core/time.ts';
import type { PatientHistory, Visit } from '../../../src/domain/belief.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

const width = visitWidth(system);
const noDoses = system.channels.map(() => 0);

function visit(daysBeforeNow: number, potassium?: number): Visit {
  return {
    daysBeforeNow,
    values: system.variables.map((_, index) => (index === 0 ? potassium : undefined)),
    doses: noDoses,
  };
}

function history(visits: readonly Visit[]): PatientHistory {
  return {
    asOf: instant(0),
    covariates: { age: 70, female: true, traits: [true, false, undefined] },
    visits,
    doses: noDoses,
  };
}

describe('historyTensors', () => {
  it('pads in front, so that the newest visit is always the last row', () => {
    const { visits } = historyTensors(system, history([visit(30, 4.1), visit(2, 4.9)]));
    expect(visits).toHaveLength(VISIT_SLOTS * width);
    expect(visits[0]).toBeNaN();
    expect([...visits.slice(-width, -width + 2)]).toEqual([2, Math.fround(4.9)]);
    expect(visits[(VISIT_SLOTS - 2) * width]).toBe(30);
  });

  it('keeps the most recent visits of a long history', () => {
    const long = Array.from({ length: VISIT_SLOTS + 5 }, (_, index) => visit(100 - index));
    const { visits } = historyTensors(system, history(long));
    expect(visits[0]).toBe(95);
    expect(visits[(VISIT_SLOTS - 1) * width]).toBe(100 - VISIT_SLOTS - 4);
  });

  it('refuses a visit that does not have a value a variable, because all that follows would shift', () => {
    const short = { ...visit(3, 4.2), values: [4.2] };
    expect(() => historyTensors(system, history([short]))).toThrow(TypeError);
  });

  it('tells unknown from no', () => {
    const { covariates } = historyTensors(system, history([]));
    expect([...covariates]).toEqual([70, 1, 1, 0, Number.NaN]);
  });

  it('gives a patient without any visit a tensor of padding alone', () => {
    expect([...historyTensors(system, history([])).visits].every(Number.isNaN)).toBe(true);
  });
});
