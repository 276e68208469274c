import { writeEstimate, writeShare } from '../bars.ts';
import type { Standing } from '../bars.ts';
import { markdownTable } from '../markdown-table.ts';
import type { DoseWeekFigures, DoseWeekVerdict, GroupFigures } from './score.ts';

/** A verdict as lines of Markdown: the contest, its bars, by drug, by week, and what was missed. */
export function renderDoseWeek(verdict: DoseWeekVerdict): readonly string[] {
  const { unit, studies, effects, predicted, missed } = verdict;
  return [
    `## ${unit}: ${effects} effects of ${studies} ${studies === 1 ? 'study' : 'studies'}, ${predicted} predicted by the simulator`,
    '',
    ...markdownTable(
      ['forecaster', 'rows', 'RMSE', 'bias', '90 % coverage', 'studies alike', 'between-study sd'],
      [verdict.simulator, verdict.pooling, verdict.simulatorEverywhere, verdict.poolingEverywhere].map(figuresCells),
    ),
    '',
    ...barLines(verdict),
    ...unfitted(verdict),
    '',
    ...groupLines('drug', verdict.byAgent),
    ...groupLines('weeks', verdict.byWeeks),
    ...missed.map(({ agent, effects, reason }) => `- missed: ${agent}, ${effects} effects: ${reason}`),
    '',
  ];
}

function figuresCells(figures: DoseWeekFigures): readonly string[] {
  const { name, rows, rootMeanSquareError, bias, coverage, coverageOfStudies, tau } = figures;
  const ofStudies = coverageOfStudies === undefined ? '–' : `${Math.round(100 * coverageOfStudies)} %`;
  return [name, String(rows), number(rootMeanSquareError), number(bias), writeShare(coverage), ofStudies, number(tau)];
}

function barLines(verdict: DoseWeekVerdict): readonly string[] {
  const { bars, simulatorEverywhere } = verdict;
  return [
    `- ${STANDINGS[bars.exactness]}: RMSE below pooling: ${writeExactness(verdict)}`,
    `- ${STANDINGS[bars.coverage]}: the 90 % predictive interval covers 85–95 %: ${writeShare(simulatorEverywhere.coverage)}`,
  ];
}

const STANDINGS: Readonly<Record<Standing, string>> = { met: 'met', missed: 'MISS', 'not defined': 'not defined' };

function writeExactness({ simulator, pooling, errorDifference, predicted }: DoseWeekVerdict): string {
  if (predicted === 0) return 'the simulator predicts nothing here';
  if (pooling.rows === 0) return 'no other study has these drugs';
  return (
    `${number(simulator.rootMeanSquareError)} against ${number(pooling.rootMeanSquareError)} on ${pooling.rows} rows; ` +
    `difference ${writeEstimate(errorDifference)} by resampling studies`
  );
}

function unfitted({ simulatorEverywhere, predicted }: DoseWeekVerdict): readonly string[] {
  return predicted > 0 && simulatorEverywhere.tau === undefined
    ? [
        '- Between-study variance cannot be fitted: fewer than two other studies are predicted in this unit. Intervals hold the sampling ' +
          "error and the simulator's own uncertainty alone; --others names tables to fit it on.",
      ]
    : [];
}

function groupLines(name: string, groups: readonly GroupFigures[]): readonly string[] {
  if (groups.length === 0) return [];
  const head = [name, 'rows', 'RMSE', 'bias', '90 % coverage', 'rows of both', 'RMSE', 'pooling RMSE'];
  const rows = groups.map(({ group, simulator, onBoth, pooling }) => [
    ...[group, String(simulator.rows), number(simulator.rootMeanSquareError), number(simulator.bias)],
    ...[writeShare(simulator.coverage), String(onBoth.rows)],
    ...[number(onBoth.rootMeanSquareError), number(pooling.rootMeanSquareError)],
  ]);
  return [...markdownTable(head, rows), ''];
}

function number(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}
