import { describe, expect, it } from 'vitest';
import { BUILT_IN_FACTS, openKnowledge } from '../../../src/knowledge/index.ts';
import { cardioRenalMetabolic } from '../../../src/systems/cardio-renal-metabolic/system.ts';

function aFact(change: object = {}): object {
  return {
    id: 'made.up',
    kind: 'threshold',
    statement: 'Invented for this test.',
    value: 1,
    unit: 'd',
    basis: 'read',
    strength: 'none',
    population: 'nobody',
    source: { citation: 'This test', pmid: null, doi: null, where: 'here' },
    ...change,
  };
}

describe('openKnowledge', () => {
  it('opens the facts that ship with the code', () => {
    const knowledge = openKnowledge();
    expect(knowledge.fact('mra.potassium.start')).toMatchObject({ value: 5, unit: 'mmol/L', basis: 'read' });
    expect(knowledge.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds a fact, or nothing', () => {
    const knowledge = openKnowledge([aFact()]);
    expect(knowledge.find('made.up')?.statement).toBe('Invented for this test.');
    expect(knowledge.find('made.down')).toBeUndefined();
    expect(() => knowledge.fact('made.down')).toThrow('there is no fact made.down');
  });

  it('has another digest as soon as one word is another', () => {
    const [one, other] = [openKnowledge([aFact()]), openKnowledge([aFact({ statement: 'Invented.' })])];
    expect(one.digest).not.toBe(other.digest);
  });

  it('writes a PubMed number as text, however the file holds it', () => {
    const source = { citation: 'This test', pmid: 123, doi: null, where: 'here' };
    expect(openKnowledge([aFact({ source })]).fact('made.up').source.pmid).toBe('123');
  });

  it.each([
    ['no rows', {}, /array/],
    ['a value without a unit', [aFact({ unit: null })], /a value has a unit/],
    ['a unit that is not UCUM', [aFact({ unit: 'mmHg' })], /unit/],
    ['a basis that we do not know', [aFact({ basis: 'heard' })], /basis/],
    ['no source', [aFact({ source: null })], /source/],
    ['a key that nobody reads', [aFact({ sourec: 1 })], /sourec/],
    ['the same id twice', [aFact(), aFact()], /two facts have the id made\.up/],
  ])('refuses %s', (_, rows, message) => {
    expect(() => openKnowledge(rows)).toThrow(message);
  });

  it('reports all problems at once', () => {
    expect(() => openKnowledge([aFact({ unit: null }), aFact({ basis: 'heard' })])).toThrow(/unit[\s\S]*basis/);
  });
});

describe('the facts that ship with the code', () => {
  it('give every threshold of the system its value and its unit', () => {
    const knowledge = openKnowledge();
    for (const { thresholds, unit } of cardioRenalMetabolic.variables) {
      for (const { factId, value, relativeToCurrent } of thresholds) {
        const fact = knowledge.fact(factId);
        expect([fact.value, fact.unit]).toEqual(relativeToCurrent === true ? [-100 * value, '%'] : [value, unit]);
      }
    }
  });

  it('name where each can be found', () => {
    const without = BUILT_IN_FACTS.map((row) => row as { id: string; source: Record<string, unknown> }).filter(
      ({ source }) => source.url === null && source.doi === null && source.pmid === null,
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});
