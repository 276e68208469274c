import { readableUnit } from '../src/core/quantity.ts';
import type { Candidate, Plan } from '../src/domain/plan.ts';
import type { System, Threshold, Variable } from '../src/domain/system.ts';
import { checkWords, shownVariables } from './forecast-detail.ts';
import { forecastOf, HEADLINE_DAY } from './forecast-tables.ts';
import { capitalised, dayWords, intervalWords, outOfHundred, valueWords } from './wording.ts';

/** Who is compared: the order of the headline, no change, and all that was forecast. */
interface Compared {
  readonly headlined: Candidate;
  readonly noChange: Candidate | undefined;
  readonly forecast: readonly Candidate[];
}

/** The answer in a list that is read in five seconds: what to expect, how often it goes wrong, what to check first. */
export function answerParagraphs(system: System, plan: Plan, compared: Compared): readonly string[] {
  const variables = shownVariables(system, plan, compared.forecast);
  const [first] = plan.monitoring.toSorted((a, b) => a.day - b.day);
  const lines = [
    ...variables.flatMap((variable) => expectationLine(variable, compared)),
    ...variables.flatMap((variable) => variable.thresholds.flatMap((limit) => limitLine(variable, limit, compared))),
    ...(first === undefined ? [] : [`First check: ${checkWords(first)}`]),
  ];
  return lines.length === 0 ? [] : [`**In ${dayWords(HEADLINE_DAY)}**`, lines.map((line) => `- ${line}`).join('\n')];
}

function expectationLine(variable: Variable, { headlined, noChange }: Compared): readonly string[] {
  const forecast = forecastOf(headlined, variable.id, HEADLINE_DAY);
  if (forecast === undefined) return [];
  const reference = noChange === undefined ? undefined : forecastOf(noChange, variable.id, HEADLINE_DAY);
  const against = reference === undefined ? '' : `; no change: ${valueWords(variable, reference.median)}`;
  return [
    `${capitalised(variable.name)} ${intervalWords(variable, forecast)} ${readableUnit(variable.unit)}${against}`,
  ];
}

// Limits that nobody nears would bury those that somebody does.
function limitLine(variable: Variable, limit: Threshold, { headlined, noChange }: Compared): readonly string[] {
  const chance = chanceIn(headlined, variable, limit);
  const reference = chanceIn(noChange, variable, limit);
  if (Math.round(Math.max(chance ?? 0, reference ?? 0) * 100) === 0 || chance === undefined) return [];
  const against = reference === undefined ? '' : `; no change: ${outOfHundred(reference)}`;
  return [`${capitalised(limit.label)}: ${outOfHundred(chance)}${against}`];
}

function chanceIn(candidate: Candidate | undefined, variable: Variable, limit: Threshold): number | undefined {
  const forecast = candidate === undefined ? undefined : forecastOf(candidate, variable.id, HEADLINE_DAY);
  return forecast?.chances.find(({ threshold }) => threshold === limit.id)?.probability;
}
