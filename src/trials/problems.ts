import type { z } from 'zod';

/** One thing that is wrong with a file from outside, where it is, and what would mend it. */
export interface TrialProblem {
  /** "arms[0].interventions[1].dose", or "" for the file as a whole. */
  readonly where: string;
  readonly problem: string;
  readonly fix: string;
}

/** What a file turned out to be: its content, or everything that is wrong with it at once. */
export type Reading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly TrialProblem[] };

/** The failures of a schema as problems; `fixes` names the remedy by the innermost field of the path that it knows. */
export function problemsOf(error: z.ZodError, fixes: Readonly<Record<string, string>>): readonly TrialProblem[] {
  return error.issues.map(({ path, message }) => ({
    where: writePath(path),
    problem: message,
    fix: fixes[String(path.findLast((part) => Object.hasOwn(fixes, part)))] ?? 'Write it as docs/trials.md shows.',
  }));
}

/** Writes problems as lines for a person. */
export function problemLines(problems: readonly TrialProblem[]): readonly string[] {
  return problems.map(({ where, problem, fix }) => `${where === '' ? 'the file' : where}: ${problem}. ${fix}`);
}

function writePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
}
