import { describe, expect, it } from 'vitest';
import { parseStoredCalibration } from '../../../src/trials/stored-calibration.ts';
import { aStoredCalibration } from './a-stored-calibration.ts';

function problemsOf(value: unknown) {
  const reading = parseStoredCalibration(value);
  return reading.ok ? [] : reading.problems;
}

describe('a stored calibration', () => {
  it('is read back as it was written', () => {
    const stored = aStoredCalibration();
    expect(parseStoredCalibration(JSON.parse(JSON.stringify(stored)))).toEqual({ ok: true, value: stored });
  });

  it('is refused when a trial is predicted that no fold left out', () => {
    const [problem] = problemsOf(aStoredCalibration({ folds: [] }));
    expect(problem).toMatchObject({ where: 'folds', problem: 'no fold is fitted without INVENTED-1' });
  });

  it('is refused with every problem at once, each with its fix', () => {
    const [first] = aStoredCalibration().free;
    const broken = {
      ...aStoredCalibration({ free: [{ ...first, prior: { value: null, sd: 0.2 } }] }),
      classOut: 'none',
    };
    expect(problemsOf(broken).map(({ where }) => where)).toEqual(['free[0].prior.value', 'classOut']);
    expect(problemsOf(broken)[0]?.fix).toContain('prior and posterior');
  });

  it('is refused when a prediction that is not evaluable gives no reason', () => {
    const [one] = aStoredCalibration().predictions;
    const { trial, arm, comparator, endpoint } = one ?? { trial: '', arm: '', comparator: '', endpoint: '' };
    const silent = { trial, arm, comparator, endpoint, evaluable: false };
    expect(problemsOf(aStoredCalibration({ predictions: [silent] }))[0]?.where).toBe('predictions[0].reason');
  });
});
