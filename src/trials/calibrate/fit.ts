import { at, groupBy } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import { varianceAround } from '../heterogeneity.ts';
import { choleskyOf, dot, solveWithFactor } from '../linear-algebra.ts';
import type { Matrix } from '../linear-algebra.ts';
import { effectAt, slopesAt } from './effect-surface.ts';
import type { Surface } from './effect-surface.ts';
import { samplingCorrelation } from './sampling-correlation.ts';
import type { Sampled } from './sampling-correlation.ts';

/** One observed effect beside what the simulator makes of it. */
export interface FitRow {
  readonly trial: string;
  readonly kind: string;
  /** What it was read from, as far as it shares people and events with other rows. */
  readonly sampled: Sampled;
  readonly observed: number;
  /** Sampling variance. */
  readonly variance: number;
  readonly surface: Surface;
}

/** The posterior of the logarithmic factors. */
export interface Fit {
  /** [free] */
  readonly logFactors: Float64Array;
  /** Standard deviations; [free]. */
  readonly sds: Float64Array;
  /** Between-trial variance by kind of endpoint. */
  readonly tau2: ReadonlyMap<string, number>;
}

/** Rounds in which τ² and the factors take turns; a test sees that more of them change nothing that would be printed. */
const ROUNDS = 12;

/** Share of the between-trial variance that rows of one kind in a trial have in common: a statement of design. */
const SHARED = 0.5;

/**
 * Fits logarithmic factors with normal priors N(0, sd²) to effects: the posterior mode under normal errors with sampling
 * variance and a between-trial variance a kind (learned as the referee learns it), by Gauss and Newton. Standard deviations
 * are those of the linear model where the fit ends.
 *
 * `priorSds`: [free]. With no row the prior comes back.
 */
export function fitFactors(rows: readonly FitRow[], priorSds: readonly number[]): Fit {
  const prior = { logFactors: new Float64Array(priorSds.length), sds: Float64Array.from(priorSds) };
  let fit: Fit = { ...prior, tau2: betweenTrials(rows, prior.logFactors) };
  for (let round = 0; round < ROUNDS; round += 1) {
    const solved = solve(rows, priorSds, fit);
    fit = { ...solved, tau2: betweenTrials(rows, solved.logFactors) };
  }
  return fit;
}

/** Between-trial variance of each kind around the model, with one trial's worth of doubt: half the root mean square effect. */
function betweenTrials(rows: readonly FitRow[], logFactors: Float64Array): ReadonlyMap<string, number> {
  return new Map(
    [...groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => {
      const trials = groupBy(own, ({ trial }) => trial);
      const doubt = Math.sqrt(mean(own.map(({ observed }) => observed ** 2))) / 2;
      const residuals = own.map(({ trial, observed, surface, variance }) => ({
        value: observed - effectAt(surface, logFactors),
        variance,
        weight: 1 / (trials.get(trial)?.length ?? 1),
      }));
      return [kind, varianceAround([...residuals, { value: doubt, variance: 0, weight: 1 }])] as const;
    }),
  );
}

/** One step from a fit. */
function solve(rows: readonly FitRow[], priorSds: readonly number[], { logFactors, tau2 }: Fit) {
  const precision: Matrix = priorSds.map((sd, index) => {
    const row = new Float64Array(priorSds.length);
    row[index] = sd ** -2;
    return row;
  });
  const right = new Float64Array(priorSds.length);
  for (const block of groupBy(rows, ({ trial, kind }) => `${trial} | ${kind}`).values()) {
    addBlock(
      block.map((row) => about(row, logFactors)),
      tau2.get(at(block, 0).kind) ?? 0,
      { precision, right },
    );
  }
  const factor = choleskyOf(precision);
  const sds = Float64Array.from(priorSds, (_, index) => {
    const unit = Float64Array.from(priorSds, (__, place) => Number(place === index));
    return Math.sqrt(at(solveWithFactor(factor, unit), index));
  });
  return { logFactors: solveWithFactor(factor, right), sds };
}

/** A row as a straight line through where the fit stands: residual = slopes · factors. */
interface Tangent {
  readonly sampled: Sampled;
  readonly variance: number;
  readonly residual: number;
  /** [free] */
  readonly slopes: Float64Array;
}

/** Precision · factors = right. */
interface Equations {
  readonly precision: Matrix;
  readonly right: Float64Array;
}

function about({ sampled, observed, variance, surface }: FitRow, logFactors: Float64Array): Tangent {
  const slopes = slopesAt(surface, logFactors);
  return { sampled, variance, slopes, residual: observed - effectAt(surface, logFactors) + dot(slopes, logFactors) };
}

/** Adds what the rows of one trial and kind say: Jᵀ V⁻¹ J to the precision and Jᵀ V⁻¹ r to the right side. */
function addBlock(block: readonly Tangent[], tau2: number, { precision, right }: Equations): void {
  const covariance = block.map((row, index) =>
    Float64Array.from(block, (other, place) =>
      index === place
        ? row.variance + tau2
        : samplingCorrelation(row.sampled, other.sampled) * Math.sqrt(row.variance * other.variance) + SHARED * tau2,
    ),
  );
  const factor = choleskyOf(covariance);
  const residuals = solveWithFactor(
    factor,
    block.map(({ residual }) => residual),
  );
  for (let index = 0; index < right.length; index += 1) {
    const slopes = block.map((row) => at(row.slopes, index));
    if (slopes.every((slope) => slope === 0)) continue;
    const weighted = solveWithFactor(factor, slopes);
    right[index] = at(right, index) + dot(slopes, residuals);
    const row = at(precision, index);
    for (let other = 0; other < right.length; other += 1) {
      row[other] =
        at(row, other) + block.reduce((sum, { slopes: own }, place) => sum + at(weighted, place) * at(own, other), 0);
    }
  }
}
