import { randomNormal } from "../../math/distributions.js";
import { type Random, seededRandom } from "../../math/random.js";
import type { SparseMatrix } from "../../math/sparse.js";
import { eigenSymmetric } from "./eigen.js";

/** Vectors that are refined together: those wanted, and some that let these come apart sooner. */
const BLOCK = 6;
const DEGREE = 20;
const MAX_ROUNDS = 40;
const TOLERANCE = 1e-4;

/**
 * The two smoothest functions on a connected graph that differ from row to row: eigenvectors of its normalised
 * Laplacian for the second and third smallest eigenvalues, found by repeated filtering with Chebyshev polynomials.
 * @returns n x 2, x and y alternating, each of length 1, its largest part positive.
 * @see Belkin & Niyogi 2003, Neural Comput. 15:1373-1396; Zhou et al. 2006, J. Comput. Phys. 219:172-184 (the filter).
 */
export function spectralPositions(graph: SparseMatrix, seed: number): Float64Array {
  const n = graph.rows;
  const size = Math.min(BLOCK, n - 1);
  const random = seededRandom(seed);
  const result = new Float64Array(2 * n);
  if (size < 2) return result.map(() => random());
  const operator = normalise(graph);
  let block = startBlock(operator.first, size, random);
  let border = 0.5;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    block = filter(operator, block, size, border);
    orthonormalise(block, size, operator.first);
    const { values, residual } = rotateToEigenvectors(operator, block, size);
    // What lies below the smallest of the block is damped.
    border = Math.max(-0.5, Math.min(values[size - 1]!, 0.999));
    if (residual < TOLERANCE) break;
  }
  for (const axis of [0, 1]) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const value = block[i * size + axis]!;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
      result[2 * i + axis] = value;
    }
    if (largest < 0) for (let i = 0; i < n; i++) result[2 * i + axis]! *= -1;
  }
  return result;
}

/** D^(-1/2) A D^(-1/2), whose largest eigenvalue is 1, with the eigenvector of that. */
interface Operator extends SparseMatrix {
  first: Float64Array;
}

function normalise(graph: SparseMatrix): Operator {
  const { rows, starts, columns } = graph;
  const roots = new Float64Array(rows);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let degree = 0;
    for (let at = starts[i]!; at < starts[i + 1]!; at++) degree += graph.values[at]!;
    roots[i] = Math.sqrt(degree);
    total += degree;
  }
  const values = graph.values.slice();
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) values[at]! /= roots[i]! * roots[columns[at]!]!;
  return { rows, starts, columns, values, first: roots.map((root) => root / Math.sqrt(total)) };
}

/** Blocks are n x size, so that one look at an edge serves all vectors. */
function startBlock(first: Float64Array, size: number, random: Random): Float64Array {
  const block = Float64Array.from({ length: first.length * size }, () => randomNormal(random));
  orthonormalise(block, size, first);
  return block;
}

function multiply(
  { rows, starts, columns, values }: SparseMatrix,
  block: Float64Array,
  size: number,
): Float64Array {
  const result = new Float64Array(block.length);
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const weight = values[at]!;
      const from = columns[at]! * size;
      for (let v = 0; v < size; v++) result[i * size + v]! += weight * block[from + v]!;
    }
  return result;
}

/** Multiplies by the Chebyshev polynomial that is at most 1 for eigenvalues from -1 to `border` and large beyond. */
function filter(operator: SparseMatrix, start: Float64Array, size: number, border: number): Float64Array {
  const half = (border + 1) / 2;
  const middle = (border - 1) / 2;
  let before = start;
  let block = multiply(operator, start, size);
  for (let at = 0; at < block.length; at++) block[at] = (block[at]! - middle * start[at]!) / half;
  for (let degree = 2; degree <= DEGREE; degree++) {
    const next = multiply(operator, block, size);
    for (let at = 0; at < next.length; at++)
      next[at] = (2 * (next[at]! - middle * block[at]!)) / half - before[at]!;
    [before, block] = [block, next];
  }
  return block;
}

/** Gram-Schmidt, twice for the digits lost in the first pass, against a fixed vector and those before. */
function orthonormalise(block: Float64Array, size: number, first: Float64Array): void {
  for (let v = 0; v < size; v++) {
    for (let pass = 0; pass < 2; pass++) {
      scaleToLengthOne(block, size, v);
      removeFixed(block, size, v, first);
      for (let other = 0; other < v; other++) {
        const product = dot(block, block, size, other, v);
        for (let at = v; at < block.length; at += size) block[at]! -= product * block[at - v + other]!;
      }
    }
    scaleToLengthOne(block, size, v);
  }
}

function removeFixed(block: Float64Array, size: number, v: number, first: Float64Array): void {
  let product = 0;
  for (let i = 0; i < first.length; i++) product += first[i]! * block[i * size + v]!;
  for (let i = 0; i < first.length; i++) block[i * size + v]! -= product * first[i]!;
}

function scaleToLengthOne(block: Float64Array, size: number, v: number): void {
  const length = Math.sqrt(dot(block, block, size, v, v)) || 1;
  for (let at = v; at < block.length; at += size) block[at]! /= length;
}

function dot(a: Float64Array, b: Float64Array, size: number, v: number, w: number): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += size) sum += a[at + v]! * b[at + w]!;
  return sum;
}

/** Turns the block into the best approximations of eigenvectors within it, largest eigenvalue first. */
function rotateToEigenvectors(
  operator: SparseMatrix,
  block: Float64Array,
  size: number,
): { values: Float64Array; residual: number } {
  const image = multiply(operator, block, size);
  const small = Float64Array.from({ length: size * size }, (_, cell) =>
    dot(block, image, size, Math.floor(cell / size), cell % size),
  );
  const { values, vectors } = eigenSymmetric(small, size);
  let residual = 0;
  const turned = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let from = 0; from < block.length; from += size) {
    for (let v = 0; v < size; v++) {
      let own = 0;
      let mapped = 0;
      for (let w = 0; w < size; w++) {
        own += block[from + w]! * vectors[w * size + v]!;
        mapped += image[from + w]! * vectors[w * size + v]!;
      }
      turned[v] = own;
      squares[v]! += (mapped - values[v]! * own) ** 2;
    }
    block.set(turned, from);
  }
  for (let v = 0; v < 2; v++) residual = Math.max(residual, Math.sqrt(squares[v]!));
  return { values, residual };
}
