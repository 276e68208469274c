import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/domain/system.ts';
import type { Trajectory } from '../../../src/domain/trajectory.ts';
import { BUILT_IN_FACTS, openKnowledge } from '../../../src/knowledge/index.ts';
import { EXPECTED_DIRECTION } from '../../../src/reasoning/expected-direction.ts';
import { explain } from '../../../src/reasoning/explain.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { aTrajectory } from '../../fakes/a-trajectory.ts';

const knowledge = openKnowledge();
const potassiumOnly: System = {
  ...cardioRenalMetabolic,
  variables: cardioRenalMetabolic.variables.filter(({ id }) => id === 'potassium'),
};

function linkFor(draft: Trajectory, noChange: Trajectory, channel = 'mra', facts = knowledge) {
  const [link] = explain(potassiumOnly, { channel, draft, noChange }, facts);
  return link;
}

describe('explain', () => {
  it('takes the median of the paired differences on the last day', () => {
    const draft = aTrajectory(
      [
        [9, 4.5],
        [9, 6.0],
        [9, 5.1],
      ],
      { days: [7, 84] },
    );
    const noChange = aTrajectory(
      [
        [1, 4.2],
        [1, 5.6],
        [1, 5.1],
      ],
      { days: [7, 84] },
    );
    expect(linkFor(draft, noChange)).toMatchObject({ variable: 'potassium', day: 84, direction: 'raises' });
    expect(linkFor(draft, noChange)?.effect).toBeCloseTo(0.3, 5);
  });

  it.each([
    ['raises', 0.06],
    ['leaves', 0.04],
    ['leaves', -0.04],
    ['lowers', -0.06],
  ])('%s when the effect is %d mmol/L', (direction, effect) => {
    expect(linkFor(aTrajectory([[4 + effect]]), aTrajectory([[4]]))?.direction).toBe(direction);
  });

  it('says what the mechanism leads one to expect, even where the model says the opposite', () => {
    const link = linkFor(aTrajectory([[4]]), aTrajectory([[5]]));
    expect(link).toMatchObject({ direction: 'lowers', expected: 'raises' });
    expect(link?.fact?.id).toBe('mra.mechanism.potassium');
  });

  it('cites nothing where there is no mechanism, and nothing that is only recalled', () => {
    expect(linkFor(aTrajectory([[5]]), aTrajectory([[4]]), 'unknown')).not.toHaveProperty('fact');
    const rows = BUILT_IN_FACTS.map((row) =>
      (row as { id: string }).id === 'mra.mechanism.potassium' ? { ...(row as object), basis: 'recalled' } : row,
    );
    const link = linkFor(aTrajectory([[5]]), aTrajectory([[4]]), 'mra', openKnowledge(rows));
    expect(link).not.toHaveProperty('fact');
    expect(link).not.toHaveProperty('expected');
  });
});

describe('the expected directions', () => {
  it('are those of all mechanism facts, and of no others', () => {
    const mechanisms = BUILT_IN_FACTS.map((row) => row as { id: string; kind: string })
      .filter(({ kind }) => kind === 'mechanism')
      .map(({ id }) => id);
    expect(Object.keys(EXPECTED_DIRECTION).toSorted()).toEqual(mechanisms.toSorted());
  });
});
