import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/core/array.ts';
import { poolNeighbours } from '../../../../src/trials/dose-week/pooling.ts';
import { SIX_STUDIES } from './arms.ts';

describe('pooling of other studies', () => {
  it('does not see the own study', () => {
    const target = at(SIX_STUDIES, 0);
    const changed = SIX_STUDIES.map((effect) => (effect.study === target.study ? { ...effect, value: 99 } : effect));
    expect(poolNeighbours(changed)(target)).toEqual(poolNeighbours(SIX_STUDIES)(target));
  });

  it('does not see a study that it is asked to leave out as well', () => {
    const [target, left] = [at(SIX_STUDIES, 0), at(SIX_STUDIES, 4)];
    const changed = SIX_STUDIES.map((effect) => (effect.study === left.study ? { ...effect, value: 99 } : effect));
    expect(poolNeighbours(changed)(target, left)).toEqual(poolNeighbours(SIX_STUDIES)(target, left));
    expect(poolNeighbours(changed)(target)).not.toEqual(poolNeighbours(SIX_STUDIES)(target));
  });

  it('takes the nearest week of each study', () => {
    expect(poolNeighbours(SIX_STUDIES)(at(SIX_STUDIES, 1))?.value).toBeCloseTo(-0.05 * 12 - 0.3, 2);
  });

  it('knows nothing of an agent that no other study has', () => {
    expect(poolNeighbours(SIX_STUDIES)({ ...at(SIX_STUDIES, 0), agent: 'betapril' })).toBeUndefined();
  });
});
