import { at } from '../../core/array.ts';
import { seededRandom } from '../../core/random.ts';
import { mean, variance } from '../../core/statistics.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import { correlationOf } from '../agreement.ts';
import { assuranceAt } from './assurance.ts';
import { LARGEST_ARM, nullTrialsOfSize, trialsOfSize } from './design-options.ts';
import type { DesignOptions } from './design-options.ts';
import type { LivedPerson } from './lived-arms.ts';
import { measurePeople, outcomeScale } from './measured-outcome.ts';
import type { MeasuredKind, MeasuredPerson, OutcomeScale } from './measured-outcome.ts';
import { findPowerCurve } from './power-curve.ts';
import type { PowerCurve, PowerPoint } from './power-curve.ts';
import { learnPrognosis } from './prognostic-score.ts';
import type { PrognosticModel } from './prognostic-score.ts';
import { simulateMeans, studentCritical } from './simulate-means.ts';
import type { DrawnFrom, MeansTrials } from './simulate-means.ts';
import { textbookPerArm } from './textbook.ts';

/** How the arms of a trial are compared. */
export type AnalysisName = 'unadjusted' | 'baseline' | 'prognostic score';

/** One way of comparing the arms, and the trial that it needs. */
export interface MeansAnalysis {
  readonly name: AnalysisName;
  /** Squared correlation of the covariate with the outcome under control; 0 without a covariate. */
  readonly rSquared: number;
  /** The same within the arms of both: what the analysis gains. */
  readonly rSquaredWithin: number;
  readonly curve: PowerCurve;
  /** People an arm by 2 (z + z)² σ² (1 − r²) / δ², r² within both arms. */
  readonly byFormula: number;
  /** People an arm when some have no outcome, by simulation. */
  readonly perArmWithDropout: number;
  /** Power at the size found, in trials simulated anew. */
  readonly confirmed: PowerPoint;
  /** Share of findings at that size when both arms get the control. */
  readonly typeOne: PowerPoint;
  readonly assurance: number;
}

/** A trial of an endpoint that is measured in everybody. */
export interface MeansDesign {
  readonly kind: 'means';
  readonly scale: OutcomeScale;
  /** Mean difference of the outcome as measured, and its sd within an arm; on `scale`. */
  readonly difference: number;
  readonly sd: number;
  /** The sd of the virtual people, before anything was added. */
  readonly virtualSd: number;
  readonly analyses: readonly MeansAnalysis[];
}

/** A design, or why there is none. */
export type Designed<T> = T | { readonly kind: 'none'; readonly reason: string };

/** What a trial of means is designed from. */
export interface MeansGround {
  readonly world: World;
  readonly kind: MeasuredKind;
  readonly month: number;
  readonly people: readonly LivedPerson[];
  /** Other people of the same kind, from whom the prognosis is learned. */
  readonly historical: readonly LivedPerson[];
  /** Predictive sd of the effect over the effect. */
  readonly doubt: number;
}

/** People measured for the simulated trials to draw from: at most, and for each of the trials simulated. */
const MEASURED = { most: 20_000, perTrial: 10 } as const;

/** Finds the sizes of a trial of means: unadjusted, adjusted for the baseline, and for the model's prognosis (PROCOVA). */
export function designMeans(ground: MeansGround, options: DesignOptions): Designed<MeansDesign> {
  const { kind } = ground;
  const plain = spreadOf(measured(ground, 'people', 0, options));
  const addedSd = Math.sqrt(Math.max(0, (options.sd ?? 0) ** 2 - plain.sd ** 2));
  const pool = measured(ground, 'people', addedSd, options);
  const { difference, sd } = spreadOf(pool);
  const reach = textbookPerArm(options.aim, { sd, difference });
  if (!(reach <= LARGEST_ARM)) {
    return {
      kind: 'none',
      reason: `the predicted difference of ${difference.toPrecision(2)} needs more than ${LARGEST_ARM} people an arm`,
    };
  }
  const past = measured(ground, 'historical', addedSd, options);
  const prognosis = learnPrognosis(
    past.map(({ features }) => features),
    past.map(({ control }) => control),
  );
  const covariates = covariatesOf(pool, prognosis);
  const analyses = covariates.map(({ name, x }) =>
    analyse(name, { pool, x, difference, sd, doubt: ground.doubt }, options),
  );
  return { kind: 'means', scale: outcomeScale(kind), difference, sd, virtualSd: plain.sd, analyses };
}

function measured(
  { world, kind, month, ...from }: MeansGround,
  who: 'people' | 'historical',
  addedSd: number,
  { seed, trials }: DesignOptions,
): readonly MeasuredPerson[] {
  const people = from[who];
  const repeats = Math.ceil(Math.min(MEASURED.most, MEASURED.perTrial * trials) / people.length);
  const random = seededRandom(`${seed}/measured/${who}`);
  return measurePeople(people, { kind, month, instruments: world.instruments, repeats, addedSd }, random);
}

/** Mean difference and sd within an arm. */
function spreadOf(pool: readonly MeasuredPerson[]): { readonly difference: number; readonly sd: number } {
  const [active, control] = [pool.map((each) => each.active), pool.map((each) => each.control)];
  return { difference: mean(active) - mean(control), sd: Math.sqrt((variance(active) + variance(control)) / 2) };
}

interface Covariate {
  readonly name: AnalysisName;
  readonly x?: Float64Array;
}

function covariatesOf(pool: readonly MeasuredPerson[], prognosis: PrognosticModel): readonly Covariate[] {
  return [
    { name: 'unadjusted' },
    { name: 'baseline', x: Float64Array.from(pool, ({ baseline }) => baseline) },
    { name: 'prognostic score', x: Float64Array.from(pool, ({ features }) => prognosis(features)) },
  ];
}

interface Case {
  readonly pool: readonly MeasuredPerson[];
  readonly x: Float64Array | undefined;
  readonly difference: number;
  readonly sd: number;
  readonly doubt: number;
}

function analyse(name: AnalysisName, { pool, x, difference, sd, doubt }: Case, options: DesignOptions): MeansAnalysis {
  const { aim, dropout, seed } = options;
  const from = (arm: 'active' | 'control'): DrawnFrom => ({
    y: Float64Array.from(pool, (each) => each[arm]),
    ...(x !== undefined && { x }),
  });
  const [active, control] = [from('active'), from('control')];
  const [rSquared, rSquaredWithin] = [sharedVariance([control]), sharedVariance([active, control])];
  const finding = difference > 0 ? 'higher' : 'lower';
  const simulate =
    (label: string, trials: Partial<MeansTrials>, count = trialsOfSize) =>
    (perArm: number) =>
      simulateMeans(
        { active, control, alpha: aim.alpha, dropout: 0, finding, ...trials },
        { perArm, trials: count(perArm, options) },
        seededRandom(`${seed}/${name}/${label}/${perArm}`),
      );
  const critical = studentCritical(aim.alpha);
  const byFormula = textbookPerArm(aim, { sd: sd * Math.sqrt(1 - rSquaredWithin), difference });
  const curve = findPowerCurve(aim, byFormula, critical, simulate('power', {}));
  const lossy =
    dropout > 0 ? findPowerCurve(aim, byFormula / (1 - dropout), critical, simulate('dropout', { dropout })) : curve;
  return {
    name,
    rSquared,
    rSquaredWithin,
    curve,
    byFormula,
    perArmWithDropout: lossy.perArm,
    confirmed: simulate('confirmed', {})(curve.perArm),
    typeOne: simulate('type-one', { active: control, finding: 'any' }, nullTrialsOfSize)(curve.perArm),
    assurance: assuranceAt(curve.driftOfOne * Math.sqrt(curve.perArm), doubt, aim.alpha),
  };
}

/** Share of the outcome's variance within arms that a line on the covariate takes up. */
function sharedVariance(arms: readonly DrawnFrom[]): number {
  const centred = arms.flatMap(({ x, y }) => {
    if (x === undefined) return [];
    const [centre, level] = [mean(x), mean(y)];
    return Array.from(x, (own, index) => ({ predicted: own - centre, observed: at(y, index) - level }));
  });
  return (correlationOf(centred) ?? 0) ** 2;
}
