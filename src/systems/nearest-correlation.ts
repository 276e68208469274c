import { at } from '../core/array.ts';

/** A square matrix, row by row. */
export type Matrix = readonly (readonly number[])[];

/** Smallest eigenvalue that a correlation matrix keeps, so that its Cholesky factor exists. */
const LEAST_EIGENVALUE = 1e-6;
const ROUNDS = 200;
const SWEEPS = 60;
const NEGLIGIBLE = 1e-12;

/**
 * The correlation matrix nearest to one that was put together from several sources and need not be positive definite:
 * alternating projections with Dykstra's correction (Higham 2002, doi 10.1093/imanum/22.3.329). One that is positive
 * definite comes back as it is.
 */
export function nearestCorrelation(published: Matrix): Matrix {
  let current = published;
  let correction: Matrix = published.map((row) => row.map(() => 0));
  for (let round = 0; round < ROUNDS; round += 1) {
    const shifted = combine(current, correction, -1);
    const projected = withoutNegatives(shifted);
    correction = combine(projected, shifted, -1);
    const next = projected.map((row, i) => row.map((value, j) => (i === j ? 1 : value)));
    const moved = Math.max(...combine(next, current, -1).flat().map(Math.abs));
    current = next;
    if (moved < NEGLIGIBLE) break;
  }
  return rescaled(withoutNegatives(current));
}

/** The lower Cholesky factor of a positive definite matrix. @throws RangeError when it is not. */
export function choleskyFactor(matrix: Matrix): Matrix {
  const factor: number[][] = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j += 1) {
      const rest = at(row, j) - dot(at(factor, i), at(factor, j), j);
      if (i === j && rest <= 0) throw new RangeError('the matrix is not positive definite');
      at(factor, i)[j] = i === j ? Math.sqrt(rest) : rest / at(at(factor, j), j);
    }
  });
  return factor;
}

function dot(one: readonly number[], other: readonly number[], length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k += 1) sum += at(one, k) * at(other, k);
  return sum;
}

function combine(one: Matrix, other: Matrix, weight: number): Matrix {
  return one.map((row, i) => row.map((value, j) => value + weight * at(at(other, i), j)));
}

function rescaled(matrix: Matrix): Matrix {
  const scale = matrix.map((row, i) => Math.sqrt(at(row, i)));
  return matrix.map((row, i) => row.map((value, j) => (i === j ? 1 : value / (at(scale, i) * at(scale, j)))));
}

/** The nearest matrix without eigenvalues below the least. */
function withoutNegatives(matrix: Matrix): Matrix {
  const { values, vectors } = eigenOf(matrix);
  if (values.every((value) => value >= LEAST_EIGENVALUE)) return matrix;
  const kept = values.map((value) => Math.max(LEAST_EIGENVALUE, value));
  return matrix.map((row, i) =>
    row.map((_, j) => kept.reduce((sum, value, k) => sum + value * at(at(vectors, i), k) * at(at(vectors, j), k), 0)),
  );
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, §8.5). */
function eigenOf(matrix: Matrix): { readonly values: readonly number[]; readonly vectors: Matrix } {
  const turned = matrix.map((row) => [...row]);
  const vectors = matrix.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let rest = 0;
    for (let p = 0; p < turned.length; p += 1) {
      for (let q = p + 1; q < turned.length; q += 1) {
        rest += at(at(turned, p), q) ** 2;
        rotate(turned, vectors, p, q);
      }
    }
    if (rest < NEGLIGIBLE ** 2) break;
  }
  return { values: turned.map((row, i) => at(row, i)), vectors };
}

function rotate(turned: number[][], vectors: number[][], p: number, q: number): void {
  const off = at(at(turned, p), q);
  if (off === 0) return;
  const theta = (at(at(turned, q), q) - at(at(turned, p), p)) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const mix = (row: number[]): void => {
    const [first, second] = [at(row, p), at(row, q)];
    row[p] = cosine * first - sine * second;
    row[q] = sine * first + cosine * second;
  };
  turned.forEach(mix);
  const [upper, lower] = [at(turned, p), at(turned, q)];
  upper.forEach((first, k) => {
    const second = at(lower, k);
    upper[k] = cosine * first - sine * second;
    lower[k] = sine * first + cosine * second;
  });
  vectors.forEach(mix);
}
