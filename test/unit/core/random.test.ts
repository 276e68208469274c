import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { mean, variance } from '../../../src/core/statistics.ts';

const draw = (count: number, next: () => number): readonly number[] => Array.from({ length: count }, next);

describe('seededRandom', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const first = draw(8, seededRandom('a').uniform);
    expect(draw(8, seededRandom('a').uniform)).toEqual(first);
    expect(draw(8, seededRandom('b').uniform)).not.toEqual(first);
  });

  it('keeps its numbers across versions and machines', () => {
    const random = seededRandom('pinned');
    expect(draw(3, random.uniform).map((value) => value.toFixed(9))).toMatchInlineSnapshot(`
      [
        "0.412228561",
        "0.598486962",
        "0.706813845",
      ]
    `);
  });

  it('splits without advancing the stream it came from', () => {
    const random = seededRandom('a');
    const child = random.split('child');
    child.normal();
    expect(random.uniform()).toBe(seededRandom('a').uniform());
    expect(seededRandom('a').split('child').uniform()).not.toBe(seededRandom('a').split('other').uniform());
  });

  it('draws uniforms and standard normals with the moments that they should have', () => {
    const random = seededRandom('moments');
    const uniforms = draw(40_000, random.uniform);
    const normals = draw(40_000, random.normal);
    expect(mean(uniforms)).toBeCloseTo(0.5, 2);
    expect(variance(uniforms)).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(mean(normals))).toBeLessThan(0.02);
    expect(Math.abs(variance(normals) - 1)).toBeLessThan(0.03);
    expect(normals.filter((value) => value > 1.6449).length / normals.length).toBeCloseTo(0.05, 2);
  });
});
