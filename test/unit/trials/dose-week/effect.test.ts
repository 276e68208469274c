import { describe, expect, it } from 'vitest';
import { placeboSubtracted } from '../../../../src/trials/dose-week/effect.ts';
import { anArm, placebo } from './arms.ts';

describe('placebo-subtracted effects', () => {
  it('are arm less placebo of the same study and week, errors added in quadrature', () => {
    const [effect] = placeboSubtracted([anArm(), placebo(), placebo({ week: 24, change: 5 })]);
    expect(effect?.value).toBeCloseTo(-0.8, 12);
    expect(effect?.standardError).toBeCloseTo(0.05, 12);
  });

  it('need a placebo arm of the same study, week and unit', () => {
    const strangers = [placebo({ study: 'two' }), placebo({ week: 4 }), placebo({ unit: 'kg' })];
    expect(placeboSubtracted([anArm(), ...strangers])).toEqual([]);
  });
});
