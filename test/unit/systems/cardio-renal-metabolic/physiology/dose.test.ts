import { describe, expect, it } from 'vitest';
import { doseCurve, doseEffect } from '../../../../../src/systems/cardio-renal-metabolic/physiology/dose.ts';

describe('doseEffect', () => {
  it.each([
    [0.2, 1],
    [1.5, 1],
    [0.36, 0.43],
  ])('gives the reference effect at the reference dose (ed50 %d, hill %d)', (ed50, hill) => {
    expect(doseEffect(1, doseCurve(ed50, hill))).toBeCloseTo(1, 12);
  });

  it('gives half of the most at ed50', () => {
    const curve = doseCurve(0.3, 2);
    expect(doseEffect(0.3, curve) / doseEffect(1e9, curve)).toBeCloseTo(0.5, 6);
  });

  it('is nothing without a dose, and never less for more', () => {
    const curve = doseCurve(0.36, 0.43);
    expect(doseEffect(0, curve)).toBe(0);
    expect(doseEffect(-1, curve)).toBe(0);
    for (let dose = 0.1; dose < 8; dose *= 1.4)
      expect(doseEffect(dose * 1.4, curve)).toBeGreaterThan(doseEffect(dose, curve));
  });

  it('is on or off where there is no curve', () => {
    const curve = doseCurve(0, 1);
    expect([0, 0.3, 1].map((dose) => doseEffect(dose, curve))).toEqual([0, 1, 1]);
  });
});
