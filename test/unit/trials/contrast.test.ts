import { describe, expect, it } from 'vitest';
import { drugMapOf } from '../../../src/benchmarks/trials-referee.ts';
import { contrastOf, referenceDosesOf } from '../../../src/trials/contrast.ts';
import { rowsOf } from '../../../src/trials/row.ts';
import { parseTrialFile } from '../../../src/trials/parse-trial-file.ts';
import type { TrialFile } from '../../../src/trials/trial-file.ts';
import { aTrial, DRUGS, hba1c, trialJson } from './a-trial.ts';

function against(code: string, comparator = 'placebo', dose?: number): TrialFile {
  const given = dose === undefined ? { code } : { code, dose, unit: 'mg/d' };
  const arms = [
    { id: 'active', interventions: [given] },
    { id: 'placebo', interventions: [{ code: comparator }] },
  ];
  const reading = parseTrialFile({ ...trialJson(), arms });
  if (!reading.ok) throw new TypeError(JSON.stringify(reading.problems));
  return reading.value;
}

function contrastIn(file: TrialFile, known: readonly TrialFile[] = [file]) {
  const [row] = rowsOf(file);
  if (row === undefined) throw new TypeError('no row');
  return contrastOf(file, row, drugMapOf(known));
}

describe('what a row compares', () => {
  it('knows a drug by every spelling that the simulator knows', () => {
    const plain = contrastIn(against('empagliflozin', 'placebo', 10));
    expect(contrastIn(against('Empagliflozin', 'placebo', 10))).toEqual(plain);
    expect(contrastIn(against('glargine'))).toEqual(contrastIn(against('insulin glargine')));
  });

  it('knows a class by its names, in the singular or the plural, with or without the prefix', () => {
    const own = contrastIn(against('class:glp1ra')).classes;
    expect(own).toEqual({ glp1ra: 1 });
    for (const code of ['class:GLP-1 receptor agonists', 'GLP-1 receptor agonists', 'liraglutide', 'tirzepatide']) {
      expect(contrastIn(against(code)).classes).toEqual(own);
    }
    expect(contrastIn(against('class:dpp4-inhibitor')).classes).toEqual(contrastIn(against('vildagliptin')).classes);
    expect(contrastIn(against('miglitol')).classes).toEqual(contrastIn(against('acarbose')).classes);
  });

  it.each(['standard-care', 'Usual care', 'no treatment'])('takes %s for nothing that acts', (code) => {
    expect(contrastIn(against('empagliflozin', code))).toMatchObject({
      activity: 1,
      ingredients: { empagliflozin: 1 },
    });
  });

  it('leaves a drug that nobody knows a class of its own, and takes invented ones from the map', () => {
    expect(contrastIn(against('unheard-of')).classes).toEqual({ 'unheard-of': 1 });
    const file = aTrial({ code: 'alphadine' });
    const [row] = rowsOf(file);
    expect(row === undefined ? undefined : contrastOf(file, row, DRUGS).classes).toEqual({ alpha: 1 });
  });

  it('measures doses of one drug by one reference dose, however it is spelled', () => {
    const files = [against('Empagliflozin', 'placebo', 10), against('empagliflozin', 'placebo', 40)];
    expect(referenceDosesOf(files)['empagliflozin mg/d']).toBeCloseTo(20, 10);
    expect(files.map((file) => contrastIn(file, files).dose)).toEqual(
      [-1, 1].map((dose): unknown => expect.closeTo(dose, 10)),
    );
  });

  it.each(['ldl_change', 'ldl_c_change', 'ldl_c_change_relative'])('starts %s from LDL cholesterol', (endpoint) => {
    const base = trialJson({ endpoints: [{ ...hba1c(-10), endpoint, unit: 'mg/dL' }] });
    const baseline = { ldl: { mean: 130, unit: 'mg/dL' }, age: { mean: 60, unit: 'a' } };
    const reading = parseTrialFile({ ...base, population: { ...base.population, baseline } });
    expect(reading.ok ? contrastIn(reading.value).baseline : undefined).toBe(130);
  });
});
