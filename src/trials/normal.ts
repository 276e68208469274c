const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** The log density of a normal distribution at a value. @throws RangeError when the variance is not above 0. */
export function normalLogDensity(value: number, centre: number, variance: number): number {
  if (!(variance > 0)) throw new RangeError(`a variance must be above 0, not ${variance}`);
  return -HALF_LOG_TWO_PI - 0.5 * Math.log(variance) - (value - centre) ** 2 / (2 * variance);
}

/** The half-width of a central normal interval of a level, in standard deviations: 1.96 for 0.95. */
export function normalHalfWidth(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, not at ${level}`);
  return normalQuantile((1 + level) / 2);
}

/** Coefficients of Wichura's algorithm AS 241 (PPND7, relative error about 1e-7), ascending powers. */
const CENTRAL = {
  above: [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  below: [1, 17.895169469, 78.757757664, 67.1875636],
};
const NEAR_TAIL = {
  above: [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  below: [1, 0.7370016425, 0.12021132975],
};
const FAR_TAIL = {
  above: [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  below: [1, 0.24197894225, 0.012258202635],
};

/** The standard normal quantile (Wichura 1988, AS 241, doi 10.2307/2347330). */
export function normalQuantile(probability: number): number {
  const fromHalf = probability - 0.5;
  if (Math.abs(fromHalf) <= 0.425) return fromHalf * ratio(CENTRAL, 0.180625 - fromHalf * fromHalf);
  const depth = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)));
  const size = depth <= 5 ? ratio(NEAR_TAIL, depth - 1.6) : ratio(FAR_TAIL, depth - 5);
  return Math.sign(fromHalf) * size;
}

function ratio({ above, below }: { readonly above: readonly number[]; readonly below: readonly number[] }, x: number) {
  return polynomial(above, x) / polynomial(below, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
