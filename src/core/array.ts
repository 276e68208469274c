/**
 * Reads an element that the caller knows to be there.
 *
 * @throws RangeError when the index is outside: a caller's bug, never a clinical value.
 */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`index ${index} is outside 0…${items.length - 1}`);
  return item;
}

/**
 * Reads a number of a tensor whose bounds the caller knows; NaN outside.
 *
 * For hot loops: it knows one kind of array alone, which `at` cannot be compiled for.
 */
export function entry(tensor: Float64Array, index: number): number {
  return tensor[index] ?? Number.NaN;
}

/** Groups items by a key, keeping their order. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
