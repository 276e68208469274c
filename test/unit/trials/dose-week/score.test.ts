import { describe, expect, it } from 'vitest';
import { scoreDoseWeek } from '../../../../src/trials/dose-week/score.ts';
import { anEffect, SIX_STUDIES } from './arms.ts';

/** Knows every effect, with an error that grows with the number of the study. */
function nearly({ value, study }: { readonly value: number; readonly study: string }) {
  return { value: value + 0.1 * (Number(study.at(-1)) - 2.5), sd: 0 };
}

describe('the dose × week contest', () => {
  it('is won by a simulator that knows each effect', () => {
    const verdict = scoreDoseWeek(SIX_STUDIES, ({ value }) => ({ value: value + 0.01, sd: 0 }));
    expect(verdict.bars.exactness).toBe('met');
    expect(verdict.errorDifference?.high).toBeLessThan(0);
    expect(verdict.simulator.rootMeanSquareError).toBeCloseTo(0.01, 10);
    expect(verdict.simulator.bias).toBeCloseTo(0.01, 10);
  });

  it('is lost by one that sees no effect, and whose bias says so', () => {
    const verdict = scoreDoseWeek(SIX_STUDIES, () => ({ value: 0, sd: 0 }));
    expect(verdict.bars.exactness).toBe('missed');
    expect(verdict.errorDifference?.value).toBeGreaterThan(0);
    expect(verdict.simulator.bias).toBeGreaterThan(0);
  });

  it('names the drugs that the simulator does not know, and why', () => {
    const verdict = scoreDoseWeek(SIX_STUDIES, () => undefined, { why: () => 'never heard of it' });
    expect(verdict).toMatchObject({ effects: 12, predicted: 0 });
    expect(verdict.missed).toEqual([{ agent: 'alphastat', effects: 12, reason: 'never heard of it' }]);
    expect(verdict.bars).toEqual({ exactness: 'not defined', coverage: 'not defined' });
    expect(verdict.errorDifference).toBeUndefined();
  });

  it('coverage is not honest when the intervals are far too wide', () => {
    const verdict = scoreDoseWeek(SIX_STUDIES, ({ value }) => ({ value, sd: 10 }));
    expect(verdict.simulatorEverywhere.coverage).toEqual({ hits: 12, of: 12 });
    expect(verdict.bars.coverage).toBe('missed');
  });

  it('fits the between-study variance without the study that it is used for', () => {
    const spread = scoreDoseWeek(SIX_STUDIES, nearly);
    const wild = scoreDoseWeek(SIX_STUDIES, (effect) =>
      effect.study === 'study 0' ? { value: 9, sd: 0 } : nearly(effect),
    );
    const tauOf = ({ rows }: typeof spread, study: string) => rows.find(({ effect }) => effect.study === study)?.tau;
    expect(tauOf(wild, 'study 0')).toBeCloseTo(tauOf(spread, 'study 0') ?? Number.NaN, 12);
    expect(tauOf(wild, 'study 1')).toBeGreaterThan(2);
  });

  it('has no between-study variance on a single study, and takes that of others when they are given', () => {
    const alone = SIX_STUDIES.filter(({ study }) => study === 'study 0');
    const others = SIX_STUDIES.filter(({ study }) => study !== 'study 0');
    expect(scoreDoseWeek(alone, nearly).simulatorEverywhere.tau).toBeUndefined();
    expect(scoreDoseWeek(alone, nearly).bars.exactness).toBe('not defined');
    const informed = scoreDoseWeek(alone, nearly, { others });
    expect(informed).toMatchObject({ effects: 2, studies: 1 });
    expect(informed.simulatorEverywhere.tau).toBeGreaterThan(0.05);
    expect(informed.pooling.rows).toBe(2);
  });

  it('has none on one other study either, however close that is', () => {
    const two = SIX_STUDIES.filter(({ study }) => study === 'study 0' || study === 'study 1');
    expect(scoreDoseWeek(two, nearly).simulatorEverywhere.tau).toBeUndefined();
  });

  it('doubts others that agree by one study more: they say little of how far the next will be', () => {
    const exact = scoreDoseWeek(SIX_STUDIES, ({ value }) => ({ value, sd: 0 }));
    expect(exact.rows.map(({ tau }) => tau ?? 0).every((tau) => tau > 0.05)).toBe(true);
    const fewer = SIX_STUDIES.filter(({ study }) => ['study 0', 'study 1', 'study 2'].includes(study));
    const tauOf = ({ rows }: typeof exact) => rows[0]?.tau ?? 0;
    expect(tauOf(scoreDoseWeek(fewer, ({ value }) => ({ value, sd: 0 })))).toBeGreaterThan(tauOf(exact));
  });

  it('compares the errors by whole studies: the interval is wide where one study decides', () => {
    const { errorDifference } = scoreDoseWeek(SIX_STUDIES, (effect) =>
      effect.study === 'study 0' ? { value: effect.value + 1, sd: 0 } : { value: effect.value, sd: 0 },
    );
    expect(errorDifference?.value).toBeGreaterThan(0);
    expect(errorDifference?.low).toBeLessThan(0);
    expect(errorDifference?.high).toBeGreaterThan(0);
  });

  it('tells drugs and weeks apart', () => {
    const effects = [...SIX_STUDIES, anEffect({ study: 'study 9', week: 60 })];
    const verdict = scoreDoseWeek(effects, nearly);
    expect(verdict.byAgent.map(({ group, simulator }) => [group, simulator.rows])).toEqual([
      ['alphastat', 12],
      ['metformin', 1],
    ]);
    expect(verdict.byWeeks.map(({ group, simulator }) => [group, simulator.rows])).toEqual([
      ['weeks 1–4', 6],
      ['weeks 5–13', 6],
      ['after week 52', 1],
    ]);
    expect(verdict.byAgent[1]?.pooling.rows).toBe(0);
    expect([verdict.simulator.rows, verdict.simulatorEverywhere.rows]).toEqual([12, 13]);
  });

  it('counts each study once in the coverage of studies', () => {
    const [first] = SIX_STUDIES;
    const many = Array.from({ length: 30 }, () => ({ ...(first ?? anEffect()) }));
    const verdict = scoreDoseWeek([...SIX_STUDIES, ...many], ({ value, study }) =>
      study === 'study 0' ? { value: value + 5, sd: 0 } : { value, sd: 0.1 },
    );
    expect(verdict.simulator.coverage).toEqual({ hits: 10, of: 42 });
    expect(verdict.simulator.coverageOfStudies).toBeCloseTo(5 / 6, 10);
  });
});
