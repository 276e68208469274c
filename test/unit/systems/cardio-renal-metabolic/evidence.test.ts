import { describe, expect, it } from 'vitest';
import type { Visit } from '../../../../src/domain/belief.ts';
import { evidenceOf } from '../../../../src/systems/cardio-renal-metabolic/evidence.ts';
import { instrumentsOf } from '../../../../src/systems/cardio-renal-metabolic/measurement.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { VARIABLE_INDEX } from '../../../../src/systems/cardio-renal-metabolic/seen.ts';
import { doses, valuesBy } from './builders.ts';

const instruments = instrumentsOf(publishedParameters());
const covariates = { age: 60, female: false, traits: [] };

function visit(daysBeforeNow: number, values: Readonly<Record<string, number>>): Visit {
  return { daysBeforeNow, values: valuesBy(values), doses: doses() };
}

describe('evidenceOf', () => {
  it('counts days between the readings of one variable, not between visits', () => {
    const visits = [visit(90, { potassium: 4 }), visit(60, { egfr: 50 }), visit(20, { potassium: 5 })];
    const { readings, untilNow } = evidenceOf(instruments, { visits, covariates })[0] ?? { readings: [], untilNow: 0 };
    expect(readings.map(({ gap, visit: index }) => [gap, index])).toEqual([
      [0, 0],
      [70, 2],
    ]);
    expect(untilNow).toBe(20);
  });

  it('reads what multiplies on the logarithm, with its relative error', () => {
    const visits = [visit(0, { ldl: 100, lvef: 40 })];
    const evidence = evidenceOf(instruments, { visits, covariates });
    const ldl = evidence[VARIABLE_INDEX.ldl]?.readings[0];
    const lvef = evidence[VARIABLE_INDEX.lvef]?.readings[0];
    expect(ldl?.value).toBeCloseTo(Math.log(100), 12);
    expect(ldl?.errorVariance).toBeCloseTo((instruments.errors[VARIABLE_INDEX.ldl]?.sd ?? 0) ** 2, 12);
    expect(lvef?.value).toBe(40);
    expect(lvef?.errorVariance).toBeCloseTo((instruments.errors[VARIABLE_INDEX.lvef]?.sd ?? 0) ** 2, 12);
  });

  it('lets an error of creatinine weigh less where creatinine is low', () => {
    const sdAt = (egfr: number): number =>
      Math.sqrt(
        evidenceOf(instruments, { visits: [visit(0, { egfr })], covariates })[VARIABLE_INDEX.egfr]?.readings[0]
          ?.errorVariance ?? 0,
      );
    const creatinine = instruments.errors[VARIABLE_INDEX.egfr]?.sd ?? 0;
    expect(sdAt(40)).toBeCloseTo(1.2 * creatinine, 4);
    expect(sdAt(110)).toBeLessThan(0.4 * creatinine);
  });

  it('expects more unrest between the values of a hospital stay', () => {
    const visits = [visit(200, { potassium: 4 }), visit(2, { potassium: 4 }), visit(1, { potassium: 4 })];
    const [, , last] = evidenceOf(instruments, { visits, covariates })[0]?.readings ?? [];
    expect(last?.unrest).toBeGreaterThan(1);
  });

  it('has nothing to say of an empty record', () => {
    const evidence = evidenceOf(instruments, { visits: [], covariates });
    expect(evidence).toHaveLength(VARIABLES.length);
    expect(evidence.every(({ readings }) => readings.length === 0)).toBe(true);
  });
});
