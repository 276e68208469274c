import { describe, expect, it } from 'vitest';
import type { PersonItems } from '../../../../src/trials/eligibility.ts';
import { designCriteria, standingOf } from '../../../../src/trials/design/criteria.ts';
import { feasibilityOf, wilsonShare } from '../../../../src/trials/design/feasibility.ts';
import { reportPanel } from '../../../../src/trials/design/panel-report.ts';
import type { Panel } from '../../../../src/trials/design/panel-report.ts';
import { panelTable } from '../../../../src/trials/design/panel-table.ts';
import { recordItems } from '../../../../src/trials/design/record-items.ts';
import { renderPanel } from '../../../../src/trials/design/render-panel.ts';
import { asMarkdown } from '../../../../src/trials/design/report-blocks.ts';
import { screenPanel } from '../../../../src/trials/design/screen-panel.ts';
import {
  aRecord,
  ageUnknown,
  having,
  measured,
  sexUnknown,
  taking,
  takingNothing,
  without,
} from '../../../fakes/a-record.ts';
import { aVirtualTrial } from '../emulate/a-virtual-trial.ts';

const TRIAL = aVirtualTrial({
  population: {
    proportion: { type_2_diabetes: 1, heart_failure: 0, female: 0.4 },
    background: { metformin: 1, 'class:sglt2-inhibitor': 0, 'class:statin': 0.5 },
    eligibility: ['egfr >= 30 and egfr < 90'],
  },
});
const CRITERIA = designCriteria(TRIAL);
const SUITABLE: PersonItems = {
  type_2_diabetes: 1,
  heart_failure: 0,
  egfr: 60,
  hba1c: 8,
  'on metformin': 1,
  'on class:sglt2-inhibitor': 0,
};

function flowOf(...panel: readonly PersonItems[]) {
  return screenPanel(panel, CRITERIA);
}

describe('the criteria of a design', () => {
  it('are its certain traits, its lines, what goes without saying, and its certain drugs, in that order', () => {
    expect(CRITERIA.map(({ label }) => label)).toEqual([
      'type 2 diabetes',
      'no heart failure',
      'egfr >= 30',
      'egfr < 90',
      'on metformin',
      'not on sglt2-inhibitor',
    ]);
  });

  it('hold an HbA1c of 7 % or more where the file says nothing of it', () => {
    const silent = aVirtualTrial({ population: { baseline: {}, proportion: { type_2_diabetes: 1 } } });
    expect(designCriteria(silent).map(({ label, from }) => `${label} (${from})`)).toContain(
      'hba1c >= 7 (taken for granted)',
    );
  });

  it('are neither met nor failed by somebody whose record does not tell', () => {
    expect(CRITERIA.map((criterion) => standingOf(criterion, {}))).toEqual(CRITERIA.map(() => 'unknown'));
  });
});

describe('the flow of a panel', () => {
  it('adds up: screened are excluded, undecided or eligible', () => {
    const flow = flowOf(SUITABLE, { ...SUITABLE, egfr: 95 }, { ...SUITABLE, egfr: undefined }, {});
    expect([flow.screened, flow.excluded, flow.undecided, flow.eligible]).toEqual([4, 1, 2, 1]);
    expect(flow.criteria.reduce((sum, { first }) => sum + first, 0)).toBe(flow.excluded);
    expect(flow.criteria.reduce((sum, { firstUnknown }) => sum + firstUnknown, 0)).toBe(flow.undecided);
  });

  it('counts a criterion as first, at all and alone', () => {
    const flow = flowOf({ ...SUITABLE, heart_failure: 1, egfr: 95 }, { ...SUITABLE, egfr: 95 });
    expect(flow.criteria.find(({ label }) => label === 'egfr < 90')).toMatchObject({ first: 1, fails: 2, only: 1 });
    expect(flow.criteria.find(({ label }) => label === 'no heart failure')).toMatchObject({ first: 1, only: 0 });
  });

  it('excludes whoever fails one criterion, whatever else the record lacks', () => {
    expect(flowOf({ heart_failure: 1 })).toMatchObject({ excluded: 1, undecided: 0 });
  });

  it('never calls somebody eligible whose record lacks an item', () => {
    Object.keys(SUITABLE)
      .filter((item) => item !== 'hba1c')
      .forEach((item) => {
        expect(flowOf({ ...SUITABLE, [item]: undefined }).eligible, item).toBe(0);
      });
  });

  it('of nobody is empty', () => {
    expect(flowOf()).toMatchObject({ screened: 0, excluded: 0, undecided: 0, eligible: 0 });
  });
});

describe('what a record says of a person', () => {
  const QUESTIONS = { recentDays: 365, background: ['metformin', 'class:beta-blocker', 'class:unheard-of'] };

  it('is the latest valid value, age, sex and diagnoses', () => {
    const items = recordItems(aRecord(measured('egfr', 41, { daysAgo: 1 }), having('type_2_diabetes')), QUESTIONS);
    expect(items).toMatchObject({ egfr: 41, female: 1, heart_failure: 1, type_2_diabetes: 1, ascvd: 0 });
    expect(items.age).toBeCloseTo(71.3, 1);
  });

  it('leaves out what is too old, what is only a bound, and what was never measured', () => {
    const old = recordItems(aRecord(without('egfr'), measured('egfr', 41, { daysAgo: 400 })), QUESTIONS);
    const bound = recordItems(aRecord(without('egfr'), measured('egfr', 90, { comparator: '>' })), QUESTIONS);
    expect([old.egfr, bound.egfr, old.uacr]).toEqual([undefined, undefined, undefined]);
  });

  it('guesses neither age nor sex', () => {
    const items = recordItems(aRecord(ageUnknown, sexUnknown), QUESTIONS);
    expect([items.age, items.female]).toEqual([undefined, undefined]);
  });

  it('takes a list of diagnoses without any entry for no answer', () => {
    const empty = aRecord((record) => ({
      ...record,
      conditions: [],
      availability: { ...record.availability, conditions: 'empty' },
    }));
    expect(recordItems(empty, QUESTIONS)).toMatchObject({ heart_failure: undefined, dialysis: undefined });
  });

  it('knows a drug by every name that a trial file may have for it', () => {
    const background = ['Metformin', 'metoprolol succinate', 'glibenclamide', 'unheard-of'];
    const items = recordItems(aRecord(taking('metoprolol', 50), taking('metformin', 1000)), {
      recentDays: 365,
      background,
    });
    expect(background.map((code) => items[`on ${code}`])).toEqual([1, 1, 0, 0]);
  });

  it('leaves the ejection fraction open where heart failure is coded without it', () => {
    expect(recordItems(aRecord(), QUESTIONS).reduced_ejection_fraction).toBeUndefined();
    expect(recordItems(aRecord(having('heart_failure_reduced_ef')), QUESTIONS).reduced_ejection_fraction).toBe(1);
  });

  it('knows drugs by ingredient and by class, but not a class that nobody knows', () => {
    const items = recordItems(aRecord(taking('metoprolol', 50), taking('metformin', 1000)), QUESTIONS);
    expect([items['on metformin'], items['on class:beta-blocker'], items['on class:unheard-of']]).toEqual([
      1,
      1,
      undefined,
    ]);
  });

  it('counts no drug that has ended or is likelier not taken', () => {
    const ended = aRecord(takingNothing, taking('metformin', 1000, { endedDaysAgo: 3 }));
    const doubtful = aRecord(takingNothing, taking('metformin', 1000, { taking: 0.2 }));
    expect([ended, doubtful].map((record) => recordItems(record, QUESTIONS)['on metformin'])).toEqual([0, 0]);
  });
});

describe('the promise of a panel', () => {
  it('has the score interval of Wilson: 5 of 50 is 4.3 % to 21.4 %', () => {
    const { low, high } = wilsonShare(5, 50);
    expect(low).toBeCloseTo(0.0435, 3);
    expect(high).toBeCloseTo(0.2136, 3);
  });

  it('is people a month by share and consent, and at most with everybody undecided', () => {
    const flow = flowOf(SUITABLE, { ...SUITABLE, egfr: 95 }, { ...SUITABLE, egfr: undefined }, { heart_failure: 1 });
    const { perMonth } = feasibilityOf(flow, { screenedPerMonth: 40, consent: 0.5 });
    expect(perMonth?.expected).toBeCloseTo(5, 6);
    expect(perMonth?.atMost).toBeCloseTo(10, 6);
  });

  it('says nothing of a month where nobody said how many are screened', () => {
    expect(feasibilityOf(flowOf(SUITABLE), { consent: 1 }).perMonth).toBeUndefined();
  });

  it('of an empty panel is no share but an open interval', () => {
    expect(feasibilityOf(flowOf(), { consent: 1 })).toEqual({ eligible: { value: 0, low: 0, high: 1 }, atMost: 0 });
  });
});

describe('a panel report', () => {
  const person = aRecord(
    having('type_2_diabetes'),
    taking('metformin', 1000),
    measured('hba1c', 8),
    measured('body_weight', 80),
  );
  const healthyHeart = {
    ...person,
    conditions: person.conditions.filter(({ condition }) => condition !== 'heart_failure'),
  };
  const panel: Panel = { source: 'two records', records: [person, healthyHeart], deceased: 1, unreadable: 0 };

  it('puts the table of the eligible beside the one asked for, and says in how many each item is known', () => {
    const { flow, table } = reportPanel(TRIAL, panel, { recentDays: 365, consent: 1 });
    expect(flow).toMatchObject({ screened: 2, excluded: 1, eligible: 1 });
    expect(table.find(({ item }) => item === 'hba1c')).toMatchObject({ reached: [8, 0], known: 1 });
    expect(table.find(({ item }) => item === 'on class:statin')).toMatchObject({ asked: 0.5, reached: [0] });
  });

  it('shows an item that nobody’s record tells as empty, not as 0', () => {
    expect(panelTable(TRIAL, [{ age: 60 }]).find(({ item }) => item === 'hba1c')).toMatchObject({
      reached: [],
      known: 0,
    });
  });

  it('says which criteria no record can tell, whether they ask for the item or for its absence', () => {
    const trial = aVirtualTrial({
      population: { proportion: { smoker: 0 }, eligibility: ['bmi >= 27', 'egfr >= 30'] },
    });
    const report = asMarkdown(renderPanel(reportPanel(trial, panel, { recentDays: 365, consent: 1 })));
    expect(report.match(/.*this item is read from no record/g)).toEqual([
      '- no smoker: this item is read from no record',
      '- bmi >= 27: this item is read from no record',
    ]);
  });

  it('names eligible people who already take what an arm gives', () => {
    const { alreadyOn } = reportPanel(TRIAL, panel, { recentDays: 365, consent: 1 });
    expect(alreadyOn).toEqual([{ drugClass: 'biguanide', people: 1 }]);
  });
});
