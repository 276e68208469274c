import { writeShare } from './bars.ts';
import type { Standing } from './bars.ts';
import { largeMissesOf } from './large-misses.ts';
import type { Explanation, LargeMiss } from './large-misses.ts';
import type { Graded, Verdict } from './referee.ts';
import { renderBars, renderBreakdown, renderClassOut, renderContest, renderReferences } from './render-figures.ts';
import {
  renderAbsent,
  renderLargeMisses,
  renderNotes,
  renderPredictions,
  renderRecalled,
  renderRows,
} from './render-rows.ts';
import type { RecalledFor } from './render-rows.ts';

/** What a report knows beyond the verdict. */
export interface ReportNotes {
  /** What a reader must know before the first figure, a line each. */
  readonly caveats?: readonly string[];
  /** Why rows were missed. */
  readonly explanations?: readonly Explanation[];
  readonly recalledFor?: RecalledFor;
  /** What was taken for granted or left out, by trial. */
  readonly notes?: Readonly<Record<string, readonly string[]>>;
}

/** A verdict as a Markdown report, in the order in which a reader asks: may I trust it, did it pass, where is it wrong. */
export function renderVerdict(
  verdict: Verdict,
  { caveats = [], explanations = [], recalledFor = () => [], notes = {} }: ReportNotes = {},
): readonly string[] {
  const start = ['# Trials: predicted beside reported', '', ...caveats.flatMap((line) => [line, ''])];
  const recalled = renderRecalled(verdict, recalledFor);
  if (verdict.kind === 'predictions') {
    return [
      ...start,
      ...renderPredictions(verdict, recalledFor),
      ...renderAbsent(verdict),
      ...renderNotes(notes),
      ...recalled,
    ];
  }
  const misses = largeMissesOf(verdict.rows, explanations);
  return [
    ...start,
    ...renderSummary(verdict, misses),
    ...renderBars(verdict),
    ...renderContest(verdict),
    ...renderLargeMisses(misses),
    ...renderRows(verdict, recalledFor),
    ...renderAbsent(verdict),
    ...renderNotes(notes),
    ...renderBreakdown(verdict),
    ...renderClassOut(verdict),
    ...recalled,
    ...renderReferences(verdict),
  ];
}

function renderSummary(verdict: Extract<Verdict, Graded>, misses: readonly LargeMiss[]): readonly string[] {
  const { simulator, evaluable, bars } = verdict;
  const standing = (asked: Standing): number => bars.filter((bar) => bar.standing === asked).length;
  const open = misses.filter(({ explanation }) => explanation === undefined).length;
  return [
    '## In short',
    '',
    `- Predicted: ${writeShare(evaluable)} of the rows.`,
    `- Right direction, where the trial excludes "no effect": ${writeShare(simulator.direction)}.`,
    `- Prediction inside the trial's own interval: ${writeShare(simulator.inside)}.`,
    `- Estimate inside the 90 % predictive interval: ${writeShare(simulator.coverage)}.`,
    `- Bars: ${standing('met')} met, ${standing('missed')} missed, ${standing('not defined')} not defined.`,
    `- Large misses: ${misses.length}, ${open} of them without an explanation.`,
    '',
  ];
}
