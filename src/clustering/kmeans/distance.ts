/**
 * Squared Euclidean distance of the point at `a` in `A` to the one at `b` in `B`, of `d` numbers each.
 * Two sums side by side: a processor adds to one while the other is still on its way.
 */
export function squaredDistanceAt(A: Float64Array, a: number, B: Float64Array, b: number, d: number): number {
  let even = 0;
  let odd = 0;
  let j = 1;
  for (; j < d; j += 2) {
    const one = A[a + j - 1]! - B[b + j - 1]!;
    const other = A[a + j]! - B[b + j]!;
    even += one * one;
    odd += other * other;
  }
  if (j === d) {
    const last = A[a + j - 1]! - B[b + j - 1]!;
    even += last * last;
  }
  return even + odd;
}
