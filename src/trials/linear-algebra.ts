import { at } from '../core/array.ts';

/** A square matrix as rows. */
export type Matrix = readonly Float64Array[];

/**
 * The lower Cholesky factor of a symmetric positive definite matrix (Golub and Van Loan 2013, algorithm 4.2.1).
 *
 * @throws RangeError when the matrix is not positive definite.
 */
export function choleskyOf(matrix: Matrix): Matrix {
  const factor = matrix.map((row) => new Float64Array(row.length));
  factor.forEach((row, index) => {
    for (let column = 0; column <= index; column += 1) {
      const rest = at(at(matrix, index), column) - dotUpTo(row, at(factor, column), column);
      if (column < index) row[column] = rest / at(at(factor, column), column);
      else if (rest > 0) row[column] = Math.sqrt(rest);
      else throw new RangeError('the matrix is not positive definite');
    }
  });
  return factor;
}

/** Solves A x = b by the Cholesky factor of A. */
export function solveWithFactor(factor: Matrix, right: ArrayLike<number>): Float64Array {
  return backSubstitute(factor, forwardSubstitute(factor, right));
}

/** The logarithm of the determinant of A by its Cholesky factor. */
export function logDeterminant(factor: Matrix): number {
  return 2 * factor.reduce((sum, row, index) => sum + Math.log(at(row, index)), 0);
}

/** The inner product of two vectors of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return dotUpTo(a, b, a.length);
}

function forwardSubstitute(factor: Matrix, right: ArrayLike<number>): Float64Array {
  const solution = new Float64Array(factor.length);
  factor.forEach((row, index) => {
    solution[index] = (at(right, index) - dotUpTo(row, solution, index)) / at(row, index);
  });
  return solution;
}

function backSubstitute(factor: Matrix, right: ArrayLike<number>): Float64Array {
  const solution = new Float64Array(factor.length);
  for (let index = factor.length - 1; index >= 0; index -= 1) {
    let rest = at(right, index);
    for (let below = index + 1; below < factor.length; below += 1)
      rest -= at(at(factor, below), index) * at(solution, below);
    solution[index] = rest / at(at(factor, index), index);
  }
  return solution;
}

function dotUpTo(a: ArrayLike<number>, b: ArrayLike<number>, end: number): number {
  let sum = 0;
  for (let index = 0; index < end; index += 1) sum += at(a, index) * at(b, index);
  return sum;
}
