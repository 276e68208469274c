import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/time.ts';
import type { DraftOrder } from '../../../src/domain/intervention.ts';
import type { PatientRecord } from '../../../src/domain/record.ts';
import { openKnowledge } from '../../../src/knowledge/index.ts';
import { screenOrder, screenRunningDrugs } from '../../../src/safety/check.ts';
import {
  aDraft,
  aDraftWithoutDose,
  allergicTo,
  aRecord,
  having,
  measured,
  taking,
  takingNothing,
  without,
  type Change,
} from '../../fakes/a-record.ts';

const knowledge = openKnowledge();

function rulesFor(record: PatientRecord, draft: DraftOrder): readonly string[] {
  return screenOrder(draft, record, { knowledge }).map(({ rule, severity }) =>
    severity === 'contraindicated' ? `refused by ${rule}` : `caution of ${rule}`,
  );
}

function onlyReading(variable: string, value: number, ...more: readonly Change[]): PatientRecord {
  return aRecord(takingNothing, without(variable), measured(variable, value), ...more);
}

describe('the boundary of each reading', () => {
  it.each([
    ['spironolactone', 'potassium', 4.9, []],
    ['spironolactone', 'potassium', 5.0, ['refused by mra.potassium.start']],
    ['spironolactone', 'potassium', 6.0, ['refused by mra.potassium.start']],
    ['spironolactone', 'potassium', 6.1, ['refused by mra.potassium.stop']],
    ['eplerenone', 'potassium', 5.0, ['refused by mra.potassium.start']],
    ['eplerenone', 'potassium', 5.5, ['refused by mra.potassium.start']],
    ['eplerenone', 'potassium', 5.6, ['refused by eplerenone.potassium']],
    ['eplerenone', 'potassium', 5.9, ['refused by eplerenone.potassium']],
    ['eplerenone', 'potassium', 6.0, ['refused by eplerenone.potassium.hold']],
    ['eplerenone', 'egfr', 30, ['refused by mra.egfr.min']],
    ['eplerenone', 'egfr', 29, ['refused by eplerenone.egfr.min']],
    ['finerenone', 'potassium', 5.5, ['refused by finerenone.potassium.start']],
    ['finerenone', 'potassium', 6.1, ['refused by finerenone.potassium.hold']],
    ['finerenone', 'potassium', 5.0, []],
    ['finerenone', 'potassium', 5.1, ['refused by finerenone.potassium.start']],
    ['spironolactone', 'egfr', 31, []],
    ['spironolactone', 'egfr', 30, ['refused by mra.egfr.min']],
    ['spironolactone', 'egfr', 19, ['refused by mra.egfr.stop']],
    ['finerenone', 'egfr', 25, []],
    ['finerenone', 'egfr', 24, ['refused by finerenone.egfr.min']],
    ['lisinopril', 'potassium', 5.0, []],
    ['lisinopril', 'potassium', 5.1, ['caution of raasi.potassium.caution']],
    ['lisinopril', 'potassium', 5.5, ['caution of raasi.potassium.caution']],
    ['lisinopril', 'potassium', 5.6, ['refused by raasi.potassium.start']],
    ['lisinopril', 'potassium', 6.0, ['refused by raasi.potassium.start']],
    ['lisinopril', 'potassium', 6.1, ['refused by raasi.potassium.stop']],
    ['lisinopril', 'egfr', 30, []],
    ['lisinopril', 'egfr', 29, ['caution of raasi.egfr.caution']],
    ['sacubitril-valsartan', 'potassium', 5.4, ['caution of raasi.potassium.caution']],
    ['sacubitril-valsartan', 'potassium', 5.5, ['refused by arni.potassium.start']],
    ['sacubitril-valsartan', 'sbp', 100, []],
    ['sacubitril-valsartan', 'sbp', 99, ['refused by arni.sbp.start']],
    ['lisinopril', 'sbp', 90, []],
    ['lisinopril', 'sbp', 89, ['caution of sbp.symptomatic_low']],
    ['bisoprolol', 'heart_rate', 50, []],
    ['bisoprolol', 'heart_rate', 49, ['caution of bb.bradycardia']],
    ['bisoprolol', 'sbp', 89, ['caution of sbp.symptomatic_low.bb']],
    ['empagliflozin', 'egfr', 20, []],
    ['empagliflozin', 'egfr', 19, ['caution of sglt2i.egfr.start']],
    ['dapagliflozin', 'egfr', 24, ['caution of sglt2i.egfr.start.dapagliflozin']],
    ['furosemide', 'potassium', 3.0, []],
    ['furosemide', 'potassium', 2.9, ['caution of loop.potassium.low']],
  ])('%s at %s %d', (ingredient, variable, value, expected) => {
    expect(rulesFor(onlyReading(variable, value), aDraft(ingredient, 10))).toEqual(expected);
  });
});

describe('what an order changes', () => {
  const on25 = taking('spironolactone', 25);

  it.each([
    ['raising the dose is judged as starting', 50, 5.2, ['refused by mra.potassium.start']],
    ['renewing the dose is not', 25, 5.2, []],
    ['renewing above 5.5 asks for half the dose', 25, 5.6, ['caution of mra.potassium.halve']],
    ['halving the dose is what the fact asks for', 12.5, 5.6, []],
    ['above 6.0 even a lower dose is refused', 12.5, 6.1, ['refused by mra.potassium.stop']],
  ])('%s', (_, dose, potassium, expected) => {
    expect(rulesFor(onlyReading('potassium', potassium, on25), aDraft('spironolactone', dose))).toEqual(expected);
  });

  it('an ACE inhibitor that goes on above 5.5 is a caution; one that is raised is refused', () => {
    const record = onlyReading('potassium', 5.6, taking('lisinopril', 10));
    expect(rulesFor(record, aDraft('lisinopril', 10))).toEqual(['caution of raasi.potassium.reduce']);
    expect(rulesFor(record, aDraft('lisinopril', 20))).toEqual(['refused by raasi.potassium.start']);
  });

  it.each([
    ['eplerenone', 5.9, []],
    ['eplerenone', 6.0, ['refused by eplerenone.potassium.hold']],
    ['finerenone', 5.6, ['refused by finerenone.potassium.hold']],
  ])('%s that goes on is judged by its own label at %d', (ingredient, potassium, expected) => {
    const record = onlyReading('potassium', potassium, taking(ingredient, 25));
    expect(rulesFor(record, aDraft(ingredient, 25))).toEqual(expected);
  });

  it('what is known of spironolactone alone is never said of another drug', () => {
    for (const potassium of [5.0, 5.6, 6.5]) {
      for (const ingredient of ['eplerenone', 'finerenone']) {
        const record = onlyReading('potassium', potassium, measured('egfr', 15), taking(ingredient, 25));
        const reasons = screenOrder(aDraft(ingredient, 25), record, { knowledge }).map(({ reason }) => reason);
        expect(reasons.filter((reason) => reason.includes('On spironolactone'))).toEqual([]);
      }
    }
  });

  it('an order without a dose is judged as an increase', () => {
    const record = onlyReading('potassium', 5.2, on25);
    expect(rulesFor(record, aDraftWithoutDose())).toEqual(['refused by mra.potassium.start']);
  });

  it('a course that is probably not taken makes the order a start', () => {
    const record = onlyReading('potassium', 5.2, taking('spironolactone', 25, { taking: 0.4 }));
    expect(rulesFor(record, aDraft())).toEqual(['refused by mra.potassium.start']);
  });

  it('doses of one ingredient add up before they are compared', () => {
    const record = onlyReading('potassium', 5.2, on25, taking('spironolactone', 12.5));
    expect(rulesFor(record, aDraft('spironolactone', 37.5))).toEqual([]);
    expect(rulesFor(record, aDraft('spironolactone', 50))).toEqual(['refused by mra.potassium.start']);
  });

  it('a course that has ended makes the order a start', () => {
    const record = onlyReading('potassium', 5.2, taking('spironolactone', 25, { endedDaysAgo: 30 }));
    expect(rulesFor(record, aDraft())).toEqual(['refused by mra.potassium.start']);
  });
});

describe('readings that are not plain values', () => {
  it('a bound above the limit counts', () => {
    const record = onlyReading('potassium', 8, (r) => measured('potassium', 8, { daysAgo: 1, comparator: '>' })(r));
    expect(rulesFor(record, aDraft())).toEqual(['refused by mra.potassium.stop']);
  });

  it('an eGFR above 60 is never below 30', () => {
    const record = aRecord(takingNothing, measured('egfr', 60, { daysAgo: 1, comparator: '>' }));
    expect(rulesFor(record, aDraft())).toEqual([]);
  });

  it('the last reading counts, whatever was before it', () => {
    const record = aRecord(
      takingNothing,
      measured('potassium', 5.8, { daysAgo: 9 }),
      measured('potassium', 4.5, { daysAgo: 1 }),
    );
    expect(rulesFor(record, aDraft())).toEqual([]);
  });

  it('a missing potassium is a caution for a mineralocorticoid antagonist, and says what would lift it', () => {
    const [violation, ...others] = screenOrder(aDraft(), aRecord(without('potassium')), { knowledge });
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      rule: 'mra.potassium.unknown',
      severity: 'caution',
      liftedBy: 'a potassium measured now',
    });
    expect(rulesFor(aRecord(without('potassium')), aDraft('lisinopril', 20))).toEqual([]);
  });

  it('a stale potassium neither refuses nor clears', () => {
    const record = aRecord(without('potassium'), measured('potassium', 5.8, { daysAgo: 91 }));
    expect(rulesFor(record, aDraft())).toEqual(['caution of mra.potassium.unknown']);
  });

  it('a reading of tomorrow is not used', () => {
    const record = aRecord(measured('potassium', 6.8, { daysAgo: -1 }));
    expect(rulesFor(record, aDraft())).toEqual([]);
  });
});

describe('conditions', () => {
  it.each([
    ['lisinopril', 'pregnancy', 'refused by acei.pregnancy'],
    ['valsartan', 'pregnancy', 'refused by arb.pregnancy'],
    ['sacubitril-valsartan', 'pregnancy', 'refused by arni.pregnancy'],
    ['spironolactone', 'pregnancy', 'refused by mra.pregnancy'],
    ['eplerenone', 'pregnancy', 'caution of mra.pregnancy.eplerenone'],
    ['finerenone', 'pregnancy', 'caution of mra.pregnancy.finerenone'],
    ['empagliflozin', 'pregnancy', 'refused by sglt2i.pregnancy'],
    ['bisoprolol', 'heart_block', 'refused by bb.heart_block'],
    ['bisoprolol', 'asthma', 'refused by bb.asthma'],
    ['bisoprolol', 'sick_sinus_syndrome', 'refused by bb.bradycardia.label'],
    ['furosemide', 'anuria', 'refused by loop.anuria'],
    ['lisinopril', 'angioedema', 'refused by acei.angioedema'],
    ['sacubitril-valsartan', 'angioedema', 'refused by arni.angioedema'],
  ])('%s in %s: %s', (ingredient, condition, expected) => {
    expect(rulesFor(aRecord(takingNothing, having(condition)), aDraft(ingredient, 10))).toEqual([expected]);
  });

  it.each(['pregnancy', 'asthma', 'heart_block', 'anuria'])('a resolved %s refuses nothing', (condition) => {
    const record = aRecord(takingNothing, having(condition, { active: false }));
    for (const ingredient of ['lisinopril', 'bisoprolol', 'furosemide']) {
      expect(rulesFor(record, aDraft(ingredient, 10))).toEqual([]);
    }
  });

  it('a past angioedema counts as much as a present one', () => {
    const record = aRecord(takingNothing, having('angioedema', { active: false }));
    expect(rulesFor(record, aDraft('lisinopril', 10))).toEqual(['refused by acei.angioedema']);
  });

  it('a pacemaker lifts the refusal of a beta blocker in sick sinus syndrome', () => {
    const record = aRecord(having('sick_sinus_syndrome'), having('pacemaker'));
    expect(rulesFor(record, aDraft('bisoprolol', 2.5))).toEqual([]);
  });

  it('a pacemaker makes a heart block a caution', () => {
    const record = aRecord(takingNothing, having('heart_block'), having('pacemaker'));
    expect(rulesFor(record, aDraft('bisoprolol', 2.5))).toEqual(['caution of bb.heart_block.paced']);
    const removed = aRecord(takingNothing, having('heart_block'), having('pacemaker', { active: false }));
    expect(rulesFor(removed, aDraft('bisoprolol', 2.5))).toEqual(['refused by bb.heart_block']);
  });

  it('pregnancy refuses no drug for which no fact was read', () => {
    expect(rulesFor(aRecord(having('pregnancy')), aDraft('bisoprolol', 2.5))).toEqual([]);
  });
});

describe('allergies', () => {
  it.each([
    ['spironolactone', 'spironolactone', undefined, ['refused by allergy.recorded']],
    ['spironolactone', 'mra', undefined, ['refused by allergy.recorded']],
    ['enalapril', 'lisinopril', 'rash', ['refused by acei.allergy']],
    ['enalapril', 'lisinopril', 'Angioedema', ['refused by acei.angioedema']],
    ['enalapril', 'acei', undefined, ['refused by acei.allergy']],
    ['sacubitril-valsartan', 'valsartan', undefined, ['refused by arni.allergy']],
    ['sacubitril-valsartan', 'enalapril', 'angio-oedema of the tongue', ['refused by arni.angioedema']],
    ['sacubitril-valsartan', 'enalapril', 'cough', []],
    ['furosemide', 'sulfamethoxazole', 'rash', ['caution of sulfonamide.loop']],
    ['ethacrynic acid', 'sulfamethoxazole', 'rash', []],
    ['spironolactone', 'penicillin', 'rash', []],
    ['losartan', 'lisinopril', 'cough', []],
    ['valsartan', 'sacubitril-valsartan', 'rash', ['refused by allergy.recorded']],
    ['losartan', 'sacubitril-valsartan', 'rash', []],
    ['losartan', 'lisinopril', 'angioedema', ['caution of arb.angioedema']],
    ['losartan', 'sacubitril-valsartan', 'Angioedema', ['caution of arb.angioedema']],
    ['losartan', 'valsartan', 'angioedema', ['caution of arb.angioedema']],
    ['valsartan', 'valsartan', 'angioedema', ['refused by allergy.recorded']],
    ['losartan', 'amoxicillin', 'angioedema', []],
  ] as const)('%s with an allergy to %s (%s)', (ingredient, allergen, reaction, expected) => {
    expect(rulesFor(aRecord(takingNothing, allergicTo(allergen, reaction)), aDraft(ingredient, 10))).toEqual(expected);
  });
});

describe('intolerances', () => {
  function intolerantOf(allergen: string, reaction?: string): Change {
    const entry = { allergen, kind: 'intolerance', source: 'AllergyIntolerance/1' } as const;
    return (record) => ({ ...record, allergies: [{ ...entry, ...(reaction === undefined ? {} : { reaction }) }] });
  }

  it.each([
    ['lisinopril', 'lisinopril', 'cough', ['caution of allergy.intolerance']],
    ['enalapril', 'lisinopril', 'cough', ['caution of allergy.intolerance']],
    ['spironolactone', 'spironolactone', undefined, ['caution of allergy.intolerance']],
    ['sacubitril-valsartan', 'valsartan', 'dizziness', ['caution of allergy.intolerance']],
    ['lisinopril', 'lisinopril', 'angioedema', ['refused by acei.angioedema']],
    ['spironolactone', 'spironolactone', 'urticaria', ['refused by allergy.recorded']],
    ['losartan', 'lisinopril', 'cough', []],
  ] as const)('%s with an intolerance of %s (%s)', (ingredient, allergen, reaction, expected) => {
    expect(rulesFor(aRecord(takingNothing, intolerantOf(allergen, reaction)), aDraft(ingredient, 10))).toEqual(
      expected,
    );
  });

  it('are called so', () => {
    const record = aRecord(takingNothing, intolerantOf('lisinopril', 'cough'));
    const [violation] = screenOrder(aDraft('lisinopril', 10), record, { knowledge });
    expect(violation?.reason).toMatch(/^intolerance of lisinopril \(cough\) is recorded: /);
  });
});

describe('interactions, whichever side is ordered', () => {
  it.each([
    ['lisinopril', 'losartan', 'refused by raas.dual'],
    ['lisinopril', 'aliskiren', 'refused by raas.dual'],
    ['losartan', 'aliskiren', 'refused by raas.dual.arb'],
    ['sacubitril-valsartan', 'losartan', 'refused by raas.dual.arni'],
    ['lisinopril', 'sacubitril-valsartan', 'refused by acei.arni'],
    ['lisinopril', 'enalapril', 'refused by raas.duplicate'],
    ['losartan', 'valsartan', 'refused by raas.duplicate.arb'],
    ['spironolactone', 'eplerenone', 'refused by raas.duplicate.mra'],
    ['bisoprolol', 'carvedilol', 'caution of class.duplicate'],
    ['furosemide', 'torsemide', 'caution of class.duplicate'],
    ['empagliflozin', 'dapagliflozin', 'caution of class.duplicate'],
    ['bisoprolol', 'sotalol', 'caution of class.duplicate'],
    ['spironolactone', 'potassium chloride', 'caution of potassium_supplement.mra'],
    ['lisinopril', 'ibuprofen', 'caution of nsaid.raas'],
    ['losartan', 'trimethoprim', 'caution of trimethoprim.raas'],
    ['spironolactone', 'trimethoprim', 'caution of trimethoprim.mra'],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(rulesFor(aRecord(takingNothing, taking(one, 10)), aDraft(other, 10))).toEqual([expected]);
    expect(rulesFor(aRecord(takingNothing, taking(other, 10)), aDraft(one, 10))).toEqual([expected]);
  });

  it.each([
    ['lisinopril', 'spironolactone'],
    ['lisinopril', 'potassium chloride'],
    ['bisoprolol', 'ibuprofen'],
    ['empagliflozin', 'sacubitril-valsartan'],
  ])('%s and %s get along', (one, other) => {
    expect(rulesFor(aRecord(takingNothing, taking(one, 10)), aDraft(other, 10))).toEqual([]);
  });

  it('a drug that has ended, or that is hardly taken, does not interact', () => {
    const ended = aRecord(takingNothing, taking('losartan', 50, { endedDaysAgo: 1 }));
    const unlikely = aRecord(takingNothing, taking('losartan', 50, { taking: 0.1 }));
    const possible = aRecord(takingNothing, taking('losartan', 50, { taking: 0.2 }));
    expect(rulesFor(ended, aDraft('lisinopril', 10))).toEqual([]);
    expect(rulesFor(unlikely, aDraft('lisinopril', 10))).toEqual([]);
    expect(rulesFor(possible, aDraft('lisinopril', 10))).toEqual(['refused by raas.dual']);
  });

  it('a drug that the order replaces does not interact with it', () => {
    const record = aRecord(takingNothing, taking('lisinopril', 10));
    expect(screenOrder(aDraft('valsartan', 80), record, { knowledge, replaces: ['lisinopril'] })).toEqual([]);
  });
});

describe('the 36 hours between an ACE inhibitor and sacubitril/valsartan', () => {
  const hoursAgo = (hours: number) => taking('lisinopril', 10, { endedDaysAgo: hours / 24 });

  it('are refused at 35 hours and over at 36, in both directions', () => {
    const soon = aRecord(takingNothing, hoursAgo(35));
    const later = aRecord(takingNothing, hoursAgo(36));
    expect(rulesFor(soon, aDraft('sacubitril-valsartan', 100))).toEqual(['refused by acei.arni']);
    expect(rulesFor(later, aDraft('sacubitril-valsartan', 100))).toEqual([]);
    const reversed = aRecord(takingNothing, taking('sacubitril-valsartan', 100, { endedDaysAgo: 1 }));
    expect(rulesFor(reversed, aDraft('lisinopril', 10))).toEqual(['refused by acei.arni']);
  });

  it('stand in the way even of an order that replaces the other drug', () => {
    const record = aRecord(takingNothing, taking('lisinopril', 10));
    const draft = aDraft('sacubitril-valsartan', 100);
    const violations = screenOrder(draft, record, { knowledge, replaces: ['lisinopril'] });
    expect(violations.map(({ rule }) => rule)).toEqual(['acei.arni']);
  });

  it('name the moment at which they are over', () => {
    const record = aRecord(takingNothing, hoursAgo(12));
    const [violation] = screenOrder(aDraft('sacubitril-valsartan', 100), record, { knowledge });
    expect(violation?.liftedBy).toBe(`waiting until ${new Date(addDays(record.asOf, 1)).toISOString()}`);
  });
});

describe('a violation', () => {
  it('names rule, reason, source, evidence and what would lift it, the gravest first', () => {
    const record = aRecord(measured('potassium', 5.2, { daysAgo: 0 }), taking('potassium chloride', 20));
    const violations = screenOrder(aDraft(), record, { knowledge });
    expect(violations.map(({ severity }) => severity)).toEqual(['contraindicated', 'caution']);
    expect(violations[0]).toMatchObject({ subject: 'spironolactone', liftedBy: 'a potassium below the limit' });
    expect(violations[0]?.reason).toMatch(/^potassium 5\.2 mmol\/L \(today\): A mineralocorticoid antagonist/);
    expect(violations[0]?.source.citation).not.toBe('');
    expect(violations[0]?.evidence).toEqual(['Observation/potassium-4']);
  });
});

describe('running drugs', () => {
  it('a potassium above the stop limit speaks of every drug that it stops, and of no other', () => {
    const at = (potassium: number) =>
      aRecord(taking('spironolactone', 25), taking('bisoprolol', 5), measured('potassium', potassium, { daysAgo: 1 }));
    const found = (potassium: number) =>
      screenRunningDrugs(at(potassium), knowledge).map(({ rule, subject }) => [rule, subject]);
    expect(found(6.0)).toEqual([]);
    expect(found(6.3)).toEqual([
      ['raasi.potassium.stop', 'lisinopril'],
      ['mra.potassium.stop', 'spironolactone'],
    ]);
  });

  it('two drugs of a class that run side by side are reported once', () => {
    const record = aRecord(takingNothing, taking('spironolactone', 25), taking('eplerenone', 25));
    expect(screenRunningDrugs(record, knowledge).map(({ rule }) => rule)).toEqual(['raas.duplicate.mra']);
  });

  it('a forbidden pair is reported once', () => {
    const record = aRecord(taking('losartan', 50));
    expect(screenRunningDrugs(record, knowledge).map(({ rule }) => rule)).toEqual(['raas.dual']);
  });

  it('a pair of which one is probably not taken is not worth an interruption', () => {
    expect(screenRunningDrugs(aRecord(taking('losartan', 50, { taking: 0.4 })), knowledge)).toEqual([]);
  });

  it('an ordinary list is not reported', () => {
    const record = aRecord(taking('spironolactone', 25), taking('ibuprofen', 400));
    expect(screenRunningDrugs(record, knowledge)).toEqual([]);
  });
});
