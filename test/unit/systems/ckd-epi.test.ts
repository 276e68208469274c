import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creatinineOfEgfr, egfrOfCreatinine } from '../../../src/systems/ckd-epi.ts';

describe('CKD-EPI 2021', () => {
  // Worked by hand from the published equation.
  it.each([
    [1.0, { age: 50, female: false }, 92],
    [1.0, { age: 50, female: true }, 69],
    [0.9, { age: 60, female: false }, 98],
    [0.7, { age: 60, female: true }, 99],
    [0.8, { age: 60, female: true }, 84],
    [2.5, { age: 75, female: false }, 26],
    [0.5, { age: 30, female: true }, 129],
    [0.5, { age: 25, female: true }, 133],
  ])('turns a creatinine of %d mg/dL in %j into %d', (creatinine, subject, egfr) => {
    expect(Math.round(egfrOfCreatinine(creatinine, subject))).toBe(egfr);
  });

  it('runs backwards to the creatinine it came from', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 12, noNaN: true }),
        fc.integer({ min: 18, max: 95 }),
        fc.boolean(),
        (creatinine, age, female) => {
          const subject = { age, female };
          return (
            Math.abs(creatinineOfEgfr(egfrOfCreatinine(creatinine, subject), subject) - creatinine) < 1e-9 * creatinine
          );
        },
      ),
    );
  });

  it('never gives a higher eGFR to a higher creatinine', () => {
    const subject = { age: 64, female: true };
    const values = [0.5, 0.69, 0.71, 1, 2, 5].map((creatinine) => egfrOfCreatinine(creatinine, subject));
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});
