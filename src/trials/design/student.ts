import { normalQuantile } from '../normal.ts';

/**
 * The quantile of Student's t by its expansion about the normal one (Abramowitz and Stegun 26.7.5): right to three
 * decimals from eight degrees of freedom on.
 *
 * @throws RangeError below three degrees of freedom, where the expansion is none.
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(freedom >= 3)) throw new RangeError(`three degrees of freedom at least, not ${freedom}`);
  const z = normalQuantile(probability);
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), z);
}
