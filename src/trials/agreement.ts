/** What was predicted beside what was observed, both on the scale of the row. */
export interface Pair {
  readonly predicted: number;
  readonly observed: number;
}

/** How predictions agree with observations. */
export interface Agreement {
  readonly rows: number;
  readonly meanAbsoluteError: number;
  /** Mean of predicted − observed. */
  readonly bias: number;
  /**
   * Least-squares slope of observed on predicted: 1 when a predicted unit is an observed unit. The sampling error of the
   * observations does not bias it; error in the predictions pulls it towards 0 (errors in variables: Fuller 1987,
   * doi 10.1002/9780470316665), so that a slope below 1 may be noise as well as over-statement.
   */
  readonly slope: number | undefined;
  readonly correlation: number | undefined;
}

/** Pairs below which no line is drawn through them. */
export const LINE_PAIRS = 3;

/** The agreement of pairs; undefined when there is none. */
export function agreementOf(pairs: readonly Pair[]): Agreement | undefined {
  if (pairs.length === 0) return undefined;
  const errors = pairs.map(({ predicted, observed }) => predicted - observed);
  return {
    rows: pairs.length,
    meanAbsoluteError: averageOf(errors.map(Math.abs)),
    bias: averageOf(errors),
    slope: slopeOf(pairs),
    correlation: correlationOf(pairs),
  };
}

/** The slope of observed on predicted; undefined for fewer than three pairs or a constant prediction. */
export function slopeOf(pairs: readonly Pair[]): number | undefined {
  const { predicted, both } = spreadOf(pairs);
  return pairs.length < LINE_PAIRS || predicted === 0 ? undefined : both / predicted;
}

/** Pearson's correlation; undefined for fewer than three pairs or where either side is constant. */
export function correlationOf(pairs: readonly Pair[]): number | undefined {
  const { predicted, observed, both } = spreadOf(pairs);
  return pairs.length < LINE_PAIRS || predicted * observed === 0 ? undefined : both / Math.sqrt(predicted * observed);
}

interface Spread {
  readonly predicted: number;
  readonly observed: number;
  readonly both: number;
}

/** Sums of squares and of products about the means; a spread of rounding errors alone is none. */
function spreadOf(pairs: readonly Pair[]): Spread {
  const centre = {
    predicted: averageOf(pairs.map(({ predicted }) => predicted)),
    observed: averageOf(pairs.map(({ observed }) => observed)),
  };
  const sum = (term: (pair: Pair) => number): number => pairs.reduce((total, pair) => total + term(pair), 0);
  const squares = (side: keyof Pair): number => {
    const spread = sum((pair) => (pair[side] - centre[side]) ** 2);
    return spread < Number.EPSILON * sum((pair) => pair[side] ** 2) ? 0 : spread;
  };
  return {
    predicted: squares('predicted'),
    observed: squares('observed'),
    both: sum((pair) => (pair.predicted - centre.predicted) * (pair.observed - centre.observed)),
  };
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
