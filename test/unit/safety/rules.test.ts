import { describe, expect, it } from 'vitest';
import { BUILT_IN_FACTS, openKnowledge } from '../../../src/knowledge/index.ts';
import { activeRules, disabledRules, RULES } from '../../../src/safety/rules.ts';

function knowledgeWith(id: string, change: object) {
  return openKnowledge(
    BUILT_IN_FACTS.map((row) => ((row as { id: string }).id === id ? { ...(row as object), ...change } : row)),
  );
}

describe('the safety table', () => {
  it('has a read fact in the right unit for every rule', () => {
    expect(disabledRules(openKnowledge())).toEqual([]);
    expect(activeRules(openKnowledge())).toHaveLength(RULES.length);
  });

  it('names every rule once', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it.each([
    ['a fact that is only recalled', { basis: 'recalled' }, /recalled/],
    ['a fact without a value', { value: null, unit: null }, /no value/],
    ['a fact in another unit', { unit: '%' }, /not in mmol\/L/],
  ])('switches a rule with %s off, and says so', (_, change, why) => {
    const knowledge = knowledgeWith('mra.potassium.stop', change);
    const disabled = disabledRules(knowledge);
    expect(disabled.map(({ rule }) => rule)).toEqual(['mra.potassium.stop']);
    expect(disabled[0]?.why).toMatch(why);
    expect(activeRules(knowledge).some(({ rule }) => rule.id === 'mra.potassium.stop')).toBe(false);
  });

  it('switches a rule whose fact is missing off', () => {
    const rows = BUILT_IN_FACTS.filter((row) => (row as { id: string }).id !== 'bb.asthma');
    expect(disabledRules(openKnowledge(rows))).toEqual([
      { rule: 'bb.asthma', factId: 'bb.asthma', why: 'its fact is missing' },
    ]);
  });
});
