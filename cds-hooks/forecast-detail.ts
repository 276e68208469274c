import { readableUnit } from '../src/core/quantity.ts';
import type { CausalLink } from '../src/domain/evidence.ts';
import type { Candidate, MonitoringStep, Plan } from '../src/domain/plan.ts';
import type { System, Variable } from '../src/domain/system.ts';
import { DROP_REASONS } from '../src/record/dropped.ts';
import type { CardFrame } from './card-frame.ts';
import { chanceTable, forecastTables, isAnyLimitNear, SHOWN_DAYS } from './forecast-tables.ts';
import { escapeForeign, escapeMarkdown } from './markdown.ts';
import { capitalised, changeWords, dayWords, optionWords, sourceLink, valueWords } from './wording.ts';

/** The detail of a forecast card, paragraph by paragraph: what will happen, what to check, why, on what, how sure. */
export function forecastParagraphs(frame: CardFrame, plan: Plan, candidates: readonly Candidate[]): readonly string[] {
  const { system } = frame;
  const variables = shownVariables(system, plan, candidates);
  const horizon = dayWords(Math.max(...SHOWN_DAYS));
  return [
    ...section('Expected value and 90 % interval', forecastTables(variables, candidates)),
    ...section(`Limits crossed within ${horizon}`, chanceTable(system, candidates)),
    ...section('Alternative', listOf(alternativeLines(candidates))),
    ...section('Against other options', listOf(objectionLines(plan))),
    ...section('Check', listOf(plan.monitoring.map(monitoringLine))),
    ...section('Why', listOf(plan.reasons.flatMap((link) => reasonLines(system, link)))),
    ...section('What this rests on', listOf([...currentLines(system, plan), ...leftOutLines(frame.dropped)])),
    ...section('How sure', listOf(doubtLines(plan, candidates))),
    ...modelLines(plan),
  ];
}

/** What has limits, and is moved by the draft or near one of them. */
export function shownVariables(system: System, plan: Plan, candidates: readonly Candidate[]): readonly Variable[] {
  const left = plan.reasons.filter(({ direction }) => direction === 'leaves').map(({ variable }) => variable);
  return system.variables.filter(
    (variable) =>
      variable.thresholds.length > 0 && (!left.includes(variable.id) || isAnyLimitNear(variable, candidates)),
  );
}

function section(title: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`**${title}**`, ...parts];
}

function listOf(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

// The label of an alternative carries its reason, for which the tables have no room.
function alternativeLines(candidates: readonly Candidate[]): readonly string[] {
  return candidates.filter(({ role }) => role === 'alternative').map(({ label }) => `${escapeMarkdown(label)}.`);
}

/** What speaks against options besides the draft, unless it speaks against the draft as well. */
function objectionLines({ candidates, violations }: Plan): readonly string[] {
  const known = violations.map(({ rule }) => rule);
  return candidates.flatMap((candidate) => {
    if (candidate.role === 'draft' || candidate.role === 'no-change') return [];
    const objections = candidate.violations.filter(({ rule }) => !known.includes(rule));
    return objections.map(({ reason }) => `${escapeMarkdown(optionWords(candidate))}: ${escapeForeign(reason)}`);
  });
}

/** What to check when: "Basic metabolic panel in 1 week". */
export function checkWords(step: MonitoringStep): string {
  const what = step.what === 'basic-metabolic-panel' ? 'Basic metabolic panel' : 'Blood pressure and heart rate';
  return `${what} in ${dayWords(step.day)}`;
}

function monitoringLine(step: MonitoringStep): string {
  return `${checkWords(step)}: ${escapeMarkdown(step.reason)} (${sourceLink(step.source)})`;
}

function reasonLines(system: System, link: CausalLink): readonly string[] {
  const channel = system.channels.find(({ id }) => id === link.channel)?.name ?? link.channel;
  const variable = system.variables.find(({ id }) => id === link.variable);
  const isSurprise = link.expected !== undefined && link.expected !== link.direction;
  if (variable === undefined || variable.isSilent === true || (link.direction === 'leaves' && !isSurprise)) return [];
  const effect = `${changeWords(variable, link.effect)} ${readableUnit(variable.unit)}`;
  const claim = `${capitalised(channel)} ${link.direction} ${variable.name}, says the model: ${effect} against no change after ${dayWords(link.day)}.`;
  const surprise = isSurprise
    ? ` The mechanism would lead one to expect that it ${link.expected} it: mind the difference.`
    : '';
  const fact =
    link.fact === undefined ? '' : ` ${escapeMarkdown(link.fact.statement)} (${sourceLink(link.fact.source)})`;
  return [`${claim}${surprise}${fact}`];
}

function currentLines(system: System, plan: Plan): readonly string[] {
  return plan.current.flatMap(({ variable: id, value, daysOld }) => {
    const variable = [...system.variables, ...system.inputs].find((row) => row.id === id);
    if (variable === undefined || variable.isSilent === true) return [];
    const age = daysOld < 1 ? 'today' : `${Math.round(daysOld)} days old`;
    return [`${capitalised(variable.name)} ${valueWords(variable, value)} ${readableUnit(variable.unit)}, ${age}`];
  });
}

// What somebody can mend at its source; the rest is counted in the ledger.
function leftOutLines(dropped: CardFrame['dropped']): readonly string[] {
  return Object.entries(dropped).flatMap(([reason, count]) => {
    const row = Object.hasOwn(DROP_REASONS, reason) ? DROP_REASONS[reason as keyof typeof DROP_REASONS] : undefined;
    if (row === undefined || row.fix === 'Nothing to do.') return [];
    return [
      `Left out, ${count} ${count === 1 ? 'item' : 'items'}: ${escapeMarkdown(row.detail)} ${escapeMarkdown(row.fix)}`,
    ];
  });
}

function doubtLines(plan: Plan, candidates: readonly Candidate[]): readonly string[] {
  const shares = candidates.flatMap(({ forecasts }) => forecasts.flatMap((forecast) => forecast.epistemicShare ?? []));
  return [
    'Nine of ten patients like this one end inside the intervals, if the model is right.',
    shares.length === 0
      ? 'One model answered: what it does not know itself is not in the interval.'
      : doubtWords(Math.round(Math.max(...shares) * 100)),
    ...(plan.applicability?.reasons ?? []).map(({ detail, help }) =>
      escapeForeign(`Unusual: ${detail}. To mend it: ${help}.`),
    ),
    'Only harm is modelled. Benefit is not, so "no change" is the reference here and not advice.',
  ];
}

function doubtWords(percent: number): string {
  const rest = 'the rest is what nobody can know from this record';
  return percent === 0
    ? 'The models of the ensemble agree: the spread is what nobody can know from this record.'
    : `Up to ${percent} % of the spread is disagreement between the models of the ensemble; ${rest}.`;
}

function modelLines({ model }: Plan): readonly string[] {
  if (model === undefined) return [];
  const name = `${escapeMarkdown(model.id)} ${escapeMarkdown(model.version)}`;
  return [`Model ${name} (${model.kind}, weights ${model.weightsDigest.slice(0, 12)})`];
}
