import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../core/errors.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import { compareSettings } from './compare-settings.ts';
import { findRealDifferences } from './find-differences.ts';
import { renderComparison } from './render-comparison.ts';
import { SETTINGS, SOURCES } from './settings.ts';

/**
 * Puts real people beside virtual ones: levels, changes within a person, how often measured; and names the differences.
 *
 * `<folder with the sets> [--people N] [--seed S] [--models DIR]`. Sets that the folder does not hold are left out and
 * named. Prints the differences and writes `<models>/<system>/real-beside-virtual.{json,md}`: figures, no data.
 *
 * @throws AppError `config.invalid` when N is no number of people, or the folder holds none of the sets.
 */
export async function runRealBesideVirtual(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { data, draw, models } = parseOptions(args);
  if (data === undefined) {
    print('usage: real-beside-virtual <folder with the sets> [--people N] [--seed S] [--models DIR]');
    return 2;
  }
  if (Object.keys(SOURCES).every((source) => !existsSync(join(data, source)))) {
    throw new AppError('config.invalid', [`${data} holds none of ${Object.keys(SOURCES).join(', ')}.`]);
  }
  const comparison = await compareSettings(data, draw);
  const differences = findRealDifferences(comparison);
  const lines = renderComparison(comparison, differences, draw);
  const folder = join(models, cardioRenalMetabolic.id);
  mkdirSync(folder, { recursive: true });
  const report = { ...draw, sets: SOURCES, settings: SETTINGS, differences, ...comparison };
  writeFileSync(join(folder, 'real-beside-virtual.json'), `${JSON.stringify(report, rounded, 2)}\n`);
  writeFileSync(join(folder, 'real-beside-virtual.md'), lines.join('\n'));
  for (const line of summaryOf(lines)) print(line);
  return 0;
}

function parseOptions(args: readonly string[]): {
  readonly data: string | undefined;
  readonly draw: { readonly people: number; readonly seed: string };
  readonly models: string;
} {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      people: { type: 'string', default: '4000' },
      seed: { type: 'string', default: 'real-beside-virtual' },
      models: { type: 'string', default: 'models' },
    },
  });
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1) {
    throw new AppError('config.invalid', ['--people: must be a whole number above 0.']);
  }
  return { data: positionals[0], draw: { people, seed: values.seed }, models: values.models };
}

/** Four figures, so that the file does not change with the last bits. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(4)) : value;
}

/** All that stands before the sets. */
function summaryOf(lines: readonly string[]): readonly string[] {
  return lines.slice(
    0,
    lines.findIndex((line) => line === '## The sets'),
  );
}
