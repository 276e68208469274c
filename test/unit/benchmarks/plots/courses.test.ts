import { describe, expect, it } from 'vitest';
import { courseOf, everyDays, levelsOf, settledChange } from '../../../../src/benchmarks/plots/courses.ts';
import { individualOf } from '../../../../src/benchmarks/plots/typical-people.ts';

describe('courseOf', () => {
  const person = individualOf('diabetes');

  it('begins where the person rests', () => {
    const [first] = levelsOf(courseOf(person, [{ from: 0, doses: { biguanide: 1 } }], everyDays(28, 7)), 'hba1c');
    expect(first).toBeCloseTo(8.2);
  });

  it('gives from a day on what its phase says', () => {
    const phases = [
      { from: 0, doses: { loop: 1 } },
      { from: 28, doses: {} },
    ];
    const [before, during, after] = levelsOf(courseOf(individualOf('reducedEf'), phases, [0, 28, 84]), 'body_weight');
    expect(during).toBeLessThan((before ?? 0) - 1);
    expect(after).toBeCloseTo(before ?? 0, 1);
  });

  it('does not know a variable that does not exist', () => {
    expect(() => settledChange(person, {}, 'sodium')).toThrow(TypeError);
  });
});

describe('settledChange', () => {
  it('is nothing without doses', () => {
    expect(settledChange(individualOf('hypertension'), {}, 'sbp')).toBe(0);
  });

  it('is a fall of pressure under a calcium channel blocker', () => {
    expect(settledChange(individualOf('hypertension'), { ccb: 1 }, 'sbp')).toBeLessThan(-5);
  });
});
