import { readableUnit } from '../src/core/quantity.ts';
import type { Candidate } from '../src/domain/plan.ts';
import type { System, Threshold, Variable } from '../src/domain/system.ts';
import type { Forecast } from '../src/domain/trajectory.ts';
import { escapeMarkdown, markdownTable } from './markdown.ts';
import { capitalised, dayWords, intervalWords, optionWords } from './wording.ts';

/** The days that a card shows (unit: d): 1, 4 and 12 weeks. */
export const SHOWN_DAYS: readonly number[] = [7, 28, 84];

/** The day of the headline (unit: d): 4 weeks. */
export const HEADLINE_DAY = 28;

/** A candidate's forecast of a variable on a day. */
export function forecastOf(candidate: Candidate, variable: string, day: number): Forecast | undefined {
  return candidate.forecasts.find((forecast) => forecast.variable === variable && forecast.day === day);
}

/** Whether any candidate has a chance of at least 1 in 100 of crossing a limit of the variable. */
export function isAnyLimitNear(variable: Variable, candidates: readonly Candidate[]): boolean {
  return variable.thresholds.some((threshold) =>
    candidates.some((candidate) => rounds(chanceOf(candidate, threshold))),
  );
}

/** One table a variable: candidates down, days across, median and 90 % interval in the cells. */
export function forecastTables(variables: readonly Variable[], candidates: readonly Candidate[]): readonly string[] {
  return variables.flatMap((variable) => {
    const days = SHOWN_DAYS.filter((day) => candidates.some((candidate) => forecastOf(candidate, variable.id, day)));
    if (days.length === 0) return [];
    const rows = candidates.map((candidate) => [
      escapeMarkdown(optionWords(candidate)),
      ...days.map((day) => cellOf(variable, forecastOf(candidate, variable.id, day))),
    ]);
    return [
      markdownTable([`${capitalised(variable.name)}, ${readableUnit(variable.unit)}`, ...days.map(dayWords)], rows),
    ];
  });
}

function cellOf(variable: Variable, forecast: Forecast | undefined): string {
  return forecast === undefined ? 'not forecast' : intervalWords(variable, forecast);
}

/** The chances of crossing each limit by the last shown day, as natural frequencies; limits that nobody nears are left out. */
export function chanceTable(system: System, candidates: readonly Candidate[]): readonly string[] {
  const thresholds = system.variables.flatMap((variable) => variable.thresholds);
  const near = thresholds.filter((threshold) => candidates.some((candidate) => rounds(chanceOf(candidate, threshold))));
  if (near.length === 0) return ['Every limit is crossed by fewer than 1 of 100 under each option.'];
  const rows = near.map((threshold) => [
    capitalised(threshold.label),
    ...candidates.map((candidate) => chanceWords(chanceOf(candidate, threshold))),
  ]);
  return [
    markdownTable(
      ['Of 100 patients like this one', ...candidates.map((candidate) => escapeMarkdown(optionWords(candidate)))],
      rows,
    ),
  ];
}

function chanceOf(candidate: Candidate, threshold: Threshold): number | undefined {
  const last = SHOWN_DAYS.at(-1);
  const chances = candidate.forecasts
    .filter((forecast) => forecast.day === last)
    .flatMap((forecast) => forecast.chances);
  return chances.find((chance) => chance.threshold === threshold.id)?.probability;
}

function rounds(probability: number | undefined): boolean {
  return probability !== undefined && Math.round(probability * 100) > 0;
}

function chanceWords(probability: number | undefined): string {
  if (probability === undefined) return 'not forecast';
  const count = Math.round(probability * 100);
  if (count === 0) return '&lt;1';
  return count === 100 && probability < 1 ? '&gt;99' : String(count);
}
