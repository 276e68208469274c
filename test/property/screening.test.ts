import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftOrder } from '../../src/domain/intervention.ts';
import type { PatientRecord } from '../../src/domain/record.ts';
import { openKnowledge } from '../../src/knowledge/index.ts';
import { screenOrder } from '../../src/safety/check.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { drugClassOf } from '../../src/terminology/drugs.ts';
import { aDraft, aRecord, having, measured, taking, takingNothing, without, type Change } from '../fakes/a-record.ts';

const knowledge = openKnowledge();
const ingredients = cardioRenalMetabolic.interventions.map(({ ingredient }) => ingredient);
const anIngredient = fc.constantFrom(...ingredients);
/** Drugs that potassium can only speak against; a loop diuretic is questioned by a low one. */
const anIngredientThatRetainsPotassium = anIngredient.filter((ingredient) =>
  ['acei', 'arb', 'arni', 'mra'].includes(drugClassOf(ingredient) ?? ''),
);
const aPotassium = fc.double({ min: 2, max: 9, noNaN: true });
const changes: fc.Arbitrary<Change> = fc.oneof(
  anIngredient.map((ingredient) => taking(ingredient, 10)),
  fc.constantFrom('pregnancy', 'asthma', 'heart_block', 'anuria').map((condition) => having(condition)),
  fc.double({ min: 5, max: 120, noNaN: true }).map((egfr) => measured('egfr', egfr, { daysAgo: 1 })),
  fc.double({ min: 70, max: 200, noNaN: true }).map((sbp) => measured('sbp', sbp, { daysAgo: 1 })),
);
const someRecord = fc.array(changes, { maxLength: 5 }).map((list) => aRecord(takingNothing, ...list));

/** 0 nothing, 1 a caution, 2 a refusal. */
function gravity(draft: DraftOrder, record: PatientRecord): number {
  const violations = screenOrder(draft, record, { knowledge });
  if (violations.some(({ severity }) => severity === 'contraindicated')) return 2;
  return violations.length > 0 ? 1 : 0;
}

function at(record: PatientRecord, variable: string, value: number): PatientRecord {
  return measured(variable, value, { daysAgo: 0 })(without(variable)(record));
}

describe('screening', () => {
  it('a higher potassium is never more acceptable than a lower one', () => {
    fc.assert(
      fc.property(someRecord, anIngredientThatRetainsPotassium, aPotassium, aPotassium, (record, drug, one, other) => {
        const draft = aDraft(drug, 10);
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(gravity(draft, at(record, 'potassium', high))).toBeGreaterThanOrEqual(
          gravity(draft, at(record, 'potassium', low)),
        );
      }),
    );
  });

  it('a lower eGFR is never more acceptable than a higher one', () => {
    const anEgfr = fc.double({ min: 3, max: 130, noNaN: true });
    fc.assert(
      fc.property(someRecord, anIngredient, anEgfr, anEgfr, (record, drug, one, other) => {
        const draft = aDraft(drug, 10);
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(gravity(draft, at(record, 'egfr', low))).toBeGreaterThanOrEqual(
          gravity(draft, at(record, 'egfr', high)),
        );
      }),
    );
  });

  it('a higher dose is never more acceptable than a lower one', () => {
    const aDose = fc.double({ min: 1, max: 400, noNaN: true });
    fc.assert(
      fc.property(someRecord, anIngredient, aPotassium, aDose, aDose, (record, drug, potassium, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const patient = at(record, 'potassium', potassium);
        expect(gravity(aDraft(drug, high), patient)).toBeGreaterThanOrEqual(gravity(aDraft(drug, low), patient));
      }),
    );
  });

  it('a condition or a drug more never makes an order more acceptable', () => {
    const more = fc.oneof(
      anIngredient.map((ingredient) => taking(ingredient, 10)),
      fc.constantFrom('pregnancy', 'asthma', 'heart_block').map((condition) => having(condition)),
    );
    fc.assert(
      fc.property(someRecord, anIngredient, more, (record, drug, change) => {
        const before = record.medications.length;
        const changed = change(record);
        // Taking the drafted drug already turns a start into a renewal, which may well be more acceptable.
        fc.pre(changed.medications.slice(before).every(({ ingredient }) => ingredient !== drug));
        expect(gravity(aDraft(drug, 10), changed)).toBeGreaterThanOrEqual(gravity(aDraft(drug, 10), record));
      }),
    );
  });

  it('is the same for a record whose entries come in another order', () => {
    fc.assert(
      fc.property(someRecord, anIngredient, (record, drug) => {
        const turned = {
          ...record,
          medications: record.medications.toReversed(),
          conditions: record.conditions.toReversed(),
        };
        const rules = (patient: PatientRecord) =>
          screenOrder(aDraft(drug, 10), patient, { knowledge }).map(({ rule }) => rule);
        expect(rules(turned)).toEqual(rules(record));
      }),
    );
  });

  it('always says what would lift a violation, and on whose word it stands', () => {
    fc.assert(
      fc.property(someRecord, anIngredient, aPotassium, (record, drug, potassium) => {
        for (const violation of screenOrder(aDraft(drug, 10), at(record, 'potassium', potassium), { knowledge })) {
          expect(violation.liftedBy).not.toBe('');
          expect(violation.source.citation).not.toBe('');
          expect(violation.reason).toContain(knowledge.fact(violation.factId).statement);
        }
      }),
    );
  });
});
