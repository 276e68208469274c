import { describe, expect, it } from 'vitest';
import { findUnsteadyCreatinine } from '../../../src/belief/acute-kidney-injury.ts';
import { aRecord, measured } from '../../fakes/a-record.ts';

const creatinine = (...values: readonly (readonly [value: number, daysAgo: number])[]) =>
  findUnsteadyCreatinine(aRecord(...values.map(([value, daysAgo]) => measured('creatinine', value, { daysAgo }))));

describe('findUnsteadyCreatinine', () => {
  it('sees a rise by 0.3 mg/dL within two days, and not over three', () => {
    expect(creatinine([1.0, 2], [1.3, 0])).toEqual({ direction: 'rising', from: 1.0, to: 1.3 });
    expect(creatinine([1.0, 2], [1.29, 0])).toBeUndefined();
    expect(creatinine([1.0, 3], [1.3, 0])).toBeUndefined();
  });

  it('sees a rise to one and a half times within seven days, and not over eight', () => {
    expect(creatinine([0.5, 7], [0.75, 0])).toMatchObject({ direction: 'rising' });
    expect(creatinine([0.5, 7], [0.74, 0])).toBeUndefined();
    expect(creatinine([0.5, 8], [0.75, 0])).toBeUndefined();
  });

  it('sees the recovery as well', () => {
    expect(creatinine([2.0, 1], [1.6, 0])).toEqual({ direction: 'falling', from: 2.0, to: 1.6 });
  });

  it('forgets an injury of the week before last', () => {
    expect(creatinine([1.0, 16], [2.0, 14], [1.1, 1])).toBeUndefined();
  });

  it('knows nothing from one value', () => {
    expect(creatinine([4.0, 0])).toBeUndefined();
  });
});
