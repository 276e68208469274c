import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTrialsReferee } from '../../../src/benchmarks/trials-referee.ts';
import { trialsOfTable } from '../../../src/benchmarks/trials-table.ts';
import { AppError } from '../../../src/core/errors.ts';
import { hba1c, trialJson } from './a-trial.ts';

const HEADER = 'trial_id,population,n,arm,comparator,follow_up_months,endpoint,unit,measure,estimate,ci_low,ci_high';

function printed(run: (print: (line: string) => void) => void): string {
  const lines: string[] = [];
  run((line) => lines.push(line));
  return lines.join('\n');
}

describe('a table of published effects', () => {
  test('is read as trials, arms from their names', () => {
    const [trial] = trialsOfTable(
      `${HEADER}\nX,"a, b",10,metformin 500/1000,placebo,,hba1c_change,%-points,mean_difference,-1,-1.2,-0.8`,
    );
    expect(trial?.arms[0]?.interventions[0]).toMatchObject({
      code: 'metformin',
      doseMin: 500,
      doseMax: 1000,
      unit: 'mg',
    });
    expect(trial?.endpoints[0]).toMatchObject({ followUpMonths: 6, estimate: -1, ciLow: -1.2 });
  });

  test('takes a comparator that is called alone for the background', () => {
    const [trial] = trialsOfTable(
      `${HEADER}\nX,p,,SGLT2i class,metformin alone,6,hba1c_change,%-points,mean_difference,-1,,`,
    );
    expect(trial?.arms.map(({ interventions }) => interventions[0]?.code)).toEqual(['class:sglt2i', 'placebo']);
  });
});

describe('the command of the referee', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'referee-'));
    writeFileSync(join(folder, 'good.json'), JSON.stringify(trialJson({ endpoints: [hba1c(-1)] })));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('prints the rows of the format as JSON', () => {
    const text = printed((print) => {
      runTrialsReferee([join(folder, 'good.json'), '--own-list', '--json'], print);
    });
    expect(JSON.parse(text)).toMatchObject([
      { trial: 'INVENTED-1', evaluable: false, reason: 'no prediction was given' },
    ]);
  });

  test('misses the whole frozen list when given other trials', () => {
    const text = printed((print) => {
      runTrialsReferee([join(folder, 'good.json')], print);
    });
    expect(text.match(/no trial file has/g)).toHaveLength(180);
  });

  test('names every broken file with its fix', () => {
    const broken = mkdtempSync(join(tmpdir(), 'referee-'));
    writeFileSync(join(broken, 'a.json'), '{');
    writeFileSync(join(broken, 'b.json'), JSON.stringify({ ...trialJson(), id: '' }));
    expect(() => {
      runTrialsReferee([broken], () => undefined);
    }).toThrow(
      expect.objectContaining({ details: [expect.stringContaining('a.json'), expect.stringContaining('b.json')] }),
    );
    rmSync(broken, { recursive: true });
  });

  test('asks for a folder', () => {
    expect(() => {
      runTrialsReferee([], () => undefined);
    }).toThrow(AppError);
  });
});
