import { worldOf } from '../../systems/cardio-renal-metabolic/worlds.ts';
import type { BaselineCheck } from '../emulate/baseline-target.ts';
import { emulateTrial } from '../emulate/emulate-trial.ts';
import type { Prediction } from '../prediction.ts';
import { onScale } from '../row.ts';
import { isRatioMeasure } from '../trial-file.ts';
import type { TrialEndpoint, TrialFile } from '../trial-file.ts';
import { designEvents } from './design-events.ts';
import type { EventsDesign } from './design-events.ts';
import { designMeans } from './design-means.ts';
import type { Designed, MeansDesign } from './design-means.ts';
import type { DesignOptions } from './design-options.ts';
import { liveBothArms } from './lived-arms.ts';
import { primaryQuestion } from './primary-question.ts';
import type { PrimaryQuestion } from './primary-question.ts';
import { analysedEffect, effectsBySubgroup } from './subgroups.ts';
import type { LivedCohort, SubgroupEffect } from './subgroups.ts';
import { checkTextbook } from './textbook-check.ts';
import type { TextbookCase } from './textbook-check.ts';

/** What the simulator expects of the primary endpoint; on the scale of comparison: of a ratio the logarithm. */
export interface PredictedPrimary {
  readonly value: number;
  readonly monteCarloSe: number;
  readonly predictiveSd: number;
}

/** The design of a trial for its primary endpoint. */
export interface TrialDesign {
  readonly trial: TrialFile;
  readonly endpoint: TrialEndpoint;
  readonly options: DesignOptions;
  readonly effect: PredictedPrimary;
  readonly subgroups: readonly SubgroupEffect[];
  readonly size: Designed<MeansDesign | EventsDesign>;
  /** The same simulations where a formula is right. */
  readonly textbook: readonly TextbookCase[];
  /** The virtual cohort beside the table that was asked for. */
  readonly checks: readonly BaselineCheck[];
  readonly notes: readonly string[];
}

/** A design, or why the file cannot have one. */
export type DesignedTrial =
  { readonly ok: true; readonly design: TrialDesign } | { readonly ok: false; readonly reason: string };

/**
 * Designs a trial for one endpoint with virtual patients who meet its baseline table: expected effect, subgroups, size.
 *
 * `primary`: the endpoint's name; the first of the file unless given. Pure and seeded: same input, same design.
 */
export function designTrial(trial: TrialFile, options: DesignOptions, primary?: string): DesignedTrial {
  const asked = primaryQuestion(trial, primary);
  if (!asked.ok) return asked;
  const { question } = asked;
  const { seed, people, draws, peopleOfDraw } = options;
  const emulation = emulateTrial({ ...trial, endpoints: [question.endpoint] }, { people, draws, peopleOfDraw, seed });
  const effect = effectOf(emulation.predictions[0], question.endpoint);
  if (!effect.ok) return effect;
  const lived = lifeOf(trial, question, options);
  if (!lived.ok) return lived;
  const base = { world: worldOf('none'), people: lived.people };
  const drawn = drawnCohorts(trial, question, options);
  return {
    ok: true,
    design: {
      trial,
      endpoint: question.endpoint,
      options,
      effect: effect.value,
      subgroups: effectsBySubgroup(question, base, drawn),
      size: sizeOf(trial, question, { base, drawn }, options),
      textbook: checkTextbook(options.aim, options),
      checks: emulation.checks,
      notes: emulation.notes,
    },
  };
}

function effectOf(
  prediction: Prediction | undefined,
  { measure }: TrialEndpoint,
): { readonly ok: true; readonly value: PredictedPrimary } | { readonly ok: false; readonly reason: string } {
  if (prediction === undefined) return { ok: false, reason: 'the endpoint was not predicted' };
  if (!prediction.evaluable) return { ok: false, reason: prediction.reason };
  const { predicted, monteCarloSe, predictiveSd } = prediction;
  return {
    ok: true,
    value: { value: onScale(predicted, isRatioMeasure(measure) ? 'log' : 'identity'), monteCarloSe, predictiveSd },
  };
}

/** Beyond its follow-up a trial of events is looked at as long again, for trials that wait for their events. */
function monthsOf({ kind, endpoint: { followUpMonths } }: PrimaryQuestion): readonly number[] {
  const quarters = Array.from({ length: Math.floor(followUpMonths / 3) }, (_, index) => 3 * (index + 1));
  return kind.kind === 'event'
    ? [followUpMonths, 2 * followUpMonths]
    : [followUpMonths, followUpMonths / 2, ...quarters];
}

function lifeOf(trial: TrialFile, question: PrimaryQuestion, { people, seed }: DesignOptions) {
  return liveBothArms(worldOf('none'), trial, question, { people, seed, months: monthsOf(question) });
}

function drawnCohorts(trial: TrialFile, question: PrimaryQuestion, { draws, peopleOfDraw, seed }: DesignOptions) {
  return Array.from({ length: draws }, (_, draw) => {
    const world = worldOf(`posterior-${draw}`);
    const months = [question.endpoint.followUpMonths];
    const lived = liveBothArms(world, trial, question, { people: peopleOfDraw, seed, months });
    return { world, people: lived.ok ? lived.people : [] };
  }).filter(({ people }) => people.length > 0);
}

function sizeOf(
  trial: TrialFile,
  question: PrimaryQuestion,
  { base, drawn }: { readonly base: LivedCohort; readonly drawn: readonly LivedCohort[] },
  options: DesignOptions,
): TrialDesign['size'] {
  const { kind, endpoint } = question;
  const { value, doubt } = analysedEffect(question, base, drawn);
  if (value === 0) return { kind: 'none', reason: 'the simulator expects no effect at all' };
  const ground = { ...base, month: endpoint.followUpMonths, doubt };
  if (kind.kind === 'event') return designEvents({ ...ground, kind, logHazardRatio: value }, options);
  const historical = lifeOf(trial, question, { ...options, seed: `${options.seed}/historical` });
  if (!historical.ok) return { kind: 'none', reason: historical.reason };
  return designMeans({ ...ground, kind, historical: historical.people }, options);
}
