/** Eigenvalues, the largest first, and eigenvectors as columns. */
export interface EigenPairs {
  values: Float64Array;
  vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, by rotations that zero one cell after the other.
 * @param matrix - size x size, row by row.
 * @see Golub & Van Loan 2013, Matrix Computations, 8.5 (cyclic Jacobi).
 */
export function eigenSymmetric(matrix: Float64Array, size: number): EigenPairs {
  const a = matrix.slice();
  const vectors = Float64Array.from({ length: size * size }, (_, cell) =>
    Math.floor(cell / size) === cell % size ? 1 : 0,
  );
  for (let sweep = 0; sweep < 50; sweep++) {
    let rest = 0;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) rest += a[p * size + q]! ** 2;
    if (rest < 1e-30) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!);
  return {
    values: Float64Array.from(order, (i) => a[i * size + i]!),
    vectors: Float64Array.from(
      { length: size * size },
      (_, cell) => vectors[Math.floor(cell / size) * size + order[cell % size]!]!,
    ),
  };
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = a[p * size + q]!;
  if (off === 0) return;
  const ratio = (a[q * size + q]! - a[p * size + p]!) / (2 * off);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let i = 0; i < size; i++) turn(a, i * size + p, i * size + q, cosine, sine);
  for (let i = 0; i < size; i++) turn(a, p * size + i, q * size + i, cosine, sine);
  for (let i = 0; i < size; i++) turn(vectors, i * size + p, i * size + q, cosine, sine);
}

function turn(values: Float64Array, one: number, other: number, cosine: number, sine: number): void {
  const [x, y] = [values[one]!, values[other]!];
  values[one] = cosine * x - sine * y;
  values[other] = sine * x + cosine * y;
}
