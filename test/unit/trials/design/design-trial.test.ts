import { describe, expect, it } from 'vitest';
import { USUAL_DESIGN } from '../../../../src/trials/design/design-options.ts';
import type { DesignOptions } from '../../../../src/trials/design/design-options.ts';
import { designTrial } from '../../../../src/trials/design/design-trial.ts';
import type { TrialDesign } from '../../../../src/trials/design/design-trial.ts';
import { renderDesign, summaryOf, targetOf } from '../../../../src/trials/design/render-design.ts';
import { asHtml, asMarkdown } from '../../../../src/trials/design/report-blocks.ts';
import { checkTextbook } from '../../../../src/trials/design/textbook-check.ts';
import type { TrialFile } from '../../../../src/trials/trial-file.ts';
import { aVirtualTrial, arm, PLACEBO, ratio, row } from '../emulate/a-virtual-trial.ts';

const SMALL: DesignOptions = { ...USUAL_DESIGN, people: 60, draws: 2, peopleOfDraw: 20, trials: 300, seed: 'test' };
const KIDNEY = {
  baseline: {
    age: { mean: 65, sd: 9, unit: 'a' },
    egfr: { mean: 45, sd: 12, unit: 'mL/min/{1.73_m2}' },
    uacr: { median: 600, q1: 300, q3: 1200, unit: 'mg/g' },
  },
};

function design(trial: TrialFile, options: Partial<DesignOptions> = {}, primary?: string): TrialDesign {
  const designed = designTrial(trial, { ...SMALL, ...options }, primary);
  if (!designed.ok) throw new TypeError(designed.reason);
  return designed.design;
}

function refusal(trial: TrialFile, primary?: string): string {
  const designed = designTrial(trial, SMALL, primary);
  return designed.ok ? 'designed' : designed.reason;
}

describe('a designed trial of a measured endpoint', () => {
  const trial = aVirtualTrial({
    population: KIDNEY,
    arms: [arm('active', { code: 'dapagliflozin', dose: 10, unit: 'mg/d' }), PLACEBO],
    endpoints: [
      row('uacr_change_relative', { unit: '% of baseline', measure: 'percent_change' }),
      row('sbp_change', { unit: 'mm[Hg]' }),
    ],
  });
  const designed = design(trial, { dropout: 0.2 });

  it('needs fewer people adjusted for the prognosis than for nothing, and its type-I error stays near α', () => {
    if (designed.size.kind !== 'means') throw new TypeError(designed.size.kind);
    const [plain, , score] = designed.size.analyses;
    expect(designed.size.scale).toBe('log-ratio');
    expect(score?.rSquared).toBeGreaterThan(0.1);
    expect(score?.curve.perArm).toBeLessThan(plain?.curve.perArm ?? 0);
    expect(score?.typeOne.power).toBeLessThan(0.09);
    expect(score?.perArmWithDropout).toBeGreaterThan(1.1 * (score?.curve.perArm ?? 0));
  });

  it('has the effect of everybody as the emulation predicts it', () => {
    const [everybody] = designed.subgroups;
    expect(everybody?.label).toBe('everybody');
    expect(everybody?.value).toBeCloseTo(designed.effect.value, 6);
    expect(designed.effect.value).toBeLessThan(-10);
  });

  it('shows a split whole or not at all', () => {
    const sizes = new Map<string, number>();
    designed.subgroups.forEach(({ by, people }) => sizes.set(by, (sizes.get(by) ?? 0) + people));
    sizes.forEach((people) => {
      expect(people).toBe(sizes.get('all'));
    });
  });

  it('says the same again for the same seed', () => {
    expect(design(trial, { dropout: 0.2 })).toEqual(designed);
  });

  it('needs more people where the trialist knows a wider spread', () => {
    const wide = design(trial, { sd: 1.5 });
    if (wide.size.kind !== 'means' || designed.size.kind !== 'means') throw new TypeError(wide.size.kind);
    expect(wide.size.sd).toBeCloseTo(1.5, 1);
    expect(wide.size.virtualSd).toBeCloseTo(designed.size.sd, 6);
    expect(wide.size.analyses[0]?.curve.perArm).toBeGreaterThan(2 * (designed.size.analyses[0]?.curve.perArm ?? 0));
  });

  it('says that a spread narrower than that of virtual people was not used', () => {
    expect(asMarkdown(renderDesign(design(trial, { sd: 0.1 })))).toContain('the narrower 0.1 asked for is not used');
    expect(asMarkdown(renderDesign(designed))).not.toContain('not used');
  });

  it('has the assurance of the logarithm that is analysed, whether the file asks for per cent or for a ratio', () => {
    const geometric = { unit: 'ratio of geometric means', measure: 'risk_ratio' };
    const asRatio = design({
      ...trial,
      endpoints: aVirtualTrial({ endpoints: [row('uacr_change', geometric)] }).endpoints,
    });
    const assurances = [design(trial), asRatio].map(({ size }) =>
      size.kind === 'means' ? size.analyses.map(({ assurance }) => assurance) : [],
    );
    expect(assurances[0]).toHaveLength(3);
    expect(assurances[0]).toEqual(assurances[1]);
  });

  it('is designed for another endpoint of the file when asked', () => {
    expect(design(trial, {}, 'sbp_change').endpoint.endpoint).toBe('sbp_change');
  });

  it('prints a report with its limits, as Markdown and as a page without anything from outside', () => {
    const blocks = renderDesign(designed);
    const html = asHtml('a <b>', blocks);
    expect(asMarkdown(blocks)).toContain('## What this is not');
    expect(asMarkdown(blocks)).toContain(summaryOf(designed));
    expect(html).toContain('@media print');
    expect(html).toContain('<title>a &lt;b&gt;</title>');
    expect(html).not.toMatch(/https?:|src=|<script/);
    expect(targetOf(designed)).toBeGreaterThan(10);
  });
});

describe('a designed trial of events', () => {
  const trial = aVirtualTrial({
    population: KIDNEY,
    arms: [arm('active', { code: 'dapagliflozin', dose: 10, unit: 'mg/d' }), PLACEBO],
    endpoints: [ratio('kidney_composite_or_cv_death')],
    followUpMonths: 12,
  });
  const { size, ...rest } = design(trial, { recruitedPerMonth: 30 });

  it('has people, events by simulation near those of the formula, and a duration', () => {
    if (size.kind !== 'events') throw new TypeError(size.kind);
    expect(size.logHazardRatio).toBeLessThan(0);
    expect(size.incidence.control).toBeGreaterThan(size.incidence.active);
    expect(size.events / size.eventsByFormula).toBeGreaterThan(0.75);
    expect(size.events / size.eventsByFormula).toBeLessThan(1.35);
    expect(size.durations.map(({ perArm }) => perArm)).toHaveLength(4);
    expect(asMarkdown(renderDesign({ size, ...rest }))).toContain('months of recruitment');
  });

  it('has the size that its hazard ratio needs where the file asks for a risk ratio', () => {
    const asRisk = {
      ...trial,
      endpoints: trial.endpoints.map((each) => ({ ...each, measure: 'risk_ratio' as const })),
    };
    const designed = design(asRisk, { recruitedPerMonth: 30 });
    expect(designed.effect.value).not.toBeCloseTo(rest.effect.value, 4);
    expect(designed.size).toEqual(size);
  });
});

describe('a design that cannot be', () => {
  it.each([
    [
      'the drug is unknown',
      aVirtualTrial({ arms: [arm('active', { code: 'unheard-of' }), PLACEBO] }),
      /no row for unheard-of/,
    ],
    ['the endpoint is unknown', aVirtualTrial({ endpoints: [row('happiness_change')] }), /happiness/],
    [
      'nothing is compared',
      aVirtualTrial({ endpoints: [row('hba1c_change', { comparator: 'baseline' })] }),
      /two arms/,
    ],
    [
      'the measure is no test',
      aVirtualTrial({ endpoints: [ratio('cv_death', { measure: 'rate', unit: '%' })] }),
      /not tested/,
    ],
  ])('is refused with the reason: %s', (_, trial, reason) => {
    expect(refusal(trial)).toMatch(reason);
  });

  it('is refused by naming what the file has, when the endpoint asked for is not in it', () => {
    expect(refusal(aVirtualTrial(), 'death')).toBe('no endpoint is called death; the file has hba1c_change');
  });

  it('has no size where two placebos are compared', () => {
    const { size } = design(aVirtualTrial({ arms: [arm('active', { code: 'usual-care' }), PLACEBO] }));
    expect(size).toEqual({ kind: 'none', reason: 'the simulator expects no effect at all' });
  });
});

describe('the textbook check', () => {
  const CAREFUL = { seed: 'test', trials: 4000 };

  it('finds both formulas right to 5 % by the very simulations that designs use', () => {
    checkTextbook({ alpha: 0.05, power: 0.9 }, CAREFUL).forEach(({ name, formula, simulated }) => {
      expect(Math.abs(simulated / formula - 1), name).toBeLessThan(0.05);
    });
  });

  it('finds them right at another aim', () => {
    checkTextbook({ alpha: 0.01, power: 0.8 }, CAREFUL).forEach(({ name, formula, simulated }) => {
      expect(Math.abs(simulated / formula - 1), name).toBeLessThan(0.05);
    });
  });
});
