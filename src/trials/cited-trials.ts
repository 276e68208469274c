import { z } from 'zod';
import { groupBy } from '../core/array.ts';
import { frozenTrials } from './frozen-rows.ts';
import known from './trial-names.json' with { type: 'json' };

/** A row of parameters or facts, as far as citing goes. */
export interface CitingRow {
  /** The file it stands in. */
  readonly file: string;
  readonly id: string;
  /** `source.trial`: the trial that the row itself says it rests on; UNNAMED for a trial that it does not name. */
  readonly trial?: string;
  /** Citation, place, note and statement, in which a trial may be named. */
  readonly text: string;
}

/** A trial that a row cites, and whether it may be. */
export interface CitedTrial {
  readonly file: string;
  readonly id: string;
  readonly trial: string;
  /** "source" when the row rests on it, "text" when it is only named. */
  readonly how: 'source' | 'text';
  readonly isAllowed: boolean;
}

const SOURCE = z.object({
  citation: z.string().nullish(),
  where: z.string().nullish(),
  design: z.string().nullish(),
  trial: z.union([z.string(), z.array(z.string())]).nullish(),
});
const ROWS = z.array(
  z.object({
    id: z.string().nullish(),
    ingredient: z.string().nullish(),
    statement: z.string().nullish(),
    note: z.string().nullish(),
    source: z.union([SOURCE, z.array(SOURCE)]).nullish(),
  }),
);

/** What a row rests on that says `design: "trial"` and names none. */
const UNNAMED = 'a trial that is not named';

/** Pooled analyses are called "META …"; the rule is about individual trials, so any pool may be cited. */
const POOL = 'META ';

/** Registry numbers: ClinicalTrials.gov, ISRCTN, EudraCT. */
const REGISTRY_NUMBER = /\b(?:NCT\d{8}|ISRCTN\d{8}|\d{4}-\d{6}-\d{2})\b/g;

/**
 * Reads the rows of a parameters, interventions, clinics or facts file, whatever else they hold.
 *
 * @throws TypeError naming the file when it is no list of rows: such files ship with the code.
 */
export function citingRowsOf(file: string, content: unknown): readonly CitingRow[] {
  const parsed = ROWS.safeParse(content);
  if (!parsed.success) throw new TypeError(`${file} is no list of rows:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.flatMap((row, index) => {
    const sources = row.source === null || row.source === undefined ? [] : [row.source].flat();
    const id = row.id ?? row.ingredient ?? `row ${index}`;
    const text = [row.statement, row.note, ...sources.flatMap(({ citation, where }) => [citation, where])];
    const trials = sources.flatMap(({ trial, design }) => trial ?? (design === 'trial' ? UNNAMED : []));
    const base = { file, id, text: text.filter((part) => typeof part === 'string').join(' \n ') };
    return trials.length === 0 ? [base] : trials.map((trial) => ({ ...base, trial }));
  });
}

/**
 * Every individual trial that rows cite: what they say they rest on, registry numbers, and the acronyms of
 * trial-names.json in their text.
 *
 * Allowed are the trials of the frozen list, under their whole name: a programme (EMPEROR) is more than its trial. Acronyms
 * are matched as written, as words, so that a step and a flow are no trials; a diet or programme that bears the name of the
 * trial that first tried it is left alone.
 */
export function citedTrials(
  rows: readonly CitingRow[],
  allowed: ReadonlySet<string> = frozenTrials(),
): readonly CitedTrial[] {
  const isAllowed = (trial: string): boolean =>
    trial.startsWith(POOL) || allowed.has(trial) || allowed.has(`${POOL}${trial}`);
  const cited = rows.flatMap(({ file, id, trial, text }) => [
    ...(trial === undefined ? [] : [{ file, id, trial, how: 'source' as const, isAllowed: isAllowed(trial) }]),
    ...namedIn(text, allowed).map((name) => ({
      file,
      id,
      trial: name,
      how: 'text' as const,
      isAllowed: isAllowed(name),
    })),
  ]);
  return unique(cited);
}

/**
 * What rests on a trial: the ids of the rows whose source it is.
 *
 * Where the trial is graded, these rows have seen it: a cross-validation leaves them out of its fold or refits them.
 */
export function rowsRestingOn(rows: readonly CitingRow[]): ReadonlyMap<string, readonly string[]> {
  const resting = rows.flatMap(({ id, trial }) => (trial === undefined ? [] : [{ id, trial }]));
  const byTrial = [...groupBy(resting, ({ trial }) => trial)];
  return new Map(byTrial.map(([trial, own]) => [trial, [...new Set(own.map(({ id }) => id))].sort()]));
}

/** The trials that a text names, the longest name first so that CIBIS-II is not read as CIBIS. */
function namedIn(text: string, allowed: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>(text.match(REGISTRY_NUMBER));
  const byLength = [...new Set([...known.names, ...allowed])].sort((a, b) => b.length - a.length);
  let rest = known.programmes.reduce((left, programme) => left.replaceAll(programme, ' '), text);
  for (const name of byLength) {
    const pattern = asWord(name);
    if (!pattern.test(rest)) continue;
    found.add(name);
    rest = rest.replaceAll(pattern, ' ');
  }
  return [...found].sort();
}

/** A name that goes on after a hyphen is another one: DPP-4 is no trial. */
function asWord(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[ -]/g, '[ -]');
  return new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9]|-[A-Za-z0-9])`, 'g');
}

function unique(cited: readonly CitedTrial[]): readonly CitedTrial[] {
  return [...new Map(cited.map((one) => [[one.file, one.id, one.trial].join(' | '), one])).values()];
}
