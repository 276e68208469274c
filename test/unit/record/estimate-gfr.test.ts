import { describe, expect, it } from 'vitest';

import { quantity } from '../../../src/core/quantity.ts';
import { estimateGfr } from '../../../src/record/estimate-gfr.ts';

describe('CKD-EPI 2021', () => {
  // Worked by hand from the published coefficients (doi 10.1056/NEJMoa2102953).
  it.each([
    ['a man of 50 with 1.0 mg/dL', 1.0, 50, false, 92],
    ['a woman of 50 with 1.0 mg/dL', 1.0, 50, true, 69],
    ['a man of 60 with 0.9 mg/dL, at the knot', 0.9, 60, false, 98],
    ['a woman of 60 with 0.7 mg/dL, at the knot', 0.7, 60, true, 99],
    ['a man of 75 with 2.5 mg/dL', 2.5, 75, false, 26],
    ['a woman of 25 with 0.5 mg/dL', 0.5, 25, true, 133],
  ])('%s', (_, creatinine, age, female, expected) => {
    const gfr = estimateGfr(quantity(creatinine, 'mg/dL'), { age: quantity(age, 'a'), female });
    expect(Math.round(gfr)).toBe(expected);
  });

  it('falls when creatinine rises', () => {
    const values = [0.4, 0.7, 0.9, 1.2, 3, 9].map((creatinine) =>
      estimateGfr(quantity(creatinine, 'mg/dL'), { age: quantity(60, 'a'), female: false }),
    );
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});
