import { digestOf } from '../core/digest.ts';
import type { Fact } from '../domain/evidence.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import { parseFacts } from './fact-schema.ts';
import cardioRenal from './facts/cardio-renal.json' with { type: 'json' };
import screening from './facts/screening.json' with { type: 'json' };

/** The facts that ship with Sextant, as rows that `openKnowledge` still checks. */
export const BUILT_IN_FACTS: readonly unknown[] = [...cardioRenal, ...screening];

/**
 * Opens a set of facts for citing.
 *
 * @throws TypeError when a row is invalid or an id occurs twice.
 */
export function openKnowledge(rows: unknown = BUILT_IN_FACTS): Knowledge {
  const facts = parseFacts(rows);
  const byId = indexById(facts);
  return {
    fact: (id) => byId.get(id) ?? missing(id),
    find: (id) => byId.get(id),
    digest: digestOf(facts),
  };
}

function indexById(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  const byId = new Map<string, Fact>();
  for (const fact of facts) {
    if (byId.has(fact.id)) throw new TypeError(`two facts have the id ${fact.id}`);
    byId.set(fact.id, fact);
  }
  return byId;
}

function missing(id: string): never {
  throw new TypeError(`there is no fact ${id}`);
}
