import { at } from './array.ts';

/** The quantile of sorted values by linear interpolation (Hyndman and Fan type 7, doi 10.2307/2684934). */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new RangeError('no quantile of no values');
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return at(sorted, below) + (position - below) * (at(sorted, above) - at(sorted, below));
}

/** Sorts a copy in ascending order of number. */
export function sortedCopy(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The arithmetic mean. @throws RangeError when there is no value. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('no mean of no values');
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += at(values, index);
  return sum / values.length;
}

/** The population variance. @throws RangeError when there is no value. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (at(values, index) - centre) ** 2;
  return sum / values.length;
}
