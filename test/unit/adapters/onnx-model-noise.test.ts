import { describe, expect, test } from 'vitest';
import { drawRollOutNoise } from '../../../src/adapters/model-noise.ts';
import { mean, variance } from '../../../src/core/statistics.ts';

const SIZES = { members: 2, samples: 3, steps: 4, latent: 5, state: 3, observables: 2 };

describe('roll-out noise', () => {
  test('the same seed draws the same noise', () => {
    expect(drawRollOutNoise(SIZES, 'a')).toEqual(drawRollOutNoise(SIZES, 'a'));
  });

  test('another seed draws other noise', () => {
    expect(drawRollOutNoise(SIZES, 'b').start).not.toEqual(drawRollOutNoise(SIZES, 'a').start);
  });

  test('more futures leave the earlier ones as they are', () => {
    const few = drawRollOutNoise(SIZES, 'a');
    const many = drawRollOutNoise({ ...SIZES, samples: 6 }, 'a');
    expect(many.start.slice(0, 3 * 5)).toEqual(few.start.slice(0, 3 * 5));
    expect(many.process.slice(0, 3 * 4 * 3)).toEqual(few.process.slice(0, 3 * 4 * 3));
  });

  test('later days leave the noise of earlier days as it is', () => {
    const short = drawRollOutNoise({ ...SIZES, steps: 2 }, 'a');
    const long = drawRollOutNoise(SIZES, 'a');
    expect(long.process.slice(0, 2 * 3)).toEqual(short.process.slice(0, 2 * 3));
    expect(long.measurement.slice(0, 2 * 2)).toEqual(short.measurement.slice(0, 2 * 2));
  });

  test('members do not share their noise', () => {
    const { start } = drawRollOutNoise(SIZES, 'a');
    expect(start.slice(0, 15)).not.toEqual(start.slice(15, 30));
  });

  test('the noise is standard normal', () => {
    const { process } = drawRollOutNoise({ ...SIZES, samples: 500 }, 'a');
    expect(mean(process)).toBeCloseTo(0, 1);
    expect(variance(process)).toBeCloseTo(1, 1);
  });
});
