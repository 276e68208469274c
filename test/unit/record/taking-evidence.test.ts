import { describe, expect, it } from 'vitest';

import { confidenceOf } from '../../../src/record/taking-evidence.ts';
import measured from '../../../src/record/taking-evidence.json' with { type: 'json' };

describe('the evidence that a drug is taken', () => {
  it.each(measured.evidence)('$id: a measured chance is its count, a judged one has none', (row) => {
    const { basis, probability, hits, cases } = row;
    if (basis === 'judged') expect([hits, cases]).toEqual([undefined, undefined]);
    else expect(probability).toBeCloseTo(((hits ?? NaN) + 1) / ((cases ?? NaN) + 2), 2);
  });

  it('names its source and its licence', () => {
    expect(measured.source).toContain('Open Database License (ODbL) 1.0');
  });

  it('an unknown kind of evidence is a bug of the caller', () => {
    expect(() => confidenceOf('gut-feeling')).toThrow(TypeError);
  });
});
