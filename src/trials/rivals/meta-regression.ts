import { at } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import type { DesignedRow } from '../contrast.ts';
import { choleskyOf, dot, logDeterminant, solveWithFactor } from '../linear-algebra.ts';
import type { Matrix } from '../linear-algebra.ts';
import type { PredictedEffect } from '../prediction.ts';
import { constantEffect } from './constant.ts';
import type { Rival } from './rival.ts';
import { trainingEffects } from './training-effect.ts';
import type { TrainingEffect } from './training-effect.ts';

/** The groups of coefficients that share a variance; "trial" is the between-trial variance. */
const GROUPS = [
  'class',
  'ingredient',
  'endpoint',
  'class × endpoint',
  'dose',
  'baseline',
  'duration',
  'trial',
] as const;
type Group = (typeof GROUPS)[number];
type Variances = Readonly<Record<Group, number>>;

/** What the fold settles: the spread of each group of coefficients, and where baseline and duration are centred. */
interface MetaRegressionSettings {
  readonly variances: Variances;
  readonly centre: Centre;
}

interface Centre {
  readonly baseline: number;
  /** Natural logarithm of months. */
  readonly duration: number;
  /** Root mean square of the effects; 1 where there is none. */
  readonly effect: number;
}

/**
 * The third null rival: a random-effects meta-regression on class × dose × baseline × duration.
 *
 * One linear model a kind of endpoint: an effect of being treated at all, of each class and ingredient (signed, so that
 * head-to-head rows teach both), of the binary logarithm of dose, of baseline and of the logarithm of duration, and a
 * between-trial effect. Coefficients are normal with a variance a group (ridge-stabilised least squares, or best linear
 * unbiased prediction: Robinson 1991, doi 10.1214/ss/1177011926); the variances maximise the marginal likelihood of the
 * fold over a grid, times a weak prior. Written in its dual form, so that a class that was never seen simply carries its variance. The
 * predictive standard deviation leaves out the between-trial part, which the referee adds for everyone alike.
 */
export const META_REGRESSION: Rival<MetaRegressionSettings> = {
  name: 'meta-regression',
  settle: (training) => {
    const centre = centreOf(training);
    return { centre, variances: likeliestVariances(trainingEffects(training), centre) };
  },
  predict: (training, settings, target) =>
    training.length === 0 ? constantEffect(target) : regress(training, settings, target),
};

function regress(
  training: readonly DesignedRow[],
  { centre, variances }: MetaRegressionSettings,
  target: DesignedRow,
): PredictedEffect {
  const effects = trainingEffects(training);
  const own = termsOf(target, centre);
  const scale = centre.effect ** 2;
  const factor = choleskyOf(covarianceOf(pairsOf(effects, centre), variances));
  const towards = effects.map(({ from }) => scale * similarity(productsOf(termsOf(from, centre), own), variances));
  const weights = solveWithFactor(factor, towards);
  const value = dot(
    weights,
    effects.map((effect) => effect.value),
  );
  const prior = scale * similarity(productsOf(own, own), variances);
  return { value, sd: Math.sqrt(Math.max(prior - dot(towards, weights), 0)) };
}

/** Variances relative to the mean square effect, tried in turn for each group. */
const GRID = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] as const;
/** Standard deviation of that prior, in natural logarithms: a factor of 4.5 either way. */
const PRIOR_SPREAD = 1.5;
/** Passes over the groups; the likelihood hardly moves after the second. */
const PASSES = 2;
/** Where the ascent starts, and where the prior of each variance has its peak. */
const START: Variances = {
  class: 0.1,
  ingredient: 0.03,
  endpoint: 0.03,
  'class × endpoint': 0.03,
  dose: 0.01,
  baseline: 0.01,
  duration: 0.01,
  trial: 0.03,
};

/** The variances of highest marginal likelihood, by coordinate ascent over a grid. */
function likeliestVariances(effects: readonly TrainingEffect[], centre: Centre): Variances {
  const pairs = pairsOf(effects, centre);
  const worth = (variances: Variances): number => logLikelihood(pairs, variances) + logPrior(variances);
  let best = { variances: START, value: worth(START) };
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const group of GROUPS) {
      for (const variance of GRID) {
        const variances = { ...best.variances, [group]: variance };
        const value = worth(variances);
        if (value > best.value) best = { variances, value };
      }
    }
  }
  return best.variances;
}

/**
 * A log-normal prior about START: a fold in which a variance leaves no trace (a single class) would otherwise take it for
 * 0 and be sure of classes that it never saw.
 */
function logPrior(variances: Variances): number {
  return GROUPS.reduce((sum, group) => sum - 0.5 * (Math.log(variances[group] / START[group]) / PRIOR_SPREAD) ** 2, 0);
}

/** All pairs of the rows of a fold: everything in their covariance but the variances. */
interface Pairs {
  readonly values: readonly number[];
  /** Sampling variances. */
  readonly noise: readonly number[];
  /** Products of regressors for each row and each row before it. */
  readonly products: readonly (readonly Products[])[];
  /** The mean square effect, the unit of all variances. */
  readonly scale: number;
}

function pairsOf(effects: readonly TrainingEffect[], centre: Centre): Pairs {
  const rows = effects.map(({ from }) => termsOf(from, centre));
  return {
    values: effects.map(({ value }) => value),
    noise: effects.map(({ variance }) => variance),
    products: rows.map((row, index) => rows.slice(0, index + 1).map((other) => productsOf(row, other))),
    scale: centre.effect ** 2,
  };
}

function logLikelihood(pairs: Pairs, variances: Variances): number {
  const factor = choleskyOf(covarianceOf(pairs, variances));
  return -0.5 * (dot(pairs.values, solveWithFactor(factor, pairs.values)) + logDeterminant(factor));
}

/** The lower triangle of the covariance, which is all that Cholesky reads. */
function covarianceOf({ products, noise, scale }: Pairs, variances: Variances): Matrix {
  return products.map((row, index) =>
    Float64Array.from(products, (_, column) => {
      const pair = row[column];
      if (pair === undefined) return 0;
      const shared = similarity(pair, variances) + variances.trial * pair.trial;
      return scale * shared + (index === column ? at(noise, index) : 0);
    }),
  );
}

/** The regressors of a row. */
interface Terms {
  readonly trial: string;
  /** Direction of the trial's own deviation: that of the contrast. */
  readonly sign: number;
  readonly activity: number;
  readonly classes: Readonly<Record<string, number>>;
  readonly ingredients: Readonly<Record<string, number>>;
  readonly endpoint: string;
  readonly dose: number;
  readonly baseline: number;
  readonly duration: number;
}

function termsOf({ row, contrast }: DesignedRow, centre: Centre): Terms {
  const { activity, classes, ingredients, dose, months, baseline = centre.baseline } = contrast;
  return {
    trial: row.cluster,
    sign: contrast.activity === 0 ? contrast.sign : contrast.activity,
    activity: row.family === 'rate' ? 1 : activity,
    classes,
    ingredients,
    endpoint: row.endpoint,
    dose,
    baseline: activity * (centre.baseline === 0 ? 0 : (10 * (baseline - centre.baseline)) / Math.abs(centre.baseline)),
    duration: activity * (Math.log(months) - centre.duration),
  };
}

/** The products of the regressors of two rows, one a group. */
type Products = Readonly<Record<Group | 'treated', number>>;

function productsOf(a: Terms, b: Terms): Products {
  const sameEndpoint = Number(a.endpoint === b.endpoint);
  const treated = a.activity * b.activity;
  const classes = overlap(a.classes, b.classes);
  return {
    treated,
    endpoint: treated * sameEndpoint,
    class: classes,
    'class × endpoint': classes * sameEndpoint,
    ingredient: overlap(a.ingredients, b.ingredients),
    dose: a.dose * b.dose,
    baseline: a.baseline * b.baseline,
    duration: a.duration * b.duration,
    trial: a.sign * b.sign * Number(a.trial === b.trial),
  };
}

/** The prior covariance of two rows without the between-trial part, relative to the mean square effect. */
function similarity(products: Products, variances: Variances): number {
  return (
    products.treated * TREATED_VARIANCE +
    products.endpoint * variances.endpoint +
    products.class * variances.class +
    products['class × endpoint'] * variances['class × endpoint'] +
    products.ingredient * variances.ingredient +
    products.dose * variances.dose +
    products.baseline * variances.baseline +
    products.duration * variances.duration
  );
}

/** The effect of being treated at all is left nearly free: ten times the mean square effect. */
const TREATED_VARIANCE = 10;

function overlap(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const [name, share] of Object.entries(a)) sum += share * (b[name] ?? 0);
  return sum;
}

function centreOf(training: readonly DesignedRow[]): Centre {
  const baselines = training.flatMap(({ contrast }) => (contrast.baseline === undefined ? [] : [contrast.baseline]));
  const effects = training.flatMap(({ row }) => (row.observed === undefined ? [] : [row.observed.value]));
  return {
    baseline: baselines.length === 0 ? 0 : mean(baselines),
    duration: training.length === 0 ? 0 : mean(training.map(({ contrast }) => Math.log(contrast.months))),
    effect: effects.length === 0 ? 1 : Math.max(Math.sqrt(mean(effects.map((effect) => effect ** 2))), Number.EPSILON),
  };
}
