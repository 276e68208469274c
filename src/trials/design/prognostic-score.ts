import { at } from '../../core/array.ts';
import { choleskyOf, solveWithFactor } from '../linear-algebra.ts';

/** A forecast of the outcome under control from what is known before treatment. */
export type PrognosticModel = (features: ArrayLike<number>) => number;

/** Weight of the penalty on each standardised coefficient, as a share of the people learned from. */
const PENALTY = 1e-3;

/**
 * Learns to forecast an outcome from features by ridge regression (Hoerl and Kennard 1970,
 * doi 10.1080/00401706.1970.10488634); a feature that never varies is passed over. `features`: [people][features].
 */
export function learnPrognosis(features: readonly ArrayLike<number>[], outcomes: ArrayLike<number>): PrognosticModel {
  const width = at(features, 0).length;
  const centres = columnMeans(features, width);
  const centre =
    columnMeans(
      Array.from(outcomes, (outcome) => [outcome]),
      1,
    )[0] ?? 0;
  const products = Array.from({ length: width }, () => new Float64Array(width));
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  features.forEach((own, person) => {
    for (let feature = 0; feature < width; feature += 1) row[feature] = at(own, feature) - at(centres, feature);
    addProducts(products, row);
    const outcome = at(outcomes, person) - centre;
    for (let feature = 0; feature < width; feature += 1)
      right[feature] = at(right, feature) + at(row, feature) * outcome;
  });
  // The penalty grows with a feature's variance, as if every feature had been standardised; 1 where it has none.
  products.forEach((own, feature) => {
    const spread = at(own, feature);
    own[feature] = spread > 0 ? spread * (1 + PENALTY) : 1;
  });
  const weights = solveWithFactor(choleskyOf(products), right);
  return (own) => {
    let forecast = centre;
    for (let feature = 0; feature < width; feature += 1)
      forecast += at(weights, feature) * (at(own, feature) - at(centres, feature));
    return forecast;
  };
}

function columnMeans(rows: readonly ArrayLike<number>[], width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const row of rows)
    for (let column = 0; column < width; column += 1) sums[column] = at(sums, column) + at(row, column);
  return sums.map((sum) => sum / rows.length);
}

function addProducts(products: readonly Float64Array[], row: Float64Array): void {
  for (let first = 0; first < row.length; first += 1) {
    const own = at(row, first);
    const line = at(products, first);
    for (let second = 0; second < row.length; second += 1) line[second] = at(line, second) + own * at(row, second);
  }
}
