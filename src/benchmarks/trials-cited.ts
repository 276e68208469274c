import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { citedTrials, citingRowsOf } from '../trials/cited-trials.ts';
import type { CitedTrial, CitingRow } from '../trials/cited-trials.ts';

/** Rows that may not rest on a trial outside of the calibration list, and facts, which are kept apart and only listed. */
export interface RepositoryRows {
  readonly parameters: readonly CitingRow[];
  readonly facts: readonly CitingRow[];
}

/** Files of a system, beside its folder of parameters, that hold cited numbers. */
const SYSTEM_FILES = /^(?:interventions.*|clinics)\.json$/;

/**
 * Lists every trial that parameters and facts cite, and fails for a parameter that cites one outside of the calibration
 * list. `[folder of the sources, default src]`; returns 1 when there is such a one.
 */
export function runCitedTrials(args: readonly string[], print: (line: string) => void): number {
  const { parameters, facts } = readCitingRows(args[0] ?? 'src');
  const cited = citedTrials(parameters);
  print(`Parameters cite ${cited.length} trials:`);
  cited.forEach((one) => {
    print(`  ${lineOf(one, one.isAllowed ? 'ok' : 'OUTSIDE of the calibration list')}`);
  });
  const ofFacts = citedTrials(facts);
  print(`Facts, which no simulation reads when trials are graded, cite ${ofFacts.length}:`);
  ofFacts.forEach((one) => {
    print(`  ${lineOf(one, one.isAllowed ? 'calibration' : 'outside')}`);
  });
  const outside = cited.filter(({ isAllowed }) => !isAllowed).length;
  print(`${outside} of the parameters' citations are outside of the calibration list.`);
  return outside === 0 ? 0 : 1;
}

/** Reads the rows of every system and of the knowledge facts under a folder of sources. */
export function readCitingRows(source: string): RepositoryRows {
  const systems = join(source, 'systems');
  const parameters = readdirSync(systems, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [
      ...jsonIn(join(systems, name, 'parameters'), /\.json$/),
      ...jsonIn(join(systems, name), SYSTEM_FILES),
    ]);
  return {
    parameters: parameters.flatMap(rowsIn),
    facts: jsonIn(join(source, 'knowledge', 'facts'), /\.json$/).flatMap(rowsIn),
  };
}

function jsonIn(folder: string, pattern: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function rowsIn(file: string): readonly CitingRow[] {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return citingRowsOf(file, Array.isArray(content) ? content.flatMap(nestedRows) : content);
}

/** The rows that a clinic holds; anything else is a row itself. */
function nestedRows(entry: unknown): readonly unknown[] {
  const rows: unknown = typeof entry === 'object' && entry !== null && 'rows' in entry ? entry.rows : undefined;
  return Array.isArray(rows) ? rows : [entry];
}

function lineOf({ file, id, trial, how }: CitedTrial, verdict: string): string {
  return `${trial}: ${verdict} (${how} of ${id} in ${file})`;
}
