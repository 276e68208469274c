import { z } from 'zod';
import { normalHalfWidth } from './normal.ts';
import { problemsOf } from './problems.ts';
import type { Reading } from './problems.ts';
import type { RowVerdict } from './referee.ts';

/** What a miss is put down to: the equations or rows, who was in the trial, luck, what was counted, or nothing to compute with. */
const KINDS = ['model', 'population', 'chance', 'definition', 'no row'] as const;

/** Where a prediction lies beside what was reported, in the unit of the endpoint. */
const DIRECTIONS = ['above', 'below'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** The best explanation of a miss that somebody gave. */
export interface Explanation {
  readonly trial: string;
  readonly endpoint: string;
  /** Where absent, the explanation holds for every arm of the trial. */
  readonly arm?: string;
  /** Whether the prediction lies above or below what was reported; absent for what could not be evaluated. */
  readonly direction?: Direction;
  readonly kind: (typeof KINDS)[number];
  /** With the evidence for it, or called a conjecture. */
  readonly explanation: string;
}

/** A graded row that the simulator got badly wrong. */
export interface LargeMiss {
  readonly verdict: RowVerdict;
  /** (Reported − predicted) / √(se² + sd² + τ²) on the scale of the row; absent without an interval or a prediction. */
  readonly residual?: number;
  readonly explanation?: Explanation;
}

/** Beyond so many standard deviations a residual is large: outside the central 90 %. */
const LARGE = normalHalfWidth(0.9);

const EXPLANATIONS = z.array(
  z
    .strictObject({
      trial: z.string().min(1),
      endpoint: z.string().min(1),
      arm: z.string().min(1).exactOptional(),
      direction: z.enum(DIRECTIONS).exactOptional(),
      kind: z.enum(KINDS),
      explanation: z.string().min(1),
    })
    .refine(({ kind, direction }) => kind === 'no row' || direction !== undefined, {
      error: 'what was predicted was missed above or below',
      path: ['direction'],
    }),
);

const FIXES = {
  trial: 'Name the trial as its file does.',
  endpoint: 'Name the endpoint as the trial file does: what explains one miss of a trial excuses no other.',
  arm: 'Use the id of the arm, or leave it out.',
  direction: `Write ${DIRECTIONS.join(' or ')}: where the prediction lies beside the report; leave it out where nothing was predicted.`,
  kind: `Use one of ${KINDS.join(', ')}.`,
  explanation: 'Say why, with the evidence, or call it a conjecture.',
};

/** Reads explanations as models/…/trials-misses.json holds them. */
export function parseExplanations(value: unknown): Reading<readonly Explanation[]> {
  const parsed = EXPLANATIONS.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problems: problemsOf(parsed.error, FIXES) };
}

/**
 * The graded rows that were missed by much, the worst first, each with the explanation that names it most closely.
 *
 * A row with an interval is a large miss when the estimate lies outside the 90 % predictive interval (where no other trial
 * of its kind informs τ², without it); one without an interval when the error exceeds half of the reported effect; and
 * always when it could not be evaluated.
 */
export function largeMissesOf(rows: readonly RowVerdict[], explanations: readonly Explanation[]): readonly LargeMiss[] {
  return rows
    .flatMap((verdict): readonly LargeMiss[] => {
      const residual = residualOf(verdict);
      if (!isLarge(verdict, residual)) return [];
      const explanation = explanationOf(verdict, explanations);
      return [
        { verdict, ...(residual !== undefined && { residual }), ...(explanation !== undefined && { explanation }) },
      ];
    })
    .sort((a, b) => severityOf(b) - severityOf(a));
}

function residualOf({ row: { observed }, grade }: RowVerdict): number | undefined {
  if (observed?.standardError === undefined || grade?.predicted === undefined) return undefined;
  const { value, sd } = grade.predicted;
  return (observed.value - value) / Math.sqrt(observed.standardError ** 2 + sd ** 2 + (grade.tau2 ?? 0));
}

function isLarge({ grade }: RowVerdict, residual: number | undefined): boolean {
  if (grade === undefined) return false;
  if (grade.predicted === undefined) return true;
  if (residual !== undefined) return Math.abs(residual) > LARGE;
  return Math.abs(grade.observed - grade.predicted.value) > Math.abs(grade.observed) / 2;
}

/** The explanation of a miss of this kind: that of the arm, or else that of every arm. */
function explanationOf(verdict: RowVerdict, explanations: readonly Explanation[]): Explanation | undefined {
  const { row } = verdict;
  const direction = directionOf(verdict);
  const fitting = explanations.filter(
    (one) => one.trial === row.trial && one.endpoint === row.endpoint && one.direction === direction,
  );
  return fitting.find(({ arm }) => arm === row.arm) ?? fitting.find(({ arm }) => arm === undefined);
}

function directionOf({ grade }: RowVerdict): Direction | undefined {
  if (grade?.predicted === undefined) return undefined;
  return grade.predicted.value > grade.observed ? 'above' : 'below';
}

/** Standardised misses first, then those without an interval, then what could not be evaluated. */
function severityOf({ residual, verdict }: LargeMiss): number {
  if (residual !== undefined) return Math.abs(residual);
  return verdict.prediction.evaluable ? 0 : -1;
}
