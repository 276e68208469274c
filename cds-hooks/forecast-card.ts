import type { Candidate, Plan, Violation } from '../src/domain/plan.ts';
import type { System, Threshold, Variable } from '../src/domain/system.ts';
import type { Forecast } from '../src/domain/trajectory.ts';
import type { Card, Suggestion } from './card.ts';
import { buildCard, type CardFrame } from './card-frame.ts';
import { answerParagraphs } from './forecast-answer.ts';
import { forecastParagraphs } from './forecast-detail.ts';
import { forecastOf, HEADLINE_DAY } from './forecast-tables.ts';
import { isContraindication, violationParagraph } from './refusal-card.ts';
import { unscreenedParagraphs } from './silence-card.ts';
import { suggestMonitoring, suggestReplacement } from './suggestions.ts';
import { dayWords, draftWords, intervalWords, optionWords, outOfHundred } from './wording.ts';

/** Laboratory checks that are offered at most. */
const MAXIMUM_CHECKS = 2;

/**
 * Says what the drafted order, its alternatives and no change will do; nothing when no order was forecast.
 *
 * `isCombination`: the order holds other drugs too.
 */
export function forecastCard(frame: CardFrame, plan: Plan, isCombination = false): readonly Card[] {
  const forecast = plan.candidates.filter((candidate) => candidate.forecasts.length > 0);
  const headlined = forecast.find(({ role }) => role === 'draft') ?? replacementOf(plan);
  if (headlined === undefined) return [];
  const noChange = forecast.find(({ role }) => role === 'no-change');
  const headline = headlineOf(frame.system, headlined, noChange);
  if (headline === undefined) return [];
  return [
    buildCard(frame, {
      kind: 'forecast',
      about: plan.draft.reference,
      summary: `${nameOf(plan, headlined)}: ${headlineWords(headline)}`,
      paragraphs: [
        ...answerParagraphs(frame.system, plan, { headlined, noChange, forecast }),
        ...unscreenedParagraphs(plan),
        ...cautionsOf(plan).map(violationParagraph),
        ...forecastParagraphs(frame, plan, forecast),
      ],
      indicator: isLikelyToCross(headlined) || cautionsOf(plan).length > 0 ? 'warning' : 'info',
      source: { label: `Sextant world model ${plan.model?.version ?? ''}`.trim() },
      suggestions: suggestionsOf(frame, plan, isCombination),
      isDraft: true,
    }),
  ];
}

function cautionsOf({ violations }: Plan): readonly Violation[] {
  return violations.filter(({ basis }) => basis === 'forecast');
}

interface Headline {
  readonly variable: Variable;
  readonly forecast: Forecast;
  readonly threshold: Threshold;
  readonly probability: number;
}

/** The limit whose chance within four weeks the order raises most above that of no change. */
function headlineOf(system: System, candidate: Candidate, noChange: Candidate | undefined): Headline | undefined {
  const crossings = system.variables.flatMap((variable) => {
    const forecast = forecastOf(candidate, variable.id, HEADLINE_DAY);
    if (forecast === undefined) return [];
    const reference = noChange === undefined ? undefined : forecastOf(noChange, variable.id, HEADLINE_DAY);
    return variable.thresholds.map((threshold) => {
      const probability = chanceIn(forecast, threshold);
      return { variable, forecast, threshold, probability, rise: probability - chanceIn(reference, threshold) };
    });
  });
  return crossings.toSorted((a, b) => b.rise - a.rise).at(0);
}

function chanceIn(forecast: Forecast | undefined, threshold: Threshold): number {
  return forecast?.chances.find((chance) => chance.threshold === threshold.id)?.probability ?? 0;
}

function headlineWords({ variable, forecast, threshold, probability }: Headline): string {
  const value = `${variable.name} ${intervalWords(variable, forecast)} at ${dayWords(HEADLINE_DAY)}`;
  return `${value}; ${threshold.label} by then in ${outOfHundred(probability)}`;
}

// A median beyond a limit: more likely than not, so no cut-off of ours is needed.
function isLikelyToCross(candidate: Pick<Candidate, 'forecasts'>): boolean {
  return candidate.forecasts.some((forecast) => forecast.chances.some(({ probability }) => probability > 0.5));
}

function nameOf(plan: Plan, candidate: Candidate): string {
  return candidate.role === 'draft' ? draftWords(plan.draft) : optionWords(candidate);
}

function suggestionsOf(frame: CardFrame, plan: Plan, isCombination: boolean): readonly Suggestion[] {
  const draft = plan.candidates.find(({ role }) => role === 'draft');
  const isForecast = draft !== undefined && draft.forecasts.length > 0;
  const checks = isForecast ? plan.monitoring.flatMap((step) => suggestMonitoring(frame, plan.draft, step)) : [];
  // A tablet of several drugs is not replaced by one of them.
  const candidate = isCombination ? undefined : replacementOf(plan);
  const replacement = candidate === undefined ? [] : suggestReplacement(frame, plan.draft, candidate);
  return [...checks.slice(0, MAXIMUM_CHECKS), ...replacement];
}

/**
 * The safest allowed order that ranks before the draft, when something speaks against the draft: ranks know harm alone,
 * so a lower dose is always safer and would be offered each time. What is itself likelier than not to cross a limit is no
 * way out. One at most: suggestions of a card may all be taken together
 * (`any`), and two replacements of one order may not.
 */
function replacementOf(plan: Plan): Candidate | undefined {
  if (plan.violations.length === 0) return undefined;
  const draftRank = plan.candidates.find(({ role }) => role === 'draft')?.rank ?? Infinity;
  return plan.candidates
    .filter(
      ({ role, order, rank, violations, forecasts }) =>
        isReplacement(role) &&
        order !== undefined &&
        !violations.some(isContraindication) &&
        (rank ?? Infinity) < draftRank &&
        forecasts.length > 0 &&
        !isLikelyToCross({ forecasts }),
    )
    .sort(
      (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.risk?.probability ?? 1) - (b.risk?.probability ?? 1),
    )
    .at(0);
}

function isReplacement(role: Candidate['role']): boolean {
  return role === 'lower-dose' || role === 'alternative';
}
