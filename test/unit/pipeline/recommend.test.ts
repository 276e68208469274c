import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { DraftOrder } from '../../../src/domain/intervention.ts';
import type { Candidate, CandidateRole, Plan } from '../../../src/domain/plan.ts';
import type { PatientRecord } from '../../../src/domain/record.ts';
import { BUILT_IN_FACTS, openKnowledge } from '../../../src/knowledge/index.ts';
import { recommend } from '../../../src/pipeline/recommend.ts';
import type { RecommendParts } from '../../../src/pipeline/recommend.ts';
import type { WorldModel } from '../../../src/ports/world-model.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';
import {
  aDraft,
  aDraftWithoutDose,
  aRecord,
  having,
  measured,
  notGiven,
  NOW,
  taking,
  without,
} from '../../fakes/a-record.ts';
import { linearWorldModel, lostWorldModel, SIMPLE_DYNAMICS, stuckWorldModel } from '../../fakes/linear-world-model.ts';

const GATHERED = {
  patientId: 'p1',
  resources: [],
  availability: { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' },
  keys: {},
} as const;

function partsWith(record: PatientRecord, model: WorldModel = linearWorldModel(system)): RecommendParts {
  return { system, model, knowledge: openKnowledge(), buildRecord: () => record };
}

function ask(record: PatientRecord, drafts: readonly DraftOrder[], model?: WorldModel, deadline?: AbortSignal) {
  const call = { gathered: GATHERED, drafts, asOf: NOW, seed: 'seed', ...(deadline === undefined ? {} : { deadline }) };
  return recommend(call, partsWith(record, model));
}

async function planFor(record: PatientRecord, draft: DraftOrder = aDraft(), model?: WorldModel): Promise<Plan> {
  const { plans } = await ask(record, [draft], model);
  const [plan] = plans;
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

function candidate(plan: Plan, role: CandidateRole): Candidate {
  const found = plan.candidates.find((entry) => entry.role === role);
  if (found === undefined) throw new Error(`no candidate ${role}`);
  return found;
}

describe('recommend', () => {
  it('forecasts the draft, no change, a lower and a higher dose and an alternative', async () => {
    const plan = await planFor(aRecord());
    expect(plan.candidates.map(({ role, order }) => [role, order?.ingredient, order?.dailyDoseMg])).toEqual([
      ['draft', 'spironolactone', 25],
      ['no-change', undefined, undefined],
      ['lower-dose', 'spironolactone', 12.5],
      ['higher-dose', 'spironolactone', 50],
      ['alternative', 'empagliflozin', 10],
    ]);
    for (const { forecasts } of plan.candidates) {
      expect(forecasts).toHaveLength(system.variables.length * system.horizon.length);
    }
    expect(plan.model?.id).toBe('linear');
    expect(plan.abstention).toBeUndefined();
  });

  it('gives the known effect of a linear model back', async () => {
    const plan = await planFor(aRecord());
    const median = (role: CandidateRole) =>
      candidate(plan, role).forecasts.find(({ variable, day }) => variable === 'potassium' && day === 28)?.median ??
      NaN;
    expect(median('draft') - median('no-change')).toBeCloseTo(0.4, 5);
    expect(median('lower-dose') - median('no-change')).toBeCloseTo(0.2, 5);
    const potassium = plan.reasons.find(({ variable }) => variable === 'potassium');
    expect(potassium).toMatchObject({ direction: 'raises', expected: 'raises', day: 84 });
    expect(potassium?.effect).toBeCloseTo(0.4, 5);
    expect(potassium?.fact?.id).toBe('mra.mechanism.potassium');
  });

  it('answers the same call with the same bytes', async () => {
    const first = await ask(aRecord(), [aDraft()]);
    const second = await ask(aRecord(), [aDraft()]);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('says for each day what to measure, from the facts of the class', async () => {
    const plan = await planFor(aRecord(without('potassium'), measured('potassium', 3.9)));
    expect(plan.monitoring.map(({ day, what }) => [day, what])).toEqual([
      [7, 'basic-metabolic-panel'],
      [28, 'basic-metabolic-panel'],
      [56, 'basic-metabolic-panel'],
      [84, 'basic-metabolic-panel'],
    ]);
  });

  it('neither rolls out nor ranks a refused order, and keeps its rule and reason', async () => {
    const plan = await planFor(aRecord(measured('potassium', 5.2, { daysAgo: 1 })));
    const draft = candidate(plan, 'draft');
    expect(draft.violations.map(({ rule }) => rule)).toContain('mra.potassium.start');
    expect(draft.forecasts).toEqual([]);
    expect(draft.rank).toBeUndefined();
    expect(draft.risk).toBeUndefined();
    expect(candidate(plan, 'no-change').forecasts.length).toBeGreaterThan(0);
    expect(candidate(plan, 'alternative').rank).toBeDefined();
    expect(plan.reasons).toEqual([]);
  });

  it('shows where no change breaks a rule, and does not rank it', async () => {
    const plan = await planFor(aRecord(taking('valsartan', 160)), aDraft('empagliflozin', 10));
    expect(candidate(plan, 'no-change').violations.map(({ rule }) => rule)).toEqual(['raas.dual']);
    expect(candidate(plan, 'no-change').rank).toBeUndefined();
  });

  it('ranks a lower dose of a drug that raises potassium before a higher one', async () => {
    const plan = await planFor(aRecord(measured('potassium', 4.9, { daysAgo: 1 })));
    const [lower, higher] = [candidate(plan, 'lower-dose').rank ?? NaN, candidate(plan, 'higher-dose').rank ?? NaN];
    expect(lower).toBeLessThan(higher);
  });

  it('adds a caution when the forecast makes potassium above 5.5 too likely', async () => {
    const plan = await planFor(aRecord(measured('potassium', 4.9, { daysAgo: 1 })));
    expect(plan.violations.map(({ rule }) => rule)).toContain('forecast.potassium');
  });

  it('carries what the ledger needs', async () => {
    const { inference: answer } = await ask(aRecord(), [aDraft()]);
    expect(answer.recordDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.knowledgeDigest).toBe(openKnowledge().digest);
    expect(answer.history?.visits).toHaveLength(1);
    expect(answer.rollOut).toMatchObject({ seed: 'seed', days: system.horizon });
    expect(answer.disabledRules).toEqual([]);
  });

  it('forecasts an order together with the others that are about to be signed', async () => {
    const { plans } = await ask(aRecord(), [aDraft('spironolactone', 25, 'a'), aDraft('bisoprolol', 5, 'b')]);
    const drugs = plans[0]?.candidates.map(({ role, regimen }) => [
      role,
      regimen.drugs
        .map(({ ingredient }) => ingredient)
        .toSorted()
        .join(' + '),
    ]);
    expect(drugs?.slice(0, 2)).toEqual([
      ['draft', 'bisoprolol + lisinopril + spironolactone'],
      ['no-change', 'bisoprolol + lisinopril'],
    ]);
  });

  it('screens the ingredients of one combination against each other', async () => {
    const { plans } = await ask(aRecord(), [aDraft('valsartan', 160, 'a'), aDraft('aliskiren', 150, 'a')]);
    expect(plans[0]?.violations.map(({ rule }) => rule)).toContain('raas.dual.arb');
  });

  it('screens drafts against each other', async () => {
    const { plans } = await ask(aRecord(), [aDraft('spironolactone', 25, 'a'), aDraft('potassium chloride', 20, 'b')]);
    expect(plans[0]?.violations.map(({ rule }) => rule)).toContain('potassium_supplement.mra');
    expect(plans[1]?.violations.map(({ rule }) => rule)).toContain('potassium_supplement.mra');
  });
});

describe('orders that are signed together', () => {
  const drugsOf = (plan: Plan | undefined, role: CandidateRole) =>
    plan?.candidates
      .find((entry) => entry.role === role)
      ?.regimen.drugs.map(({ ingredient, dailyDose }) => `${ingredient} ${dailyDose.value}`)
      .toSorted();

  it('add up when they are of one ingredient, before they are screened and forecast', async () => {
    const { plans } = await ask(aRecord(), [aDraft('furosemide', 40, 'a'), aDraft('furosemide', 20, 'b')]);
    for (const plan of plans) {
      expect(drugsOf(plan, 'draft')).toEqual(['furosemide 60', 'lisinopril 10']);
      expect(drugsOf(plan, 'no-change')).toEqual(['lisinopril 10']);
      expect(plan.candidates.map(({ role, label }) => [role, label])).toEqual([
        ['draft', 'Furosemide 60 mg/d'],
        ['no-change', 'Without these orders'],
      ]);
    }
  });

  it('are one raised dose, not two renewals', async () => {
    const record = aRecord(taking('spironolactone', 50), measured('potassium', 5.2, { daysAgo: 1 }));
    const { plans } = await ask(record, [aDraft('spironolactone', 50, 'a'), aDraft('spironolactone', 50, 'b')]);
    for (const plan of plans) expect(plan.violations.map(({ rule }) => rule)).toContain('mra.potassium.start');
  });

  it('are above the highest usual dose together when each is not alone', async () => {
    const { plans } = await ask(aRecord(), [aDraft('spironolactone', 75, 'a'), aDraft('spironolactone', 50, 'b')]);
    for (const plan of plans) expect(plan.violations.map(({ rule }) => rule)).toContain('dose.maximum');
  });

  it('add up beside a third one as well', async () => {
    const drafts = [aDraft('furosemide', 40, 'a'), aDraft('furosemide', 20, 'b'), aDraft('bisoprolol', 5, 'c')];
    const { plans } = await ask(aRecord(), drafts);
    expect(drugsOf(plans[2], 'draft')).toEqual(['bisoprolol 5', 'furosemide 60', 'lisinopril 10']);
    expect(candidateLabel(plans[2], 'no-change')).toBe('Without this order');
  });

  it('silence the model when the dose of one cannot be read', async () => {
    const drafts = [aDraft('spironolactone', 25, 'a'), aDraftWithoutDose('furosemide', 'b')];
    const { plans } = await ask(aRecord(), drafts);
    expect(plans.map(({ abstention }) => abstention?.code)).toEqual(['draft.other-dose-unknown', 'draft.dose-unknown']);
    expect(plans[0]?.abstention?.reason).toMatch(/^furosemide /);
    expect(plans[0]?.candidates.flatMap(({ forecasts }) => forecasts)).toEqual([]);
  });

  it('do not silence it over a drug of no modelled class', async () => {
    const { plans } = await ask(aRecord(), [aDraft('spironolactone', 25, 'a'), aDraftWithoutDose('ibuprofen', 'b')]);
    expect(plans[0]?.abstention).toBeUndefined();
  });

  it('keep a running drug of their class, as the draft does', async () => {
    const { plans } = await ask(aRecord(), [aDraft('bisoprolol', 5, 'a'), aDraft('enalapril', 10, 'b')]);
    expect(drugsOf(plans[0], 'no-change')).toEqual(['enalapril 10', 'lisinopril 10']);
  });

  it('stop what they say that they replace', async () => {
    const plain = aDraft('enalapril', 10, 'b');
    const priorPrescription = { reference: 'MedicationRequest/lisinopril-0' };
    const replacing = { ...plain, resource: { ...plain.resource, priorPrescription } };
    const [alone] = (await ask(aRecord(), [replacing])).plans;
    expect(alone?.violations).toEqual([]);
    expect(drugsOf(alone, 'draft')).toEqual(['enalapril 10']);
    expect(drugsOf(alone, 'no-change')).toEqual(['lisinopril 10']);
    const [other] = (await ask(aRecord(), [aDraft('bisoprolol', 5, 'a'), replacing])).plans;
    expect(drugsOf(other, 'draft')).toEqual(['bisoprolol 5', 'enalapril 10']);
  });

  function candidateLabel(plan: Plan | undefined, role: CandidateRole): string | undefined {
    return plan?.candidates.find((entry) => entry.role === role)?.label;
  }
});

describe('a second drug of a class', () => {
  it('is refused while the first runs, and not taken for a switch', async () => {
    const plan = await planFor(aRecord(taking('spironolactone', 25)), aDraft('eplerenone', 25));
    expect(plan.violations[0]).toMatchObject({ rule: 'raas.duplicate.mra', severity: 'contraindicated' });
    expect(plan.violations[0]?.liftedBy).toBe('spironolactone stopped; otherwise the order doubles the class');
    expect(candidate(plan, 'draft').forecasts).toEqual([]);
  });

  it('is forecast on top of the first where it is only questioned', async () => {
    const plan = await planFor(aRecord(taking('furosemide', 40)), aDraft('torsemide', 10));
    expect(plan.violations.map(({ rule, severity }) => [rule, severity])).toEqual([['class.duplicate', 'caution']]);
    const { label, regimen, forecasts } = candidate(plan, 'draft');
    expect(label).toBe('Torsemide 10 mg/d beside furosemide, which it does not stop');
    expect(regimen.drugs.map(({ ingredient }) => ingredient)).toContain('furosemide');
    expect(forecasts.length).toBeGreaterThan(0);
  });
});

describe('a dose above the highest usual one', () => {
  it.each([
    ['lisinopril', 1000],
    ['spironolactone', 2500],
  ])('%s %d mg/d is refused and not forecast', async (ingredient, dose) => {
    const plan = await planFor(aRecord(), aDraft(ingredient, dose));
    expect(plan.violations[0]).toMatchObject({ rule: 'dose.maximum', severity: 'contraindicated' });
    expect(plan.abstention?.code).toBe('draft.dose-unsupported');
    expect(plan.candidates.flatMap(({ forecasts }) => forecasts)).toEqual([]);
  });

  it('of another order is part of no forecast either', async () => {
    const { plans } = await ask(aRecord(), [aDraft('bisoprolol', 5, 'a'), aDraft('spironolactone', 2500, 'b')]);
    expect(plans[0]?.abstention?.code).toBe('draft.dose-unsupported');
    expect(plans[0]?.abstention?.reason).toMatch(/spironolactone/);
  });
});

describe('a potassium that stops running drugs', () => {
  const record = aRecord(taking('spironolactone', 25), measured('potassium', 6.3, { daysAgo: 1 }));

  it('is said beside an order of another drug, and refuses the running ones, not the order', async () => {
    const plan = await planFor(record, aDraft('bisoprolol', 5));
    expect(plan.violations.map(({ rule, subject, severity }) => [rule, subject, severity])).toEqual([
      ['raasi.potassium.stop', 'lisinopril', 'caution'],
      ['mra.potassium.stop', 'spironolactone', 'caution'],
    ]);
    expect(plan.violations[0]?.reason).toMatch(/^lisinopril is running; potassium 6\.3 mmol\/L \(yesterday\): /);
    expect(candidate(plan, 'draft').violations).toEqual([]);
    expect(candidate(plan, 'no-change').violations.map(({ severity }) => severity)).toContain('contraindicated');
  });

  it('is said without a model and for a drug that is not modelled', async () => {
    const plan = await planFor(record, aDraft('ibuprofen', 400), lostWorldModel(system));
    expect(plan.violations.map(({ rule }) => rule)).toContain('mra.potassium.stop');
  });

  it('is said once of the drug that is ordered', async () => {
    const plan = await planFor(record, aDraft('spironolactone', 25));
    expect(plan.violations.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['mra.potassium.stop', 'contraindicated'],
      ['raasi.potassium.stop', 'caution'],
    ]);
  });
});

describe('what was not given', () => {
  it('is disclosed in every plan, with and without a forecast', async () => {
    expect((await planFor(aRecord())).unscreened).toBeUndefined();
    expect((await planFor(aRecord(notGiven('allergies')))).unscreened).toEqual(['allergies']);
    const failed = aRecord((r) => ({ ...r, availability: { ...r.availability, medications: 'failed' } }));
    const plan = await planFor(failed, aDraft(), lostWorldModel(system));
    expect(plan.unscreened).toEqual(['medications']);
  });

  it('is no disclosure when a part was given and empty', async () => {
    const empty = aRecord((r) => ({ ...r, availability: { ...r.availability, allergies: 'empty' } }));
    expect((await planFor(empty)).unscreened).toBeUndefined();
  });
});

describe('a refusal never waits for a model', () => {
  const refused = aRecord(having('pregnancy'));

  it.each([
    ['a lost model', aRecord(), aDraft(), lostWorldModel(system), 'model.unavailable'],
    ['a model that breaks', aRecord(), aDraft(), lostWorldModel(system, new Error('bug')), 'model.unavailable'],
    ['a patient outside of its range', refused, aDraft('enalapril'), linearWorldModel(system), 'applicability.outside'],
    ['a draft without a dose', aRecord(), aDraftWithoutDose(), linearWorldModel(system), 'draft.dose-unknown'],
    ['a drug that is not modelled', aRecord(), aDraft('ibuprofen'), linearWorldModel(system), 'draft.not-modelled'],
  ] as const)('%s leaves a plan without forecasts', async (_, record, draft, model, code) => {
    const plan = await planFor(record, draft, model);
    expect(plan.abstention?.code).toBe(code);
    expect(plan.candidates.flatMap(({ forecasts }) => forecasts)).toEqual([]);
    expect(plan.model).toBeUndefined();
  });

  it('refuses an ACE inhibitor in pregnancy without any forecast', async () => {
    const plan = await planFor(refused, aDraft('enalapril', 10), lostWorldModel(system));
    expect(plan.violations[0]).toMatchObject({ rule: 'acei.pregnancy', severity: 'contraindicated' });
  });

  it('keeps the error of a lost model for the log', async () => {
    const cause = new AppError('model.unavailable', ['session']);
    const { failures } = await ask(aRecord(), [aDraft()], lostWorldModel(system, cause));
    expect(failures).toEqual([cause]);
  });

  it('answers with the screening when the deadline passes', async () => {
    const deadline = AbortSignal.timeout(20);
    const { plans } = await ask(
      aRecord(having('pregnancy', { active: false })),
      [aDraft()],
      stuckWorldModel(system),
      deadline,
    );
    expect(plans[0]?.abstention?.code).toBe('deadline.spent');
    expect(plans[0]?.monitoring.length).toBeGreaterThan(0);
  });

  it('does not even ask the model when the deadline has passed before', async () => {
    const { plans } = await ask(aRecord(), [aDraft()], stuckWorldModel(system), AbortSignal.abort());
    expect(plans[0]?.abstention?.code).toBe('deadline.spent');
  });

  it('stays silent when the members of the model disagree more than each is unsure', async () => {
    const torn = linearWorldModel(system, { ...SIMPLE_DYNAMICS, memberSpread: { potassium: 2 } });
    const plan = await planFor(aRecord(), aDraft(), torn);
    expect(plan.abstention?.code).toBe('model.disagrees');
    expect(plan.candidates.flatMap(({ forecasts }) => forecasts)).toEqual([]);
  });
});

describe('a recalled fact', () => {
  it('drives no card, and the rule that needs it is shown as disabled', async () => {
    const rows = BUILT_IN_FACTS.map((row) =>
      (row as { id: string }).id === 'mra.potassium.start' ? { ...(row as object), basis: 'recalled' } : row,
    );
    const parts = { ...partsWith(aRecord(measured('potassium', 5.2, { daysAgo: 1 }))), knowledge: openKnowledge(rows) };
    const answer = await recommend({ gathered: GATHERED, drafts: [aDraft()], asOf: NOW, seed: 's' }, parts);
    expect(answer.plans[0]?.violations.map(({ rule }) => rule)).not.toContain('mra.potassium.start');
    expect(answer.inference.disabledRules.map(({ rule }) => rule)).toContain('mra.potassium.start');
  });
});

describe('a drug of a class that cards do not forecast', () => {
  it.each([
    aDraft('metformin', 1000),
    aDraft('atorvastatin', 40),
    aDraft('insulin glargine', 20),
    aDraft('metolazone', 5),
  ])('is screened when it is drafted, and gets no forecast: $ingredient', async (draft) => {
    const plan = await planFor(aRecord(), draft);
    expect(plan.abstention).toMatchObject({ code: 'draft.not-modelled', help: '' });
    expect(plan.candidates).toEqual([]);
  });

  it('is part of every candidate when it runs, and of no label', async () => {
    const plan = await planFor(aRecord(taking('metformin', 1000)));
    for (const { regimen } of plan.candidates)
      expect(regimen.drugs).toContainEqual({ ingredient: 'metformin', dailyDose: { value: 1000, unit: 'mg/d' } });
    expect(plan.candidates.map(({ label }) => label).join()).not.toContain('metformin');
    expect(plan.abstention).toBeUndefined();
  });
});
