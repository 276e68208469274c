import { describe, expect, it } from 'vitest';
import { currentDrugs } from '../../../src/belief/current-drugs.ts';
import type { DraftOrder } from '../../../src/domain/intervention.ts';
import { ALTERNATIVES } from '../../../src/planner/alternatives.ts';
import { isForecastable } from '../../../src/planner/order-bundle.ts';
import { proposeCandidates } from '../../../src/planner/propose.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import { drugClassOf } from '../../../src/terminology/drugs.ts';
import { aDraft, aDraftWithoutDose, aRecord, taking, takingNothing, type Change } from '../../fakes/a-record.ts';

function propose(draft: DraftOrder, ...changes: readonly Change[]) {
  const record = aRecord(takingNothing, ...changes);
  if (!isForecastable(system, draft)) throw new Error('not forecastable');
  return proposeCandidates(system, currentDrugs(system, record), draft);
}

function regimens(draft: DraftOrder, ...changes: readonly Change[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    propose(draft, ...changes).map(({ role, regimen }) => [
      role,
      regimen.drugs.map(({ ingredient, dailyDose }) => `${ingredient} ${dailyDose.value}`).join(' + '),
    ]),
  );
}

describe('proposeCandidates', () => {
  it('adds the draft to what is taken, and moves one step on the ladder', () => {
    expect(regimens(aDraft('spironolactone', 25), taking('lisinopril', 10))).toEqual({
      draft: 'lisinopril 10 + spironolactone 25',
      'no-change': 'lisinopril 10',
      'lower-dose': 'lisinopril 10 + spironolactone 12.5',
      'higher-dose': 'lisinopril 10 + spironolactone 50',
      alternative: 'lisinopril 10 + empagliflozin 10',
    });
  });

  it('puts the draft in the place of a running course of the same ingredient', () => {
    const proposed = regimens(aDraft('spironolactone', 50), taking('spironolactone', 25));
    expect(proposed.draft).toBe('spironolactone 50');
    expect(proposed['no-change']).toBe('spironolactone 25');
  });

  it('lists candidates that come to the same doses once', () => {
    const roles = propose(aDraft('spironolactone', 50), taking('spironolactone', 25)).map(({ role }) => role);
    expect(roles).toEqual(['draft', 'no-change', 'higher-dose', 'alternative']);
  });

  it('keeps no change beside a draft that only renews', () => {
    const roles = propose(aDraft('spironolactone', 25), taking('spironolactone', 25)).map(({ role }) => role);
    expect(roles).toContain('no-change');
  });

  it('keeps a running drug of the same class: signing an order does not stop it, and the label says so', () => {
    const [draft] = propose(aDraft('eplerenone', 25), taking('spironolactone', 25));
    expect(draft?.regimen.drugs.map(({ ingredient }) => ingredient)).toEqual(['spironolactone', 'eplerenone']);
    expect(draft?.label).toBe('Eplerenone 25 mg/d beside spironolactone, which it does not stop');
    expect(draft?.order?.replaces).toEqual([]);
  });

  it('replaces what the order itself says that it replaces', () => {
    const record = aRecord(takingNothing, taking('spironolactone', 25));
    const draft = aDraft('eplerenone', 25);
    if (!isForecastable(system, draft)) throw new Error('not forecastable');
    const setting = { stops: ['spironolactone'], isSplit: false, hasOthers: false };
    const [drafted, noChange] = proposeCandidates(system, currentDrugs(system, record), draft, setting);
    expect(drafted?.label).toBe('Eplerenone 25 mg/d in place of spironolactone');
    expect(drafted?.regimen.drugs.map(({ ingredient }) => ingredient)).toEqual(['eplerenone']);
    expect(noChange?.regimen.drugs.map(({ ingredient }) => ingredient)).toEqual(['spironolactone']);
  });

  it.each([
    ['Without this order', false, true],
    ['Without these orders', true, false],
    ['No change', false, false],
  ])('calls what effects are measured against by its name: %s', (label, isSplit, hasOthers) => {
    const draft = aDraft();
    if (!isForecastable(system, draft)) throw new Error('not forecastable');
    const proposed = proposeCandidates(system, [], draft, { stops: [], isSplit, hasOthers });
    expect(proposed.find(({ role }) => role === 'no-change')?.label).toBe(label);
    // One of two orders cannot bring the sum to another dose.
    if (isSplit) expect(proposed.map(({ role }) => role)).toEqual(['draft', 'no-change']);
  });

  it('keeps a drug of another class, even one that must not stay', () => {
    expect(regimens(aDraft('lisinopril', 10), taking('losartan', 50)).draft).toBe('losartan 50 + lisinopril 10');
  });

  it('goes neither below the lowest nor above the highest usual dose', () => {
    expect(regimens(aDraft('spironolactone', 12.5))['lower-dose']).toBeUndefined();
    expect(regimens(aDraft('empagliflozin', 25))['higher-dose']).toBeUndefined();
  });

  it('finds the neighbours of a dose that is not on the ladder', () => {
    const proposed = regimens(aDraft('spironolactone', 30));
    expect([proposed['lower-dose'], proposed['higher-dose']]).toEqual(['spironolactone 25', 'spironolactone 50']);
  });

  it('offers an ARB in the place of every drug on the same system', () => {
    const proposed = propose(aDraft('lisinopril', 10), taking('enalapril', 5));
    const alternative = proposed.find(({ role }) => role === 'alternative');
    expect(alternative?.regimen.drugs.map(({ ingredient }) => ingredient)).toEqual(['valsartan']);
    expect(alternative?.label).toMatch(/^Valsartan 40 mg\/d in place of enalapril: /);
  });

  it('never offers a class that is taken already', () => {
    expect(regimens(aDraft('spironolactone', 25), taking('dapagliflozin', 10)).alternative).toBeUndefined();
  });

  it.each([
    ['an order without a dose', aDraftWithoutDose()],
    ['a drug without dynamics', aDraft('ibuprofen', 400)],
    ['a drug of a modelled class without dynamics of its own', aDraft('nadolol', 40)],
  ])('%s cannot be forecast', (_, draft) => {
    expect(isForecastable(system, draft)).toBe(false);
  });
});

describe('the alternatives', () => {
  it('name drugs of the system, in their own class', () => {
    for (const { ingredient, drugClass, instead } of ALTERNATIVES) {
      expect(drugClassOf(ingredient)).toBe(drugClass);
      expect(system.interventions.find((row) => row.ingredient === ingredient)?.channel).toBe(drugClass);
      expect(instead).not.toBe(drugClass);
    }
  });
});
